"""The core of the conversation, on a small content of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.dialogue import PATIENCE, Dialogue
from bot.dialogue.events import Edited, Event, Press, Say, Settle, Toast
from bot.dialogue.state import Alarm, Progress, State
from intents.content.check import Option
from intents.content.faq import Faq
from intents.screening import is_suspect, names_emergency
from intents.understanding import Understanding
from tests.bot.dialogue.talk import CHECKING, alarm, at, checked, labels, text, texts
from tests.conftest import NOW, command, press, utterance

SUSPECT = "i saw stars and sat down"  # an emergency may be meant, and none is named
SURE = "Let me ask about a few serious things first"


class TestDanger:
    def test_it_is_answered_with_the_words_that_said_it(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(CHECKING, utterance("oh no, i can smell gas"))
        assert [reply.emergency for reply in replies if isinstance(reply, Say)] == [True]
        assert "Because you wrote “i can smell gas”." in text(replies)
        assert "0800 111 999" in text(replies)
        assert state == State(serial=2, alarm=Alarm(("gas",), NOW), at=NOW)

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
        for before in (State(), CHECKING):
            _, replies = boiler.step(before, event)
            assert text(replies).startswith("*Leave the house*")

    def test_what_is_asked_besides_waits(self, boiler: Dialogue) -> None:
        asked = utterance("i can smell gas. how do i bleed a radiator?")
        state, replies = boiler.step(at("signs", asked=("age",)), asked)
        assert len(texts(replies)) == 1
        assert alarm(state).asked == ("age", "bleeding")

    def test_a_label_that_is_typed_says_no_more_than_its_button(self, boiler_faq: Faq) -> None:
        """Where it is offered; anywhere else the same words are an emergency."""
        label = "Gas smell in the kitchen"
        assert boiler_faq.check
        named = tuple(
            replace(step, options=(Option("odd", label, ("drip",)), *step.options[1:]))
            if step.id == "signs"
            else step
            for step in boiler_faq.check.steps
        )
        content = replace(boiler_faq, check=replace(boiler_faq.check, steps=named))
        kitchen = Dialogue(Understanding(content))
        state, _ = kitchen.step(at("signs"), utterance(label))
        assert checked(state).picked == ("odd",)
        for before, event in (
            (at("since"), utterance(label)),
            (at("signs"), Edited(label, NOW)),
            (at("signs"), command("help", label)),
        ):
            _, replies = kitchen.step(before, event)
            assert text(replies).startswith("*Leave the house*")

    def test_words_with_stars_do_not_turn_bold(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(State(), utterance("*i can smell gas* everywhere"))
        assert "“" in text(replies)
        assert "*i can" not in text(replies)


class TestSuspicion:
    """On the shipped content, which has learned what danger sounds like."""

    @pytest.mark.parametrize("step", ["danger", "signs", "", "pets"])
    @pytest.mark.parametrize("event", [utterance(SUSPECT), Edited(SUSPECT, NOW)], ids=repr)
    def test_it_goes_back_to_the_emergency_signs(
        self, dialogue: Dialogue, step: str, event: Event
    ) -> None:
        state, replies = dialogue.step(at(step), event)
        assert checked(state).step in ("danger", "+doubt")
        assert SURE in text(replies)

    @pytest.mark.parametrize("name", ["start", "topics", "cancel", "caffeine"])
    def test_behind_a_command_it_starts_the_check(self, dialogue: Dialogue, name: str) -> None:
        for before in (State(), at("about")):
            state, replies = dialogue.step(before, command(name, SUSPECT))
            assert checked(state).step == "danger"
            assert SURE in text(replies)

    def test_what_is_suspect_is_suspected_and_no_more(self, understanding: Understanding) -> None:
        """The tests above rest on it."""
        understood = understanding.understand(SUSPECT)
        assert not names_emergency(understanding.faq, understood)
        assert is_suspect(understood)


def test_an_empty_message_says_so(boiler: Dialogue) -> None:
    for nothing in ("", " \n", "\u200b"):
        _, replies = boiler.step(State(), utterance(nothing))
        assert text(replies)


class TestSilence:
    def test_a_check_ends_after_half_an_hour(self, boiler: Dialogue) -> None:
        late = replace(at("signs"), at=NOW - PATIENCE - 1)
        state, replies = boiler.step(late, utterance("hello there"))
        assert state.check is None
        assert text(replies).startswith("Your earlier check had ended")

    def test_but_not_before(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(replace(at("signs"), at=NOW - PATIENCE), utterance("no"))
        assert state.check

    def test_nor_is_anything_else_kept(self, boiler: Dialogue) -> None:
        late = State(
            serial=3, result=Progress(picked=("low",)), checked_at=NOW - PATIENCE - 9,
            at=NOW - PATIENCE - 1, topic="age", offered=("why",),
        )  # fmt: skip
        state, _ = boiler.step(late, press("topics"))
        assert state == State(serial=3, at=NOW)

    def test_an_emergency_comes_without_a_notice(self, boiler: Dialogue) -> None:
        late = replace(at("signs"), at=NOW - PATIENCE - 1)
        _, replies = boiler.step(late, utterance("i can smell gas"))
        assert text(replies).startswith("*Leave the house*")

    def test_an_old_button_says_that_it_is_over(self, boiler: Dialogue) -> None:
        late = replace(at("signs"), at=NOW - PATIENCE - 1)
        _, replies = boiler.step(late, press("c:1:signs:+none"))
        assert isinstance(replies[0], Toast)
        assert labels(replies) == ["Answer a few questions"]

    def test_a_clock_that_goes_back_ends_nothing(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(replace(at("signs"), at=NOW + 5000), utterance("no"))
        assert state.check


class TestTaps:
    @pytest.mark.parametrize("data", ["check", "joke", "t:why"])
    def test_a_second_tap_starts_no_second_check(self, boiler: Dialogue, data: str) -> None:
        began, _ = boiler.step(State(), press(data))
        again, replies = boiler.step(began, Press(data, NOW + 1))
        assert [type(reply) for reply in replies] == [Toast]
        assert again == replace(began, at=NOW + 1)
        anew, _ = boiler.step(began, Press(data, NOW + 20))
        assert anew.serial != began.serial

    def test_the_check_starts_by_its_button(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(at=NOW - 60), press("check"))
        assert replies[0] == Settle("Answer a few questions")
        assert checked(state) == Progress(step="danger", shown=("danger",))

    @pytest.mark.parametrize(
        "data",
        [
            *("", "x", "t:", "t:nobody", "c:", "c:::", "c:1:danger", "\x00", "c:1:signs:+none"),
            *("l:", "l:emergency:0", "l:nobody:0"),
        ],
    )
    def test_forged_data_moves_nothing(self, boiler: Dialogue, data: str) -> None:
        state, replies = boiler.step(CHECKING, press(data))
        assert [type(reply) for reply in replies] == [Toast]
        assert state == replace(CHECKING, at=NOW)


class TestCommands:
    def test_forget_keeps_nothing(self, boiler: Dialogue) -> None:
        full = replace(at("signs"), alarm=Alarm(("gas",), NOW), topic="age")
        state, replies = boiler.step(full, command("forget"))
        assert state == State()
        assert texts(replies) == ["Done. I have erased everything I kept about this chat."]

    def test_check_takes_what_is_written_behind_it(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), command("check", "the pressure is too low"))
        assert checked(state).read == ("low",)
        assert "I've ticked *Low pressure*" in text(replies)

    def test_there_may_be_nothing_to_cancel(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(State(), command("cancel"))
        assert text(replies).startswith("There is no check running.")


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

    @pytest.mark.parametrize(
        "data", ["check", "mistaken", "joke", "gone", "else", "c:0:danger:+none", "l:x:0"]
    )
    def test_buttons_of_a_check_that_is_gone(self, library: Dialogue, data: str) -> None:
        state, replies = library.step(CHECKING, press(data))
        assert replies
        assert "{" not in text(replies)
        assert state.serial == CHECKING.serial

    def test_an_alarm_of_a_content_with_levels_is_over(self, library: Dialogue) -> None:
        alarmed = State(alarm=Alarm(("gas",), NOW), at=NOW)
        _, replies = library.step(alarmed, utterance("when do you open"))
        assert "We are open" in text(replies)

    @pytest.mark.parametrize("said", ["answer a few questions", "all topics", "it's gone now"])
    def test_nor_does_a_typed_one_break_it(self, library: Dialogue, said: str) -> None:
        _, replies = library.step(State(), utterance(said))
        assert text(replies)


def test_a_sentence_is_said_by_its_name(boiler: Dialogue) -> None:
    """The shell has a few of its own to say, filled in like all others."""
    assert boiler.say("group_chat") == Say("Please write to me in a private chat.")
    assert "call 0800 111 999" in boiler.say("trouble").text
