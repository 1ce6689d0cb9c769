"""The model of a check: its steps, what their options do, what its result says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a step is answered."""

    ANY = "any"  # one tap: none of its lines fits, or one does
    TICK = "tick"  # each option that fits is ticked
    CHOOSE = "choose"  # one option is chosen


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to a step, and all that it does."""

    id: str  # unique in the check
    label: str  # its line or button
    signs: tuple[str, ...] = ()  # are true then
    level: str = ""  # somebody should be seen at least as soon as this
    cause: str = ""  # the topic of the cause that it points to
    risk: str = ""  # holds of the patient then
    over: float | None = None  # a length of time above so many hours is this answer
    words: tuple[str, ...] = ()  # what someone may type instead of tapping


@dataclass(frozen=True, slots=True)
class Step:
    """A question of the check."""

    id: str
    kind: Kind
    question: str
    options: tuple[Option, ...]
    of_others: str = ""  # the question where somebody else is the patient
    again: str = ""  # the question in short, once it was shown whole
    note: str = ""  # stands below the options
    after: bool = False  # offered after the result, as a button of this label …
    offer: str = ""

    @property
    def asks_of_signs(self) -> bool:
        """Tell whether an answer may be a warning sign."""
        return any(option.signs for option in self.options)


@dataclass(frozen=True, slots=True)
class Risk:
    """Something about the patient that changes the advice."""

    id: str
    title: str  # completes "because you told me that …"
    level: str = ""  # nothing milder is told then
    advice: str = ""
    words: tuple[str, ...] = ()  # tell it in a message
    first_aid: str = ""  # what else to do in an emergency, or today
    you: str = ""  # the title where the writer is the patient


@dataclass(frozen=True, slots=True)
class Cause:
    """A likely cause as the result shows it; `intent` tells more."""

    intent: str
    line: str
    remedy: str = ""
    harms: tuple[str, ...] = ()  # signs and risks with which the remedy is left out


@dataclass(frozen=True, slots=True)
class Remedy:
    """What helps anyone, but those it harms."""

    text: str
    harms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The steps of the check and what its result says besides the level."""

    report: str  # the intent of a message that only reports the symptom
    steps: tuple[Step, ...]
    risks: tuple[Risk, ...] = ()
    causes: tuple[Cause, ...] = ()
    remedies: tuple[Remedy, ...] = ()

    def step(self, id: str) -> Step | None:
        """Return the step with this id, or None."""
        return next((step for step in self.steps if step.id == id), None)

    def option(self, id: str) -> Option | None:
        """Return the option with this id, in whatever step; or None."""
        return next((o for step in self.steps for o in step.options if o.id == id), None)

    def options(self, ids: Iterable[str]) -> tuple[Option, ...]:
        """Return the options with these ids, in the order of the check."""
        wanted = set(ids)
        return tuple(o for step in self.steps for o in step.options if o.id in wanted)

    def risk(self, id: str) -> Risk | None:
        """Return the risk with this id, or None."""
        return next((risk for risk in self.risks if risk.id == id), None)

    def lasting(self, hours: float | None) -> tuple[Option, ...]:
        """Return of each step the option that so long a time is the answer to."""
        if hours is None:
            return ()
        found: list[Option] = []
        for step in self.steps:
            reached = [o for o in step.options if o.over is not None and hours > o.over]
            found += reached[-1:]
        return tuple(found)
