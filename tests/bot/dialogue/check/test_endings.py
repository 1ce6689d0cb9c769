"""How the check ends."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.alarm import Alarms
from bot.dialogue.check.endings import Endings
from bot.dialogue.messages import Messages
from bot.dialogue.state import Alarm, Progress, State
from bot.dialogue.wording import Wording
from intents.content.check import Check
from intents.content.faq import Faq
from tests.bot.dialogue.talk import ALARMED, CHECKING, labels, text, texts
from tests.conftest import NOW

ABOUT: Final = Progress(step="about")


@pytest.fixture(name="endings", scope="module")
def _endings(boiler_faq: Faq, check: Check) -> Endings:
    wording = Wording(boiler_faq)
    messages = Messages(boiler_faq, wording)
    return Endings(boiler_faq, check, wording, messages, Alarms(boiler_faq, wording, messages))


class TestFinish:
    def test_the_result_comes_first_then_what_was_asked(self, endings: Endings) -> None:
        asked = replace(ABOUT, asked=("age", "why"))
        state, replies = endings.finish(CHECKING, asked)
        result, *answers = texts(replies)
        assert result.startswith("*You can mend this yourself*")
        assert answers == ["About fifteen years.", "Mostly for want of a service."]
        assert (state.check, state.checked_at) == (None, CHECKING.at)

    def test_what_was_not_clear_is_offered_then(self, endings: Endings) -> None:
        state, replies = endings.finish(CHECKING, replace(ABOUT, guesses=("age", "why")))
        assert labels(replies) == ["Age", "Why does a boiler fail?", "None of these"]
        assert state.offered == ("age", "why")

    def test_what_may_be_asked_after_it_is_kept(self, endings: Endings) -> None:
        told = replace(
            ABOUT, asked=("age",), picked=("drips",), risks=("old",), shown=("danger", "about")
        )
        state, _ = endings.finish(CHECKING, told)
        assert state.result == Progress(picked=("drips",), risks=("old",))
        assert state.serial == CHECKING.serial + 1

    def test_signs_that_make_an_emergency_end_it_at_once(self, endings: Endings) -> None:
        danger = replace(ABOUT, asked=("age",), told=("flood",), picked=("bangs",))
        state, replies = endings.finish(CHECKING, danger)
        assert text(replies).startswith("*Leave the house*")
        assert "Together these count for more: water and banging" in text(replies)
        assert (state.check, state.result, state.checked_at) == (None, None, 0.0)
        assert state.alarm == Alarm(("flood", "bang"), asked=("age",))

    def test_where_only_danger_was_meant_the_answer_is_all(self, endings: Endings) -> None:
        alone = Progress(step="danger", only_danger=True, asked=("age",))
        state, replies = endings.finish(CHECKING, alone)
        assert texts(replies) == ["About fifteen years."]
        assert (state.check, state.checked_at) == (None, CHECKING.at)

    @pytest.mark.parametrize("more", [{"picked": ("low",)}, {"floor": "week"}, {"asked": ()}])
    def test_unless_something_else_was_told_or_nothing_asked(
        self, endings: Endings, more: dict[str, object]
    ) -> None:
        alone = Progress(step="danger", only_danger=True, asked=("age",))
        _, replies = endings.finish(CHECKING, replace(alone, **more))  # type: ignore[arg-type]
        assert "*Likely causes*" in text(replies)

    def test_after_what_is_offered_only_what_fits_is_said(self, endings: Endings) -> None:
        lately = Progress(step="lately", picked=("low", "unserviced"))
        state, replies = endings.finish(CHECKING, lately)
        assert text(replies).startswith("*Likely causes*\n• *Dust* settles in it.")
        assert (state.check, state.result) == (None, None)

    def test_a_first_event_marks_the_check_as_made_as_well(self, endings: Endings) -> None:
        state, _ = endings.finish(State(check=ABOUT), ABOUT)
        assert state.checked_at


class TestStop:
    def test_nothing_told_and_nothing_asked(self, endings: Endings) -> None:
        state, replies = endings.stop(CHECKING, ABOUT, is_answered=False)
        assert texts(replies) == ["Okay, I've stopped the check. You can write to me at any time."]
        assert labels(replies) == ["Answer a few questions", "All topics"]
        assert state == State(serial=1, at=CHECKING.at)

    def test_who_was_answered_needs_no_more_words(self, endings: Endings) -> None:
        assert endings.stop(CHECKING, ABOUT, is_answered=True)[1] == ()

    @pytest.mark.parametrize("step", ["danger", "signs", "since", "about"])
    def test_a_question_is_answered_wherever_it_stops(self, endings: Endings, step: str) -> None:
        asked = Progress(step=step, asked=("age",), guesses=("why",))
        state, replies = endings.stop(CHECKING, asked, is_answered=False)
        first, answer, offer = texts(replies)
        assert first.startswith("Okay, no more questions.")
        assert answer == "About fifteen years."
        assert offer.startswith("I want to be sure I understand.")
        assert (state.check, state.offered) == (None, ("why",))

    @pytest.mark.parametrize(
        "told", [{"picked": ("low",)}, {"told": ("drip",)}, {"lost": True}, {"floor": "week"}]
    )
    def test_a_sign_is_not_passed_over(self, endings: Endings, told: dict[str, object]) -> None:
        asked = replace(ABOUT, asked=("age",), **told)  # type: ignore[arg-type]
        _, replies = endings.stop(CHECKING, asked, is_answered=False)
        result, answer = texts(replies)
        assert result.startswith("*Book an engineer this week*")
        assert answer == "About fifteen years."

    def test_an_emergency_is_not_either(self, endings: Endings) -> None:
        told = replace(ABOUT, told=("gas",))
        _, replies = endings.stop(CHECKING, told, is_answered=True)
        assert text(replies).startswith("*Leave the house*")

    def test_after_the_result_it_was_told_already(self, endings: Endings) -> None:
        lately = Progress(step="lately", picked=("low",))
        _, replies = endings.stop(CHECKING, lately, is_answered=False)
        assert texts(replies) == ["Okay, I've stopped the check. You can write to me at any time."]


def test_an_emergency_that_has_passed_is_seen_today_all_the_same(endings: Endings) -> None:
    state, replies = endings.gone(ALARMED, Progress(asked=("age",)))
    result, answer = texts(replies)
    assert result.startswith("*Call an engineer today*\n\nA sign like that can come back")
    assert answer == "About fifteen years."
    assert state.alarm is None
    assert state.checked_at == NOW - 60
