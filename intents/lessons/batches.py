"""A content's lines in batches: what is read, and kept, in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from zlib import crc32

from intents.content.faq import DANGER, Faq
from intents.lessons.lessons import Use

_ABOUT: Final = 256  # lines of a batch; a changed line costs the reading of so many
NOBODY: Final = ""  # stands for the sign of lines that affirm none


class Group(NamedTuple):
    """Lines of one kind, and the sign that they affirm."""

    kind: str
    use: Use
    lines: tuple[str, ...]
    sign: str = NOBODY


class Batch(NamedTuple):
    """Some lines of a group, which is given by its place."""

    group: int
    use: Use
    lines: tuple[str, ...]

    @property
    def name(self) -> str:
        """Return what tells it from others: another line, another name."""
        said = repr((tuple(self.use), self.lines)).encode("utf-8", "surrogatepass")
        return hashlib.sha256(said).hexdigest()[:32]


ASKED, OUT_OF_SCOPE, PHRASE, NOT_AFFIRMED, ORDINARY = (
    "asked",
    "out of scope",
    "phrase",
    "not affirmed",
    "ordinary",
)


def groups(faq: Faq) -> list[Group]:
    """Return all lines that are learned from; topics come first, in the order of the content."""
    signs = bool(faq.signs)
    asked, clauses = Use(topics=True, signs=signs, clauses=signs), Use(signs=True, clauses=True)
    found = [Group(ASKED, asked, intent.asked) for intent in faq.intents]
    found.append(Group(OUT_OF_SCOPE, Use(topics=True, signs=signs), faq.out_of_scope))
    if signs:
        phrases = Use(signs=True, phrases=True)
        found += [Group(PHRASE, phrases, sign.phrases, sign.id) for sign in faq.signs]
        found += [
            Group(PHRASE, Use(signs=True), faq.dangers, DANGER),
            Group(NOT_AFFIRMED, clauses, faq.not_affirmed),
            Group(ORDINARY, clauses, faq.ordinary),
        ]
    return found


def batches(groups: Iterable[Group]) -> list[Batch]:
    """Cut groups where a line itself says so: one more before it moves no other cut."""
    return [
        Batch(n, group.use, lines) for n, group in enumerate(groups) for lines in _cut(group.lines)
    ]


def _cut(lines: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    start = 0
    for n, line in enumerate(lines, start=1):
        ends = crc32(line.encode("utf-8", "surrogatepass")) % _ABOUT == 0
        if n == len(lines) or ends or n - start == 4 * _ABOUT:
            yield lines[start:n]
            start = n
