"""Words as they are compared: without case, apostrophes, accents and stretched letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

APOSTROPHES: Final = "'’‘`´ʼ"
_APOSTROPHE: Final = re.compile(f"[{APOSTROPHES}]")
# Letters of some keyboards that stand for others, and that Unicode does not take apart.
_SAME: Final = str.maketrans("ıłđىیک", "ildييك")
_STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")

Phrase = tuple[str, ...]  # words, folded


def fold_word(raw: str) -> str:
    """Return a word as it is compared."""
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
