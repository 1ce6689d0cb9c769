"""The warning signs that a writer says they have now, and the words that said so.

Two nets: phrases from the content, which speak for a sign where every word of them is affirmed,
and a learned spotter. In doubt an emergency makes the bot ask at once; any other sign is asked
about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intents.content.faq import Faq
from intents.languages.folding import Phrase
from intents.languages.language import Cue, Language
from intents.reading.clauses import Span
from intents.reading.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER, PAST
from intents.reading.cues import CueTree
from intents.reading.reading import Reading
from intents.reading.told_times import TimeReader, ToldTimes
from intents.signs.phrases import LONGEST, PhraseIndex, PhraseMatch
from intents.signs.sign_odds import DURATION_EVIDENCE, OTHER_TIME_EVIDENCE, SignOdds
from intents.signs.spotter import Spotted, Spotter

_NOT_NOW: Final = ASKED | PAST | OVER
_APART_REACH: Final = 3  # words after "I am" in which "fine" or "only" may stand

Quotes = dict[str, list[Span]]  # of each sign, where it is said


@dataclass(frozen=True, slots=True)
class FoundSign:
    """A sign that the writer affirms, with their own words; about a doubtful one we ask."""

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

    def __init__(self, faq: Faq, language: Language, index: PhraseIndex, spotter: Spotter) -> None:
        self._faq = faq
        self._index = index
        self._spotter = spotter
        self._odds = SignOdds(faq)
        self._times = TimeReader(language)
        self._cues = CueTree.of({Cue.NEGATION: language.cues[Cue.NEGATION]})
        self._apart = language.apart
        self._emergencies = faq.emergencies
        self._lesser = {sign.id for sign in faq.signs} - self._emergencies
        options = faq.check.durations if faq.check else ()
        self._of_durations = {sign for option in options for sign in option.signs}

    def read(self, reading: Reading) -> SignReading:
        """Read a message for warning signs."""
        spotted = self._spotter.spot(reading)
        said: Quotes = {}
        for match in self._affirmed_phrases(reading):
            for sign in (match.label, *self._faq.implied_by(match.label)):
                said.setdefault(sign, []).append((match.start, match.end))
        times = self._times.read(reading)
        option = self._faq.duration_option(times.hours)
        told = option.signs if option else ()
        # "Two days", or "not for weeks", speaks against what takes longer; so does, less loudly,
        # "week 3 of my plan".
        against = DURATION_EVIDENCE * times.has_lasting or OTHER_TIME_EVIDENCE * times.has_any
        untold = dict.fromkeys(self._of_durations - {*told}, against)
        chances: dict[str, float] = {}
        if not times.is_all:
            chances = self._odds.chances(spotted, said, untold, len(reading.words))
        quotes, doubtful = self._likely(reading, spotted, said, chances)
        self._mind_the_end(times, spotted, quotes, doubtful)
        for sign in told:
            if times.words and (times.over is None or times.over > times.words[0]):
                quotes.setdefault(sign, []).append(times.words)
                doubtful.discard(sign)
        suspicion = max((chances[id] for id in chances if id in self._emergencies), default=0.0)
        return SignReading(self._found(reading, quotes, doubtful), suspicion, times.hours)

    def _likely(
        self,
        reading: Reading,
        spotted: dict[str, Spotted],
        said: Quotes,
        chances: dict[str, float],
    ) -> tuple[Quotes, set[str]]:
        """Return the signs that are likely, with where they are said, and those in doubt."""
        is_general = all(mark & ASKED for mark in reading.marks)  # "can exercise make you faint?"
        quotes: Quotes = {}
        doubtful: set[str] = set()
        for sign, chance in chances.items():
            lowest, certain = self._odds.bounds(sign)
            if chance < lowest or (sign in self._emergencies and is_general):
                continue  # of an emergency a suspicion remains, which makes the bot ask
            if sign in said:
                quotes[sign] = _within(said[sign], spotted[sign])
            else:
                quotes[sign] = [self._telling(reading, spotted[sign])]
            is_taken_back = sign not in said and self._is_taken_back(reading, *quotes[sign][0])
            if chance < certain or (sign in self._lesser and is_taken_back):
                doubtful.add(sign)
        if not self._emergencies.isdisjoint(quotes):
            for sign, span in self._beside_emergency(reading):
                quotes.setdefault(sign, [span])
                doubtful.discard(sign)
        return quotes, doubtful

    def _mind_the_end(
        self,
        times: ToldTimes,
        spotted: dict[str, Spotted],
        quotes: Quotes,
        doubtful: set[str],
    ) -> None:
        """Doubt what came before "… gone now", but for emergencies: it may be over."""
        if times.over is not None:
            past = {sign for sign in quotes if spotted[sign].start < times.over}
            doubtful |= past - self._emergencies

    def _affirmed_phrases(self, reading: Reading) -> Iterator[PhraseMatch]:
        words = reading.plain
        for match in self._index.find(reading):
            if self._is_affirmed(match, words, reading.marks):
                yield match

    def _is_affirmed(self, match: PhraseMatch, words: Sequence[str], marks: Sequence[int]) -> bool:
        """Tell whether the words of a phrase are meant; a negation of its own is part of it."""
        negates_itself = False
        for n in match.words:
            if marks[n] != AFFIRMED and not (marks[n] == NEGATED and negates_itself):
                return False
            negates_itself = negates_itself or Cue.NEGATION in self._cues.at(words, n)
        return True

    def _is_taken_back(self, reading: Reading, start: int, end: int) -> bool:
        """Tell whether words are not about now, or about somebody from whom the writer differs."""
        marks = reading.marks[start:end]
        if all(mark & _NOT_NOW for mark in marks):
            return True
        return all(mark & OTHER for mark in marks) and self._sets_apart(reading.plain[end:])

    def _sets_apart(self, words: Sequence[str]) -> bool:
        """Tell whether the writer says that they are otherwise: "mine only itches", "I'm fine"."""
        for n in range(len(words)):
            if _begins(words[n:], self._apart["but_i"]):
                return True
            subject = _begins(words[n:], self._apart["i_am"])
            rest = words[n + subject : n + subject + _APART_REACH] if subject else ()
            if any((word,) in self._apart["so_i_am"] for word in rest):
                return True
        return False

    def _beside_emergency(self, reading: Reading) -> Iterator[tuple[str, Span]]:
        """Yield the signs that a message affirms by a concept of that name, with its words.

        In an emergency one plain word is enough to name a lesser sign: nobody is alarmed by it.
        """
        for mention in reading.concepts:
            if mention.concept in self._lesser and not any(
                reading.marks[mention.start : mention.end]
            ):
                yield mention.concept, (mention.start, mention.end)

    def _telling(self, reading: Reading, seen: Spotted) -> Span:
        if seen.end - seen.start <= LONGEST:
            return seen.start, seen.end
        return self._spotter.telling_words(reading, seen)

    def _found(
        self, reading: Reading, quotes: Quotes, doubtful: set[str]
    ) -> tuple[FoundSign, ...]:
        """Return the signs with those they imply; what a sure one implies is sure."""
        sure = {sign.id for sign in self._faq.with_implied(quotes.keys() - doubtful)}
        found = []
        for sign in self._faq.with_implied(quotes):
            # A wider sign is quoted by what said the narrower one: no words are told twice.
            narrower = [
                s for id in quotes if sign.id in self._faq.implied_by(id) for s in quotes[id]
            ]
            spans = narrower or quotes[sign.id]
            words = dict.fromkeys(reading.quote(start, end) for start, end in _merged(spans))
            found.append(FoundSign(sign.id, sign.level, tuple(words), sign.id not in sure))
        return tuple(found)


def _begins(words: Sequence[str], phrases: Sequence[Phrase]) -> int:
    """Return how many words of the longest phrase stand at the beginning; 0 for none."""
    return max((len(p) for p in phrases if tuple(words[: len(p)]) == p), default=0)


def _within(spans: list[Span], seen: Spotted) -> list[Span]:
    """Return the clause that says a sign most where it is short and holds all its phrases."""
    clause = (seen.start, seen.end)
    is_short = seen.end - seen.start <= LONGEST
    if is_short and all(seen.start <= s and e <= seen.end for s, e in spans):
        return [clause]
    return spans


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return stretches of words in order, those that overlap or touch made one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
