"""Read a message once: its words, what they stand for, where it is cut, what is affirmed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

from intents.content.faq import Concept
from intents.languages.language import Language
from intents.reading.clauses import Break, Cuts, Span, cut
from intents.reading.context import ContextReader
from intents.reading.forms import form_of
from intents.reading.joined import Joints
from intents.reading.names import Names
from intents.reading.phrase_tree import PhraseTree
from intents.reading.spelling import Mender
from intents.reading.text import Token, clean, tokens

_LONGEST_MENTION: Final = 12  # words of a concept's phrase; a longer one is read all the same
_MOST_STRANGE: Final = 200  # words that are mended: who writes more of them misspelt none
_RARE: Final = 3  # a word that is not common must be this frequent to mend others to it


class Word(NamedTuple):
    """A word of a message as written, what it was mended to, and the stem that is compared.

    Whoever reads an emergency must not do so by a mended word alone, nor by a name.
    """

    token: Token
    mended: str | None
    stem: str
    is_name: bool = False  # "I'm Kamal": never mended, and no concept's


class Mention(NamedTuple):
    """A concept and the words (by position, end excluded) that stand for it."""

    concept: str
    start: int
    end: int


class Reading(NamedTuple):
    """A message as read: cleaned text, words, concepts, marks and cuts, all in order.

    `marks` says of each word what keeps it from being affirmed (see `context`); 0 is affirmed.
    """

    text: str
    words: tuple[Word, ...]
    concepts: tuple[Mention, ...]
    marks: tuple[int, ...]
    breaks: tuple[Break, ...]
    sentences: tuple[Span, ...]
    clauses: tuple[Span, ...]

    @property
    def plain(self) -> list[str]:
        """Return the words as they are compared with those of a language."""
        return [word.token.word for word in self.words]

    @property
    def stems(self) -> list[str]:
        """Return the words as they are compared with those of a content."""
        return [word.stem for word in self.words]

    def mentioned(self, start: int, end: int) -> Iterable[Mention]:
        """Return the concepts with a word in a stretch."""
        # They stand in order of place, and none has more than so many words.
        first = bisect_left(self.concepts, start - _LONGEST_MENTION, key=_start)
        for mention in islice(self.concepts, first, None):
            if mention.start >= end:
                return
            if mention.end > start:
                yield mention

    def within(self, start: int, end: int) -> Iterable[Mention]:
        """Return the concepts that stand in a stretch with all of their words."""
        first = bisect_left(self.concepts, start, key=_start)
        last = bisect_left(self.concepts, end, first, key=_start)
        return [mention for mention in self.concepts[first:last] if mention.end <= end]

    def quote(self, start: int, end: int) -> str:
        """Return the writer's own words from one position up to another."""
        return self.text[self.words[start].token.start : self.words[end - 1].token.end]

    def part(self, start: int, end: int) -> Reading:
        """Return a stretch of the message as a reading of its own, positions counted anew."""
        first, last = self.words[start].token.start, self.words[end - 1].token.end
        return Reading(
            self.text[first:last],
            tuple(_moved(word, first) for word in self.words[start:end]),
            tuple(
                Mention(concept, at - start, to - start)
                for concept, at, to in self.within(start, end)
            ),
            self.marks[start:end],
            (Break.NONE, *self.breaks[start + 1 : end]),
            _within(self.sentences, start, end),
            _within(self.clauses, start, end),
        )

    def mended_text(self) -> str:
        """Return the text as written but for misspelt words, which stand as they were mended."""
        parts, at = [], 0
        for word in self.words:
            if word.mended:
                parts += [self.text[at : word.token.start], word.mended]
                at = word.token.end
        return "".join((*parts, self.text[at:]))


def vocabulary(counts: Mapping[str, int], language: Language) -> list[str]:
    """Return the words, of all that a content has, that others may be mended to, in order."""
    return sorted(w for w, n in counts.items() if w in language.common or n >= _RARE)


