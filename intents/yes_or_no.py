"""A yes, a no, or a doubt that is wrapped in other words: "fuck no lmao", "my son has none".

A "no" is one only where nothing beside it doubts it: who says no and doubts it is not sure.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import OSA

from intents.languages.folding import Phrase, holds_phrase, phrase_at
from intents.languages.language import Replies, Word

_LONGEST: Final = 24  # words; who writes more tells a story
_SHORT: Final = 8  # words; so few are one answer, whatever stops stand among them
_SHORTEST: Final = 8  # letters of words that a slip may stand in
_SLIPS: Final = 6  # words at most of a reply that a slip may stand in


class Answer(NamedTuple):
    """What a reply says, and whether a "but" stands beside its no."""

    word: Word | None = None
    is_hedged: bool = False


def yes_or_no(sentences: Sequence[Sequence[str]], last: Sequence[str], tables: Replies) -> Answer:
    """Return what the sentences of a reply say, and its last clause; nothing for neither."""
    sentences = [words for words in sentences if words]
    count = sum(map(len, sentences))
    if not count or count > _LONGEST:
        return Answer()
    if count <= _SHORT:
        sentences = [[word for words in sentences for word in words]]
    said = [_one(words, tables) for words in sentences]
    if Word.NO in said:
        at = said.index(Word.NO)
        return _checked_no(sentences, at, tables)
    if whole(last, tables) is Word.NO:  # "…, so no"
        return _checked_no([*sentences, last], len(sentences), tables)
    if Word.YES in (said[0], said[-1], whole(last, tables)):
        return Answer(Word.YES)
    return Answer(Word.UNSURE if Word.UNSURE in said else None)


def whole(words: Sequence[str], tables: Replies) -> Word | None:
    """Return what some words say as a whole."""
    phrase = tuple(words)
    return next((word for word in Word if phrase in tables.words[word]), None)


def nearly(words: Sequence[str], tables: Replies) -> Word | None:
    """Return what some words say as a whole but for one slip of the thumb: "nonw of these"."""
    text = " ".join(words)
    if not 2 <= len(words) <= _SLIPS or len(text) < _SHORTEST:
        return None
    found = {
        word
        for word in Word
        for phrase in tables.words[word]
        if len(phrase) == len(words) and OSA.distance(text, " ".join(phrase), score_cutoff=1) == 1
    }
    return found.pop() if len(found) == 1 else None


def _one(words: Sequence[str], tables: Replies) -> Word | None:
    """Return the yes, the no, or the doubt of one sentence."""
    as_whole = whole(words, tables)
    words = _after(words, tables.before_answer)
    as_whole = as_whole or whole(words, tables) or whole(_before(words, tables), tables)
    if as_whole in (Word.NO, Word.YES, Word.UNSURE):
        return as_whole
    denies = holds_phrase(words, tables.none_anywhere)
    if not words or (denies and (words[0],) in tables.words[Word.YES]):
        return None  # "yeah I read it, none" may be either
    if denies or (words[0],) in tables.words[Word.NO] or phrase_at(words, 0, tables.denials):
        return Word.NO
    if (words[0],) in tables.words[Word.YES]:
        return Word.YES
    return Word.UNSURE if holds_phrase(without(words, tables.denials), tables.doubts) else None


def _checked_no(sentences: Sequence[Sequence[str]], at: int, tables: Replies) -> Answer:
    """Return the no of one sentence where nothing doubts it, beside it or in the others."""
    words = _after(sentences[at], tables.before_answer)
    others = [*sentences[:at], *sentences[at + 1 :]]
    rest = without(words, tables.denials)
    yes = tables.words[Word.YES]
    if holds_phrase(rest, tables.doubts) or any((word,) in yes for word in rest):
        return Answer(Word.UNSURE)
    if holds_phrase(rest, tables.hesitations):
        return Answer()
    if any(whole(sentence, tables) in (Word.YES, Word.UNSURE) for sentence in others):
        return Answer(Word.UNSURE)
    for n, sentence in enumerate(sentences):
        left = without(sentence, tables.denials)
        opened = tables.doubts | tables.hesitations if n > at else tables.doubts
        if n != at and holds_phrase(left, opened):
            return Answer()
    return Answer(Word.NO, any(holds_phrase(one, tables.contrasts) for one in (words, *others)))


def _after(words: Sequence[str], phrases: Collection[Phrase]) -> Sequence[str]:
    """Return words without what stands before them."""
    while len(words) > 1 and (length := phrase_at(words, 0, phrases)) and length < len(words):
        words = words[length:]
    return words


def _before(words: Sequence[str], tables: Replies) -> Sequence[str]:
    """Return words without what may stand after an answer."""
    while len(words) > 1 and (words[-1],) in tables.before_answer | tables.after_answer:
        words = words[:-1]
    return words


def without(words: Sequence[str], phrases: Collection[Phrase]) -> list[str]:
    """Return words without the phrases among them."""
    left, at = [], 0
    while at < len(words):
        length = phrase_at(words, at, phrases)
        if not length:
            left.append(words[at])
        at += length or 1
    return left
