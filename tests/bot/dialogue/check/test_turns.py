"""The turns of the check, on a small content of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Edited, Event, Redraw, Say, Settle, Toast, Unreadable
from bot.dialogue.state import Progress, State, Step
from tests.bot.dialogue.talk import CHECKING, at, labels, text, texts
from tests.conftest import NOW, command, press, utterance

ANEW = "I've been updated since we began"


class TestCheck:
    def test_an_old_keyboard_moves_nothing(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(CHECKING, press("c:0:hazard:+none"))
        assert replies == (Toast("That button is from earlier. Please use the newest one, or just "
                                 "write to me."),)  # fmt: skip
        assert state == replace(CHECKING, at=NOW)

    def test_a_tick_only_redraws(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.SIGNS), press("c:1:signs:bang"))
        assert [type(reply) for reply in replies] == [Redraw]
        assert state.check
        assert state.check.signs == ("bang",)

    def test_a_chosen_answer_is_settled(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at(Step.DURATION), press("c:1:duration:days"))
        assert replies[0] == Settle("One to three days")

    def test_a_time_told_with_a_sign_is_not_asked(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.SIGNS), utterance("banging, for two days now"))
        assert state.check == Progress(
            step=Step.FACTORS, signs=("bang",), duration="days", known_duration=True
        )
        assert "Question 3 of 3" in text(replies)

    def test_an_edit_that_answers_the_open_question_passes_it(self, boiler: Dialogue) -> None:
        edited = Edited("for two days now", NOW)
        state, replies = boiler.step(at(Step.DURATION), edited)
        assert state.check
        assert state.check.step is Step.FACTORS
        assert "You changed your message" in text(replies)

    def test_stopping_passes_over_no_sign(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.FACTORS, signs=("flood",)), utterance("stop"))
        assert text(replies).startswith("*Call an engineer today*")
        assert state.check is None

    def test_stopping_passes_over_no_question(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at(Step.SIGNS, asked=("why",)), utterance("stop"))
        assert "Mostly for want of a service." in text(replies)
        _, replies = boiler.step(at(Step.HAZARD, asked=("why",)), utterance("stop"))
        assert texts(replies) == ["Okay, I've stopped the check. You can write to me at any time."]
        assert labels(replies) == ["Answer a few questions", "All topics"]

    def test_cancel_passes_over_it_all(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.SIGNS, asked=("why",)), command("cancel"))
        assert texts(replies) == ["Okay, I've stopped the check. You can write to me at any time."]
        assert state.check is None

    def test_a_question_in_between_puts_the_step_again(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.SIGNS), utterance("how do i bleed a radiator"))
        answer, question = texts(replies)
        assert answer.startswith("Turn the valve")
        assert question.startswith("Back to the check:\n\nQuestion 2 of 4")
        assert state == replace(at(Step.SIGNS), serial=2, at=NOW)

    def test_a_word_that_fits_no_button_is_no_small_talk(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at(Step.DURATION), utterance("ok"))
        assert text(replies).startswith("I couldn't match that to an answer.")

    @pytest.mark.parametrize(
        "event",
        [
            command("topics"),
            command("nonsense"),
            Unreadable("voice", NOW),
            press("t:age"),
            press("topics"),
            press("none"),
            utterance(" "),
        ],
        ids=repr,
    )
    def test_whatever_comes_in_between(self, boiler: Dialogue, event: Event) -> None:
        _, replies = boiler.step(at(Step.SIGNS), event)
        assert texts(replies)[-1].startswith("Back to the check:\n\nQuestion 2 of 4")

    def test_what_was_typed_is_echoed(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at(Step.SIGNS), utterance("2 and 3"))
        assert text(replies).startswith(
            "I take that as: *Dripping, Banging (not just humming)*.\n\nQuestion 3 of 4"
        )

    def test_an_emergency_in_told_signs_ends_it_before_a_question(self, boiler: Dialogue) -> None:
        told = at(Step.FACTORS, told=("flood",))
        state, replies = boiler.step(told, Edited("it makes banging noises", NOW))
        assert text(replies).startswith("*Leave the house*")
        assert (state.check, state.checked_at) == (None, 0.0)


class TestLostAnswers:
    """The content was changed while a check ran: what it no longer knows was an answer once."""

    LOST = (
        ("told", ("renamed",)),
        ("mentioned", ("renamed",)),
        ("signs", ("bang", "renamed")),
        ("duration", "renamed"),
    )

    @pytest.mark.parametrize(("field", "value"), LOST, ids=lambda one: str(one))
    @pytest.mark.parametrize("step", [Step.SIGNS, Step.DURATION, Step.FACTORS])
    @pytest.mark.parametrize(
        "event",
        [
            utterance("no"),
            utterance("for two days now"),
            utterance("blue"),
            utterance("how do i bleed a radiator"),
            Edited("for two days now", NOW),
            press("c:1:factors:+none"),
            press("c:1:signs:+done"),
            press("c:1:duration:days"),
            press("t:age"),
            command("topics"),
            Unreadable("voice", NOW),
        ],
        ids=repr,
    )
    def test_the_check_starts_anew_and_says_so(
        self, boiler: Dialogue, step: Step, field: str, value: object, event: Event
    ) -> None:
        state, replies = boiler.step(at(step, **{field: value}), event)
        assert ANEW in text(replies)
        assert "Question 1 of" in texts(replies)[-1]
        assert state.check
        assert state.check.step is Step.HAZARD
        assert state.check.lost
        assert "renamed" not in state.to_json()

    def test_so_it_does_at_a_step_that_is_gone(self, boiler: Dialogue) -> None:
        """A "no" to a question that is not known here clears nothing."""
        for event in (utterance("no"), press("c:1:pets:+none")):
            state, replies = boiler.step(at("pets"), event)
            assert ANEW in text(replies)
            assert state.check == Progress(lost=True)

    def test_what_is_left_is_kept(self, boiler: Dialogue) -> None:
        before = at(
            Step.FACTORS, asked=("age", "gone"), told=("drip", "renamed"), signs=("bang",),
            duration="days", factors=("bled", "gone"),
        )  # fmt: skip
        state, _ = boiler.step(before, utterance("no"))
        assert state.check == Progress(
            asked=("age",), told=("drip",), signs=("bang",), duration="days", factors=("bled",),
            lost=True,
        )  # fmt: skip

    def test_in_the_end_it_counts_as_not_sure(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(at(Step.FACTORS, told=("renamed",)), utterance("no"))
        for reply in ("no", "no", "some hours", "no"):
            state, replies = boiler.step(State.from_json(state.to_json()), utterance(reply))
        assert state.check is None
        assert text(replies).startswith(
            "*Book an engineer this week*\n\nBecause one of your earlier answers was lost"
        )

    def test_stopping_passes_it_over_no_more_than_a_sign(self, boiler: Dialogue) -> None:
        for step in Step:
            _, replies = boiler.step(at(step, told=("renamed",)), utterance("stop"))
            assert text(replies).startswith("*Book an engineer this week*")

    @pytest.mark.parametrize(
        "event", [utterance("yes"), utterance("not sure"), press("c:1:hazard:+any")], ids=repr
    )
    def test_at_the_emergency_signs_a_yes_is_a_yes(self, boiler: Dialogue, event: Event) -> None:
        _, replies = boiler.step(at(Step.HAZARD, told=("renamed",)), event)
        assert text(replies).startswith("*Leave the house*")

    def test_there_a_no_goes_on_and_asks_for_the_lost_sign(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.HAZARD, told=("renamed",)), utterance("no"))
        assert state.check == Progress(step=Step.SIGNS, lost=True)
        assert "Question 2 of 4" in text(replies)

    @pytest.mark.parametrize("action", ["+any", "+unsure"])
    def test_an_emergency_tapped_on_an_old_screen_counts(
        self, boiler: Dialogue, action: str
    ) -> None:
        lost = at(Step.SIGNS, told=("renamed",))
        _, replies = boiler.step(lost, press(f"c:0:hazard:{action}"))
        assert isinstance(replies[0], Settle)
        assert isinstance(replies[1], Say)
        assert replies[1].emergency

    def test_a_sign_told_meanwhile_is_noted(self, boiler: Dialogue) -> None:
        lost = at(Step.FACTORS, told=("renamed",))
        state, replies = boiler.step(lost, utterance("the pressure is too low"))
        assert state.check
        assert state.check.told == ("pressure",)
        assert "I take that as *low pressure*" in text(replies)
        assert ANEW in text(replies)

    @pytest.mark.parametrize("step", [Step.SIGNS, Step.DURATION])
    def test_an_option_that_is_gone_is_lost_when_it_is_tapped(
        self, boiler: Dialogue, step: Step
    ) -> None:
        """Else "None", tapped next, would pass over a sign that was tapped."""
        state, replies = boiler.step(at(step, signs=("bang",)), press(f"c:1:{step}:renamed"))
        assert ANEW in text(replies)
        assert state.check == Progress(signs=("bang",), lost=True)
        state, replies = boiler.step(at(step), press(f"c:0:{step}:renamed"))
        assert [type(reply) for reply in replies] == [Toast]
        assert state.check == Progress(step=step)

    def test_topics_that_are_gone_are_dropped_without_a_word(self, boiler: Dialogue) -> None:
        before = at(Step.FACTORS, asked=("gone", "age"), factors=("gone",), duration="hours")
        _, replies = boiler.step(before, utterance("no"))
        assert texts(replies)[0].startswith("*You can mend this yourself*")
        assert texts(replies)[1] == "About fifteen years."
        assert len(texts(replies)) == 3

    def test_a_tap_that_is_forged_leaves_it_as_it_is(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.FACTORS, told=("renamed",)), press("x"))
        assert [type(reply) for reply in replies] == [Toast]
        _, replies = boiler.step(State.from_json(state.to_json()), utterance("no"))
        assert ANEW in text(replies)
