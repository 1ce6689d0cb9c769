"""Figures on judged messages: how often each thing went right or wrong, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from intents.faq import Faq
from intents.labelled import INSIDE_CHECK, Labelled
from intents.matcher import Ambiguous, Match, Outcome
from intents.understanding import Understood

_Z: Final = 1.959964  # the normal deviate of a 95 % interval
BEST_SCORES: Final = 5


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with the 95 % interval of the share."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, from 0 to 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the interval of Wilson (1927); of nothing, nothing is known."""
        if not self.of:
            return 0.0, 1.0
        square = _Z * _Z / self.of
        middle = (self.value + square / 2) / (1 + square)
        spread = self.value * (1 - self.value) / self.of + square / self.of / 4
        half = _Z / (1 + square) * sqrt(spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and what was understood of it."""

    message: Labelled
    outcome: Outcome
    scores: tuple[tuple[str, float], ...]  # the best few, the best first
    named: frozenset[str]  # the signs affirmed
    doubtful: frozenset[str]  # the signs asked about
    suspicion: float
    names_emergency: bool
    meets_emergency: bool
    counts: bool = True  # among the questions; else only for its signs

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the intents answered at once."""
        return self.outcome.answers if isinstance(self.outcome, Match) else ()

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the intents offered."""
        return self.outcome.choices if isinstance(self.outcome, Ambiguous) else ()

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the acceptable intents; none when it is no question or out of scope."""
        return (self.message.intents or ()) if self.counts else ()

    @property
    def is_stranger(self) -> bool:
        """Tell whether the message is out of scope."""
        return self.counts and self.message.intents == ()

    @property
    def is_right(self) -> bool:
        """Tell whether an acceptable intent was answered at once."""
        return any(id in self.wanted for id in self.answers)

    @property
    def is_resolved(self) -> bool:
        """Tell whether an acceptable intent was answered or offered."""
        return any(id in self.wanted for id in (*self.answers, *self.choices))

    @property
    def is_wrong(self) -> bool:
        """Tell whether an answer was given at once, and none that is acceptable."""
        return bool(self.answers) and not self.is_right


def judge(message: Labelled, understood: Understood, faq: Faq, count_all: bool = False) -> Judged:
    """Hold what was understood of a message against its labels."""
    ranked = understood.scores.ranked()[:BEST_SCORES]
    affirmed = frozenset(sign.id for sign in understood.signs.affirmed)
    return Judged(
        message=message,
        outcome=understood.outcome,
        scores=tuple((faq.intents[n].id, float(understood.scores.values[n])) for n in ranked),
        named=affirmed,
        doubtful=frozenset(sign.id for sign in understood.signs.found) - affirmed,
        suspicion=understood.signs.suspicion,
        names_emergency=any(map(faq.is_emergency, affirmed)),
        meets_emergency=understood.meets_emergency(faq),
        counts=count_all or message.kind != INSIDE_CHECK,
    )


Verdicts = Callable[[Judged], Iterable[bool]]  # one for each thing counted in a message


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that is counted over all messages."""

    id: str
    title: str
    verdicts: Verdicts
    more_is_better: bool = True


def _among(holds: Callable[[Judged], bool], verdict: Callable[[Judged], bool]) -> Verdicts:
    """Count a verdict on the messages for which something holds."""
    return lambda one: [verdict(one)] if holds(one) else ()
