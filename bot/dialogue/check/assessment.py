"""From answers to a level: how soon someone should be seen, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intents import Cause, Faq, Level, WarningSign


@dataclass(frozen=True, slots=True)
class Assessment:
    """A level, the signs that decided it, and the combinations that raised it."""

    level: Level
    signs: tuple[WarningSign, ...]
    together: tuple[str, ...]


def assess(faq: Faq, sign_ids: Iterable[str], unsure: bool = False) -> Assessment:
    """Return the most serious level that the signs mean, alone or together.

    Someone who is not sure about the signs is placed one level above the mildest.
    """
    signs = faq.with_implied(sign_ids)
    ids = {sign.id for sign in signs}
    mildest = len(faq.levels) - 1
    rank = min((faq.rank(sign.level) for sign in signs), default=mildest)
    if unsure:
        rank = min(rank, max(mildest - 1, 0))
    together = []
    for combination in faq.combinations:
        if combination.signs <= ids and faq.rank(combination.level) < rank:
            rank = faq.rank(combination.level)
            together = [combination.because]
    return Assessment(faq.levels[rank], _specific(signs), tuple(together))


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


def _specific(signs: Iterable[WarningSign]) -> tuple[WarningSign, ...]:
    """Leave out a sign that is only there because another implies it."""
    signs = tuple(signs)
    implied = {id for sign in signs for id in sign.implies}
    return tuple(sign for sign in signs if sign.id not in implied) or signs
