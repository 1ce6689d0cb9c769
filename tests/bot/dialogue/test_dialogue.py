"""The core of the conversation, on a small content of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.dialogue import PATIENCE, Dialogue
from bot.dialogue.events import Edited, Event, Press, Say, Settle, Toast
from bot.dialogue.state import Progress, State, Step
from intents.content.faq import Faq
from intents.content.loader import load_text
from intents.screening import is_suspect, names_emergency
from intents.understanding import Understanding
from tests.bot.dialogue.talk import CHECKING, at, labels, text, texts
from tests.conftest import NOW, command, press, utterance

SUSPECT = "i saw stars and sat down"  # an emergency may be meant, and none is named


class TestMessages:
    def test_a_general_question_is_answered_at_once(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("how do i bleed a radiator"))
        assert texts(replies) == ["Turn the valve with the key until water comes."]
        assert labels(replies) == ["Answer a few questions"]
        assert state == State(at=NOW, topic="bleeding")

    def test_a_question_about_ones_own_waits_for_the_check(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("why does my boiler fail"))
        assert text(replies).startswith("I'll answer that.")
        assert state.check == Progress(asked=("why",))

    def test_a_mere_report_asks_nothing_besides(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("my radiators are cold"))
        assert text(replies).startswith("Thank you for telling me.")
        assert state.check == Progress()

    def test_after_a_check_it_is_answered_at_once(self, boiler: Dialogue) -> None:
        checked = State(checked_at=NOW - 60, at=NOW - 60)
        _, replies = boiler.step(checked, utterance("why does my boiler fail"))
        assert "Mostly for want of a service." in text(replies)
        assert "Answer a few questions" not in labels(replies)

    def test_but_not_half_an_hour_later(self, boiler: Dialogue) -> None:
        checked = State(checked_at=NOW - 60, at=NOW - PATIENCE - 1)
        state, _ = boiler.step(checked, utterance("why does my boiler fail"))
        assert state.check

    def test_an_emergency_is_answered_with_the_words_that_said_it(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(CHECKING, utterance("oh no, i can smell gas"))
        assert [reply.emergency for reply in replies if isinstance(reply, Say)] == [True]
        assert "Because you wrote “i can smell gas”." in text(replies)
        assert "0800 111 999" in text(replies)
        assert (state.check, state.serial) == (None, 2)

    @pytest.mark.parametrize(
        "event",
        [
            Edited("i can smell gas", NOW),
            command("help", "i can smell gas"),
            command("forget", "i can smell gas"),
        ],
        ids=["edit", "argument", "forget"],
    )
    def test_so_it_is_wherever_it_stands(self, boiler: Dialogue, event: Event) -> None:
        _, replies = boiler.step(CHECKING, event)
        assert text(replies).startswith("*Leave the house*")

    @pytest.mark.parametrize("step", list(Step))
    def test_a_suspected_emergency_in_an_edit_goes_back_to_the_screen(
        self, dialogue: Dialogue, step: Step
    ) -> None:
        state, replies = dialogue.step(at(step), Edited(SUSPECT, NOW))
        assert state.check
        assert state.check.step is Step.HAZARD
        assert "I want to be sure I don't miss something serious" in text(replies)

    @pytest.mark.parametrize("step", [*Step, "", "pets"])
    def test_so_does_one_in_a_message(self, dialogue: Dialogue, step: str) -> None:
        state, replies = dialogue.step(at(step), utterance(SUSPECT))
        assert state.check
        assert state.check.step is Step.HAZARD
        assert "I want to be sure I don't miss something serious" in text(replies)

    @pytest.mark.parametrize("name", ["start", "topics", "cancel", "caffeine"])
    def test_a_suspected_emergency_behind_a_command_starts_the_check(
        self, dialogue: Dialogue, name: str
    ) -> None:
        for before in (State(), at(Step.FACTORS)):
            state, replies = dialogue.step(before, command(name, SUSPECT))
            assert state.check
            assert state.check.step is Step.HAZARD
        assert "I want to be sure I don't miss something serious" in text(replies)

    def test_what_is_suspect_is_suspected_and_no_more(self, understanding: Understanding) -> None:
        """The tests above rest on it."""
        understood = understanding.understand(SUSPECT)
        assert not names_emergency(understanding.faq, understood)
        assert is_suspect(understood)

    def test_a_label_that_is_typed_says_no_more_than_its_button(self, boiler_faq: Faq) -> None:
        """Where it is offered; anywhere else the same words are an emergency."""
        label = "Gas smell in the kitchen"
        signs = [replace(s, tick=label) if s.id == "drip" else s for s in boiler_faq.signs]
        kitchen = Dialogue(Understanding(replace(boiler_faq, signs=tuple(signs))))
        state, _ = kitchen.step(at(Step.SIGNS), utterance(label))
        assert state.check
        assert state.check.signs == ("drip",)
        for before, event in (
            (at(Step.DURATION), utterance(label)),
            (at(Step.SIGNS), Edited(label, NOW)),
            (at(Step.SIGNS), command("help", label)),
        ):
            _, replies = kitchen.step(before, event)
            assert text(replies).startswith("*Leave the house*")

    def test_a_sign_is_noted_and_not_asked_again(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("the pressure is too low"))
        assert "I take that as *low pressure*" in text(replies)
        assert state.check
        assert state.check.told == ("pressure",)
        state, replies = boiler.step(state, utterance("no"))
        assert "Low pressure" not in labels(replies)

    def test_what_is_not_clear_is_asked_back(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("heating boiler"))
        assert texts(replies) == ["I want to be sure I understand. Did you mean one of these?"]
        assert 2 <= len(labels(replies)) <= 4
        assert labels(replies)[-1] == "None of these"
        state, replies = boiler.step(state, press("none"))
        assert replies[0] == Settle("None of these")
        assert labels(replies) == ["Answer a few questions", "All topics"]

    def test_an_empty_message_says_so(self, boiler: Dialogue) -> None:
        for nothing in ("", " \n", "\u200b"):
            _, replies = boiler.step(State(), utterance(nothing))
            assert text(replies)

    def test_words_with_stars_do_not_turn_bold(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(State(), utterance("*i can smell gas* everywhere"))
        assert "“" in text(replies)
        assert "*i can" not in text(replies)


class TestSilence:
    def test_a_check_ends_after_half_an_hour(self, boiler: Dialogue) -> None:
        late = replace(at(Step.SIGNS), at=NOW - PATIENCE - 1)
        state, replies = boiler.step(late, utterance("hello there"))
        assert state.check is None
        assert text(replies).startswith("Your earlier check had ended")

    def test_but_not_before(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(replace(at(Step.SIGNS), at=NOW - PATIENCE), utterance("no"))
        assert state.check

    def test_an_emergency_comes_without_a_notice(self, boiler: Dialogue) -> None:
        late = replace(at(Step.SIGNS), at=NOW - PATIENCE - 1)
        _, replies = boiler.step(late, utterance("i can smell gas"))
        assert text(replies).startswith("*Leave the house*")

    def test_an_old_button_says_that_it_is_over(self, boiler: Dialogue) -> None:
        late = replace(at(Step.SIGNS), at=NOW - PATIENCE - 1)
        _, replies = boiler.step(late, press("c:1:signs:+none"))
        assert isinstance(replies[0], Toast)
        assert labels(replies) == ["Answer a few questions"]

    def test_a_clock_that_goes_back_ends_nothing(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(replace(at(Step.SIGNS), at=NOW + 5000), utterance("no"))
        assert state.check


class TestTaps:
    @pytest.mark.parametrize("action", ["+any", "+unsure"])
    def test_an_emergency_on_an_old_screen_is_as_true_as_ever(
        self, boiler: Dialogue, action: str
    ) -> None:
        _, replies = boiler.step(State(), press(f"c:1:hazard:{action}"))
        assert isinstance(replies[0], Settle)
        assert isinstance(replies[1], Say)
        assert replies[1].emergency

    def test_a_topic_is_answered(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), press("t:age"))
        assert replies[0] == Settle("Age")
        assert texts(replies) == ["About fifteen years."]
        assert state == State(at=NOW, topic="age")

    def test_a_topic_about_ones_own_waits_for_the_check(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), press("t:why"))
        assert replies[0] == Settle("Why does a boiler fail?")
        assert state.check == Progress(asked=("why",))

    @pytest.mark.parametrize("data", ["check", "mistaken", "t:why"])
    def test_a_second_tap_starts_no_second_check(self, boiler: Dialogue, data: str) -> None:
        began, _ = boiler.step(State(), press(data))
        again, replies = boiler.step(began, Press(data, NOW + 1))
        assert [type(reply) for reply in replies] == [Toast]
        assert again == replace(began, at=NOW + 1)
        anew, _ = boiler.step(began, Press(data, NOW + 20))
        assert anew.serial != began.serial

    @pytest.mark.parametrize(
        "data", ["", "x", "t:", "t:nobody", "c:", "c:::", "c:1:hazard", "\x00", "c:1:signs:+none"]
    )
    def test_forged_data_moves_nothing(self, boiler: Dialogue, data: str) -> None:
        state, replies = boiler.step(CHECKING, press(data))
        assert [type(reply) for reply in replies] == [Toast]
        assert state == replace(CHECKING, at=NOW)


class TestCommands:
    def test_forget_keeps_nothing(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(at(Step.SIGNS), command("forget"))
        assert state == State()
        assert texts(replies) == ["Done. I have erased everything I kept about this chat."]

    def test_check_takes_what_is_written_behind_it(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), command("check", "the pressure is too low"))
        assert state.check
        assert state.check.told == ("pressure",)
        assert "low pressure" in text(replies)


class TestContentWithoutACheck:
    @pytest.mark.parametrize(
        "name", ["start", "help", "about", "privacy", "topics", "check", "cancel", "what"]
    )
    def test_sentences_are_whole_and_name_no_check(self, library: Dialogue, name: str) -> None:
        """Without an emergency number, too, no sentence breaks."""
        state, replies = library.step(State(), command(name))
        assert text(replies)
        for word in ("{", "  ", "call", "emergency", "few questions", "muscle", "doctor"):
            assert word not in text(replies)
        assert "Answer a few questions" not in labels(replies)
        assert state == State()

    def test_it_answers_and_offers_its_topics(self, library: Dialogue) -> None:
        _, replies = library.step(State(), utterance("when do you open"))
        assert "We are open" in text(replies)
        _, replies = library.step(State(), press("none"))
        assert labels(replies) == ["All topics"]

    @pytest.mark.parametrize("data", ["check", "mistaken", "c:0:hazard:+none"])
    def test_buttons_of_a_check_that_is_gone(self, library: Dialogue, data: str) -> None:
        state, replies = library.step(CHECKING, press(data))
        assert replies
        assert "{" not in text(replies)
        assert state.serial == CHECKING.serial


def test_a_content_without_an_emergency_level_has_a_hazard_all_the_same() -> None:
    desk = Dialogue(
        Understanding(
            load_text(
                """\
