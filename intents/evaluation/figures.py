"""Figures on judged messages: how often each thing went right or wrong, with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

from intents.evaluation.judged import Judged

_Z: Final = 1.959964  # the normal deviate of a 95 % interval


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def value(self) -> float:
        """Return the share, from 0 to 1; 0 of nothing."""
        return self.count / self.of if self.of else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval of Wilson (1927); of nothing, nothing is known."""
        if not self.of:
            return 0.0, 1.0
        square = _Z * _Z / self.of
        middle = (self.value + square / 2) / (1 + square)
        spread = self.value * (1 - self.value) / self.of + square / self.of / 4
        half = _Z / (1 + square) * sqrt(spread)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class Figure:
    """Something to count: `verdicts` returns one for each thing that counts in a message."""

    id: str
    title: str
    meaning: str
    verdicts: Callable[[Judged], Iterable[bool]]
    more_is_better: bool = True
    is_headline: bool = True
    about: str = "questions"  # or "signs"


def _when(holds: bool, verdict: bool) -> tuple[bool, ...]:
    return (verdict,) if holds else ()


def _both(one: Judged) -> tuple[bool, ...]:
    asked = one.counts and one.message.multi
    fitting = [covered for covered in one.covered if not covered.isdisjoint(one.wanted)]
    return _when(asked, len(fitting) > 1)


def _lesser_signs(one: Judged, found: frozenset[str]) -> list[bool]:
    """Return whether each sign beside the emergencies was found."""
    return [id in found for id in one.message.warnings if id not in one.message.emergencies]


def _hard(one: Judged) -> bool:
    return one.message.hard


def _harmless(one: Judged) -> bool:
    """Tell whether nothing in a message warns, nor was chosen because it seems to."""
    message = one.message
    return message.is_mild and not (message.warnings or message.hard or message.danger)


def _no_emergency(one: Judged) -> bool:
    """Tell whether a message tells of no danger: it must not be called an emergency."""
    return one.has_signs and not (one.message.emergency or one.message.danger)


FIGURES: Final = (
    Figure(
        "direct_right",
        "Answered right, at once",
        "questions the content knows, answered at once with an answer that fits",
        lambda one: _when(bool(one.wanted), one.is_right),
    ),
    Figure(
        "resolved",
        "Right, or among the three offered",
        "the right answer was given, or stands on one of the buttons",
        lambda one: _when(bool(one.wanted), one.is_resolved),
    ),
    Figure(
        "direct_wrong",
        "Answered wrong",
        "questions the content knows, answered at once with an answer that does not fit",
        lambda one: _when(bool(one.wanted), one.is_wrong),
        more_is_better=False,
    ),
    Figure(
        "right_when_direct",
        "Right, of those answered at once",
        "how far an answer given at once can be trusted",
        lambda one: _when(bool(one.wanted and one.answers), one.is_right),
        is_headline=False,
    ),
    Figure(
        "right_when_offered",
        "Among the three, of those asked back",
        "how often one of the offered buttons is the right one",
        lambda one: _when(bool(one.wanted and one.choices), one.is_resolved),
        is_headline=False,
    ),
    Figure(
        "top_1",
        "Best score is the right one",
        "whatever the thresholds then make of it",
        lambda one: _when(bool(one.wanted), one.best in one.wanted),
        is_headline=False,
    ),
    Figure(
        "both_answered",
        "Both of two answered",
        "messages that ask two things and got both answers",
        _both,
    ),
    Figure(
        "out_of_scope_answered",
        "Out of scope, yet answered",
        "messages on other topics that got an answer at once",
        lambda one: _when(one.is_stranger, bool(one.answers)),
        more_is_better=False,
    ),
    Figure(
        "out_of_scope_offered",
        "Out of scope, asked back",
        "messages on other topics that got a Did you mean",
        lambda one: _when(one.is_stranger, bool(one.choices)),
        more_is_better=False,
        is_headline=False,
    ),
    Figure(
        "false_emergencies",
        "Called an emergency, and is none",
        "messages that tell of no danger and got the emergency answer",
        lambda one: _when(_no_emergency(one), one.names_emergency),
        more_is_better=False,
        about="signs",
    ),
    Figure(
        "emergency_named",
        "Emergency recognised",
        "messages with an emergency sign that got the emergency answer",
        lambda one: _when(one.message.emergency, one.names_emergency),
        about="signs",
    ),
    Figure(
        "emergency_met",
        "Emergency met",
        "messages with an emergency sign that got the emergency answer or the emergency screen",
        lambda one: _when(one.message.emergency, one.meets_emergency),
        about="signs",
    ),
    Figure(
        "dangers_met",
        "Dangers met",
        "messages whose writer should be seen today or at once, met by the answer or the screen",
        lambda one: _when(one.message.danger, one.meets_emergency),
        about="signs",
    ),
    Figure(
        "signs_found",
        "Other signs found",
        "signs beside the emergencies that were named or asked about",
        lambda one: _lesser_signs(one, one.named | one.doubtful),
        about="signs",
    ),
    Figure(
        "signs_named",
        "Other signs named",
        "signs beside the emergencies that were named without asking",
        lambda one: _lesser_signs(one, one.named),
        is_headline=False,
        about="signs",
    ),
    Figure(
        "false_alarms",
        "False alarms",
        "messages that mention a sign which the writer does not have, and yet one was named",
        lambda one: _when(_hard(one), bool(one.named)),
        more_is_better=False,
        about="signs",
    ),
    Figure(
        "false_doubts",
        "Needless questions about a sign",
        "of the same messages, those in which a sign was named, asked about or suspected",
        lambda one: _when(_hard(one), bool(one.named or one.doubtful or one.is_suspect)),
        more_is_better=False,
        is_headline=False,
        about="signs",
    ),
    Figure(
        "harmless_alarms",
        "False alarms in ordinary messages",
        "messages without any sign in which one was named",
        lambda one: _when(_harmless(one), bool(one.named)),
        more_is_better=False,
        is_headline=False,
        about="signs",
    ),
)


def count(figure: Figure, judged: Iterable[Judged]) -> Share:
    """Count a figure over messages."""
    verdicts = [verdict for one in judged for verdict in figure.verdicts(one)]
    return Share(sum(verdicts), len(verdicts))


def counted(judged: Sequence[Judged]) -> dict[str, Share]:
    """Return every figure by its id; those that nothing counts for are left out."""
    shares = {figure.id: count(figure, judged) for figure in FIGURES}
    return {id: share for id, share in shares.items() if share.of}
