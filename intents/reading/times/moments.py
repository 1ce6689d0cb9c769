"""Moments that something has gone on since: "since Monday", "since leg day", "since 5pm".

No clock is asked: a moment becomes the length of time that it most likely means.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from intents.languages.folding import Phrase
from intents.languages.language import Times
from intents.reading.clauses import Break
from intents.reading.times.amounts import value

DAY: Final = 24.0
WEEK: Final = 7 * DAY
MONTH: Final = 30 * DAY
YEAR: Final = 365 * DAY
_WEEKEND: Final = 3 * DAY  # back to a day of this week
_EVENT: Final = DAY  # back to the last run, match or party
_TODAY: Final = 8.0  # back to an hour of today
_REACH: Final = 10  # words in which a moment follows "since"
_LONGEST: Final = 4  # words of an event
_OF_CLOCK: Final = 24
_YEARS: Final = range(1900, 2100)


class Moment(NamedTuple):
    """How long ago a moment is, and the words, by position, end excluded, that tell it."""

    hours: float
    first: int
    last: int


def moments(
    words: Sequence[str], breaks: Sequence[Break], times: Times, after_start: bool
) -> Iterator[Moment]:
    """Yield "since Monday", "started after Saturday's run", "since last summer".

    With `after_start` the words are read as if "since" stood before them. A moment that is the
    whole message needs no "since".
    """
    starts = [n for n, word in enumerate(words) if word in times.starts]
    if after_start or (len(words) <= _REACH and _is_all(words, times)):
        starts = [-1]
    for n in starts:
        if found := _Walk(words, breaks, times, n, after_start).moment():
            yield found


def _is_all(words: Sequence[str], times: Times) -> bool:
    """Tell whether a message is a moment and nothing else: "yesterday", "after my run"."""
    return all(
        word in times.moments
        or word in times.between
        or word in times.clock
        or word[:1].isdigit()
        or any(word in phrase for phrase in times.events)
        for word in words
    )


class _Walk:
    """Goes from a "since" to the moment that follows it."""

    def __init__(
        self,
        words: Sequence[str],
        breaks: Sequence[Break],
        times: Times,
        start: int,
        after_start: bool,
    ) -> None:
        self._words = words
        self._times = times
        self._start = start
        self._end = next(
            (
                n
                for n in range(start + 2, min(len(words), start + 1 + _REACH))
                if breaks[n] >= Break.COMMA
            ),
            min(len(words), start + 1 + _REACH),
        )
        # "Since the gym" is a moment, "I started the gym" is none.
        self._is_after = after_start or (start >= 0 and words[start] in times.after_activity)
        self._is_last = False
        self._other: Moment | None = None  # an event or an hour, which a day may follow

    def moment(self) -> Moment | None:
        at = self._start + 1
        while at < self._end:
            if found := self._at(at):
                return found
            length = self._passed(at)
            if not length:
                break
            at += length
        return self._other

    def _at(self, at: int) -> Moment | None:
        """Return the moment that a word tells."""
        words, times = self._words, self._times
        if self._is_after and (length := _begins(words, at, times.happenings)):
            return self._moment(times.happenings[tuple(words[at : at + length])], at + length)
        word = words[at]
        is_date = self._start >= 0 and words[self._start] in times.starts_of_dates
        if word in times.moments_after_starts and not is_date:
            return self._moment(MONTH, at + 1)
        hours = times.moments.get(word)
        if hours is None or (word in times.whole_moments and not self._is_last):
            return None  # "started this week"
        if hours == _WEEKEND and self._is_last:
            hours = WEEK
        while at + 1 < self._end and words[at + 1] in times.moments:
            at += 1  # "Thursday night"
        return self._moment(hours, at + 1)

    def _passed(self, at: int) -> int:
        """Return over how many words to go on, having noted what they tell; 0 for an end."""
        words, times = self._words, self._times
        word = words[at]
        if self._is_after and (length := _begins(words, at, times.events)):
            self._other = self._moment(_EVENT, at + length)
            return length
        if word in times.between:
            self._is_last = self._is_last or word in times.last
            self._is_after = self._is_after or word in times.after_activity
            return 1
        if word in times.clock or word in times.ordinal_endings:
            if at and word in times.clock and value(words[at - 1], times) is not None:
                self._other = self._moment(_TODAY, at + 1)
            return 1
        return self._number(at)

    def _number(self, at: int) -> int:
        """Note an hour or a year: "since 5pm", "since 10:30", "since 2015"."""
        word = self._words[at]
        number = value(word.replace(":", "."), self._times)
        following = self._words[at + 1] if at + 1 < len(self._words) else ""
        if number is None or following in self._times.units:
            return 0
        is_digits = word[0].isdigit()
        is_last = at + 1 == self._end
        if number in _YEARS and is_digits and self._is_after:
            self._other = self._moment(YEAR, at + 1)
        elif (
            number <= _OF_CLOCK
            and self._is_after
            and (":" in word or (is_digits and is_last and self._start >= 0))
        ):
            self._other = self._moment(_TODAY, at + 1)
        return 1

    def _moment(self, hours: float, end: int) -> Moment:
        return Moment(hours, max(self._start, 0), end)


def _begins(words: Sequence[str], at: int, phrases: Collection[Phrase]) -> int:
    """Return how many words of the longest phrase begin at a word; 0 for none."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        if tuple(words[at : at + length]) in phrases:
            return length
    return 0
