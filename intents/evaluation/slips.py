"""Slips of the finger, the same on every run: a key beside, a letter lost, doubled, swapped."""

from __future__ import annotations

import re
import zlib
from typing import Final

import numpy as np

SHORTEST: Final = 3  # letters of a word in which somebody slips
_WORD: Final = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")
_KEYS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _neighbours() -> dict[str, str]:
    """Return the keys that touch each key; every row of the keyboard stands half a key in."""
    near: dict[str, str] = {}
    for row, keys in enumerate(_KEYS):
        for place, key in enumerate(keys):
            touching = [(row, place - 1), (row, place + 1)]
            touching += [(row - 1, place), (row - 1, place + 1)]
            touching += [(row + 1, place - 1), (row + 1, place)]
            near[key] = "".join(
                _KEYS[r][p] for r, p in touching if 0 <= r < len(_KEYS) and 0 <= p < len(_KEYS[r])
            )
    return near


_NEAR: Final = _neighbours()


def with_slips(text: str, count: int) -> str:
    """Return a text with so many slips, each in another word while there are words enough."""
    random = np.random.default_rng(zlib.crc32(text.encode("utf-8", "surrogatepass")))
    words = list(_WORD.finditer(text))
    if not words:
        return text
    order = random.permutation(len(words)).tolist()
    chosen = [words[order[n % len(order)]] for n in range(count)]
    for word in sorted(set(chosen), key=lambda match: -match.start()):
        slipped = word.group()
        for _ in range(chosen.count(word)):
            slipped = _slip(slipped, random)
        text = text[: word.start()] + slipped + text[word.end() :]
    return text


def _slip(word: str, random: np.random.Generator) -> str:
    """Return a word with one slip; people get the first letter right more often than not."""
    if len(word) < 2:  # earlier slips took the rest
        return word
    at = int(random.integers(0 if random.random() < 0.1 else 1, len(word)))
    kind = random.integers(4)
    letter = word[at]
    if kind == 0:
        near = _NEAR[letter.lower()]
        other = near[int(random.integers(len(near)))]
        return word[:at] + (other.upper() if letter.isupper() else other) + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + letter + word[at:]
    left = min(at, len(word) - 2)
    swapped = word[:left] + word[left + 1] + word[left] + word[left + 2 :]
    return swapped if swapped != word else word[:at] + word[at + 1 :]
