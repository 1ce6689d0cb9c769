"""Patterns: how a sign is told in words, as data that an owner can read.

A pattern names groups of words, one idea each. It is found where a word of each group stands in
one sentence, near enough, in order where that matters, and no word of a group that rules it out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from intents.content.faq import Pattern
from intents.reading.clauses import Span
from intents.reading.context import ASKED, NEGATED, OVER
from intents.reading.phrase_tree import PhraseTree
from intents.reading.reading import Reader, Reading
from intents.signs.mentions import Mention, lies_in, mention_of, nearest


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
        search = _Search(reading, mentions)
        for n in sorted(n for group in mentions for n in self._by_group.get(group, ())):
            pattern = self._patterns[n]
            if not mentions.keys() >= set(pattern.groups):
                continue
            of_anybody = pattern.sign in self._of_anybody
            for stretch in search.stretches(pattern):
                hit = search.found(pattern, stretch, of_anybody)
                if hit:
                    yield hit
                    break

    def _mentions(self, reading: Reading) -> dict[str, list[Mention]]:
        """Return the mentions of every group, in order of place."""
        stems, marks = reading.stems, reading.marks
        found: dict[str, list[Mention]] = {}
        for start, stem in enumerate(stems):
            if stem not in self._first:
                continue
            known: dict[tuple[int, bool], Mention] = {}  # what one phrase is of several groups
            for (group, negates), end in self._phrases.at(stems, start):
                mention = known.get((end, negates))
                if mention is None:
                    mention = known[end, negates] = mention_of(
                        start, end, marks[start:end], negates
                    )
                found.setdefault(group, []).append(mention)
        return found


class _Search:
    """The mentions of one message by the stretch in which they stand, each sought once."""

    def __init__(self, reading: Reading, mentions: Mapping[str, Sequence[Mention]]) -> None:
        self._reading = reading
        self._mentions = mentions
        self._starts = [start for start, _ in reading.sentences]
        self._everywhere = (0, len(reading.words))
        self._by_sentence: dict[str, dict[Span, list[Mention]]] = {}
        self._usable: dict[tuple[str, Span, bool, bool], list[Mention]] = {}

    def stretches(self, pattern: Pattern) -> Sequence[Span]:
        """Return where all groups of a pattern stand, in order."""
        if pattern.anywhere:
            return (self._everywhere,)
        held = [self._sentences(group) for group in pattern.groups]
        first = min(held, key=len)
        return [stretch for stretch in first if all(stretch in others for others in held)]

    def found(self, pattern: Pattern, stretch: Span, of_anybody: bool) -> Hit | None:
        """Return where a pattern stands in a stretch, affirmed before asked about."""
        if self._is_ruled_out(pattern, stretch):
            return None
        reading = self._reading
        for affirmed in (True, False):
            usable = [
                self._that_count(group, stretch, affirmed, of_anybody) for group in pattern.groups
            ]
            words = nearest(pattern, usable) if all(usable) else None
            if words and _is_written(reading, words):
                sentence = reading.sentences[bisect_right(self._starts, words[0]) - 1]
                marks = reading.marks[slice(*words)]
                is_over = not affirmed and any(mark & OVER for mark in marks)
                is_over = is_over and not any(mark & ASKED for mark in marks)
                hit = Hit(pattern.sign, pattern.text, words, sentence, affirmed, is_over)
                return hit._replace(only_asks=pattern.only_asks, of_others=pattern.of_others)
        return None

    def _sentences(self, group: str) -> dict[Span, list[Mention]]:
        """Return the mentions of a group by the sentence in which they stand, in order."""
        held = self._by_sentence.get(group)
        if held is None:
            held = self._by_sentence[group] = {}
            for mention in self._mentions.get(group, ()):
                sentence = self._reading.sentences[bisect_right(self._starts, mention.start) - 1]
                if mention.end <= sentence[1]:
                    held.setdefault(sentence, []).append(mention)
        return held

    def _within(self, group: str, stretch: Span) -> Sequence[Mention]:
        if stretch == self._everywhere:
            return self._mentions.get(group, ())
        return self._sentences(group).get(stretch, ())

    def _that_count(
        self, group: str, stretch: Span, affirmed: bool, of_anybody: bool
    ) -> list[Mention]:
        """Return the mentions of a group in a stretch that are meant as they have to be."""
        key = group, stretch, affirmed, of_anybody
        usable = self._usable.get(key)
        if usable is None:
            usable = [m for m in self._within(group, stretch) if _counts(m, affirmed, of_anybody)]
            self._usable[key] = usable
        return usable

    def _is_ruled_out(self, pattern: Pattern, stretch: Span) -> bool:
        """Tell whether a word stands in a stretch that the pattern must not have.

        A word inside what the pattern itself names rules nothing out: "powered down" is no
        "power".
        """
        if not pattern.without:
            return False
        own = [self._within(group, stretch) for group in pattern.groups]
        return any(
            not any(lies_in(m, mentions) for mentions in own)
            for group in pattern.without
            for m in self._within(group, stretch)
        )


def _counts(mention: Mention, affirmed: bool, of_anybody: bool) -> bool:
    if affirmed:
        return mention.is_affirmed
    return mention.is_somebodys if of_anybody else mention.is_possible


def _is_written(reading: Reading, words: Span) -> bool:
    """Tell whether not every word was mended: a misspelt word alone names no sign."""
    return any(word.mended is None for word in reading.words[slice(*words)])
