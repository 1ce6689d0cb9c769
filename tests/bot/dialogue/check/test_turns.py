"""The turns of the check, on a small content of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Edited, Event, Redraw, Say, Settle, Toast, Unreadable
from bot.dialogue.state import DOUBT, NOT_OPEN, Progress, State
from tests.bot.dialogue.talk import CHECKING, STEPS, alarm, at, checked, labels, text, texts
from tests.conftest import NOW, command, press, utterance

ANEW: Final = "I've been updated since we began"
SUSPECT: Final = "i think there may be some gas in the air"  # names no emergency, and may mean one
RESULT: Final = State(serial=5, result=Progress(picked=("low",)), at=NOW - 60, checked_at=NOW - 60)


class TestTaps:
    def test_an_old_keyboard_moves_nothing(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(CHECKING, press("c:0:danger:+none"))
        assert replies == (Toast("That button is from earlier. Please use the newest one, or just "
                                 "write to me."),)  # fmt: skip
        assert state == replace(CHECKING, at=NOW)

    def test_a_tick_only_redraws(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs"), press("c:1:signs:bangs"))
        assert [type(reply) for reply in replies] == [Redraw]
        assert checked(state).picked == ("bangs",)

    def test_a_chosen_answer_is_settled(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("since"), press("c:1:since:days"))
        assert replies[0] == Settle("One to three days")
        assert checked(state) == Progress(step="about", picked=("days",), shown=("about",))

    def test_a_yes_to_the_emergency_signs_is_an_emergency(self, boiler: Dialogue) -> None:
        asked = at("danger", asked=("age",))
        state, replies = boiler.step(asked, press("c:1:danger:+any"))
        assert replies[0] == Settle("Yes, one or more")
        assert text(replies).startswith("*Leave the house*")
        assert (state.check, alarm(state).asked, alarm(state).at) == (None, ("age",), NOW)

    def test_a_yes_to_a_doubt_knows_its_sign(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(DOUBT, doubt="alarm"), press(f"c:1:{DOUBT}:+any"))
        assert replies[0] == Settle("Yes")
        assert "Open the windows on your way." in text(replies)
        assert alarm(state).signs == ("alarm",)

    @pytest.mark.parametrize(
        "data",
        [
            *("c:1:danger:+any", "c:1:danger:+unsure", f"c:1:{DOUBT}:+any"),
            *(f"c:1:{DOUBT}:+unsure", "c:1:hazard:+any", "c:1:hazard:+unsure"),
        ],
    )
    def test_an_emergency_on_an_old_screen_is_as_true_as_ever(
        self, boiler: Dialogue, data: str
    ) -> None:
        """Those of an earlier version were called otherwise."""
        _, replies = boiler.step(State(), press(data))
        assert isinstance(replies[0], Settle)
        assert isinstance(replies[1], Say)
        assert replies[1].emergency

    @pytest.mark.parametrize(
        "data", ["c:1:signs:+unsure", "c:1:factors:+unsure", "c:1:danger:+none", "c:1:pets:+any"]
    )
    def test_any_other_old_button_says_that_it_is_over(self, boiler: Dialogue, data: str) -> None:
        state, replies = boiler.step(State(), press(data))
        assert isinstance(replies[0], Toast)
        assert labels(replies) == ["Answer a few questions"]
        assert state == State()


class TestTyped:
    def test_what_was_typed_is_echoed(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs"), utterance("2 and 3"))
        assert texts(replies) == [
            "I take that as: *Dripping, Banging (not just humming)*.\n\n"
            "How long has it been like that?"
        ]
        assert checked(state).picked == ("drips", "bangs")

    def test_a_time_told_with_a_sign_is_not_asked(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs"), utterance("banging, for two days now"))
        assert (checked(state).step, set(checked(state).picked)) == ("about", {"bangs", "days"})
        assert text(replies).endswith("Which of these fit?")

    def test_a_time_told_where_signs_are_asked_is_noted(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("danger"), utterance("two days"))
        assert text(replies).startswith("Noted, thank you. And does any of these fit?")
        assert (checked(state).step, checked(state).read) == ("danger", ("days",))

    @pytest.mark.parametrize(
        ("step", "reply"),
        [
            ("danger", "no. the pressure is too low"),
            ("since", "two hours, and the pressure is too low"),
        ],
    )
    def test_a_sign_told_beside_an_answer_is_kept(
        self, boiler: Dialogue, step: str, reply: str
    ) -> None:
        state, _ = boiler.step(at(step), utterance(reply))
        assert checked(state).step != step
        assert "low" in checked(state).read

    def test_so_it_is_beside_the_last_answer(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at("about"), utterance("no. the pressure is too low"))
        assert "Because you told me that its pressure is low." in text(replies)

    def test_a_word_that_fits_no_button_is_no_small_talk(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at("since"), utterance("ok"))
        assert text(replies).startswith("I couldn't match that to an answer.")

    def test_done_without_a_tick_is_asked_which(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at("signs"), utterance("yes"))
        assert text(replies).startswith("Which ones?")

    def test_skipping_leaves_out_no_emergency(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("danger", asked=("why",)), utterance("just answer"))
        assert text(replies).startswith("I'll keep it short. Only this I have to ask first.")
        state, replies = boiler.step(state, utterance("no"))
        state, replies = boiler.step(state, utterance("just answer"))
        assert texts(replies)[1] == "Mostly for want of a service."
        assert state.check is None

    def test_stopping_passes_over_no_sign_told_with_it(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at("about", picked=("water",)), utterance("stop"))
        assert text(replies).startswith("*Call an engineer today*")

    def test_the_end_of_it_is_told_and_what_was_asked(self, boiler: Dialogue) -> None:
        last = at("about", asked=("age",))
        state, replies = boiler.step(last, utterance("no"))
        assert texts(replies)[0].startswith("*You can mend this yourself*")
        assert texts(replies)[1] == "About fifteen years."
        assert (state.check, state.checked_at) == (None, CHECKING.at)

    def test_an_emergency_of_several_signs_ends_it_before_a_question(
        self, boiler: Dialogue
    ) -> None:
        told = at("about", told=("flood",))
        state, replies = boiler.step(told, Edited("it makes banging noises", NOW))
        assert text(replies).startswith("*Leave the house*")
        assert (state.check, state.checked_at) == (None, 0.0)


class TestTakenBack:
    READ: Final = {"picked": ("low", "drips"), "read": ("low",)}

    def test_what_was_read_can_be_denied(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about", **self.READ), utterance("no low pressure"))
        assert text(replies).startswith("Sorry, I've taken that back.")
        assert (checked(state).picked, checked(state).read) == (("drips",), ())

    def test_or_called_wrong(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about", **self.READ), utterance("that's not right"))
        assert texts(replies) == ["Sorry, I've taken that back.\n\nWhich of these fit?"]
        assert checked(state).picked == ("drips",)

    def test_or_unticked(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(at("signs", **self.READ), press("c:1:signs:low"))
        assert (checked(state).picked, checked(state).read) == (("drips",), ())


class TestSuspicion:
    """A text may mean an emergency that it does not name."""

    def test_it_is_asked_about_first(self, boiler: Dialogue) -> None:
        for step in (step for step in STEPS if step != "danger"):
            state, replies = boiler.step(
                at(step, shown=STEPS, picked=("low",)), utterance(SUSPECT)
            )
            assert (checked(state).step, checked(state).picked) == ("danger", ("low",))
            assert text(replies).startswith("I want to be sure that I don't miss something")
            assert "• A smell of gas" in text(replies)

    def test_who_is_not_sure_of_it_where_danger_is_asked_about_says_yes(
        self, boiler: Dialogue
    ) -> None:
        state, _ = boiler.step(at("danger"), utterance(SUSPECT))
        assert state.alarm
        assert state.check is None

    def test_so_it_is_in_an_edit(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about"), Edited(SUSPECT, NOW))
        assert checked(state).step == "danger"
        assert text(replies).startswith("You changed your message")
        assert "I want to be sure that I don't miss something" in text(replies)


class TestInBetween:
    def test_a_question_is_answered_and_the_step_put_again(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs"), utterance("how do i bleed a radiator"))
        answer, question = texts(replies)
        assert answer == "Turn the valve with the key until water comes."
        assert question == "Back to the check:\n\nAnd any of this?"
        assert state == replace(at("signs", shown=("signs",)), serial=2, at=NOW)

    def test_of_a_screen_that_was_shown_a_line_is_left(self, boiler: Dialogue) -> None:
        shown = at("danger", shown=("danger",))
        _, replies = boiler.step(shown, utterance("how do i bleed a radiator"))
        assert texts(replies)[1] == "Back to the check:\n\nStill open: any of those?"

    def test_one_that_is_not_clear_is_asked_in_the_end(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about"), utterance("what does a boiler do?"))
        assert checked(state).guesses
        state, replies = boiler.step(state, utterance("no"))
        assert text(replies).endswith("Did you mean one of these?")

    def test_a_sign_told_meanwhile_is_noted(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("danger"), utterance("you know, the pressure is too low"))
        assert (checked(state).step, checked(state).read) == ("danger", ("low",))
        assert "I've ticked *Low pressure* for you" in text(replies)

    def test_thanks_end_it(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs", asked=("age",)), utterance("thanks a lot"))
        assert texts(replies)[0] == "You're welcome."
        assert texts(replies)[-1] == "About fifteen years."
        assert state.check is None

    def test_and_pass_over_no_sign(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(at("about", picked=("water",)), utterance("thanks a lot"))
        assert "*Call an engineer today*" in text(replies)

    def test_cancel_passes_over_it_all(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("signs", asked=("why",)), command("cancel"))
        assert texts(replies) == ["Okay, I've stopped the check. You can write to me at any time."]
        assert state.check is None

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
        _, replies = boiler.step(at("signs"), event)
        assert texts(replies)[-1] == "Back to the check:\n\nAnd any of this?"

    def test_an_edit_is_read_again_and_the_step_put_again(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about"), Edited("the pressure is too low", NOW))
        assert text(replies).startswith("You changed your message, so I've read it again.")
        assert "I've ticked *Low pressure*" in text(replies)
        assert (checked(state).step, checked(state).read) == ("about", ("low",))


class TestAfterTheResult:
    def test_what_was_different_is_asked_by_its_button(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(RESULT, press("c:5:lately:+open"))
        assert replies[0] == Settle("Tell me what was done")
        assert texts(replies) == ["What was done lately?"]
        assert checked(state) == Progress(step="lately", picked=("low",), shown=("lately",))
        assert state.result is None

    def test_or_by_its_words(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(RESULT, utterance("tell me what was done"))
        assert texts(replies) == ["What was done lately?"]
        assert checked(state).step == "lately"

    def test_then_it_is_told_what_fits(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(RESULT, press("c:5:lately:+open"))
        state, replies = boiler.step(state, utterance("no service"))
        assert text(replies).startswith("*Likely causes*\n• *Dust* settles in it.")
        assert state.check is None

    @pytest.mark.parametrize("data", ["c:4:lately:+open", "c:5:pets:+open"])
    def test_an_old_or_forged_button_opens_nothing(self, boiler: Dialogue, data: str) -> None:
        state, replies = boiler.step(RESULT, press(data))
        assert [type(reply) for reply in replies] == [Toast]
        assert state == replace(RESULT, at=NOW)

    def test_nor_does_one_without_a_result_or_in_a_check(self, boiler: Dialogue) -> None:
        for before in (State(serial=5), replace(RESULT, check=Progress(step="signs"))):
            state, replies = boiler.step(before, press("c:5:lately:+open"))
            assert [type(reply) for reply in replies] == [Toast]
            assert state.check == before.check


class TestLostAnswers:
    """The content was changed while a check ran: what it no longer knows was an answer once."""

    LOST: Final = (
        ("told", ("renamed",)),
        ("picked", ("bangs", "renamed")),
        ("floor", "renamed"),
    )

    @pytest.mark.parametrize(("field", "value"), LOST, ids=lambda one: str(one))
    @pytest.mark.parametrize("step", ["signs", "since", "about"])
    @pytest.mark.parametrize(
        "event",
        [
            utterance("no"),
            utterance("for two days now"),
            utterance("blue"),
            utterance("how do i bleed a radiator"),
            Edited("for two days now", NOW),
            press("c:1:about:+none"),
            press("c:1:signs:+done"),
            press("c:1:since:days"),
            press("t:age"),
            command("topics"),
            Unreadable("voice", NOW),
        ],
        ids=repr,
    )
    def test_the_check_starts_anew_and_says_so(
        self, boiler: Dialogue, step: str, field: str, value: object, event: Event
    ) -> None:
        state, replies = boiler.step(at(step, shown=STEPS, **{field: value}), event)
        assert ANEW in text(replies)
        assert "• A smell of gas" in texts(replies)[-1]
        assert checked(state).step == "danger"
        assert checked(state).lost
        assert "renamed" not in state.to_json()

    def test_so_it_does_at_a_step_that_is_gone(self, boiler: Dialogue) -> None:
        """A "no" to a question that is not known here clears nothing."""
        for event in (utterance("no"), press("c:1:pets:+none")):
            state, replies = boiler.step(at("pets"), event)
            assert ANEW in text(replies)
            assert checked(state) == Progress(step="danger", shown=("danger",), lost=True)

    def test_a_check_of_the_version_before_goes_on_like_that(self, boiler: Dialogue) -> None:
        """Its steps had other names, and its ticks are signs that were told."""
        stored = '{"serial":1,"check":{"step":"factors","signs":["bang"],"asked":["age"]},"at":5}'
        state = replace(State.from_json(stored), at=NOW - 60)
        state, replies = boiler.step(state, utterance("no"))
        assert ANEW in text(replies)
        for reply in ("no", "no", "some hours", "no"):
            state, replies = boiler.step(state, utterance(reply))
        result, answer = texts(replies)
        assert "Because you told me that it bangs." in result
        assert answer == "About fifteen years."

    def test_what_is_left_is_kept(self, boiler: Dialogue) -> None:
        before = at(
            "about", asked=("age", "gone"), told=("drip", "renamed"), picked=("bangs", "days"),
            risks=("old",),
        )  # fmt: skip
        state, _ = boiler.step(before, utterance("no"))
        assert checked(state) == Progress(
            step="danger", asked=("age",), told=("drip",), picked=("bangs", "days"),
            risks=("old",), shown=("danger",), lost=True,
        )  # fmt: skip

    def test_in_the_end_it_counts_as_not_sure(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(at("about", told=("renamed",)), utterance("no"))
        for reply in ("no", "no", "some hours", "no"):
            state, replies = boiler.step(State.from_json(state.to_json()), utterance(reply))
        assert state.check is None
        assert text(replies).startswith(
            "*Book an engineer this week*\n\nOne of your earlier answers was lost"
        )

    def test_stopping_passes_it_over_no_more_than_a_sign(self, boiler: Dialogue) -> None:
        for step in STEPS:
            _, replies = boiler.step(at(step, told=("renamed",)), utterance("stop"))
            assert text(replies).startswith("*Book an engineer this week*")

    @pytest.mark.parametrize("action", ["+any", "+unsure"])
    @pytest.mark.parametrize("serial", [0, 1])
    def test_an_emergency_tapped_on_an_old_screen_counts(
        self, boiler: Dialogue, serial: int, action: str
    ) -> None:
        for step in ("danger", "signs"):
            lost = at(step, told=("renamed",))
            _, replies = boiler.step(lost, press(f"c:{serial}:danger:{action}"))
            assert isinstance(replies[0], Settle)
            assert isinstance(replies[1], Say)
            assert replies[1].emergency

    def test_a_sign_told_meanwhile_is_noted(self, boiler: Dialogue) -> None:
        lost = at("about", told=("renamed",))
        state, replies = boiler.step(lost, utterance("you know, the pressure is too low"))
        assert checked(state).read == ("low",)
        assert "I've ticked *Low pressure*" in text(replies)

    @pytest.mark.parametrize("step", ["signs", "since"])
    def test_an_option_that_is_gone_is_lost_when_it_is_tapped(
        self, boiler: Dialogue, step: str
    ) -> None:
        """Else "None", tapped next, would pass over a sign that was tapped."""
        state, replies = boiler.step(at(step, picked=("bangs",)), press(f"c:1:{step}:renamed"))
        assert ANEW in text(replies)
        assert checked(state) == Progress(
            step="danger", picked=("bangs",), shown=("danger",), lost=True
        )
        state, replies = boiler.step(at(step), press(f"c:0:{step}:renamed"))
        assert [type(reply) for reply in replies] == [Toast]
        assert checked(state) == Progress(step=step)

    def test_topics_that_are_gone_are_dropped_without_a_word(self, boiler: Dialogue) -> None:
        before = at("about", asked=("gone", "age"), guesses=("gone",), picked=("hours",))
        _, replies = boiler.step(before, utterance("no"))
        assert texts(replies)[0].startswith("*You can mend this yourself*")
        assert texts(replies)[1:] == ["About fifteen years."]

    def test_a_tap_that_is_forged_leaves_it_as_it_is(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at("about", told=("renamed",)), press("x"))
        assert [type(reply) for reply in replies] == [Toast]
        assert checked(state).step == NOT_OPEN
        _, replies = boiler.step(State.from_json(state.to_json()), utterance("no"))
        assert ANEW in text(replies)


def test_what_a_reply_asks_besides_is_answered_in_the_end(boiler: Dialogue) -> None:
    state, _ = boiler.step(at("danger"), utterance("none of these. how do i bleed a radiator?"))
    assert checked(state).asked == ("bleeding",)


def test_what_sounds_like_danger_beside_a_no_is_asked_about(boiler: Dialogue) -> None:
    said = f"no. {SUSPECT.replace('may be', 'is')}"
    state, replies = boiler.step(at("danger"), utterance(said))
    assert checked(state).step == "danger"
    assert "I want to be sure" in text(replies)
