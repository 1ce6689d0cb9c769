"""The stretches of a message that are judged for signs, one by one: its sentences.

A sign in one sentence must not drown in the others. A sentence without end, as dictated, is judged
by each two clauses that follow one another.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from intents.reading.clauses import Span
from intents.reading.reading import Reading

LONGEST: Final = 32  # words of a sentence that is judged as one, and of a message that is short
MOST: Final = 48  # stretches; of a longer message those at both ends
SHORTEST_CLAUSE: Final = 2  # words; one by itself ("left") says nothing


def is_long(reading: Reading) -> bool:
    """Tell whether so much is told that one odd sentence proves little."""
    return len(reading.words) > LONGEST


def spans_of(reading: Reading) -> list[Span]:
    """Return the sentences of a message, and all of it where it is short."""
    found = [span for sentence in reading.sentences for span in _pieces(reading, sentence)]
    if len(found) > MOST:
        found = found[: MOST // 2] + found[-MOST // 2 :]
    whole = [] if is_long(reading) or not reading.words else [(0, len(reading.words))]
    return list(dict.fromkeys([*whole, *found]))


def readable_clauses(reading: Reading) -> list[Span]:
    """Return the clauses that say something by themselves."""
    return [clause for clause in reading.clauses if clause[1] - clause[0] >= SHORTEST_CLAUSE]


def _pieces(reading: Reading, sentence: Span) -> list[Span]:
    start, end = sentence
    if end - start <= LONGEST:
        return [sentence]
    clauses = [clause for clause in reading.clauses if start <= clause[0] < end]
    if len(clauses) < 2:
        return [(at, min(at + LONGEST, end)) for at in range(start, end, LONGEST // 2)]
    return [(left[0], right[1]) for left, right in pairwise(clauses)]
