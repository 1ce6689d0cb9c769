"""Where a conversation stands, and what was said in it, for the tests of the core."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.dialogue.events import Reply, Say
from bot.dialogue.state import Alarm, Progress, State
from tests.conftest import NOW

STEPS: Final = ("danger", "signs", "since", "about")  # of the boilers' check, in order
CHECKING: Final = State(serial=1, check=Progress(step="danger"), at=NOW - 60)
ALARMED: Final = State(serial=1, alarm=Alarm(("gas",), NOW - 60), at=NOW - 60)


def at(step: str, **more: object) -> State:
    """Return a conversation at a step of the check."""
    return replace(CHECKING, check=replace(Progress(step=step), **more))  # type: ignore[arg-type]


def checked(state: State) -> Progress:
    """Return the check of a conversation, which has to be under way."""
    assert state.check
    return state.check


def alarm(state: State) -> Alarm:
    """Return the alarm of a conversation, which has to be on."""
    assert state.alarm
    return state.alarm


def texts(replies: tuple[Reply, ...]) -> list[str]:
    return [reply.text for reply in replies if isinstance(reply, Say)]


def text(replies: tuple[Reply, ...]) -> str:
    return "\n\n".join(texts(replies))


def labels(replies: tuple[Reply, ...]) -> list[str]:
    """Return the labels under the last message."""
    says = [reply for reply in replies if isinstance(reply, Say)]
    return [button.label for row in says[-1].keyboard for button in row]
