"""Mend a misspelt word to one that the content knows.

Only words of four letters or more that are neither known to the content nor common in its language
are mended: "calve" is, "cake" is not. Distance is OSA, 1 up to five letters and 2 beyond, ties by
Jaro-Winkler.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

SHORTEST: Final = 4
LONGEST: Final = 30
_BITS: Final = 32  # for the letters of a word
_MOST_REMEMBERED: Final = 10_000  # mended words kept, so that the same slip costs once


class Mender:
    """Knows the content's words and finds the one that a misspelt word was meant to be."""

    def __init__(self, known: Iterable[str], common: frozenset[str]) -> None:
        self._known = frozenset(known)
        self._common = common
        by_length: dict[int, list[str]] = {}
        for word in sorted(self._known):
            if word.isalpha() and len(word) >= SHORTEST:
                by_length.setdefault(len(word), []).append(word)
        self._near = {  # what a word of some length can be meant to be
            length: [
                candidate
                for other in range(length - _distance(length), length + _distance(length) + 1)
                for candidate in by_length.get(other, ())
            ]
            for length in range(SHORTEST, LONGEST + 1)
        }
        letters = {word: _letters(word) for words in by_length.values() for word in words}
        self._letters = {
            length: np.array([letters[word] for word in near], np.uint64)
            for length, near in self._near.items()
        }
        self._mended: dict[str, str | None] = {}

    def mend(self, word: str) -> str | None:
        """Return the known word that this one is meant to be; None where there is none."""
        if word in self._known or not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return None
        if word in self._common:
            return None
        if word not in self._mended:
            if len(self._mended) >= _MOST_REMEMBERED:
                self._mended.clear()
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def is_slip(self, word: str) -> bool:
        """Tell whether a word is most likely a known one misspelt: it begins alike."""
        meant = self.mend(word)
        return meant is not None and meant[0] == word[0] and OSA.distance(meant, word) == 1

    def _nearest(self, word: str) -> str | None:
        near, letters = self._near[len(word)], self._letters[len(word)]
        unlike = np.bitwise_count(letters ^ np.uint64(_letters(word)))
        # An edit takes one letter away and adds another, at most: of unlike words none is asked.
        alike = np.flatnonzero(unlike <= 2 * _distance(len(word))).tolist()
        found = process.extract(
            word,
            [near[n] for n in alike],
            scorer=OSA.distance,
            processor=None,
            score_cutoff=_distance(len(word)),
            limit=12,
        )
        if not found:
            return None
        return str(min(found, key=lambda hit: (hit[1], -JaroWinkler.similarity(word, hit[0])))[0])


def _letters(word: str) -> int:
    """Return the letters of a word as bits: one for a letter, another where it comes again."""
    once = again = 0
    for letter in word:
        bit = 1 << ord(letter) % _BITS
        again |= once & bit
        once |= bit
    return once | again << _BITS


def _distance(length: int) -> int:
    return 1 if length <= 5 else 2
