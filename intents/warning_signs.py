"""The warning signs that a writer says they have now, and the words that said so.

Two nets: phrases from the content, which speak for a sign where every word of them is affirmed, and a
learned spotter. In doubt an emergency makes the bot ask at once; any other sign is asked about.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intents.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER, PAST, contexts
from intents.cues import CUES, Cue
from intents.durations import going_on
from intents.faq import DurationOption, Faq
from intents.phrases import LONGEST, PhraseIndex, PhraseMatch
from intents.reading import Reading
from intents.spotter import Spotted, Spotter, emergencies, with_implied

PHRASE_EVIDENCE: Final = 2.0  # what an affirmed phrase adds to the logarithm of the odds
_NOT_ITS_OWN: Final = PAST | OVER | OTHER | ASKED


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign that the writer affirms, with their own words; a doubtful one is to be asked about."""

    id: str
    level: str
    words: tuple[str, ...]
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class SignReading:
    """What a message says of warning signs; `suspicion` is the chance of an unnamed emergency."""

    found: tuple[FoundSign, ...]
    suspicion: float
    hours: float | None = None  # how long it has been going on

    @property
    def affirmed(self) -> tuple[FoundSign, ...]:
        """Return the signs that need no asking."""
        return tuple(sign for sign in self.found if not sign.doubtful)


class WarningSigns:
    """Finds the warning signs of one content in messages."""

    def __init__(self, faq: Faq, index: PhraseIndex, spotter: Spotter) -> None:
        self._faq = faq
        self._index = index
        self._spotter = spotter
        self._emergencies = emergencies(faq)

    def read(self, reading: Reading) -> SignReading:
        """Read a message for warning signs."""
        marks = contexts(reading.text, [word.token for word in reading.words])
        spotted = self._spotter.spot(reading, marks)
        said: dict[str, list[str]] = {}
        for match in self._affirmed_phrases(reading, marks):
            said.setdefault(match.label, []).append(reading.quote(match.start, match.end))
        sure: dict[str, list[str]] = {}
        doubtful: dict[str, list[str]] = {}
        suspicion = 0.0
        for sign, seen in spotted.items():
            chance = _with_evidence(seen.probability) if sign in said else seen.probability
            if sign in self._emergencies:
                suspicion = max(suspicion, chance)
            if chance >= self._threshold(sign):
                sure[sign] = said.get(sign) or [self._telling(reading, marks, seen)]
            elif chance >= self._faq.thresholds.doubt and sign not in self._emergencies:
                doubtful[sign] = said.get(sign) or [self._telling(reading, marks, seen)]
        hours = self._add_duration(reading, marks, sure)
        return SignReading(self._found(sure, doubtful), suspicion, hours)

    def _threshold(self, sign: str) -> float:
        thresholds = self._faq.thresholds
        return thresholds.emergency if sign in self._emergencies else thresholds.sign

    def _affirmed_phrases(self, reading: Reading, marks: Sequence[int]) -> Iterator[PhraseMatch]:
        words = [word.token.word for word in reading.words]
        for match in self._index.find(reading):
            if _is_affirmed(match, words, marks):
                yield match

    def _telling(self, reading: Reading, marks: Sequence[int], seen: Spotted) -> str:
        if seen.end - seen.start <= LONGEST:
            return reading.quote(seen.start, seen.end)
        return reading.quote(*self._spotter.telling_words(reading, marks, seen))

    def _found(
        self, sure: dict[str, list[str]], doubtful: dict[str, list[str]]
    ) -> tuple[FoundSign, ...]:
        """Return the signs with those they imply; what a sure one implies is sure."""
        quotes = {**doubtful, **sure}
        certain = {sign.id for sign in with_implied(self._faq, sure)}
        found = []
        for sign in with_implied(self._faq, quotes):
            words = quotes.get(sign.id) or [
                quote for id in quotes if sign.id in self._implies(id) for quote in quotes[id]
            ]
            found.append(FoundSign(sign.id, sign.level, _unique(words), sign.id not in certain))
        return tuple(found)

    def _implies(self, id: str) -> tuple[str, ...]:
        sign = self._faq.sign(id)
        return sign.implies if sign else ()

    def _add_duration(
        self, reading: Reading, marks: Sequence[int], sure: dict[str, list[str]]
    ) -> float | None:
        """Note what a length of time says by itself ("for three weeks"); return it in hours."""
        meant = [
            duration
            for duration in going_on(reading.text)
            if not any(
                mark & (_NOT_ITS_OWN | NEGATED)
                for word, mark in zip(reading.words, marks, strict=True)
                if duration.start <= word.token.start < duration.end
            )
        ]
        if not meant:
            return None
        longest = max(meant, key=lambda duration: duration.hours)
        option = duration_option(self._faq, longest.hours)
        for sign in option.signs if option else ():
            sure.setdefault(sign, []).append(reading.text[longest.start : longest.end])
        return longest.hours


def duration_option(faq: Faq, hours: float) -> DurationOption | None:
    """Return the answer of the check that covers a length of time."""
    options = faq.check.durations if faq.check else ()
    return next((o for o in options if o.up_to is None or hours <= o.up_to), None)


def _with_evidence(probability: float) -> float:
    """Return the probability of a sign of which a phrase speaks as well."""
    odds = probability / max(1 - probability, 1e-9) * math.exp(PHRASE_EVIDENCE)
    return odds / (1 + odds)


def _is_affirmed(match: PhraseMatch, words: Sequence[str], marks: Sequence[int]) -> bool:
    """Tell whether the words of a phrase are meant; a negation of its own is part of it."""
    negates_itself = False
    for n in match.words:
        if marks[n] != AFFIRMED and not (marks[n] == NEGATED and negates_itself):
            return False
        negates_itself = negates_itself or Cue.NEGATION in CUES.at(words, n)
    return True


def _unique(quotes: Iterable[str]) -> tuple[str, ...]:
    """Return quotes without those that stand inside a longer one."""
    quotes = list(dict.fromkeys(quotes))
    return tuple(q for q in quotes if not any(q != other and q in other for other in quotes))
