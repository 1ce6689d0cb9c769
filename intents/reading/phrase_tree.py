"""Phrases that are looked for in messages: one walk from a word finds all that begin there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K")


class PhraseTree(Generic[K]):
    """Phrases by their first word, then their second …, each with what it stands for."""

    __slots__ = ("_ends", "_next")

    def __init__(self, phrases: Iterable[tuple[Sequence[str], K]] = ()) -> None:
        self._next: dict[str, PhraseTree[K]] = {}
        self._ends: list[K] = []  # what the phrases stand for that end at this word
        for phrase, key in phrases:
            node = self
            for word in phrase:
                node = node._next.setdefault(word, PhraseTree())
            if key not in node._ends:
                node._ends.append(key)

    @property
    def first_words(self) -> Iterable[str]:
        """Return the words with which phrases begin."""
        return self._next.keys()

    def at(self, words: Sequence[str], start: int) -> list[tuple[K, int]]:
        """Return what the phrases that begin at a word stand for, with their ends, in order."""
        found: list[tuple[K, int]] = []
        node = self._next.get(words[start])
        end = start + 1
        while node is not None:
            if node._ends:
                found += [(key, end) for key in node._ends]
            if not node._next or end == len(words):
                break
            node = node._next.get(words[end])
            end += 1
        return found
