"""Patterns: how a sign is told in words, as data that an owner can read.

A pattern names groups of words, one idea each. It is found where a word of each group stands in
one sentence, near enough, in order where that matters, and no word of a group that rules it out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from intents.content.faq import Pattern
from intents.reading.clauses import Span
from intents.reading.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER
from intents.reading.phrase_tree import PhraseTree
from intents.reading.reading import Reader, Reading

_MOST_MENTIONS: Final = 12  # of one group in one stretch; more say no more


class Mention(NamedTuple):
    """Words of a group in a message, by position, end excluded."""

    start: int
    end: int
    is_affirmed: bool  # all of them are meant of the patient, now
    is_possible: bool  # they are asked about, feared, or only just over: something to ask about
    is_somebodys: bool  # … or told of somebody else


class Hit(NamedTuple):
    """A pattern found in a message: the sign, the words from the first to the last."""

    sign: str
    pattern: str  # as the content writes it
    words: Span
    sentence: Span
    is_affirmed: bool
    is_over: bool = False  # it is told of as just over
    only_asks: bool = False  # too faint to name the sign
    of_others: bool = False  # it is told of somebody else


class _Told(NamedTuple):
    """A group that a phrase is of, and whether the phrase holds a denial of its own."""

    group: str
    negates: bool


class PatternIndex:
    """Finds the patterns of one content in messages."""

    def __init__(
        self,
        groups: Mapping[str, Sequence[str]],
        patterns: Sequence[Pattern],
        reader: Reader,
        of_anybody: Collection[str] = (),
    ) -> None:
        """`of_anybody` are the signs that count whoever has them."""
        self._of_anybody = frozenset(of_anybody)
        self._patterns = patterns
        # Each pattern stands by the group that fewest others have: most are never looked at.
        often = Counter(group for pattern in patterns for group in pattern.groups)
        self._by_group: dict[str, list[int]] = {}
        for n, pattern in enumerate(patterns):
            rarest = min(pattern.groups, key=lambda group: often[group])
            self._by_group.setdefault(rarest, []).append(n)
        self._phrases = PhraseTree(
            (reading.stems, _Told(group, any(mark & NEGATED for mark in reading.marks)))
            for group, phrases in groups.items()
            for reading in (reader.read(phrase, mend=False) for phrase in phrases)
        )
        self._first = frozenset(self._phrases.first_words)

    def find(self, reading: Reading) -> Iterator[Hit]:
        """Yield each pattern that stands in a message, once, where its words are nearest."""
        mentions = self._mentions(reading)
        if not mentions:
            return
        everywhere = (0, len(reading.words))
        for n in sorted(n for group in mentions for n in self._by_group.get(group, ())):
            pattern = self._patterns[n]
            if not mentions.keys() >= set(pattern.groups):
                continue
            stretches = (everywhere,) if pattern.anywhere else reading.sentences
            for stretch in stretches:
                of_anybody = pattern.sign in self._of_anybody
                hit = _found(pattern, mentions, stretch, reading, of_anybody)
                if hit:
                    yield hit
                    break

    def _mentions(self, reading: Reading) -> dict[str, list[Mention]]:
        """Return the mentions of every group, in order of place."""
        stems = reading.stems
        found: dict[str, list[Mention]] = {}
        for start, stem in enumerate(stems):
            if stem not in self._first:
                continue
            for (group, negates), end in self._phrases.at(stems, start):
                marks = [mark & ~(NEGATED * negates) for mark in reading.marks[start:end]]
                is_affirmed = all(mark == AFFIRMED for mark in marks)
                is_possible = all(mark & ~(ASKED | OVER) == 0 for mark in marks)
                is_somebodys = all(mark & ~(ASKED | OVER | OTHER) == 0 for mark in marks)
                found.setdefault(group, []).append(
                    Mention(start, end, is_affirmed, is_possible, is_somebodys)
                )
        return found


def _found(
    pattern: Pattern,
    mentions: Mapping[str, Sequence[Mention]],
    stretch: Span,
    reading: Reading,
    of_anybody: bool,
) -> Hit | None:
    """Return where a pattern stands in a stretch of a message, affirmed before asked about."""
    within = {
        group: [m for m in mentions[group] if stretch[0] <= m.start and m.end <= stretch[1]]
        for group in pattern.groups
    }
    if not all(within.values()) or _is_ruled_out(pattern, mentions, within, stretch):
        return None
    for affirmed in (True, False):
        usable = [
            [m for m in within[group] if _counts(m, affirmed, of_anybody)]
            for group in pattern.groups
        ]
        words = _nearest(pattern, usable)
        if words and _is_written(reading, words):
            sentence = next(s for s in reading.sentences if s[0] <= words[0] < s[1])
            marks = reading.marks[slice(*words)]
            is_over = not affirmed and any(mark & OVER for mark in marks)
            is_over = is_over and not any(mark & ASKED for mark in marks)
            hit = Hit(pattern.sign, pattern.text, words, sentence, affirmed, is_over)
            return hit._replace(only_asks=pattern.only_asks, of_others=pattern.of_others)
    return None


def _counts(mention: Mention, affirmed: bool, of_anybody: bool) -> bool:
    if affirmed:
        return mention.is_affirmed
    return mention.is_somebodys if of_anybody else mention.is_possible


def _is_ruled_out(
    pattern: Pattern,
    mentions: Mapping[str, Sequence[Mention]],
    within: Mapping[str, Sequence[Mention]],
    stretch: Span,
) -> bool:
    """Tell whether a word stands in a stretch that the pattern must not have.

    A word inside what the pattern itself names rules nothing out: "powered down" is no "power".
    """
    own = [m for group in pattern.groups for m in within[group]]
    return any(
        stretch[0] <= m.start
        and m.end <= stretch[1]
        and not any(o.start <= m.start and m.end <= o.end for o in own)
        for group in pattern.without
        for m in mentions.get(group, ())
    )


def _nearest(pattern: Pattern, usable: Sequence[Sequence[Mention]]) -> Span | None:
    """Return the shortest stretch that holds a mention of each group; None where none fits."""
    best: Span | None = None
    for first in usable[0][:_MOST_MENTIONS] if usable else ():
        words = _around(first, usable[1:], pattern)
        if words and (best is None or words[1] - words[0] < best[1] - best[0]):
            best = words
    return best


def _around(first: Mention, others: Sequence[Sequence[Mention]], pattern: Pattern) -> Span | None:
    """Return the stretch from one mention over the nearest ones of the other groups."""
    start, end = first.start, first.end
    taken = [first]
    for mentions in others:
        free = [m for m in mentions if all(m.end <= t.start or m.start >= t.end for t in taken)]
        if pattern.in_order:
            free = [m for m in free if m.start >= taken[-1].end]
        nearest = min(free, key=lambda m: max(end, m.end) - min(start, m.start), default=None)
        if nearest is None:
            return None
        taken.append(nearest)
        start, end = min(start, nearest.start), max(end, nearest.end)
    return (start, end) if pattern.within is None or end - start <= pattern.within else None


def _is_written(reading: Reading, words: Span) -> bool:
    """Tell whether not every word was mended: a misspelt word alone names no sign."""
    return any(word.mended is None for word in reading.words[slice(*words)])
