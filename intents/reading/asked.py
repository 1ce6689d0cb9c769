"""Find the questions in a message: "is it normal, and how long does it last?" holds two."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from intents.languages.folding import Phrase
from intents.languages.language import Questions
from intents.reading.clauses import Break, Span
from intents.reading.reading import Reading
from intents.reading.text import QUESTION_MARK

_LONGEST: Final = 3  # words of a phrase that opens or joins a question
_MOST_FILLERS: Final = 4


class Question(NamedTuple):
    """A part of a message that asks, and the same with the part before it."""

    part: Reading
    with_lead: Reading


def questions(reading: Reading, asks: Questions) -> list[Question]:
    """Return the questions of a message in order; a whole message that asks is one."""
    words = reading.plain
    parts = [
        part for sentence in reading.sentences for part in _parts(reading, words, sentence, asks)
    ]
    return [
        Question(reading.part(*part), reading.part(parts[n - 1][0] if n else part[0], part[1]))
        for n, part in enumerate(parts)
        if _asks(words[part[0] : part[1]], asks)
    ]


def _parts(
    reading: Reading, words: Sequence[str], sentence: Span, asks: Questions
) -> Iterator[Span]:
    """Yield the parts of a sentence, cut where a second question is joined on."""
    start, end = sentence
    at = start
    while at < end:
        opener = _joined(reading, words, at, end, asks)
        if opener is None:
            at += 1
            continue
        if at > start:
            yield start, at
        start, at = opener, opener + 1
    if start < end:
        yield start, end


def _joined(
    reading: Reading, words: Sequence[str], at: int, end: int, asks: Questions
) -> int | None:
    """Return where a question opens that is joined on at a word: ", and also *how* …"."""
    joint = words[at] in asks.joints
    if not joint and reading.breaks[at] < Break.COMMA:
        return None
    opener = at + joint
    for _ in range(_MOST_FILLERS):
        opener += _longest(words, opener, asks.fillers) if opener < end else 0
    opens = opener + 1 < end and bool(_longest(words, opener, asks.openers))
    return opener if opens and words[opener + 1] != QUESTION_MARK else None


def _asks(words: Sequence[str], asks: Questions) -> bool:
    """Tell whether a part of a message asks."""
    if QUESTION_MARK in words or _longest(words, 0, asks.openers):
        return True
    return any(_longest(words, n, asks.asking) for n in range(len(words)))


def _longest(words: Sequence[str], start: int, phrases: Collection[Phrase]) -> int:
    """Return how many words the longest phrase has that begins at a word; 0 for none."""
    for length in range(min(_LONGEST, len(words) - start), 0, -1):
        if tuple(words[start : start + length]) in phrases:
            return length
    return 0
