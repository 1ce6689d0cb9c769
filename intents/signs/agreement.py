"""Which signs are named and which are only suspected: two witnesses of different kinds must agree.

What is told in words (a pattern or a phrase of the content) is one witness, the learned eye the
other. Words name a sign unless the eye denies it; the eye alone names one only where it is sure,
and in a long message, where much is told, only where it is very sure. A lesser sign that is not
named is asked about in the check anyway, or else it is named sooner; an emergency that is not
named must be met, so whatever may mean one makes the bot ask first.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from intents.content.faq import DANGER, Faq
from intents.reading.clauses import Span
from intents.signs.spans import LONGEST
from intents.signs.spotter import Spotted

_WELL_KNOWN: Final = 500  # examples of a sign for which the thresholds hold as they are
TERSE: Final = 2  # words; so few ("fasting", "air") are too little to learn a sign from


@dataclass(frozen=True, slots=True)
class Told:
    """A sign told in words: where, and by which line of the content."""

    sign: str
    words: Span
    line: str
    is_affirmed: bool = True
    is_over: bool = False  # it is told of as just over
    only_asks: bool = False  # too faint to name the sign: it is asked about
    of_others: bool = False  # by a line that tells it of somebody else


@dataclass(frozen=True, slots=True)
class Verdict:
    """The signs that are named with what told them, and whether an emergency may be meant."""

    named: Mapping[str, tuple[Told, ...]]  # empty where the learned eye alone names a sign
    vetoed: tuple[Told, ...]  # told in words, and denied by the learned eye
    chance: float  # of the emergency that is most likely, from 0 to 1
    is_suspect: bool
    suspected: str = ""  # the emergency that words may mean: asked about, just over, or vetoed
    is_over: bool = False  # an emergency was told that is just over
    is_grave: bool = False  # so likely that it should be told to a doctor, whatever is answered


class Agreement:
    """Weighs the witnesses by the thresholds of one content."""

    def __init__(self, faq: Faq) -> None:
        thresholds = faq.thresholds
        self._emergencies = faq.emergencies
        self._crises = faq.crises
        self._veto = _log_odds(thresholds.veto)
        self._sure = _log_odds(thresholds.sure), _log_odds(thresholds.sure_long)
        self._sure_unasked = _log_odds(thresholds.sure_unasked)
        self._unasked = _unasked(faq)
        self._rareness = {sign.id: _rareness(faq, sign.id) for sign in faq.signs}
        self._suspicion = _log_odds(thresholds.suspicion), _log_odds(thresholds.suspicion_long)
        self._wide = _log_odds(thresholds.suspicion_wide)
        self._danger = _log_odds(thresholds.danger)
        # Signs that others bring along are a little likely in every message: less is made of them.
        self._wider = faq.wide & faq.emergencies

    def verdict(
        self,
        told: Iterable[Told],
        spotted: Mapping[str, Spotted],
        only_words: Collection[str],
        length: int,
    ) -> Verdict:
        """Return what is named in a message of so many words.

        `only_words` are the signs that what was learned cannot name here by itself.
        """
        told, long = tuple(told), length > LONGEST
        emergencies = [one for one in told if one.sign in self._emergencies]
        dangers = [one for one in told if one.sign == DANGER]
        named, vetoed = self._by_words(told, spotted)
        for sign in self._by_eye(spotted, only_words, length):
            named.setdefault(sign, [])
        highest = max((spotted[s].odds for s in spotted if s in self._emergencies), default=-9.0)
        danger = spotted[DANGER].odds if DANGER in spotted else -9.0
        lowest = self._suspicion[long] if length > TERSE else self._sure[False]
        meant = {one.sign for one in emergencies} - {*named}
        crisis = next(iter(meant & self._crises), "")
        # Nobody is asked about despair for a word that only might mean it.
        if not crisis and length > TERSE:
            crisis = self._crisis(spotted, max(highest, self._veto))
        return Verdict(
            {sign: tuple(lines) for sign, lines in named.items()},
            vetoed,
            _chance(highest),
            is_suspect=(
                self._is_likely(spotted, lowest, long)
                or danger >= (self._danger if length > TERSE else lowest)
                or bool(emergencies or dangers or crisis)
            ),
            suspected=meant.pop() if len(meant) == 1 else crisis,
            is_over=any(one.is_over for one in emergencies),
            is_grave=max(highest, danger) >= 0 or any(one.is_affirmed for one in dangers),
        )

    def _by_words(
        self, told: Sequence[Told], spotted: Mapping[str, Spotted]
    ) -> tuple[dict[str, list[Told]], tuple[Told, ...]]:
        """Return the signs that words name, and what is told of signs that are denied."""
        affirmed = [one for one in told if one.is_affirmed and one.sign != DANGER]
        denied = [one for one in affirmed if self._is_denied(one.sign, spotted)]
        stands = {one.sign for one in affirmed if one not in denied} & self._emergencies
        # Beside an emergency that stands, another sign told in words harms nobody.
        vetoed = () if stands else tuple(denied)
        named: dict[str, list[Told]] = {}
        for one in told:
            # Nobody who speaks of ending a life is asked for more.
            is_despair = one.sign in self._crises and not one.only_asks
            if is_despair or (one in affirmed and one not in vetoed):
                named.setdefault(one.sign, []).append(one)
        return named, vetoed

    def _by_eye(
        self, spotted: Mapping[str, Spotted], only_words: Collection[str], length: int
    ) -> Iterator[str]:
        """Yield the signs that what was learned names by itself: no danger without a name."""
        long = length > LONGEST
        for sign, seen in spotted.items() if length > TERSE else ():
            if sign in self._crises:
                is_sure = seen.odds >= self._sure[True]
            elif sign == DANGER or sign in only_words:
                is_sure = False
            else:
                is_sure = seen.odds >= self._bar(sign, long)
                is_sure = is_sure and (
                    sign not in self._wider or self._is_borne_out(sign, spotted)
                )
            if is_sure:
                yield sign

    def _bar(self, sign: str, long: bool) -> float:
        return self._sure_unasked if sign in self._unasked else self._sure[long]

    def _is_denied(self, sign: str, spotted: Mapping[str, Spotted]) -> bool:
        """Tell whether what was learned denies a sign that is told in words."""
        return spotted[sign].odds < self._veto + self._rareness.get(sign, 0.0)

    def _is_borne_out(self, wide: str, spotted: Mapping[str, Spotted]) -> bool:
        """Tell whether some narrower emergency is not denied, and no lesser sign is likelier."""
        lesser = spotted.keys() - self._emergencies - {DANGER}
        is_lesser = any(spotted[sign].odds > spotted[wide].odds for sign in lesser)
        narrower = self._emergencies - self._wider
        return not is_lesser and any(spotted[sign].odds >= self._veto for sign in narrower)

    def _is_likely(self, spotted: Mapping[str, Spotted], lowest: float, long: bool) -> bool:
        """Tell whether an emergency is likely enough to be asked about."""
        wide = self._wide if long else max(lowest, self._suspicion[True])
        return any(
            spotted[sign].odds >= (wide if sign in self._wider else lowest)
            for sign in (self._emergencies - self._crises) & spotted.keys()
        )

    def _crisis(self, spotted: Mapping[str, Spotted], least: float) -> str:
        """Return the crisis that may be meant: it is asked about kindly, and alone."""
        return next((sign for sign in self._crises if spotted[sign].odds >= least), "")


def _rareness(faq: Faq, id: str) -> float:
    """Return what is taken off the log odds that are asked of a sign with few examples.

    It is found rare by whatever was learned, and the odds of what is rare are low throughout.
    """
    taught = [sign for sign in faq.signs if sign.id == id or id in sign.implies]
    lines = sum(sign.examples or len(sign.phrases) for sign in taught)
    return min(0.0, math.log(max(lines, 1) / _WELL_KNOWN))


def _unasked(faq: Faq) -> frozenset[str]:
    """Return the lesser signs that no step of the check asks about."""
    if faq.check is None:
        return frozenset()
    options = [option for step in faq.check.steps for option in step.options]
    asked = {sign for option in options for sign in option.signs}
    return frozenset(sign.id for sign in faq.signs) - asked - faq.emergencies


def _log_odds(chance: float) -> float:
    chance = min(max(chance, 1e-9), 1 - 1e-9)
    return math.log(chance / (1 - chance))


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))
