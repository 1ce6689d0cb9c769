"""Many pieces as one sparse matrix to learn from: the same numbers as `Vectoriser.vector` gives.

A text names its words, and a word lists its n-grams once for all texts; what two words of a text
share is taken off again. That is a fifth of the numbers that each text's own n-grams would be.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intents.learning.features import (
    END,
    FAMILY_WEIGHTS,
    PAIR_WEIGHT,
    START,
    Floats,
    Piece,
    Vectoriser,
    letter_features,
)
from intents.learning.lists import Found, Lists, Sparse, all_concepts, all_stems

_BLOCK: Final = 4096  # texts whose n-grams are counted in one go
RAREST: Final = 3  # texts in which a feature must stand to be kept …
FEW: Final = 3_000  # … unless there are fewer texts than this: then each feature counts

Booleans = NDArray[np.bool_]


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

    def ordered(self, order: NDArray[np.intp]) -> Table:
        """Return the table with its texts in another order."""
        return Table(self.texts[order], self.words)

    def halves(self) -> list[tuple[slice, Sparse]]:
        """Return the texts in two halves of as many numbers, with their rows, as views."""
        from scipy.sparse import csr_matrix

        data, places, ends = self.texts.data, self.texts.indices, self.texts.indptr
        cut = int(np.searchsorted(ends, ends[-1] / 2))
        cut = cut if ends[-1] else self.texts.shape[0] // 2
        found = []
        for first, last in ((0, cut), (cut, self.texts.shape[0])):
            start, end = ends[first], ends[last]
            parts = (data[start:end], places[start:end], ends[first : last + 1] - start)
            shape = (last - first, self.texts.shape[1])
            found.append((slice(first, last), csr_matrix(parts, shape, copy=False)))
        return found

    def with_words(self, weights: Floats) -> Floats:
        """Return weights of the features, of the shape (features, classes), and then of words."""
        return np.concatenate([weights, self.words @ weights])

    def without_words(self, sums: Floats) -> Floats:
        """Return sums by feature of what was summed by features and words."""
        found: Floats = sums[: self.features]
        found += self.words.T @ sums[self.features :]
        return found

    def scores(self, weights: Floats) -> Floats:
        """Multiply by weights, of the shape (features, classes)."""
        found: Floats = self.texts @ self.with_words(weights)
        return found

    def sums(self, values: Floats) -> Floats:
        """Sum values of the shape (texts, classes) by feature."""
        return self.without_words(self.texts.T @ values)


class Tally:
    """Takes pieces one by one; holds of each but the numbers of its words and concepts."""

    def __init__(self) -> None:
        self._stems, self._concepts, self._words = Lists(), Lists(), Lists()
        self.whole = array("b")  # whether a piece counts for what is rare

    def __len__(self) -> int:
        return len(self.whole)

    def extend(self, others: Tally) -> None:
        """Take the pieces of another, after those that are held."""
        for mine, other in zip(self.lists, others.lists, strict=True):
            mine.extend(other)
        self.whole.extend(others.whole)

    @property
    def lists(self) -> tuple[Lists, Lists, Lists]:
        """Return the stems, each piece framed, the concepts, and the words, a list a piece."""
        return self._stems, self._concepts, self._words

    def add(self, piece: Piece, is_part: bool = False) -> None:
        """Take a piece; a part is learned from as well, but what is rare is counted without it."""
        self._stems.add((START, *piece.stems, END))
        self._concepts.add(piece.concepts)
        self._words.add(dict.fromkeys(piece.spellings))
        self.whole.append(not is_part)

    def table(
        self, shares: Sequence[float] = FAMILY_WEIGHTS, rarest_pair: int = RAREST
    ) -> tuple[Vectoriser, Table]:
        """Return the features that are not too rare, weighed, and a row for each piece."""
        from scipy.sparse import hstack

        whole = np.asarray(self.whole, bool)
        stems = _kept(all_stems(self._stems), whole, rarest_pair)
        concepts = _kept(all_concepts(self._concepts), whole, rarest_pair)
        words, spelt = list(self._words.index), self._words.matrix()
        letters = _letters(words, spelt, whole)
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


def _kept(found: Found, whole: Booleans, rarest_pair: int) -> _Family:
    """Keep the features that are not too rare in whole pieces."""
    from scipy.sparse import csr_matrix, hstack

    count = max(len(found.names), 1)
    families = []
    for form, rows, left, right in found.forms:
        numbers, places = np.unique(left.astype(np.int64) * count + right, return_inverse=True)
        ones = np.ones(len(places), np.float32)
        has = csr_matrix((ones, (rows, places)), (len(whole), len(numbers)))
        has.data[:] = 1  # however often a piece has it
        rarest, weight = (RAREST, 1.0) if left is right else (rarest_pair, PAIR_WEIGHT)
        often, weights = _weights(has.T @ whole.astype(np.float32), whole, rarest)
        weights *= np.float32(weight)
        two = np.divmod(numbers[often], count)
        names = [form.format(found.names[a], found.names[b]) for a, b in zip(*two, strict=True)]
        families.append(_Family(names, has[:, often], weights))
    return _Family(
        [name for family in families for name in family.names],
        hstack([family.has for family in families], "csr", np.float32),
        np.concatenate([family.weights for family in families]),
    )


def _letters(words: Sequence[str], spelt: Sparse, whole: Booleans) -> _Family:
    """Return the n-grams that are not too rare in whole pieces; `spelt` are pieces by words."""
    lists = Lists()
    for word in words:
        lists.add(dict.fromkeys(letter_features(word)))
    names, has = list(lists.index), lists.matrix()
    counts = np.zeros(len(names), np.float32)
    for block in _blocks(spelt[whole]):
        counts += np.bincount((block @ has).indices, minlength=len(names))
    often, weights = _weights(counts, whole)
    return _Family([names[n] for n in often], has[:, often], weights)


def _weights(
    counts: Floats, whole: Booleans, rarest: int = RAREST
) -> tuple[NDArray[np.intp], Floats]:
    """Return the features that enough whole pieces have, and weigh them by how few do.

    The commonest come first: side by side, their weights stay in the processor's cache.
    """
    texts = np.count_nonzero(whole)
    often = np.argsort(-counts, kind="stable")
    often = often[counts[often] >= (rarest if texts >= FEW else 1)]
    return often, (np.log((1 + texts) / (1 + counts[often])) + 1).astype(np.float32)


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
