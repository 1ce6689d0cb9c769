"""Labelled messages held against what was understood of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intents.content.faq import Faq
from intents.evaluation.labelled import INSIDE_CHECK, Labelled
from intents.matcher import Ambiguous, Match, Outcome
from intents.screening import is_suspect, meets_emergency, names_emergency
from intents.understanding import Understood

BEST_SCORES: Final = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled message and what was understood of it."""

    message: Labelled
    outcome: Outcome
    scores: tuple[tuple[str, float], ...]  # the best few, the best first
    named: frozenset[str]  # the signs affirmed
    doubtful: frozenset[str]  # the signs asked about
    suspicion: float
    is_suspect: bool  # an emergency that was not named may be meant
    names_emergency: bool
    meets_emergency: bool
    covered: tuple[frozenset[str], ...] = ()  # of each answer, the intents that it answers
    offered: frozenset[str] = frozenset()  # the intents that the choices answer
    has_signs: bool = True  # the content has signs at all
    counts: bool = True  # among the questions; else only for its signs

    @property
    def best(self) -> str:
        """Return the intent with the highest score."""
        return self.scores[0][0]

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
        return any(not covered.isdisjoint(self.wanted) for covered in self.covered)

    @property
    def is_resolved(self) -> bool:
        """Tell whether an acceptable intent was answered or offered."""
        return self.is_right or not self.offered.isdisjoint(self.wanted)

    @property
    def is_wrong(self) -> bool:
        """Tell whether an answer was given at once, and none that is acceptable."""
        return bool(self.answers) and not self.is_right

    @property
    def is_confused(self) -> bool:
        """Tell whether the best score went to an intent that is not acceptable."""
        return bool(self.wanted) and self.best not in self.wanted and not self.is_right


def judge(message: Labelled, understood: Understood, faq: Faq, count_all: bool = False) -> Judged:
    """Hold what was understood of a message against its labels."""
    ranked = understood.scores.ranked()[:BEST_SCORES]
    outcome = understood.outcome
    answers = outcome.answers if isinstance(outcome, Match) else ()
    choices = outcome.choices if isinstance(outcome, Ambiguous) else ()
    affirmed = frozenset(sign.id for sign in understood.signs.found)
    return Judged(
        message=message,
        outcome=outcome,
        covered=tuple(frozenset(faq.with_wider([id])) for id in answers),
        offered=frozenset(faq.with_wider(choices)),
        scores=tuple((faq.intents[n].id, float(understood.scores.values[n])) for n in ranked),
        named=affirmed,
        doubtful=frozenset(sign.id for sign in understood.signs.doubtful) - affirmed,
        suspicion=understood.signs.suspicion,
        is_suspect=is_suspect(understood),
        names_emergency=names_emergency(faq, understood),
        meets_emergency=meets_emergency(faq, understood),
        has_signs=bool(faq.signs),
        counts=count_all or message.kind != INSIDE_CHECK,
    )
