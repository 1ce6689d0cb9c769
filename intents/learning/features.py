"""Words as numbers: single words, near pairs of them, concepts, and character n-grams.

Each family of features is weighted by inverse document frequency and scaled to a length of its
own, so that a long word, rich in n-grams, does not drown the words round it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

N_GRAMS: Final = (2, 3, 4)
# What each family weighs in a vector; the order is that of `_families`.
FAMILY_WEIGHTS: Final = (1.8, 1.0, 1.0)
PAIR_WEIGHT: Final = 0.7  # of two words or concepts together, beside 1 for a single one
_MOST_REMEMBERED: Final = 50_000  # words whose n-grams are kept
START, END = "^", "$"


class Piece(NamedTuple):
    """What is counted of a message or a part of it: stems, concepts, and words as spelt."""

    stems: Sequence[str]
    concepts: Sequence[str]
    spellings: Sequence[str]


class Vector(NamedTuple):
    """A sparse vector: positions and values of the features that are not zero."""

    indices: Indices
    values: Floats


EMPTY: Final = Vector(np.zeros(0, np.int32), np.zeros(0, np.float32))


class Vectoriser:
    """Turns pieces into vectors over a fixed list of features with their weights."""

    def __init__(self, features: Sequence[str], weights: Floats) -> None:
        self.features = features
        self.weights = weights
        self._index: dict[str, int] = {feature: n for n, feature in enumerate(features)}
        self._letters: dict[str, frozenset[int]] = {}  # n-grams of a word seen before

    def vector(self, piece: Piece, shares: Sequence[float] = FAMILY_WEIGHTS) -> Vector:
        """Return the vector of a piece; empty when nothing in it is known."""
        return self._weighed(self._families(piece), shares)

    def _weighed(self, families: Sequence[Indices], shares: Sequence[float]) -> Vector:
        indices, values = [], []
        for found, share in zip(families, shares, strict=True):
            if not len(found):
                continue
            weights = self.weights[found]
            indices.append(found)
            values.append(weights * np.float32(share / np.sqrt(weights @ weights)))
        if not indices:
            return EMPTY
        return Vector(np.concatenate(indices), np.concatenate(values))

    def _families(self, piece: Piece) -> tuple[Indices, Indices, Indices]:
        return (
            self._known(word_features(piece.stems)),
            self._known(concept_features(piece.concepts)),
            self._known_letters(piece.spellings),
        )

    def _known(self, features: Iterable[str]) -> Indices:
        places = map(self._index.get, features)
        return np.array([at for at in places if at is not None], dtype=np.int32)

    def _known_letters(self, spellings: Sequence[str]) -> Indices:
        found: set[int] = set()
        for word in spellings:
            places = self._letters.get(word)
            if places is None:
                if len(self._letters) > _MOST_REMEMBERED:
                    self._letters.clear()
                found_in_word = map(self._index.get, letter_features(word))
                places = frozenset([at for at in found_in_word if at is not None])
                self._letters[word] = places
            found |= places
        return np.fromiter(found, np.int32, len(found))


def word_features(stems: Sequence[str]) -> dict[str, None]:
    """Return stems, neighbours (the ends of the text included), and pairs round one word."""
    framed = (START, *stems, END)
    found = dict.fromkeys(f"w{stem}" for stem in stems)
    found.update((f"w{left} {right}", None) for left, right in pairwise(framed))
    apart = zip(stems, stems[2:], strict=False)
    found.update((f"w{left} _ {right}", None) for left, right in apart)
    return found


def concept_features(concepts: Sequence[str]) -> dict[str, None]:
    """Return concepts, and each two different ones that follow one another, in no order.

    Every pair in a message would drown the ideas themselves and say little.
    """
    found = dict.fromkeys(f"i{concept}" for concept in concepts)
    found.update(
        (f"i{min(two)} {max(two)}", None) for two in pairwise(concepts) if two[0] != two[1]
    )
    return found


@lru_cache(maxsize=1024)  # topics and signs ask for the same words, one after the other
def letter_features(word: str) -> list[str]:
    """Return the n-grams of a word as spelt, its edges marked by a space."""
    padded = f" {word} "
    return [
        f"c{padded[start : start + n]}" for n in N_GRAMS for start in range(len(padded) - n + 1)
    ]
