"""Whether a length of time is how long the trouble has lasted.

It is not where it is a plan, an age, a habit or a date, where it is how long one bout of the
trouble lasts, or where its clause is about another thing: "I trained for three weeks".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from intents.languages.folding import Phrase
from intents.languages.language import Language
from intents.reading.clauses import Break, Span
from intents.reading.reading import Reading
from intents.reading.times.durations import Found, Kind
from intents.reading.times.moments import DAY

_SHORT: Final = 4  # words beside a length of time: then it is the whole message's point
_ACTIVITY_REACH: Final = 5  # words from an activity to the length of time that is its own
_REACH: Final = 14  # words on either side of a length of time that are looked at
_FAR_REACH: Final = 100  # words of what was told before or is told after
_OF_REACH: Final = 5  # words from "three weeks of" to what they are of
_AFTER_REACH: Final = 4  # words from "since" to what the trouble came after
_YEARS: Final = range(1900, 2100)
_BRIEF: Final = 8  # words; in so brief a message a word that nobody knows says nothing
_STORY: Final = 14  # words; a longer message tells of much besides the trouble
_PARTS: Final = (Break.COMMA, Break.SENTENCE)
_BOUT_REACH: Final = 3  # words from "each one lasts" to the length of a bout


class _Owners(NamedTuple):
    """How far from a length of time, in words, those stand whose it may be; None for nowhere."""

    trouble: int | None = None
    other: int | None = None
    is_told: bool = False  # a place of the body, or "it"
    is_strange: bool = False  # words of which nobody knows whose they are


def neutral_words(language: Language) -> frozenset[str]:
    """Return the words that do not tell whose a length of time is."""
    times = language.times
    return times.neutral | times.lasting | times.between | language.small


class Lasting:
    """Tells what the lengths of time in a message belong to."""

    def __init__(self, reading: Reading, language: Language, neutral: frozenset[str]) -> None:
        self._reading = reading
        self._words = reading.plain
        self._times = language.times
        self._opens_clause = language.clauses.opens_clause
        self._neutral = neutral

    def is_bout(self, found: Found) -> bool:
        """Tell whether a length of time is how long the trouble lasts each time it comes."""
        if found.kind not in (Kind.COUNTED, Kind.VAGUE):
            return False
        words, times = self._words, self._times
        start, end = self._stretch(found)
        if any(
            _stands(words, n, times.bout_after)
            for n in range(found.last, min(end, found.last + 2))
        ):
            return True
        before = words[max(start, found.first - _BOUT_REACH) : found.first]
        return found.hours < DAY and not times.bout_before.isdisjoint(before)

    def has_lasted(self, found: Found) -> bool:
        """Tell whether a length of time is how long the trouble has lasted."""
        words, times = self._words, self._times
        start, end = self._stretch(found)
        before, after = words[start : found.first], words[found.last : max(end, found.last)]
        if not times.free.isdisjoint(before[-3:]):
            return False  # "none for two years"
        if times.complaint:
            if not self._is_the_troubles(found, (start, end)):
                return False
        elif self._tells_of_activity(before):
            return False
        if found.kind is Kind.SINCE:
            return words[found.first] not in times.starts_of_dates or not before
        if after and after[0] in times.back:
            return not times.starts.isdisjoint(before[-6:])
        if after and after[0] in times.after_activity:  # "still at it a week after the race"
            return not times.lasting.isdisjoint(before[-6:])
        if after and after[0] in times.after_plans:
            return False
        if found.kind is Kind.NUMBERED:
            if not times.before_numbered.isdisjoint(before[-1:]) or self._is_event(found):
                return False  # "on day 31 my arm jumped", "leg day 2"
            is_of_else = bool(after) and after[0] in times.of
            return not is_of_else or not times.this.isdisjoint(after[1:3])
        if self._is_planned(found, before, after):
            return False
        if found.kind is Kind.VAGUE:  # "for weeks", not "how many rest days"
            return len(words) == 1 or not times.lasting.isdisjoint((*before[-2:], *after[:2]))
        if len(before) + len(after) <= _SHORT:
            return True
        return not times.lasting.isdisjoint((*before[-4:], *after[:3]))

    def _is_event(self, found: Found) -> bool:
        """Tell whether a numbered day is that of something done: "leg day 2"."""
        words, first = self._words, found.first
        return any(tuple(words[first - n : first + 1]) in self._times.events for n in (1, 2))

    def _stretch(self, found: Found) -> Span:
        """Return what stands round a length of time between commas and words that turn it.

        A wider piece than a clause: "and", "then" do not end it, nor does a parenthesis.
        """

        words, breaks = self._words, self._reading.breaks

        def ends(n: int) -> bool:
            return breaks[n] in (Break.COMMA, Break.SENTENCE) or words[n] in self._times.turns

        first, last = found.first, found.last
        least, most = max(0, first - _REACH), min(len(words), last + _REACH)
        start = next((n for n in range(first, least, -1) if ends(n)), least)
        end = next((n for n in range(last, most) if ends(n)), most)
        return start, end

    def _is_planned(self, found: Found, before: Sequence[str], after: Sequence[str]) -> bool:
        """Tell whether the words beside a length of time make it a plan, a habit or a date."""
        times, first = self._times, self._words[found.first]
        if any(word.isdecimal() and int(word) in _YEARS for word in (*before, *after)):
            return True  # "for a month in 2020"
        if not times.before_plans.isdisjoint(before[-1:]):
            return True
        if not times.coming.isdisjoint(before[-2:]):
            return True
        if before and first in times.articles and times.lasting.isdisjoint(before[-3:]):
            return True  # "three times a week"
        if first in times.past and times.before_past.isdisjoint(before[-1:]):
            return True  # "it happened last year"
        is_alone = found.last - found.first == len(self._words)
        return first in times.whole and not is_alone  # "all day, every day"

    def _tells_of_activity(self, before: Sequence[str]) -> bool:
        """Tell whether the words before a length of time are about training or the like."""
        for n in range(len(before)):
            if _stands(before, n, self._times.on_something):
                return True
            if self._is_activity(before, n):
                is_own = n >= len(before) - _ACTIVITY_REACH
                return is_own and self._times.after_activity.isdisjoint(before[:n])
        return False

    def _is_activity(self, words: Sequence[str], n: int) -> bool:
        """Tell whether a word is something that is done: "training", but not "doing it"."""
        following = words[n + 1] if n + 1 < len(words) else ""
        return words[n] in self._times.activities and following not in self._times.no_activity

    # Whose a length of time is

    def _is_the_troubles(self, found: Found, stretch: Span) -> bool:
        """Tell whether what stands about a length of time speaks of the trouble.

        Its own clause decides; where that says nothing, all between two commas does.
        """
        if self._is_of_the_trouble(found):
            return True
        inner = self._clause(found, stretch)
        for start, end in dict.fromkeys((inner, stretch)):
            owners = self._owners(found, (start, end))
            if owners.trouble is not None:
                return owners.other is None or owners.trouble <= owners.other
            if owners.other is not None:
                return False
            if owners.is_strange:
                return owners.is_told and len(self._words) <= _STORY
            if owners.is_told:
                return True
        return len(self._words) <= _BRIEF or self._goes_on(found, stretch)

    def _is_of_the_trouble(self, found: Found) -> bool:
        """Tell whether a length of time names its owner: "five weeks of my eyelid jumping"."""
        span = found.last, min(len(self._words), found.last + _OF_REACH)
        if not self._times.of.intersection(self._words[found.last : found.last + 1]):
            return False
        owners = self._owners(found, span)
        return owners.other is None and (owners.trouble is not None or owners.is_told)

    def _goes_on(self, found: Found, stretch: Span) -> bool:
        """Tell whether what stands next to a length of time without an owner is the trouble.

        "My arm hurts. Three weeks now.", but not "I quit smoking. Nine days in."
        """
        words, breaks = self._words, self._reading.breaks
        if stretch[0]:
            least = max(0, stretch[0] - _FAR_REACH)
            before = range(stretch[0] - 1, least, -1)
            start = next((n for n in before if breaks[n] in _PARTS), least)
            return self._is_last_told(found, (start, stretch[0]))
        if stretch[1] == len(words) or breaks[stretch[1]] is Break.SENTENCE:
            return False
        most = min(len(words), stretch[1] + _FAR_REACH)
        ends = (n for n in range(stretch[1] + 1, most) if breaks[n] in _PARTS)
        owners = self._owners(found, (stretch[1], next(ends, most)))
        return owners.trouble is not None or (owners.is_told and not owners.is_strange)

    def _is_last_told(self, found: Found, span: Span) -> bool:
        """Tell whether the trouble is what the words before told of last."""
        start, end = span
        words, after = self._words, self._times.after_activity
        reach = [
            n for n in range(start, end) if not after.isdisjoint(words[max(start, n - 3) : n])
        ]
        owners = self._owners(found, (start, min([end, *reach])))
        if owners.trouble is None:
            return owners.is_told and owners.other is None and not owners.is_strange
        return owners.other is None or owners.trouble < owners.other

    def _clause(self, found: Found, stretch: Span) -> Span:
        """Return the part of a stretch between the words that open clauses."""
        words = self._words
        opens = [n for n in range(*stretch) if words[n] in self._opens_clause]
        start = max((n for n in opens if n < found.first), default=stretch[0])
        end = min((n for n in opens if n >= found.last), default=stretch[1])
        return start, end

    def _owners(self, found: Found, span: Span) -> _Owners:
        """Return whose a length of time may be by the words that stand in a span."""
        times, words = self._times, self._words
        trouble = _places(self._reading, span, times.complaint)
        other = _places(self._reading, span, times.other_things)
        other |= set(self._others(words, span))
        if found.last < span[1] and words[found.last] in times.row:
            other -= {found.last}  # "ten days running"
        both = trouble & other  # "dancing" may be done and felt
        sides = (
            range(found.first - 1, span[0] - 1, -1),
            range(found.last, span[1]),
        )
        after = {n for n in other if self._is_after(found, n, span)}
        beside = [n for side in sides for n in side]
        told = _places(self._reading, span, times.places)
        return _Owners(
            _nearest(found, (trouble - both) & {*beside}),
            _nearest(found, (other - both - after) & {*beside}),
            any(n in told or words[n] in times.this for n in beside),
            len(words) > _BRIEF
            and any(
                n not in other
                and words[n] not in self._neutral
                and words[n] not in times.starts
                and not self._is_after(found, n, span)
                for n in beside
            ),
        )

    def _others(self, words: Sequence[str], span: Span) -> Iterator[int]:
        """Yield the words of a span that tell of something else that is done or taken."""
        for n in range(*span):
            if self._is_activity(words, n) or _stands(words, n, self._times.on_something):
                yield n

    def _is_after(self, found: Found, n: int, span: Span) -> bool:
        """Tell whether something is only what the trouble came after: "since I began running".

        In "after training for two years" the years are those of the training.
        """
        words, times = self._words, self._times
        if times.after_activity.isdisjoint(words[max(span[0], n - _AFTER_REACH) : n]):
            return False
        is_ago = found.last < span[1] and words[found.last] in times.back
        return n > found.first or is_ago or words[n] not in times.activities


def _places(reading: Reading, span: Span, concepts: Collection[str]) -> set[int]:
    """Return the words of a span that stand for one of some concepts."""
    start, end = span
    return {
        n
        for mention in reading.mentioned(start, end)
        if mention.concept in concepts
        for n in range(max(start, mention.start), min(end, mention.end))
    }


def _nearest(found: Found, places: Iterable[int]) -> int | None:
    """Return how far the nearest of some words is; at the same distance one before is nearer."""
    return min(
        (2 * (found.first - n) if n < found.first else 2 * (n - found.last) + 3 for n in places),
        default=None,
    )


def _stands(words: Sequence[str], at: int, phrases: Collection[Phrase]) -> bool:
    """Tell whether one of some phrases begins at a word."""
    return any(tuple(words[at : at + len(phrase)]) == phrase for phrase in phrases)
