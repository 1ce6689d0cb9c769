"""How well negation is told in clinical sentences, beside what NegEx's makers publish.

    python benchmarks/negation.py FILE          NegEx's test kit, Annotations-1-120.txt
    python benchmarks/negation.py FILE --wrong  with every line that was judged wrongly

The kit (github.com/chapmanbe/negex) holds a line a condition: report, condition, sentence, and
whether a physician called it "Affirmed" or "Negated". It is not ours to pass on, so it is read
from where it lies. A condition counts as negated where each of its words is marked so: one with
a negation of its own ("neck without any tenderness") is affirmed, as it is in the kit. It is a
kit of doctors' notes, not of what people type at night.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that it runs as a script, as its help says

from intents.content.loader import load  # noqa: E402
from intents.reading.context import NEGATED  # noqa: E402
from intents.reading.reading import Reader  # noqa: E402


class Note(NamedTuple):
    """A sentence of a report, a condition in it, and whether that is negated."""

    sentence: str
    condition: str
    is_negated: bool


class Counts(NamedTuple):
    """How many conditions were told rightly and wrongly, the negated ones first."""

    hits: int
    misses: int
    false: int
    affirmed: int


# Of GenNegEx 1.2 on all 2,376 lines: TestSet.md in the kit's repository.
PUBLISHED: Final = {"GenNegEx 1.2, as published": Counts(471, 20, 34, 1851)}
HEADINGS: Final = ("", "lines", "negated", "precision", "recall", "F1", "right")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("--wrong", action="store_true", help="print what was judged wrongly")
    chosen = parser.parse_args(arguments)
    try:
        found = notes(chosen.file)
    except (OSError, ValueError) as error:
        print(f"{chosen.file} cannot be read as the kit: {error}", file=sys.stderr)
        return 2
    faq = load(ROOT / "faq.yaml")
    reader = Reader((), faq.concepts, faq.language.with_topic(faq.topic_words))
    said = [is_negated(reader, note) for note in found]
    if chosen.wrong:
        for note, one in zip(found, said, strict=True):
            if one != note.is_negated:
                print(
                    "missed" if note.is_negated else "false ", note.condition, ":", note.sentence
                )
    for line in _table({"this reader": counted(found, said), **PUBLISHED}):
        print(line)
    return 0


def notes(path: Path) -> list[Note]:
    """Read the lines of the kit. Raises OSError and ValueError."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        rows = [row[1:4] for row in csv.reader(file, delimiter="\t") if any(row)]
    found = [
        Note(_plain(sentence), _plain(condition), label.strip() == "Negated")
        for condition, sentence, label in rows
        if label.strip() in ("Affirmed", "Negated")
    ]
    if not found:
        raise ValueError("no line says Affirmed or Negated")
    return found


def _plain(text: str) -> str:
    """Return a text in lower case: in the kit capitals show where the condition stands."""
    return re.sub(r"\s+", " ", text).strip(' "').lower()


def is_negated(reader: Reader, note: Note) -> bool:
    """Tell whether a condition is read as negated; one that is not in its sentence is not."""
    reading = reader.read(note.sentence, mend=False)
    start = reading.text.find(note.condition)
    if start < 0:
        return False
    end = start + len(note.condition)
    marks = [
        mark
        for word, mark in zip(reading.words, reading.marks, strict=True)
        if word.token.start < end and word.token.end > start
    ]
    return bool(marks) and all(mark & NEGATED for mark in marks)


def counted(found: Sequence[Note], said: Sequence[bool]) -> Counts:
    """Count what was told rightly and wrongly."""
    pairs = [(note.is_negated, one) for note, one in zip(found, said, strict=True)]
    kinds = ((True, True), (True, False), (False, True), (False, False))
    return Counts(*(pairs.count(kind) for kind in kinds))


def _table(rows: dict[str, Counts]) -> Iterator[str]:
    yield _line(HEADINGS)
    for name, (hits, misses, false, affirmed) in rows.items():
        precision, recall = hits / max(hits + false, 1), hits / max(hits + misses, 1)
        joined = 2 * hits / max(2 * hits + misses + false, 1)
        total = hits + misses + false + affirmed
        shares = (precision, recall, joined, (hits + affirmed) / total)
        written = (f"{100 * share:.1f} %" for share in shares)
        yield _line((name, f"{total:,}", str(hits + misses), *written))


def _line(cells: Sequence[str]) -> str:
    return f"{cells[0]:<32}" + "".join(f"{cell:>11}" for cell in cells[1:])


if __name__ == "__main__":
    sys.exit(main())
