"""Read a message: its words, each mended where misspelt, and the ideas they stand for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from intents.content.faq import Concept
from intents.reading.spelling import Mender, ordinary_english
from intents.reading.text import Token, clean, fold, fold_once, tokens

_RARE: Final = 3  # a word that is not ordinary English must be this frequent to mend others to it


class Word(NamedTuple):
    """A word of a message as written, what it was mended to, and the stem that is compared."""

    token: Token
    mended: str | None
    stem: str


class Mention(NamedTuple):
    """A concept and the words (by position, end excluded) that stand for it."""

    concept: str
    start: int
    end: int


class Reading(NamedTuple):
    """A message as read: cleaned text, words in order, concepts in order."""

    text: str
    words: tuple[Word, ...]
    concepts: tuple[Mention, ...]

    def quote(self, start: int, end: int) -> str:
        """Return the writer's own words from one position up to another."""
        return self.text[self.words[start].token.start : self.words[end - 1].token.end]

    def mended_text(self) -> str:
        """Return the text as written but for misspelt words, which stand as they were mended."""
        parts, at = [], 0
        for word in self.words:
            if word.mended:
                parts += [self.text[at : word.token.start], word.mended]
                at = word.token.end
        return "".join((*parts, self.text[at:]))


def vocabulary(texts: Iterable[str]) -> list[str]:
    """Return the words of the content that others may be mended to, in order."""
    counts = Counter(t.word for text in texts for t in tokens(clean(text)))
    ordinary = ordinary_english()
    return sorted(w for w, n in counts.items() if w in ordinary or n >= _RARE)


class Reader:
    """Reads messages with the vocabulary and the concepts of one content."""

    def __init__(self, known: Iterable[str], concepts: Sequence[Concept]) -> None:
        known = set(known)
        self._concepts: dict[tuple[str, ...], dict[str, None]] = {}  # by a phrase's stems
        lengths: dict[str, set[int]] = {}  # of the phrases that begin with a stem
        for concept in concepts:
            for phrase in concept.words:
                parts = tokens(phrase)
                if parts:
                    known.update(t.word for t in parts)
                    stems = tuple(t.stem for t in parts)
                    self._concepts.setdefault(stems, {})[concept.id] = None
                    lengths.setdefault(stems[0], set()).add(len(stems))
        self._lengths = {stem: sorted(found, reverse=True) for stem, found in lengths.items()}
        self._stems = frozenset(fold_once(w)[1] for w in known)
        self._mender = Mender(known)

    def read(self, text: str, mend: bool = True) -> Reading:
        """Read one message; the content's own are read as they stand, without mending."""
        cleaned = clean(text)
        if mend:
            words = tuple(map(self._word, tokens(cleaned)))
        else:
            words = tuple(Word(token, None, token.stem) for token in tokens(cleaned))
        return Reading(cleaned, words, tuple(self._mentions([w.stem for w in words])))

    def _word(self, token: Token) -> Word:
        if token.stem in self._stems:
            return Word(token, None, token.stem)
        mended = self._mender.mend(token.word)
        return Word(token, mended, fold(mended)[1] if mended else token.stem)

    def _mentions(self, stems: Sequence[str]) -> Iterable[Mention]:
        """Yield the longest concept phrases; a word may stand for more than one concept."""
        reached = 0
        for start, stem in enumerate(stems):
            for length in self._lengths.get(stem, ()):
                if length == 1 and 0 < start < reached:
                    continue  # a part of a longer phrase
                phrase = tuple(stems[start : start + length])
                if len(phrase) == length and phrase in self._concepts:
                    for concept in self._concepts[phrase]:
                        yield Mention(concept, start, start + length)
                    if length > 1:
                        reached = max(reached, start + length)
                    break
