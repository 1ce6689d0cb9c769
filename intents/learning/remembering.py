"""An encoder with a short memory: a text that comes again is not encoded again.

What people wrote is not kept for that, only its hash.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np

from intents.learning.encoder import Encoder
from intents.learning.features import Floats

MOST: Final = 64  # texts; a message and its parts come to a dozen at most


class Remembering:
    """An encoder that does not encode again what it was asked lately."""

    def __init__(self, encoder: Encoder, most: int = MOST) -> None:
        self._encoder = encoder
        self._most = most
        self._known: OrderedDict[bytes, Floats] = OrderedDict()  # the latest last

    @property
    def name(self) -> str:
        """Return the encoder's own name."""
        return self._encoder.name

    @property
    def width(self) -> int:
        """Return how many numbers a vector has."""
        return self._encoder.width

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one vector of length 1 a text, shape (texts, width)."""
        keys = [_key(text) for text in texts]
        fresh = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if fresh:
            # Each row as a copy: a view would keep all the rows it was encoded with.
            rows = (row.copy() for row in self._encoder.encode(list(fresh.values())))
            self._known.update(zip(fresh, rows, strict=True))
        for key in keys:
            self._known.move_to_end(key)
        found = np.array([self._known[key] for key in keys], dtype=np.float32)
        while len(self._known) > self._most:
            self._known.popitem(last=False)
        return found.reshape(len(texts), self.width)


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
