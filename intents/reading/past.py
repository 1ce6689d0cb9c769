"""What is over and what was long ago, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from intents.languages.language import Clauses, Cue
from intents.reading.clauses import Break
from intents.reading.cues import Cues

_REACH: Final = 7  # words before "it is gone" that are gone
_FAR_REACH: Final = 12  # … over a "but": "it was swollen at first but calmed down"
_OPENING: Final = 5  # words before "years ago" at most: "about two and a half"


class PastReader:
    """Finds the words of one message that speak of what is no more."""

    def __init__(
        self, words: Sequence[str], cues: Sequence[Cues], breaks: Sequence[Break], lists: Clauses
    ) -> None:
        self._words = words
        self._cues = cues
        self._breaks = breaks
        self._lists = lists

    def over(self, start: int, at: int) -> range:
        """Return the words before a cue, down to the start of its clause, that have ended."""
        first = self._jump(start, at)
        reach = _REACH if first == at else _FAR_REACH
        n = first
        while n > max(start, first - reach):
            if self._stops(n - 1):
                break
            n -= 1
            if self._breaks[n] and self._words[at] not in self._lists.joins and n < first - 1:
                break
        if first < at and self._is_present(n, first):
            n = first  # "it is numb but I feel fine now"
        ended = range(n, at)
        if any(Cue.GRAVE in self._cues[m] for m in ended):
            return range(0)
        return ended

    def only_changes(self, at: int, end: int) -> bool:
        """Tell whether "gone" goes on before this word: "has gone numb"."""
        return (
            self._words[at - 1] in self._lists.changing
            and at < end
            and not self._breaks[at]
            and Cue.SCOPE_END not in self._cues[at]
        )

    def _jump(self, start: int, at: int) -> int:
        """Return where what is over ends: before "but it", or right before the cue."""
        n = at
        lowest = max(start, at - _REACH)
        while n > lowest and self._words[n - 1] in self._lists.takes_up:
            n -= 1
        if n > start and self._words[n - 1] in self._lists.contrasts:
            return n - 1
        return n if any(self._stops(m) for m in range(n, at)) else at

    def _stops(self, n: int) -> bool:
        return Cue.SCOPE_END in self._cues[n] and not (
            self._words[n] in self._lists.times_on and self._cues[n][Cue.SCOPE_END] == 1
        )

    def past(self, start: int, end: int) -> list[range]:
        """Return the parts of a clause that tell of long ago and do not reach into today."""
        commas = [n for n in range(start + 1, end) if self._breaks[n]]
        found: list[range] = []
        is_opening = is_told = False
        for first, after in zip([start, *commas], [*commas, end], strict=True):
            kinds = {cue for cues in self._cues[first:after] for cue in cues}
            is_item = self._is_item(first, after)
            is_past = Cue.PAST in kinds
            goes_on = (is_told if is_item else is_opening) and not self._is_present(first, after)
            if Cue.CURRENT in kinds or not (is_past or goes_on):
                is_opening = is_told = False
                continue
            found += self._without_today(first, after) if is_past else [range(first, after)]
            is_told = is_told if is_item else True
            is_opening = is_past and self._is_time(first, after)
        return found

    def _without_today(self, start: int, end: int) -> Iterator[range]:
        """Yield what of a part is no clause of today: "I tore it years ago and it is numb"."""
        turns = [n for n in range(start + 1, end) if self._turns(n, end)]
        for first, after in zip([start, *turns], [*turns, end], strict=True):
            if first == start or any(Cue.PAST in cues for cues in self._cues[first:after]):
                yield range(first, after)

    def _is_time(self, start: int, end: int) -> bool:
        """Tell whether a part says when, and no more: "when I was younger", "a few years back"."""
        for n in range(start, min(end, start + _OPENING)):
            if Cue.PAST in self._cues[n]:
                return end - n - self._cues[n][Cue.PAST] <= 1
            word = self._words[n]
            if not (word in self._lists.before_times or word.isdigit()):
                return False
        return False

    def _turns(self, n: int, end: int) -> bool:
        """Tell whether a clause opens here that speaks of today: "… and it is numb"."""
        if self._words[n] not in self._lists.opens_clause:
            return False
        stop = next((m for m in range(n + 1, min(end, n + _FAR_REACH)) if self._breaks[m]), end)
        return self._is_present(n, min(stop, n + _FAR_REACH))

    def _is_present(self, start: int, end: int) -> bool:
        return not self._lists.present.isdisjoint(self._words[start:end])

    def _is_item(self, start: int, end: int) -> bool:
        return self._lists.no_list_item.isdisjoint(self._words[start:end])
