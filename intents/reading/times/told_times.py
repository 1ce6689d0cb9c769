"""What a message tells of time: for how long it has been going on, and that something is over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intents.languages.folding import Phrase
from intents.languages.language import CLAUSE_END, Language
from intents.reading.clauses import Break, Span
from intents.reading.reading import Reading
from intents.reading.times.durations import Found, find
from intents.reading.times.lasting import Lasting, neutral_words

_MOST: Final = 40  # lengths of time that are judged; of more, those said first and last


@dataclass(frozen=True, slots=True)
class ToldTimes:
    """The times in a message."""

    is_all: bool  # the message says how long and nothing else: an answer to the check
    has_any: bool  # it tells some length of time, be it that of a training plan
    has_lasting: bool  # it says for how long something has, or has not, been going on
    hours: float | None  # the longest that is affirmed
    words: Span | None  # … and where it stands
    over: int | None  # before which word all is over
    bout_hours: float | None = None  # how long the trouble lasts each time, the longest told
    bout_words: Span | None = None  # … and where that stands


class TimeReader:
    """Reads the times in messages of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._times = language.times
        self._neutral = neutral_words(language)
        self._known = {*language.times.units, *language.times.numbers, *language.times.moments}
        self._ended: dict[str, list[Phrase]] = {}  # by the first word
        for phrase in language.ended:
            self._ended.setdefault(phrase[0], []).append(phrase)

    def read(self, reading: Reading) -> ToldTimes:
        """Read the times in a message."""
        words = self._time_words(reading)
        found = find(words, reading.breaks, self._times)
        judge = Lasting(reading, self._language, self._neutral)
        judged = found if len(found) <= _MOST else [*found[: _MOST // 2], *found[-_MOST // 2 :]]
        bouts = [f for f in judged if judge.is_bout(f)]
        lasting = [f for f in judged if f not in bouts and judge.has_lasted(f)]
        longest = _longest(lasting, reading)
        bout = _longest(bouts, reading)
        return ToldTimes(
            is_all=len({n for f in found for n in range(f.first, f.last)}) == len(words),
            has_any=bool(found),
            has_lasting=bool(lasting),
            hours=longest.hours if longest else None,
            words=(longest.first, longest.last) if longest else None,
            over=self._over(reading, words),
            bout_hours=bout.hours if bout else None,
            bout_words=(bout.first, bout.last) if bout else None,
        )

    def length(self, reading: Reading) -> float | None:
        """Return the longest time that a short answer to "how long?" names, in hours."""
        words, breaks = self._time_words(reading), reading.breaks
        found = [
            f
            for f in find(words, breaks, self._times) or find(words, breaks, self._times, True)
            if not f.first or words[f.first - 1] not in self._times.coming  # "every few minutes"
        ]
        if not found:
            return self._answer(words)
        judge = Lasting(reading, self._language, self._neutral)
        told = [f for f in found[:_MOST] if not judge.is_bout(f)] or found
        return max(f.hours for f in told)

    def _answer(self, words: Sequence[str]) -> float | None:
        """Return what phrases like "not long" most likely mean, in hours."""
        answers = self._times.answers
        lengths = sorted({len(phrase) for phrase in answers}, reverse=True)
        for length in lengths:
            for n in range(len(words) - length + 1):
                if (hours := answers.get(tuple(words[n : n + length]))) is not None:
                    return hours
        return None

    def _time_words(self, reading: Reading) -> list[str]:
        """Return the words of a message, those of time mended: "3 wekks"."""
        return [
            word.mended if word.mended and word.mended in self._known else word.token.word
            for word in reading.words
        ]

    def _over(self, reading: Reading, words: Sequence[str]) -> int | None:
        """Return before which word all is over; None where nothing says so."""
        for n, word in enumerate(words):
            for phrase in self._ended.get(word, ()):
                at_end = phrase[-1] == CLAUSE_END
                said = phrase[:-1] if at_end else phrase
                after = n + len(said)
                if tuple(words[n:after]) == said and (not at_end or _ends(reading, after)):
                    return n
        return None


def _ends(reading: Reading, after: int) -> bool:
    """Tell whether a clause ends before a word."""
    return after == len(reading.words) or reading.breaks[after] >= Break.COMMA


def _longest(found: Iterable[Found], reading: Reading) -> Found | None:
    """Return the longest of some lengths of time that are affirmed; None for none."""
    meant = [f for f in found if not any(reading.marks[f.first : f.last])]
    return max(meant, key=lambda f: (f.hours, -f.first), default=None)
