"""The warning signs that a writer says they have now, and the words that said so.

Two nets: phrases from the content, which count where every word of them is affirmed, and a learned
spotter for the rest. In doubt an emergency counts; any other sign is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intents.context import AFFIRMED, ASKED, OTHER, OVER, PAST, contexts
from intents.durations import durations
from intents.faq import Faq
from intents.phrases import PhraseIndex, PhraseMatch
from intents.reading import Reading
from intents.spotter import Spotted, Spotter, emergencies, with_implied

_UNLIKELY: Final = 0.05  # a phrase of an ordinary sign is not believed below this probability
_WORDS_OF_SPAN: Final = frozenset(
    """been for since over more than now still already straight row going on almost nearly last past
    day week month started began same every counting ongoing persist keep keeps lasting lasted hasnt havent""".split()
)
_WORDS_OF_PLANS: Final = frozenset("old plan programme program training trained run ran race in every per".split())


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
        flags = contexts(reading.text, [word.token for word in reading.words])
        spotted = {s.sign: s for s in self._spotter.spot(reading, flags)}
        quotes: dict[str, list[str]] = {}
        doubtful: set[str] = set()
        for match in self._index.find(reading):
            chance = spotted[match.label].probability
            if _is_affirmed(match, flags) and (match.label in self._emergencies or chance >= _UNLIKELY):
                quotes.setdefault(match.label, []).append(reading.quote(match.start, match.end))
        threshold = self._faq.thresholds.sign
        for sign, seen in spotted.items():
            if seen.probability >= threshold:
                quotes.setdefault(sign, []).append(reading.quote(seen.start, seen.end))
            elif seen.probability >= threshold / 2 and sign not in self._emergencies and sign not in quotes:
                quotes[sign] = [reading.quote(seen.start, seen.end)]
                doubtful.add(sign)
        hours = self._add_duration(reading, flags, quotes, doubtful)
        suspicion = max((spotted[s].probability for s in spotted if s in self._emergencies), default=0.0)
        return SignReading(self._found(quotes, doubtful), suspicion, hours)

    def _found(self, quotes: dict[str, list[str]], doubtful: set[str]) -> tuple[FoundSign, ...]:
        """Return the signs with those they imply; what an affirmed one implies is affirmed."""
        found = []
        sure = {s.id for s in with_implied(self._faq, [id for id in quotes if id not in doubtful])}
        for sign in with_implied(self._faq, list(quotes)):
            own = quotes.get(sign.id) or [
                quote for id in quotes if sign.id in self._implies(id) for quote in quotes[id]
            ]
            found.append(FoundSign(sign.id, sign.level, _unique(own), sign.id not in sure))
        return tuple(found)

    def _implies(self, id: str) -> tuple[str, ...]:
        sign = self._faq.sign(id)
        return sign.implies if sign else ()

    def _add_duration(
        self,
        reading: Reading,
        flags: Sequence[int],
        quotes: dict[str, list[str]],
        doubtful: set[str],
    ) -> float | None:
        """Note what a length of time says by itself ("for three weeks"); return it in hours."""
        longest = None
        for duration in durations(reading.text):
            places = [
                n
                for n, word in enumerate(reading.words)
                if duration.start <= word.token.start < duration.end
            ]
            if duration.ago or not places or not _is_span(reading, flags, places):
                continue
            if longest is None or duration.hours > longest[0]:
                longest = duration.hours, reading.quote(places[0], places[-1] + 1)
        if longest is None or self._faq.check is None:
            return longest[0] if longest else None
        option = duration_option(self._faq, longest[0])
        for sign in option.signs if option else ():
            quotes.setdefault(sign, []).append(longest[1])
            doubtful.discard(sign)
        return longest[0]


def duration_option(faq: Faq, hours: float):  # type: ignore[no-untyped-def]
    """Return the answer of the check that covers a length of time."""
    options = faq.check.durations if faq.check else ()
    return next((o for o in options if o.up_to is None or hours <= o.up_to), None)


def _is_affirmed(match: PhraseMatch, flags: Sequence[int]) -> bool:
    """Tell whether the words of a phrase are meant: cues within the phrase are part of it."""
    first = flags[match.words[0]]
    return first == AFFIRMED


def _is_span(reading: Reading, flags: Sequence[int], places: Sequence[int]) -> bool:
    """Tell whether a length of time says how long it has lasted, not a plan, an age or a date."""
    if any(flags[n] & (PAST | OTHER | ASKED | OVER) for n in places):
        return False
    words = [word.token.word for word in reading.words]
    if len(words) <= len(places) + 3:
        return True
    near = set(words[max(0, places[0] - 3) : places[-1] + 3])
    return bool(near & _WORDS_OF_SPAN) and not near & _WORDS_OF_PLANS


def _unique(quotes: Iterable[str]) -> tuple[str, ...]:
    """Return quotes without those that stand inside a longer one."""
    quotes = list(dict.fromkeys(quotes))
    return tuple(q for q in quotes if not any(q != other and q in other for other in quotes))


__all__ = ["FoundSign", "SignReading", "Spotted", "WarningSigns", "duration_option"]
