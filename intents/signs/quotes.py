"""What is quoted of a message for a sign: a clause that reads as telling it, or nothing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable
from operator import itemgetter
from typing import Final

from intents.reading.clauses import Span
from intents.reading.reading import Reading

LONGEST: Final = 12  # words
LONGEST_CLAUSE: Final = 16  # … where they are one clause
_first: Final = itemgetter(0)
SHORTEST: Final = 3  # words of a clause; shorter ones ("numb") say too little by themselves


def quote(reading: Reading, words: Span) -> Span | None:
    """Return the clauses that hold some words, or their sentence, or nothing readable.

    A scrap would put into the writer's mouth what they did not say.
    """
    clauses = reading.clauses
    first = bisect_right(clauses, words[0], key=_first) - 1
    last = bisect_right(clauses, words[1] - 1, key=_first) - 1
    around = (clauses[first][0], clauses[last][1])
    sentence = reading.sentences[bisect_right(reading.sentences, words[0], key=_first) - 1]
    longest = LONGEST_CLAUSE if first == last else LONGEST
    for span, shortest, most in (
        (around, SHORTEST, longest),
        (sentence, 1, LONGEST),
        (words, SHORTEST, LONGEST),
    ):
        if shortest <= span[1] - span[0] <= most:
            return span
    return None


def quotes(
    reading: Reading, spans: Iterable[Span], joints: Collection[str] = ()
) -> tuple[str, ...]:
    """Return the quotes for some words in order, each once; those that overlap are one.

    Words that only join a clause to the one before, `joints`, are left out at its start.
    """
    merged: list[Span] = []
    for start, end in sorted(filter(None, (quote(reading, span) for span in spans))):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    shown = (_without_joint(reading, span, joints) for span in merged)
    return tuple(dict.fromkeys(reading.quote(*span) for span in shown))


def _without_joint(reading: Reading, span: Span, joints: Collection[str]) -> Span:
    start, end = span
    while end - start > SHORTEST and reading.words[start].token.word in joints:
        start += 1
    return start, end
