"""Text as words: clean it, and split it into words, numbers and question marks."""

from __future__ import annotations

import re
from functools import partial
from typing import Final, NamedTuple

from intents.languages.folding import APOSTROPHES
from intents.languages.language import Fold

# Of a longer message the beginning and the end are read: Telegram's have half as many characters,
# and as many words where they are words.
MAX_CHARACTERS: Final = 8_192
MOST_WORDS: Final = 850
LONGEST_WORD: Final = 60  # longer ones are no words; their beginning is compared
QUESTION_MARK: Final = "?"

# What joins what stands beside it, for it cannot be seen: soft hyphens, zero-width spaces and
# joiners, marks of direction, selectors of a sign's variant, tags.
_UNSEEN: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]+"
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # what parts words
_PARTS: Final = "\u00bc-\u00be\u2150-\u215e"  # "½" and its like
# Marks that belong to the letter before them: accents, Arabic vowels, and the vowel signs of the
# scripts of India, whose blocks have their marks at the same places.
_MARKS: Final = "\u0300-\u036f\u064b-\u065f\u0670" + "".join(
    f"{chr(block)}-{chr(block + 3)}{chr(block + 0x3A)}-{chr(block + 0x57)}"
    f"{chr(block + 0x62)}-{chr(block + 0x63)}{chr(block + 0x70)}-{chr(block + 0x71)}"
    for block in range(0x0900, 0x0E00, 0x80)
)
_LETTERS: Final = rf"[^\W\d_{_PARTS}]+(?:[{_MARKS}]+[^\W\d_{_PARTS}]*)*"
_TOKEN: Final = re.compile(
    rf"\d+(?:[.,:]\d+)*|[{_PARTS}]|{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*|[?\uff1f]"
)
# The same in half of the time, where nothing but ASCII stands.
_ASCII_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[A-Za-z]+(?:['`][A-Za-z]+)*|\?")


class Token(NamedTuple):
    """A word of a message: as compared, its stem, and where it stands in the cleaned text."""

    word: str
    stem: str
    start: int
    end: int


def clean(text: str) -> str:
    """Drop what cannot be seen, and the middle of an overlong text: people ask first or last."""
    if not (text.isascii() and text.isprintable()):
        text = _CONTROL.sub(" ", _UNSEEN.sub("", text))
    if len(text) > MAX_CHARACTERS:
        half = MAX_CHARACTERS // 2
        text = text[:half] + "\n" + text[-half:]
    return _of_few_words(text) if len(text) > MOST_WORDS else text


def _of_few_words(text: str) -> str:
    """Drop the middle of a text of too many words: each costs, and so many say no more."""
    places = [match.span() for match in _token_in(text).finditer(text)]
    if len(places) <= MOST_WORDS:
        return text
    half = MOST_WORDS // 2
    return text[: places[half - 1][1]] + "\n" + text[places[-half][0] :]


def _token_in(text: str) -> re.Pattern[str]:
    return _ASCII_TOKEN if text.isascii() else _TOKEN


def tokens(text: str, fold: Fold) -> list[Token]:
    """Split cleaned text into words, numbers and question marks; `fold` is the language's."""
    made = []
    for match in _token_in(text).finditer(text):
        word, stem = fold(match[0][:LONGEST_WORD])
        start, end = match.span()
        made.append(_token((word, stem, start, end)))
    return made


_token: Final = partial(tuple.__new__, Token)  # a third of the time that `Token(…)` takes
