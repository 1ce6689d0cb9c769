"""Mentions of a pattern's groups, and where one of each stands nearest to the others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

from intents.content.faq import Pattern
from intents.reading.clauses import Span
from intents.reading.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER

_MOST_MENTIONS: Final = 24  # of one group in one stretch that are begun from, at both ends
_NEXT: Final = 12  # mentions of a group on either side of one that may be the nearest to it
_LONGEST: Final = 16  # words of a phrase that may lie around another
_start: Final = attrgetter("start")


class Mention(NamedTuple):
    """Words of a group in a message, by position, end excluded."""

    start: int
    end: int
    is_affirmed: bool  # all of them are meant of the patient, now
    is_possible: bool  # they are asked about, feared, or only just over: something to ask about
    is_somebodys: bool  # … or told of somebody else


def mention_of(start: int, end: int, marks: Sequence[int], negates: bool) -> Mention:
    """Return some words as a mention; of a phrase that denies by itself no denial counts."""
    mark = 0
    for one in marks:
        mark |= one
    if negates:
        mark &= ~NEGATED
    rest = mark & ~(ASKED | OVER)
    return Mention(start, end, mark == AFFIRMED, rest == 0, rest & ~OTHER == 0)


def lies_in(mention: Mention, others: Sequence[Mention]) -> bool:
    """Tell whether a mention is a part of one of others, which stand in order of place."""
    at = bisect_left(others, mention.start - _LONGEST, key=_start)
    for other in islice(others, at, None):
        if other.start > mention.start:
            return False
        if mention.end <= other.end:
            return True
    return False


def nearest(pattern: Pattern, usable: Sequence[Sequence[Mention]]) -> Span | None:
    """Return the shortest stretch that holds a mention of each group; None where none fits."""
    best: Span | None = None
    begun = usable[0] if usable else ()
    if len(begun) > _MOST_MENTIONS:  # more say no more
        begun = (*begun[: _MOST_MENTIONS // 2], *begun[-_MOST_MENTIONS // 2 :])
    for first in begun:
        words = _around(first, usable[1:], pattern)
        if words and (best is None or words[1] - words[0] < best[1] - best[0]):
            best = words
    return best


def _around(first: Mention, others: Sequence[Sequence[Mention]], pattern: Pattern) -> Span | None:
    """Return the stretch from one mention over the nearest ones of the other groups."""
    start, end = first.start, first.end
    taken = [first]
    for mentions in others:
        free = [m for m in _beside(mentions, start, end) if _is_free(m, taken)]
        if pattern.in_order:
            free = [m for m in free if m.start >= taken[-1].end]
        closest = min(free, key=lambda m: max(end, m.end) - min(start, m.start), default=None)
        if closest is None:
            return None
        taken.append(closest)
        start, end = min(start, closest.start), max(end, closest.end)
    return (start, end) if pattern.within is None or end - start <= pattern.within else None


def _beside(mentions: Sequence[Mention], start: int, end: int) -> Sequence[Mention]:
    """Return those of many mentions that stand in a stretch or next to it."""
    if len(mentions) <= 2 * _NEXT:
        return mentions
    first = bisect_left(mentions, start, key=_start)
    last = bisect_left(mentions, end, first, key=_start)
    return mentions[max(0, first - _NEXT) : last + _NEXT]


def _is_free(mention: Mention, taken: Sequence[Mention]) -> bool:
    return all(mention.end <= one.start or mention.start >= one.end for one in taken)
