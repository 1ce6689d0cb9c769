"""Where a conversation stands: the little that is kept between two messages."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from bot.dialogue.events import Reply

T = TypeVar("T")

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))  # making one takes as long as using it
_SERIALS: Final = 10_000  # keyboards before their count starts anew; keeps a button's data short


class Step(StrEnum):
    """The questions of the check, in order."""

    HAZARD = "hazard"
    SIGNS = "signs"
    DURATION = "duration"
    FACTORS = "factors"


@dataclass(frozen=True, slots=True)
class Progress:
    """A check that is under way. Ids only: no word of the person's own is kept.

    It may have been written with another content, or by another version of this program.
    """

    step: str = Step.HAZARD  # the open question; one that is not known has to be asked anew
    asked: tuple[str, ...] = ()  # intents to answer once the check is over
    told: tuple[str, ...] = ()  # signs affirmed in words; not asked again
    mentioned: tuple[str, ...] = ()  # signs that may have been meant; pointed out when asked
    signs: tuple[str, ...] = ()  # ticked in the step of signs
    duration: str = ""
    known_duration: bool = False  # told in words; not asked
    factors: tuple[str, ...] = ()
    unsure: bool = False
    lost: bool = False  # a sign or a duration was answered that the content no longer knows
    brief: bool = False  # "just answer": the last two steps are left out


@dataclass(frozen=True, slots=True)
class State:
    """A conversation between two events; `State()` is one of which nothing needs to be kept."""

    serial: int = 0  # of the newest keyboard of a check: older ones are stale
    check: Progress | None = None
    checked_at: float = 0.0  # when a check was last brought to its end
    at: float = 0.0  # the last event
    topic: str = ""  # the intent answered last, on which "and how often?" leans

    def renewed(self) -> State:
        """Return the state with the number of a new keyboard, so that older ones are stale."""
        return replace(self, serial=(self.serial + 1) % _SERIALS)

    def ended(self) -> State:
        """Return what is kept after an emergency answer: only that all keyboards are stale."""
        return State(serial=self.renewed().serial)

    def to_json(self) -> str:
        """Return the state as a short JSON text."""
        check = self.check
        return _ENCODER.encode(
            {
                "serial": self.serial,
                "check": None if check is None else _dumped(check),
                "checked_at": self.checked_at,
                "at": self.at,
                "topic": self.topic,
            }
        )

    @staticmethod
    def from_json(text: str) -> State:
        """Return the state that a JSON text holds; a damaged or foreign text gives `State()`."""
        try:
            raw = json.loads(text)
            check = raw["check"]
            return State(
                serial=_one(int, raw["serial"]),
                check=None if check is None else _loaded(check),
                checked_at=_seconds(raw["checked_at"]),
                at=_seconds(raw["at"]),
                topic=_one(str, raw.get("topic", "")),  # older states have none
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return State()


Move = tuple[State, tuple[Reply, ...]]  # where an event leads, and what is said


def _dumped(check: Progress) -> dict[str, object]:
    return {
        "step": check.step,
        "asked": check.asked,
        "told": check.told,
        "mentioned": check.mentioned,
        "signs": check.signs,
        "duration": check.duration,
        "known_duration": check.known_duration,
        "factors": check.factors,
        "unsure": check.unsure,
        "lost": check.lost,
        "brief": check.brief,
    }


def _loaded(raw: dict[str, Any]) -> Progress:
    return Progress(
        step=_one(str, raw["step"]),
        asked=_ids(raw["asked"]),
        told=_ids(raw["told"]),
        mentioned=_ids(raw["mentioned"]),
        signs=_ids(raw["signs"]),
        duration=_one(str, raw["duration"]),
        known_duration=_one(bool, raw["known_duration"]),
        factors=_ids(raw["factors"]),
        unsure=_one(bool, raw["unsure"]),
        lost=_one(bool, raw.get("lost", False)),  # older states have none
        brief=_one(bool, raw["brief"]),
    )


def _one(kind: type[T], value: object) -> T:
    if type(value) is not kind:  # True is an int, but no number of ours
        raise TypeError(kind)
    return value


def _seconds(value: object) -> float:
    return float(_one(int, value)) if type(value) is int else _one(float, value)


def _ids(value: object) -> tuple[str, ...]:
    if type(value) is not list or not set(map(type, value)) <= {str}:
        raise TypeError("ids")
    return tuple(value)
