"""Find the questions in a message: "is it normal, and how long does it last?" holds two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from intents.languages.folding import holds_phrase, phrase_at
from intents.languages.language import Questions
from intents.reading.clauses import Break, Span
from intents.reading.reading import Reading
from intents.reading.text import QUESTION_MARK

_MOST_FILLERS: Final = 4
_TOLD: Final = 8  # words told in one breath before a question that nothing parts from them
_SHORTEST: Final = 3  # words of such a question


class Question(NamedTuple):
    """Where a question stands among a message's words, and where the part before it begins."""

    lead: int
    start: int
    end: int
    points_back: bool = False  # "is that why?"


class Asking(NamedTuple):
    """A message's parts, all in order and without gaps, and those of them that ask."""

    parts: tuple[Span, ...]
    questions: tuple[Question, ...]
    marked: bool  # a question mark stands somewhere


def asking(reading: Reading, asks: Questions) -> Asking:
    """Cut a message into parts and find those that ask; a whole message that asks is one.

    Where somebody writes a question mark at all, only sentences with one ask, and what opens like
    a question right after such a sentence. After a comma "which" and "when" go on telling.
    """
    words = reading.plain
    marked = QUESTION_MARK in words
    parts: list[Span] = []
    found: list[Question] = []
    asked = False  # the part before
    for sentence in reading.sentences:
        here = not marked or QUESTION_MARK in words[sentence[0] : sentence[1]]
        for start, end in _parts(reading, words, sentence, asks):
            part = words[start:end]
            opens = bool(phrase_at(part, 0, asks.openers))
            tells = start > sentence[0] and not asked and bool(phrase_at(part, 0, asks.telling))
            if not here:
                asked = opens and asked
            else:
                asked = QUESTION_MARK in part or (not tells and (opens or _asks(part, asks)))
            if asked:
                lead = parts[-1][0] if parts else start
                found.append(Question(lead, start, end, holds_phrase(part, asks.pointing)))
            parts.append((start, end))
    return Asking(tuple(parts), tuple(found), marked)


def _parts(
    reading: Reading, words: Sequence[str], sentence: Span, asks: Questions
) -> Iterator[Span]:
    """Yield the parts of a sentence, cut where a question is joined on."""
    start, end = sentence
    at = start
    while at < end:
        opener = _joined(reading, words, at, end, asks)
        if opener is None:
            at += 1
            continue
        if at > start:
            yield from _breaths(words, (start, at), asks)
        start, at = opener, opener + 1
    if start < end:
        yield from _breaths(words, (start, end), asks)


def _breaths(words: Sequence[str], part: Span, asks: Questions) -> Iterator[Span]:
    """Yield a part in two where it tells at length and asks in the same breath.

    "did curls all evening and now my arm is jumping what is that"
    """
    start, end = part
    if not phrase_at(words, start, asks.openers):
        before = words[:end]
        for at in range(end - _SHORTEST, start + _TOLD - 1, -1):
            if phrase_at(before, at, asks.asking):
                yield start, at
                start = at
                break
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
        opener += phrase_at(words, opener, asks.fillers) if opener < end else 0
    opens = opener + 1 < end and bool(phrase_at(words, opener, asks.openers))
    return opener if opens and words[opener + 1] != QUESTION_MARK else None


def _asks(words: Sequence[str], asks: Questions) -> bool:
    """Tell whether a phrase that asks stands anywhere in a part of a message."""
    return holds_phrase(words, asks.asking)