name: Desk
levels: [{id: soon, title: Ask soon, text: Ask at the desk.}]
signs: [{id: pain, title: pain, tick: Pain, level: soon, phrases: [it hurts]}]
intents: [{id: hours, title: Hours, answer: Nine to six., examples: [when do you open]}]
check:
  report: hours
  hazard: {question: Any of these?, signs: [pain]}
  signs: {question: And these?, signs: [pain]}
  duration: {question: How long?, options: [{id: day, label: A day}]}
  factors: {question: What else?, options: [{id: tea, label: Tea, cause: hours}]}
  causes: [{intent: hours, line: It was closed.}]
  remedies: [Wait.]
"""
            )
        )
    )
    _, replies = desk.step(CHECKING, press("c:1:hazard:+any"))
    assert text(replies).startswith("*Ask soon*")


class TestFollowUps:
    """A short question that is unclear by itself leans on the topic answered last."""

    @pytest.mark.parametrize(
        ("first", "then", "title"),
        [
            ("am i low in magnesium", "how much of it?", "Minerals and salts"),
            ("what foods help", "what else?", "Foods"),
            ("is coffee to blame", "how often", "Caffeine"),
        ],
    )
    def test_it_is_answered_about_that_topic(
        self, dialogue: Dialogue, first: str, then: str, title: str
    ) -> None:
        state, _ = dialogue.step(State(checked_at=NOW), utterance(first))
        after, replies = dialogue.step(state, utterance(then))
        assert f"On *{title}*, this is what I know" in text(replies)
        assert after.topic == state.topic

    def test_a_clear_question_does_not_lean(self, dialogue: Dialogue) -> None:
        state, _ = dialogue.step(State(checked_at=NOW), utterance("am i low in magnesium"))
        after, replies = dialogue.step(state, utterance("what about coffee"))
        assert "this is what I know" not in text(replies)
        assert after.topic == "caffeine"

    def test_a_sign_is_never_taken_for_one(self, dialogue: Dialogue) -> None:
        state, _ = dialogue.step(State(checked_at=NOW), utterance("am i low in magnesium"))
        after, _ = dialogue.step(state, utterance("and my foot is numb"))
        assert after.check

    def test_half_an_hour_later_it_stands_alone(self, dialogue: Dialogue) -> None:
        state, _ = dialogue.step(State(checked_at=NOW), utterance("am i low in magnesium"))
        late = replace(state, at=NOW - PATIENCE - 1)
        _, replies = dialogue.step(late, utterance("how much of it?"))
        assert "this is what I know" not in text(replies)


def test_a_sentence_is_said_by_its_name(boiler: Dialogue) -> None:
    """The shell has a few of its own to say, filled in like all others."""
    assert boiler.say("group_chat") == Say("Please write to me in a private chat.")
    assert "call 0800 111 999" in boiler.say("trouble").text
