"""Where a conversation stands: the little that is kept between two messages."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Step(StrEnum):
    """The questions of the check, in order."""

    HAZARD = "hazard"
    SIGNS = "signs"
    DURATION = "duration"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class Progress:
    """A check that is under way. Ids only: no word of the person's own is kept."""

    step: Step = Step.HAZARD
    asked: tuple[str, ...] = ()  # intents to answer once the check is over
    told: tuple[str, ...] = ()  # signs affirmed in words; not asked again
    mentioned: tuple[str, ...] = ()  # signs that may have been meant; pointed out when asked
    signs: tuple[str, ...] = ()  # ticked in step 2
    duration: str = ""
    known_duration: bool = False  # told in words; not asked
    factors: tuple[str, ...] = ()
    unsure: bool = False
    brief: bool = False  # "just answer": the last two steps are left out


@dataclass(frozen=True, slots=True)
class State:
    """A conversation between two events; `State()` is one of which nothing needs to be kept."""

    serial: int = 0  # of the newest keyboard of a check: older ones are stale
    check: Progress | None = None
    topic: str = ""  # the intent answered last
    checked_at: float = 0.0  # when a check was last brought to its end
    at: float = 0.0  # the last event

    def to_json(self) -> str:
        """Return the state as a short JSON text."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> State:
        """Return the state that a JSON text holds; a damaged or foreign text gives `State()`."""
        try:
            raw = json.loads(text)
            check = raw.pop("check")
            progress = Progress(**_typed(Progress(), check)) if check is not None else None
            return State(check=progress, **_typed(State(), raw))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return State()


def _typed(pattern: Progress | State, raw: dict[str, Any]) -> dict[str, Any]:
    """Return raw values as the types that a pattern has; raises when one does not fit."""
    values = {}
    for field in fields(pattern):
        if field.name == "check":
            continue
        value, example = raw[field.name], getattr(pattern, field.name)
        if isinstance(example, tuple):
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise TypeError(field.name)
            value = tuple(value)
        elif isinstance(example, float) and isinstance(value, int | float):
            value = float(value)
        elif isinstance(example, StrEnum):
            value = type(example)(value)
        elif type(value) is not type(example):
            raise TypeError(field.name)
        values[field.name] = value
    return values
