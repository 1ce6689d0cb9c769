"""Words as numbers: single words, word pairs, concepts, concept pairs and character n-grams.

Each family of features is weighted by inverse document frequency and scaled to a length of its own,
so that a long word, rich in n-grams, does not drown the words round it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]

N_GRAMS: Final = (2, 3, 4)
# What each family weighs in a vector; the order is that of `_families`.
FAMILY_WEIGHTS: Final = (1.8, 1.0, 1.0)
PAIR_WEIGHT: Final = 0.7  # of two words or concepts together, beside 1 for a single one
RAREST: Final = 2  # texts in which a feature must stand to be kept
_START, _END = "^", "$"


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
        self._index = {feature: position for position, feature in enumerate(features)}
        self._letters: dict[str, Indices] = {}  # n-grams of a word seen before

    @classmethod
    def fit(cls, pieces: Sequence[Piece]) -> Vectoriser:
        """Keep the features of the training pieces that are not too rare, and weigh them."""
        counts: Counter[str] = Counter()
        for piece in pieces:
            counts.update(_word_features(piece.stems))
            counts.update(_concept_features(piece.concepts))
            counts.update({gram for word in piece.spellings for gram in _letter_features(word)})
        kept = [feature for feature, count in counts.items() if count >= RAREST]
        frequency = np.array([counts[feature] for feature in kept], dtype=np.float32)
        weights = np.log((1 + len(pieces)) / (1 + frequency)) + 1
        weights *= [PAIR_WEIGHT if _is_pair(feature) else 1 for feature in kept]
        return cls(kept, weights.astype(np.float32))

    def vector(self, piece: Piece) -> Vector:
        """Return the vector of a piece; empty when nothing in it is known."""
        indices, values = [], []
        for found, share in zip(self._families(piece), FAMILY_WEIGHTS, strict=True):
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
            self._known(_word_features(piece.stems)),
            self._known(_concept_features(piece.concepts)),
            self._known_letters(piece.spellings),
        )

    def _known(self, features: Iterable[str]) -> Indices:
        index = self._index
        return np.array([index[f] for f in features if f in index], dtype=np.int32)

    def _known_letters(self, spellings: Sequence[str]) -> Indices:
        found = [self._letters.get(word) for word in spellings]
        for n, positions in enumerate(found):
            if positions is None:
                if len(self._letters) > 50_000:
                    self._letters.clear()
                word = spellings[n]
                found[n] = self._letters[word] = self._known(_letter_features(word))
        parts = [positions for positions in found if positions is not None]
        return np.unique(np.concatenate(parts)) if parts else EMPTY.indices


def _word_features(stems: Sequence[str]) -> set[str]:
    """Return stems and neighbouring pairs, the ends of the text included."""
    framed = (_START, *stems, _END)
    found = {f"w{stem}" for stem in stems}
    found.update(f"w{left} {right}" for left, right in zip(framed, framed[1:], strict=False))
    return found


def _concept_features(concepts: Sequence[str]) -> set[str]:
    """Return concepts and every pair of different ones, in no order."""
    different = sorted(set(concepts))
    found = {f"i{concept}" for concept in different}
    for n, left in enumerate(different):
        found.update(f"i{left} {right}" for right in different[n + 1 :])
    return found


def _letter_features(word: str) -> Iterator[str]:
    """Yield the n-grams of a word as spelt, its edges marked by a space."""
    padded = f" {word} "
    for n in N_GRAMS:
        for start in range(len(padded) - n + 1):
            yield f"c{padded[start : start + n]}"


def _is_pair(feature: str) -> bool:
    return feature[0] in "wi" and " " in feature
