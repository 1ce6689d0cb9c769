"""What many pieces have, as numbers: their names in lists, and the pairs of names in those."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np

from intents.learning.features import END, START, Indices

Sparse = Any  # a scipy.sparse.csr_matrix; scipy is imported for the fit alone


_MOST_SHORT: Final = 2**16  # names whose numbers take two bytes


class _Numbers(dict[str, int]):
    """Numbers names as they come."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


class Lists:
    """Lists of names one after the other, held as numbers in the order in which names came."""

    def __init__(self) -> None:
        self.index = _Numbers()
        self._names: tuple[str, ...] = ()  # once closed
        self._places, self._ends = array("i"), array("i", [0])  # a list takes nine times as much

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, names: Iterable[str]) -> None:
        """Take a list."""
        self._places.extend(map(self.index.__getitem__, names))
        self._ends.append(len(self._places))

    def close(self) -> None:
        """Take no more: the names in order are a tenth of what finds their numbers."""
        self._names, self.index = tuple(self.index), _Numbers()
        if len(self._names) <= _MOST_SHORT:
            self._places = array("H", self._places)

    @property
    def names(self) -> Iterable[str]:
        """Return the names in the order of their numbers."""
        return self._names or self.index

    def extend(self, others: Lists) -> None:
        """Take other lists, after those that are held."""
        numbers = np.fromiter(map(self.index.__getitem__, others.names), np.int32)
        before = len(self._places)
        self._places.frombytes(numbers[others.places].tobytes())
        self._ends.frombytes((others.ends[1:] + np.int32(before)).tobytes())

    def fill(self, names: Iterable[str], places: Indices, ends: Indices) -> None:
        """Hold what another held: its names in order, its `places` and its `ends`."""
        self._names = tuple(names)
        short = len(self._names) <= _MOST_SHORT
        self._places, self._ends = array("H" if short else "i"), array("i")
        self._places.frombytes(places.astype(np.uint16 if short else np.int32).tobytes())
        self._ends.frombytes(ends.tobytes())

    def lists(self) -> Iterator[list[str]]:
        """Yield each list as names."""
        names = list(self.names)
        for start, end in pairwise(self._ends):
            yield [names[n] for n in self._places[start:end]]

    @property
    def ends(self) -> Indices:
        """Return where each list begins, and the last one ends."""
        return np.asarray(self._ends, np.int32)

    def counts(self) -> dict[str, int]:
        """Return how often each name stands in all lists."""
        often = np.bincount(self.places, minlength=0).tolist()
        return dict(zip(self.names, often, strict=True))

    @property
    def places(self) -> Indices:
        """Return the numbers of all names, list after list."""
        return np.asarray(self._places, np.int32)

    @property
    def rows(self) -> Indices:
        """Return in which list each of them stands."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.ends))

    def matrix(self) -> Sparse:
        """Return a row for each list, of different names."""
        from scipy.sparse import csr_matrix

        ones = np.ones(len(self._places), np.float32)
        return csr_matrix((ones, self.places, self.ends), (len(self), len(self.index)))


class Found(NamedTuple):
    """Which features pieces have: a form, how it reads, and the places of the names in it."""

    forms: Sequence[tuple[str, Indices, Indices, Indices]]  # with the piece, the left, the right
    names: list[str]


def all_stems(stems: Lists) -> Found:
    """Return what `features.word_features` finds, of all pieces at once.

    Most of it is pairs too rare to be kept, of which none becomes a string here.
    """
    places, rows = stems.places, stems.rows
    inner = ~np.isin(places, [stems.index.get(START, -1), stems.index.get(END, -1)])
    near = rows[1:] == rows[:-1]
    apart = (rows[2:] == rows[:-2]) & inner[2:] & inner[:-2]
    singles = places[inner]
    forms = (
        ("w{0}", rows[inner], singles, singles),
        ("w{0} {1}", rows[1:][near], places[:-1][near], places[1:][near]),
        ("w{0} _ {1}", rows[2:][apart], places[:-2][apart], places[2:][apart]),
    )
    return Found(forms, list(stems.index))


def all_concepts(concepts: Lists) -> Found:
    """Return what `features.concept_features` finds, of all pieces at once."""
    places, rows, names = concepts.places, concepts.rows, list(concepts.index)
    order = sorted(range(len(names)), key=names.__getitem__)
    places = np.argsort(order).astype(np.int32)[places]  # by the alphabet
    left, right = places[:-1], places[1:]
    pairs = (rows[1:] == rows[:-1]) & (left != right)
    two = np.minimum(left, right)[pairs], np.maximum(left, right)[pairs]
    forms = (("i{0}", rows, places, places), ("i{0} {1}", rows[1:][pairs], *two))
    return Found(forms, [names[n] for n in order])
