"""From answers to a level: how soon someone should be seen, and why. Medicine, without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogue.state import Progress
from intents import Cause, Faq, Level, WarningSign


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of somebody so far means this level."""

    level: Level
    signs: tuple[WarningSign, ...] = ()  # all that were told or ticked; none that another implies
    together: tuple[str, ...] = ()  # why signs together mean a level that none has alone
    unsure: bool = False  # the person could not say whether one of the signs fits
    lost: bool = False  # an answer was given that the content no longer knows
    is_mild: bool = False  # nothing is a reason to be seen by somebody
    has_advice: bool = False  # causes and remedies help; not where the doctor comes first

    @property
    def is_emergency(self) -> bool:
        """Tell whether help has to be called now, so that nothing more is asked."""
        return self.level.emergency


def assess(faq: Faq, progress: Progress) -> Assessment:
    """Return the most serious level that the answers mean, alone or together.

    Someone who is not sure about the signs, or whose answer was lost, is placed at least one
    level above the mildest.
    """
    signs = faq.with_implied((*progress.told, *progress.signs, *_lasting(faq, progress)))
    mildest = len(faq.levels) - 1
    rank = min((faq.rank(sign.level) for sign in signs), default=mildest)
    if progress.unsure or progress.lost:
        rank = min(rank, max(mildest - 1, 0))
    together: tuple[str, ...] = ()
    ids = {sign.id for sign in signs}
    for combination in faq.combinations:
        if combination.signs <= ids and faq.rank(combination.level) < rank:
            rank = faq.rank(combination.level)
            together = (combination.because,)
    return Assessment(
        faq.levels[rank],
        _specific(signs),
        together,
        unsure=progress.unsure,
        lost=progress.lost,
        is_mild=rank == mildest,
        has_advice=rank == mildest or (rank == mildest - 1 and bool(progress.factors)),
    )


def likely_causes(faq: Faq, factor_ids: Iterable[str]) -> tuple[Cause, ...]:
    """Return the causes that the ticked factors point to, most ticks first; else the usual two."""
    if faq.check is None:
        return ()
    ticks = dict.fromkeys((cause.intent for cause in faq.check.causes), 0)
    for factor in faq.check.factors:
        if factor.id in set(factor_ids) and factor.cause in ticks:
            ticks[factor.cause] += 1
    ranked = sorted(faq.check.causes, key=lambda cause: -ticks[cause.intent])
    return tuple(c for c in ranked if ticks[c.intent]) or tuple(ranked[:2])


def _lasting(faq: Faq, progress: Progress) -> tuple[str, ...]:
    """Return the ids of the signs that come with so long a time."""
    options = faq.check.durations if faq.check else ()
    return next((option.signs for option in options if option.id == progress.duration), ())


def _specific(signs: Iterable[WarningSign]) -> tuple[WarningSign, ...]:
    """Leave out a sign that is only there because another implies it."""
    signs = tuple(signs)
    implied = {id for sign in signs for id in sign.implies}
    return tuple(sign for sign in signs if sign.id not in implied) or signs
