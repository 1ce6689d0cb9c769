"""Part words that were written as one ("chestpain"), and join letters that were spaced out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import Final

from intents.languages.folding import fold_word
from intents.languages.language import Language
from intents.reading.text import Token

_SHORTEST: Final = 3  # letters of a part; the first may be a word of one letter
_LONGEST: Final = 24  # letters of what is parted
_MOST: Final = 4  # parts
_LEAST_LETTERS: Final = 4  # spaced out, so that they are a word
_MOST_REMEMBERED: Final = 10_000

Parts = tuple[str, ...]


class Joints:
    """Knows words, and finds two or more of them written as one."""

    def __init__(self, known: Collection[str], language: Language) -> None:
        words = {word for word in known if word.isalpha()}
        self._known = frozenset(words | spoken(language))
        self._common = language.common
        self._fold = language.fold
        self._first = {word for word in language.small if len(word) == 1}
        self._longest = max(map(len, self._known), default=0)
        self._parted: dict[str, Parts] = {}

    def parts(self, word: str) -> Parts:
        """Return the known words that a word is made of; none where it is one itself."""
        if not 2 * _SHORTEST <= len(word) <= _LONGEST and not (
            word[:1] in self._first and _SHORTEST < len(word) <= _LONGEST
        ):
            return ()
        if word in self._known or word in self._common or not word.isalpha():
            return ()
        if word not in self._parted:
            if len(self._parted) >= _MOST_REMEMBERED:
                self._parted.clear()
            self._parted[word] = self._from(word, 0, 0, set()) or ()
        return self._parted[word]

    def _from(self, word: str, at: int, count: int, dead: set[tuple[int, int]]) -> Parts | None:
        """Return the parts of a word from a letter on, the longest first; None for none."""
        if at == len(word):
            return ()
        if count == _MOST or (at, count) in dead:
            return None
        for end in range(min(len(word), at + self._longest), at, -1):
            part = word[at:end]
            is_long = end - at >= _SHORTEST
            if part in self._known if is_long else at == 0 and part in self._first:
                rest = self._from(word, end, count + 1, dead)
                if rest is not None:
                    return (part, *rest)
        dead.add((at, count))
        return None

    def tokens(self, token: Token, text: str) -> list[Token]:
        """Return the words of one, each with its place in the text; itself where it is one."""
        parts = self.parts(token.word)
        if not parts:
            return [token]
        ends = [token.start]
        for part in parts[:-1]:
            end = ends[-1] + len(part)
            while end < token.end and fold_word(text[ends[-1] : end]) != part:
                end += 1  # an apostrophe, a letter stretched
            ends.append(end)
        ends.append(token.end)
        if any(first >= last for first, last in pairwise(ends)):
            return [token]
        return [
            Token(*self._fold(part), first, last)
            for part, (first, last) in zip(parts, pairwise(ends), strict=True)
        ]

    def spelt(self, tokens: Sequence[Token], text: str) -> Iterator[Token]:
        """Yield words, with those spelt letter by letter made one: "c h e s t"."""
        at = 0
        while at < len(tokens):
            end = at
            while end < len(tokens) and _is_letter(tokens[end]) and _follows(tokens, at, end):
                end += 1
            yield from self._word(tokens[at:end], text) if end > at else tokens[at : at + 1]
            at = max(end, at + 1)

    def _word(self, letters: Sequence[Token], text: str) -> Sequence[Token]:
        """Return the word or words that letters spell; the letters where they spell none."""
        word = "".join(letter.word for letter in letters)
        if len(word) < _LEAST_LETTERS:
            return letters
        parts = (word,) if word in self._known else self.parts(word)
        if not parts:
            return letters
        found, at = [], 0
        for part in parts:
            first, last = letters[at], letters[at + len(part) - 1]
            found.append(Token(*self._fold(part), first.start, last.end))
            at += len(part)
        return found


def spoken(language: Language) -> set[str]:
    """Return the words that a language's own tables hold: "cant", "since"."""
    phrases = [phrase for table in language.cues.values() for phrase in table]
    words = {word for phrase in phrases for word in phrase if word.isalpha()}
    return words | language.small | {*language.times.units, *language.times.moments}


def _is_letter(token: Token) -> bool:
    return len(token.word) == 1 and token.word.isalpha()


def _follows(tokens: Sequence[Token], first: int, n: int) -> bool:
    """Tell whether one sign and no more parts a word from the one before it."""
    return n == first or tokens[n].start - tokens[n - 1].end == 1
