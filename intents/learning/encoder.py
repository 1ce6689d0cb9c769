"""Sentences as vectors of their meaning: what an encoder must do, whichever it is.

None is needed. Where one is given, its numbers stand beside the words of `features`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from intents.learning.features import Floats


class EncoderFault(Exception):
    """An encoder cannot be used; the text says why and what to do about it."""


class Encoder(Protocol):
    """Turns texts into vectors: those that mean the same point the same way."""

    @property
    def name(self) -> str:
        """Return model and version by their hash: one name, one vector for a text."""
        ...

    @property
    def width(self) -> int:
        """Return how many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 a text, shape (texts, width)."""
        ...


class Kept:
    """An encoder that keeps every vector: what learns asks for the same texts again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self.name, self.width = encoder.name, encoder.width
        self._encode = encoder.encode
        self._vectors: dict[str, Floats] = {}

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 a text, shape (texts, width)."""
        if fresh := [text for text in dict.fromkeys(texts) if text not in self._vectors]:
            self._vectors.update(zip(fresh, self._encode(fresh), strict=True))
        return np.array([self._vectors[text] for text in texts], np.float32)
