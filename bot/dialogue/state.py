"""Where a conversation stands: the little that is kept between two messages. Ids and no words."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

from bot.dialogue.events import Reply

T = TypeVar("T")

_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))  # making one takes as long as using it
_SERIALS: Final = 10_000  # keyboards before their count starts anew; keeps a button's data short

DOUBT: Final = "+doubt"  # the step that asks about one sign alone
NOT_OPEN: Final = ""  # the step of a check that lost an answer: its questions start anew


@dataclass(frozen=True, slots=True)
class Progress:
    """A check that is under way. Ids only: no word of the person's own is kept.

    It may have been written with another content, or by another version of this program.
    """

    step: str = NOT_OPEN  # the open question; one that is not known has to be asked anew
    doubt: str = ""  # a sign that may have been meant, asked about before the steps
    asked: tuple[str, ...] = ()  # intents to answer once the check is over
    guesses: tuple[str, ...] = ()  # what an unclear question may have asked, to be offered then
    told: tuple[str, ...] = ()  # signs told in words that no option stands for
    likely: tuple[str, ...] = ()  # … or that were only learned to be likely from the words
    picked: tuple[str, ...] = ()  # ids of options
    read: tuple[str, ...] = ()  # those of them that were read from words
    risks: tuple[str, ...] = ()  # told in words
    shown: tuple[str, ...] = ()  # steps that were shown whole
    floor: str = ""  # the level below which the result does not fall
    of_other: bool = False  # somebody else is the patient
    only_danger: bool = False  # only what was suspected is asked: a question waits for its answer
    unsure: bool = False
    lost: bool = False  # an answer was given that the content no longer knows


@dataclass(frozen=True, slots=True)
class Alarm:
    """Help was to be called, or a person is in despair: what was said stays true for a while."""

    signs: tuple[str, ...] = ()
    at: float = 0.0
    asked: tuple[str, ...] = ()  # what else was asked, to be answered once all is well
    guesses: tuple[str, ...] = ()
    of_other: bool = False
    called: bool = False  # they say that help has been called


@dataclass(frozen=True, slots=True)
class State:
    """A conversation between two events; `State()` is one of which nothing needs to be kept."""

    serial: int = 0  # of the newest keyboard of a check: older ones are stale
    check: Progress | None = None
    result: Progress | None = None  # the check that ended last: what may be asked after it
    alarm: Alarm | None = None
    checked_at: float = 0.0  # when a check was last brought to its end
    at: float = 0.0  # the last event
    topic: str = ""  # the intent answered last, on which "and how often?" leans
    offered: tuple[str, ...] = ()  # what "did you mean" offered last: "the first one"
    risks: tuple[str, ...] = ()  # told lately: what changes the advice

    def renewed(self) -> State:
        """Return the state with the number of a new keyboard, so that older ones are stale."""
        return replace(self, serial=(self.serial + 1) % _SERIALS)

    def no_later_than(self, at: float) -> State:
        """Return the state without times to come, which a clock wrote that was set back since."""
        if self.at <= at and (self.alarm is None or self.alarm.at <= at):
            return self
        alarm = self.alarm and replace(self.alarm, at=min(self.alarm.at, at))
        return replace(self, at=min(self.at, at), checked_at=min(self.checked_at, at), alarm=alarm)

    def alarmed(self, alarm: Alarm) -> State:
        """Return what is kept after an emergency answer; all keyboards are stale."""
        return State(serial=self.renewed().serial, alarm=alarm)

    def to_json(self) -> str:
        """Return the state as a short JSON text; what is as in `State()` is left out."""
        return _ENCODER.encode(_dumped(self))

    @staticmethod
    def from_json(text: str) -> State:
        """Return the state that a JSON text holds; a damaged or foreign text gives `State()`."""
        try:
            raw = json.loads(text)
            return State(
                serial=_one(int, raw.get("serial", 0)),
                check=_progress(raw.get("check")),
                result=_progress(raw.get("result")),
                alarm=_alarm(raw.get("alarm")),
                checked_at=_seconds(raw.get("checked_at", 0.0)),
                at=_seconds(raw.get("at", 0.0)),
                topic=_one(str, raw.get("topic", "")),
                offered=_ids(raw.get("offered", [])),
                risks=_ids(raw.get("risks", [])),
            )
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            return State()


Move = tuple[State, tuple[Reply, ...]]  # where an event leads, and what is said


def _dumped(value: State | Progress | Alarm) -> dict[str, object]:
    found: dict[str, object] = {}
    for field in fields(value):
        held = getattr(value, field.name)
        if held != field.default:
            found[field.name] = _dumped(held) if isinstance(held, Progress | Alarm) else held
    return found


def _progress(raw: dict[str, Any] | None) -> Progress | None:
    """Return a stored check; of one with the steps of an older version the signs are kept."""
    if raw is None:
        return None
    values: dict[str, Any] = {}
    for field in fields(Progress):
        if field.name in raw:
            held = raw[field.name]
            is_ids = type(field.default) is tuple
            values[field.name] = _ids(held) if is_ids else _one(type(field.default), held)
    ticked = _ids(raw.get("signs", []))
    return Progress(**{**values, "told": (*values.get("told", ()), *ticked)})


def _alarm(raw: dict[str, Any] | None) -> Alarm | None:
    if raw is None:
        return None
    return Alarm(
        _ids(raw.get("signs", [])),
        _seconds(raw.get("at", 0.0)),
        _ids(raw.get("asked", [])),
        _ids(raw.get("guesses", [])),
        _one(bool, raw.get("of_other", False)),
        _one(bool, raw.get("called", False)),
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
