"""Text as words: clean, tokenise, fold to what is compared, split into sentences."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

import Stemmer

MAX_CHARACTERS: Final = 20_000  # of a longer message the beginning and the end are read
LONGEST_WORD: Final = 60  # longer ones are no words; their beginning is compared

_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’‘`´ʼ][^\W\d_]+)*|[?]")
_APOSTROPHE: Final = re.compile("['’‘`´ʼ]")
_SENTENCE_END: Final = re.compile(r"(?:[.!?;…]+(?=\s|$)|…|\n|\s*—\s*|\s[-–]+\s)+")
_english = Stemmer.Stemmer("english")


class Token(NamedTuple):
    """A word of a message: as compared, its stem, and where it stands in the cleaned text."""

    word: str
    stem: str
    start: int
    end: int


def clean(text: str) -> str:
    """Drop what cannot be seen, and the middle of an overlong text: people ask first or last."""
    text = _UNSEEN.sub(" ", text)
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return text[:half] + "\n" + text[-half:]


def fold_once(raw: str) -> tuple[str, str]:
    """Return a word without case, apostrophes, accents and stretched letters, and its stem."""
    word = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", raw)).casefold()
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = _STRETCHED.sub(r"\1\1", word)
    return word, str(_english.stemWord(word))


# What people write holds the same words again and again; a vocabulary holds each word once.
fold: Final = lru_cache(maxsize=50_000)(fold_once)


def tokens(text: str) -> list[Token]:
    """Split cleaned text into words, numbers and question marks."""
    return [
        Token(*fold(match.group()[:LONGEST_WORD]), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def sentences(text: str) -> list[str]:
    """Split cleaned text where a sentence or line ends; no part is empty."""
    parts, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        parts.append(text[start : match.end()].strip())
        start = match.end()
    parts.append(text[start:].strip())
    return [part for part in parts if part]