class Reader:
    """Reads messages with the vocabulary and the concepts of one content, in its language."""

    def __init__(
        self, known: Iterable[str], concepts: Sequence[Concept], language: Language
    ) -> None:
        known = set(known)
        self.language = language
        self.context = ContextReader(language)
        phrases = [
            (tokens(phrase, language.fold), concept.id)
            for concept in concepts
            for phrase in concept.words
        ]
        known.update(token.word for parts, _ in phrases for token in parts)
        self._concepts = PhraseTree(([t.stem for t in parts], id) for parts, id in phrases)
        self._first = frozenset(self._concepts.first_words)
        self._stems = frozenset(language.fold_once(w)[1] for w in known)
        self._mender = Mender(known, language.common)
        self._joints = Joints(known, language)
        self._names = Names(language, self._is_word, lambda t: self._mender.is_slip(t.word))

    def read(self, text: str, mend: bool = True) -> Reading:
        """Read one message; the content's own are read as they stand, without mending."""
        cleaned = clean(text)
        found = tokens(cleaned, self.language.fold)
        strange: Collection[str] = self._strange(found) if mend else ()
        if mend:
            found = self._parted(cleaned, found, strange)
        form = form_of(cleaned, found, self.language.signs)
        parted = [stamp.at for stamp in form.stamps]
        cuts: Cuts = cut(cleaned, found, self.language.clauses.opens_clause, parted)
        names = self._names.places(cleaned, found, cuts.breaks) if mend else ()
        if mend:
            words = tuple(
                [
                    self._word(token, n in names, token.word in strange)
                    for n, token in enumerate(found)
                ]
            )
        else:
            words = tuple([_word((token, None, token.stem, False)) for token in found])
        marks = self.context.marks([token.word for token in found], cuts.breaks, form)
        concepts = tuple(self._mentions(["" if word.is_name else word.stem for word in words]))
        return Reading(cleaned, words, concepts, tuple(marks), *cuts)

    def _strange(self, found: Sequence[Token]) -> frozenset[str]:
        """Return unknown words that stand as written: of very many those between both ends."""
        if len(found) <= _MOST_STRANGE:
            return frozenset()
        unknown = list(dict.fromkeys(one.word for one in found if not self._is_word(one)))
        half = _MOST_STRANGE // 2
        return frozenset(unknown[half:-half])

    def _parted(self, text: str, found: Sequence[Token], strange: Collection[str]) -> list[Token]:
        """Return words as they were meant: parted where two were written as one, and joined."""
        parted: list[Token] = []
        for token in self._joints.spelt(found, text):
            if token.word in strange or self._is_word(token) or self._mender.is_slip(token.word):
                parted.append(token)
            else:
                parted += self._joints.tokens(token, text)
        return parted

    def _is_word(self, token: Token) -> bool:
        """Tell whether a word is known to the content or common in its language."""
        return token.stem in self._stems or token.word in self.language.common

    def _word(self, token: Token, is_name: bool, is_strange: bool) -> Word:
        if is_name or is_strange or token.stem in self._stems:
            return Word(token, None, token.stem, is_name)
        mended = self._mender.mend(token.word)
        return Word(token, mended, self.language.fold(mended)[1] if mended else token.stem)

    def _mentions(self, stems: Sequence[str]) -> Iterable[Mention]:
        """Yield the longest concept phrases; a word may stand for more than one concept."""
        reached = 0
        for start, stem in enumerate(stems):
            if stem not in self._first:
                continue
            found = self._concepts.at(stems, start)
            if not found:
                continue
            last = found[-1][1]
            if last == start + 1 and 0 < start < reached:
                continue  # a part of a longer phrase
            yield from (Mention(concept, start, end) for concept, end in found if end == last)
            if last > start + 1:
                reached = max(reached, last)


_start: Final = attrgetter("start")
_word: Final = partial(tuple.__new__, Word)  # a third of the time that `Word(…)` takes
_token: Final = partial(tuple.__new__, Token)


def _moved(word: Word, by: int) -> Word:
    token, mended, stem, is_name = word
    return _word(
        (_token((token.word, token.stem, token.start - by, token.end - by)), mended, stem, is_name)
    )


def _within(spans: Sequence[Span], start: int, end: int) -> tuple[Span, ...]:
    """Return what of some spans lies within a stretch, positions counted from its start."""
    return tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if first < end and last > start
    )
