"""Sentences as vectors of their meaning: what an encoder must do, whichever it is.

None is needed. Where one is given, its numbers stand beside the words of `features`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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
