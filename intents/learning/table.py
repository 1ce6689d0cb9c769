"""Many pieces as one sparse matrix to learn from: the same numbers as `Vectoriser.vector` gives.

A text names its words, and a word lists its n-grams once for all texts; what two words of a text
share is taken off again. That is a fifth of the numbers that each text's own n-grams would be.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.learning.features import (
    FAMILY_WEIGHTS,
    PAIR_WEIGHT,
    Floats,
    Piece,
    Vectoriser,
    concept_features,
    is_pair,
    letter_features,
    word_features,
)

RAREST: Final = 3  # texts in which a feature must stand to be kept …
FEW: Final = 3_000  # … unless there are fewer texts than this: then each feature counts
_BLOCK: Final = 4096  # texts whose n-grams are counted in one go

Integers = NDArray[np.int64]
Sparse = Any  # a scipy.sparse.csr_matrix; scipy is imported for the fit alone


class Table(NamedTuple):
    """Texts by features and, after those, by words; and words by features."""

    texts: Sparse
    words: Sparse

    @classmethod
    def empty(cls, count: int) -> Table:
        """Return a table of texts of which nothing but a dense block is known."""
        return cls(_zeros(count, 0), _zeros(0, 0))

    @property
    def features(self) -> int:
        """Return the number of features."""
        return int(self.words.shape[1])

    def first(self, count: int) -> Table:
        """Return the table of the first texts."""
        return Table(self.texts[:count], self.words)

    def scores(self, weights: Floats) -> Floats:
        """Multiply by weights, of the shape (features, classes)."""
        found: Floats = self.texts @ np.concatenate([weights, self.words @ weights])
        return found

    def sums(self, values: Floats) -> Floats:
        """Sum values of the shape (texts, classes) by feature."""
        found: Floats = self.texts.T @ values
        sums = found[: self.features]
        sums += self.words.T @ found[self.features :]
        return sums


def tabulate(
    pieces: Sequence[Piece],
    shares: Sequence[float] = FAMILY_WEIGHTS,
    parts: Sequence[Piece] = (),
) -> tuple[Vectoriser, Table]:
    """Return the features that are not too rare, weighed, and the table of all pieces.

    `parts` are learned from as well, but what is rare is counted without them.
    """
    from scipy.sparse import hstack

    everything = [*pieces, *parts]
    words, spelt = _named(dict.fromkeys(piece.spellings) for piece in everything)
    stems = _kept(*_named(word_features(piece.stems) for piece in everything), len(pieces))
    concepts = _kept(*_named(concept_features(p.concepts) for p in everything), len(pieces))
    letters = _letters(words, spelt, len(pieces))
    families = (stems, concepts, letters)
    vectoriser = Vectoriser(
        [name for family in families for name in family.names],
        np.concatenate([family.weights for family in families]),
    )
    doubled, squares = _doubled(spelt, letters)
    texts = [_unit(family, share) for family, share in zip(families[:2], shares, strict=False)]
    scales = _scales(squares, shares[-1])
    texts += [_scaled(doubled, scales), _scaled(spelt, scales)]
    others = _zeros(len(words), len(stems.names) + len(concepts.names))
    listed = [others, _scaled(letters.has, columns=letters.weights)]
    return vectoriser, Table(*(hstack(parts, "csr", np.float32) for parts in (texts, listed)))


class _Family(NamedTuple):
    """The features of a family, which of them each text (of n-grams: each word) has, weights."""

    names: list[str]
    has: Sparse
    weights: Floats


def _named(found: Iterable[Iterable[str]]) -> tuple[list[str], Sparse]:
    """Number names as they come; return them, and a matrix with a row for each list of them."""
    from scipy.sparse import csr_matrix

    index: dict[str, int] = {}
    places, ends = array("i"), array("i", [0])  # of C's ints: a list would be nine times as large
    for names in found:
        places.extend([index.setdefault(name, len(index)) for name in names])
        ends.append(len(places))
    ones = np.ones(len(places), np.float32)
    shape = (len(ends) - 1, len(index))
    return list(index), csr_matrix((ones, np.asarray(places), np.asarray(ends)), shape)


def _kept(names: list[str], has: Sparse, texts: int) -> _Family:
    """Keep the features that are not too rare in the first texts."""
    counts = np.bincount(has.indices[: has.indptr[texts]], minlength=len(names))
    return _weighed(names, has, counts, texts)


def _letters(words: Sequence[str], spelt: Sparse, texts: int) -> _Family:
    """Return the n-grams that are not too rare in the first texts; `spelt` are texts by words."""
    names, has = _named(dict.fromkeys(letter_features(word)) for word in words)
    counts = np.zeros(len(names), np.int64)
    for block in _blocks(spelt[:texts]):
        counts += np.bincount((block @ has).indices, minlength=len(names))
    return _weighed(names, has, counts, texts)


def _weighed(names: list[str], has: Sparse, counts: Integers, texts: int) -> _Family:
    """Keep the features that enough texts have; weigh them by how few do."""
    kept = np.flatnonzero(counts >= (RAREST if texts >= FEW else 1))
    features = [names[n] for n in kept]
    weights = np.log((1 + texts) / (1 + counts[kept])) + 1
    weights *= [PAIR_WEIGHT if is_pair(feature) else 1 for feature in features]
    return _Family(features, has[:, kept], weights.astype(np.float32))


def _doubled(spelt: Sparse, letters: _Family) -> tuple[Sparse, Floats]:
    """Return what takes off the n-grams that words of a text share, and each text's squares."""
    from scipy.sparse import vstack

    taken, squares = [_zeros(0, len(letters.names))], [np.zeros(0, np.float32)]
    for block in _blocks(spelt):
        counts = block @ letters.has
        more = counts.copy()
        more.data -= 1
        more.eliminate_zeros()
        taken.append(_scaled(more, columns=-letters.weights))
        counts.data[:] = 1
        squares.append(counts @ letters.weights**2)
    return vstack(taken, "csr", np.float32), np.concatenate(squares)


def _unit(family: _Family, share: float) -> Sparse:
    """Return the weights of the features that each text has, as vectors of the length `share`."""
    scales = _scales(family.has @ family.weights**2, share)
    return _scaled(family.has, scales, family.weights)


def _scales(squares: Floats, share: float) -> Floats:
    """Return what brings vectors to the length `share`, by the sums of their squares."""
    return (share / np.sqrt(np.where(squares > 0, squares, 1))).astype(np.float32)


def _scaled(matrix: Sparse, rows: Floats | None = None, columns: Floats | None = None) -> Sparse:
    """Multiply the rows and the columns of a matrix, in its place."""
    if rows is not None:
        matrix.data *= np.repeat(rows, np.diff(matrix.indptr))
    if columns is not None:
        matrix.data *= columns[matrix.indices]
    return matrix


def _blocks(matrix: Sparse) -> Iterable[Sparse]:
    return (matrix[at : at + _BLOCK] for at in range(0, matrix.shape[0], _BLOCK))


def _zeros(rows: int, columns: int) -> Sparse:
    from scipy.sparse import csr_matrix

    return csr_matrix((rows, columns), dtype=np.float32)
