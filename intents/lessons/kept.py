"""Keep what lines teach in a folder, so that a changed line costs the reading of a few.

One file holds it all: a hash of the rest, the names of batches and of words as JSON, numbers.
Without the file, or where it is damaged, lines are read anew; what cannot be written is not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from intents.lessons.batches import Batch
from intents.lessons.lessons import Lessons
from intents.lessons.whole_file import write_whole

_HASH: Final = 32  # bytes


ReadAll = Callable[[Sequence[Batch]], list[Lessons]]


class KeptLessons:
    """What batches of lines taught when they were read before."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self, batches: Sequence[Batch], read: ReadAll) -> list[Lessons]:
        """Return what each batch teaches; read those that are not kept, and keep these alone."""
        names = [batch.name for batch in batches]
        kept = load(self._path)
        fresh = {n: batch for n, batch in zip(names, batches, strict=True) if n not in kept}
        read_now = dict(zip(fresh, read(list(fresh.values())), strict=True))
        found = {name: kept.get(name) or read_now[name] for name in names}
        if fresh or len(found) < len(kept):
            save(self._path, found)
        return [found[name] for name in names]


def load(path: Path) -> dict[str, Lessons]:
    """Return what is kept, by the names of the batches; nothing where nothing sound is there."""
    try:
        content = path.read_bytes()
        digest, rest = content[:_HASH], memoryview(content)[_HASH:]
        if hashlib.sha256(rest).digest() != digest:
            return {}
        length = int.from_bytes(rest[:8], "little")
        heads: dict[str, Any] = json.loads(bytes(rest[8 : 8 + length]))
        numbers = np.frombuffer(rest[8 + length :], np.int32)
        return {name: _lessons(head, numbers) for name, head in heads.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def save(path: Path, kept: Mapping[str, Lessons]) -> None:
    """Keep what batches teach, by their names; quietly do without where that cannot be."""
    heads, parts, at = {}, [], 0
    for name, lessons in kept.items():
        arrays = [part for one in lessons.lists() for part in (one.places, one.ends)]
        arrays += [np.asarray(one.whole, np.int32) for one in (lessons.topics, lessons.signs)]
        sizes = [len(array) for array in arrays]
        heads[name] = [at, sizes, [list(one.names) for one in lessons.lists()]]
        parts += arrays
        at += sum(sizes)
    head = json.dumps(heads).encode()
    head += b" " * (-len(head) % 8)
    rest = [len(head).to_bytes(8, "little"), head, *(array.tobytes() for array in parts)]
    digest = hashlib.sha256()
    for part in rest:
        digest.update(part)
    write_whole(path, lambda file: file.writelines([digest.digest(), *rest]))


def _lessons(head: list[Any], numbers: Any) -> Lessons:
    at, sizes, names = head
    arrays = iter(np.split(numbers[at : at + sum(sizes)], np.cumsum(sizes)[:-1]))
    found = Lessons()
    for one, its in zip(found.lists(), names, strict=True):
        one.fill(its, next(arrays), next(arrays))
    for tally in (found.topics, found.signs):
        tally.whole.extend(next(arrays).tolist())
    return found
