"""From answers to a level: how soon someone should be seen, and why. Medicine, without a word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogue.state import Progress
from intents import Cause, CheckOption, Faq, Level, Risk, Understood, WarningSign


@dataclass(frozen=True, slots=True)
class Assessment:
    """What is known of somebody so far means this level."""

    level: Level
    signs: tuple[WarningSign, ...] = ()  # all that were told or ticked; none that another implies
    risks: tuple[Risk, ...] = ()
    together: tuple[str, ...] = ()  # why signs together mean a level that none has alone
    unsure: bool = False  # the person could not say whether one of the signs fits
    lost: bool = False  # an answer was given that the content no longer knows
    is_mild: bool = False  # nothing is a reason to be seen by somebody
    is_lifted: bool = False  # by a risk alone
    known: frozenset[str] = frozenset()  # the ids of all signs, the implied too, and of all risks

    @property
    def is_emergency(self) -> bool:
        """Tell whether help has to be called now, so that nothing more is asked."""
        return self.level.emergency

    def is_harmed_by(self, harms: Iterable[str]) -> bool:
        """Tell whether a sign or a risk is among those that something harms."""
        return not self.known.isdisjoint(harms)


def assess(faq: Faq, progress: Progress) -> Assessment:
    """Return the most serious level that the answers mean, alone or together.

    Someone who is not sure about the signs, or whose answer was lost, is placed at least one
    level above the mildest.
    """
    options = _picked(faq, progress)
    signs = faq.with_implied((*progress.told, *(id for o in options for id in o.signs)))
    risks = _risks(faq, progress, options)
    mildest = len(faq.levels) - 1
    likely = [sign.level for id in progress.likely if (sign := faq.sign(id))]
    told = [*(sign.level for sign in signs), *(o.level for o in options), *likely, progress.floor]
    rank = min([mildest, *(faq.rank(level) for level in told if level)])
    if progress.unsure or progress.lost:
        rank = min(rank, max(mildest - 1, 0))
    together: tuple[str, ...] = ()
    ids = {sign.id for sign in signs}
    for combination in faq.combined(ids | {risk.id for risk in risks}):
        if faq.rank(combination.level) < rank:
            rank = faq.rank(combination.level)
            together = (combination.because,)
    lifted = min([rank, *(faq.rank(risk.level) for risk in risks if risk.level)])
    return Assessment(
        faq.levels[lifted],
        _specific(signs),
        risks,
        together,
        unsure=progress.unsure,
        lost=progress.lost,
        is_mild=lifted == mildest,
        is_lifted=lifted < rank,
        known=frozenset((*ids, *(risk.id for risk in risks))),
    )


def first_that_is_no_emergency(faq: Faq) -> str:
    """Return the id of the level for somebody whose emergency has passed; empty without one."""
    return next((level.id for level in faq.levels if not level.emergency), "")


def suspected_floor(faq: Faq, understood: Understood) -> str:
    """Return the level below which somebody does not fall whose words sounded like danger."""
    signs = understood.signs
    if signs.suspected in faq.crises:  # who says no to that needs no doctor for it
        return ""
    if signs.is_over or (signs.is_grave and signs.suspected):
        return first_that_is_no_emergency(faq)
    is_serious = signs.is_grave or bool(signs.suspected)
    return faq.levels[max(len(faq.levels) - 2, 0)].id if is_serious else ""


def likely_causes(faq: Faq, picked: Iterable[str]) -> tuple[Cause, ...]:
    """Return the causes that the picked options point to, most first; then the usual ones."""
    if faq.check is None:
        return ()
    ticks = dict.fromkeys((cause.intent for cause in faq.check.causes), 0)
    for option in faq.check.options(picked):
        if option.cause in ticks:
            ticks[option.cause] += 1
    return tuple(sorted(faq.check.causes, key=lambda cause: -ticks[cause.intent]))


def _picked(faq: Faq, progress: Progress) -> tuple[CheckOption, ...]:
    return faq.check.options(progress.picked) if faq.check else ()


def _risks(faq: Faq, progress: Progress, options: Iterable[CheckOption]) -> tuple[Risk, ...]:
    ids = {*progress.risks, *(option.risk for option in options)}
    return tuple(risk for risk in faq.check.risks if risk.id in ids) if faq.check else ()


def _specific(signs: Iterable[WarningSign]) -> tuple[WarningSign, ...]:
    """Leave out a sign that is only there because another implies it."""
    signs = tuple(signs)
    implied = {id for sign in signs for id in sign.implies}
    return tuple(sign for sign in signs if sign.id not in implied) or signs
