"""What a message tells of time: for how long it has been going on, and that something is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intents.languages.folding import Phrase
from intents.languages.language import CLAUSE_END, Language
from intents.reading.clauses import Break, Span
from intents.reading.durations import find, has_lasted
from intents.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class ToldTimes:
    """The times in a message."""

    is_all: bool  # the message says how long and nothing else: an answer to the check
    has_any: bool  # it tells some length of time, be it that of a training plan
    has_lasting: bool  # it says for how long something has, or has not, been going on
    hours: float | None  # the longest that is affirmed
    words: Span | None  # … and where it stands
    over: int | None  # before which word all is over


class TimeReader:
    """Reads the times in messages of one language."""

    def __init__(self, language: Language) -> None:
        self._times = language.times
        self._ended: dict[str, list[Phrase]] = {}  # by the first word
        for phrase in language.ended:
            self._ended.setdefault(phrase[0], []).append(phrase)

    def read(self, reading: Reading) -> ToldTimes:
        """Read the times in a message."""
        words = reading.plain
        found = find(words, self._times)
        lasting = [f for f in found if has_lasted(f, words, reading.breaks, self._times)]
        meant = [f for f in lasting if not any(reading.marks[f.first : f.last])]
        longest = max(meant, key=lambda f: f.hours, default=None)
        return ToldTimes(
            is_all=len({n for f in found for n in range(f.first, f.last)}) == len(words),
            has_any=bool(found),
            has_lasting=bool(lasting),
            hours=longest.hours if longest else None,
            words=(longest.first, longest.last) if longest else None,
            over=self._over(reading, words),
        )

    def length(self, reading: Reading) -> float | None:
        """Return the longest time that a short answer to "how long?" names, in hours."""
        words = reading.plain
        found = find(words, self._times) or find(words, self._times, after_start=True)
        return max((f.hours for f in found), default=None)

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
