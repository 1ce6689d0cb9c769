"""Mend a misspelt word to one that the content knows.

Only words of four letters or more that are neither known to the content nor ordinary English are
mended: "calve" is, "cake" is not. Distance is OSA, 1 up to five letters and 2 beyond, ties by
Jaro-Winkler.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

SHORTEST: Final = 4
LONGEST: Final = 30
_ORDINARY_WORDS: Final = 30_000  # the commonest; rarer ones are more often a slip than meant


@lru_cache(maxsize=1)
def ordinary_english() -> frozenset[str]:
    """Return the commonest English words: the head of symspellpy's list, commonest first."""
    path = files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    with path.open(encoding="utf-8-sig") as lines:
        return frozenset(
            line.split()[0] for _, line in zip(range(_ORDINARY_WORDS), lines, strict=False)
        )


class Mender:
    """Knows the content's words and finds the one that a misspelt word was meant to be."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._known):
            if word.isalpha() and len(word) >= SHORTEST:
                self._by_length.setdefault(len(word), []).append(word)
        self.mend = lru_cache(maxsize=4_096)(self._mend)

    def _mend(self, word: str) -> str | None:
        """Return the known word that this one is meant to be; None where there is none."""
        if word in self._known or not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
            return None
        if word in ordinary_english():
            return None
        distance = 1 if len(word) <= 5 else 2
        near = [
            candidate
            for length in range(len(word) - distance, len(word) + distance + 1)
            for candidate in self._by_length.get(length, ())
        ]
        found = process.extract(
            word, near, scorer=OSA.distance, processor=None, score_cutoff=distance, limit=12
        )
        if not found:
            return None
        return str(min(found, key=lambda hit: (hit[1], -JaroWinkler.similarity(word, hit[0])))[0])
