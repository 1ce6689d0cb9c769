"""Words as they are compared: without case, apostrophes, accents and stretched letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from typing import Final

APOSTROPHES: Final = "'’‘`´ʼ"
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
# Letters of some keyboards that stand for others, and that Unicode does not take apart.
_SAME: Final = str.maketrans("ıłđىیک", "ildييك")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")

_LONGEST_PHRASE: Final = 6  # words of one in the tables

Phrase = tuple[str, ...]  # words, folded


class Phrases(frozenset[Phrase]):
    """Phrases that tell of a word, before any is put together, how long those are it begins."""

    @cached_property
    def longest(self) -> dict[str, int]:
        """Return how many words the longest phrase has, by the first word."""
        found: dict[str, int] = {}
        for phrase in self:
            found[phrase[0]] = max(found.get(phrase[0], 0), len(phrase))
        return found


def fold_word(raw: str) -> str:
    """Return a word as it is compared."""
    if raw.isascii():  # the same in a third of the time
        return _STRETCHED.sub(r"\1\1", raw.replace("'", "").replace("`", "").lower())
    word = unicodedata.normalize("NFKD", _APOSTROPHE.sub("", raw)).casefold()
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return _STRETCHED.sub(r"\1\1", word.translate(_SAME))


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """Return the script of a letter as Unicode names it: LATIN, CYRILLIC, CJK."""
    return unicodedata.name(letter, "").partition(" ")[0]


def fold_phrase(text: str) -> Phrase:
    """Return the words of a phrase as they are compared."""
    return tuple(word for raw in text.split() if (word := fold_word(raw)))


def phrase_at(words: Sequence[str], at: int, phrases: Collection[Phrase]) -> int:
    """Return how many words the longest of some phrases has that begins at a word; 0 for none."""
    most = min(_LONGEST_PHRASE, len(words) - at)
    if most > 0 and isinstance(phrases, Phrases):
        most = min(most, phrases.longest.get(words[at], 0))
    for length in range(most, 0, -1):
        if tuple(words[at : at + length]) in phrases:
            return length
    return 0


def holds_phrase(words: Sequence[str], phrases: Collection[Phrase]) -> bool:
    """Tell whether one of some phrases stands among some words."""
    return any(phrase_at(words, at, phrases) for at in range(len(words)))
