"""The cheap look finds every emergency that the dialogue answers."""

from __future__ import annotations

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Event, Say, Unreadable
from bot.dialogue.state import Alarm, Progress, State
from tests.conftest import NOW, command, press, utterance


@pytest.mark.parametrize(
    "text", ["i can smell gas", "how often is a service due? i smell gas", "there is gas smell"]
)
def test_what_gets_an_emergency_answer_may_be_one(boiler: Dialogue, text: str) -> None:
    for event in (utterance(text), command("start", text)):
        _, replies = boiler.step(State(), event)
        is_one = any(isinstance(one, Say) and one.emergency for one in replies)
        assert boiler.may_be_urgent(State(), event) is is_one


@pytest.mark.parametrize(
    "event", [utterance("how long does it last"), utterance(""), Unreadable("photo", NOW)]
)
def test_what_is_none_is_passed_over(boiler: Dialogue, event: Event) -> None:
    assert not boiler.may_be_urgent(State(), event)


def test_what_only_the_dialogue_can_tell_is_left_to_it(boiler: Dialogue) -> None:
    assert boiler.may_be_urgent(State(), press("anything"))
    for state in (State(check=Progress("any")), State(alarm=Alarm(("x",), NOW))):
        assert boiler.may_be_urgent(state, utterance("yes"))
        assert not boiler.may_be_urgent(state, utterance("how long does it last " * 9))


def test_the_same_text_is_read_once(boiler: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    urgency = boiler.may_be_urgent.__self__  # type: ignore[attr-defined]

    def tells(text: str) -> bool:
        read.append(text)
        return False

    monkeypatch.setattr(urgency, "_tells_of_one", tells)
    for _ in range(5):
        assert not boiler.may_be_urgent(State(), utterance("a b c"))
    assert read == ["a b c"]


def test_times_to_come_are_taken_back() -> None:
    """A clock that was a year ahead must not make an alarm last a year."""
    ahead = NOW + 365 * 86_400
    state = State(alarm=Alarm(("x",), ahead), checked_at=ahead, at=ahead).no_later_than(NOW)
    assert state == State(alarm=Alarm(("x",), NOW), checked_at=NOW, at=NOW)
    assert State(at=NOW).no_later_than(NOW) == State(at=NOW)
