"""What each pattern of warning signs finds among a content's own lines: a table in plain text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from intents.content.faq import DANGER, Faq, Pattern
from intents.reading.reading import Reader
from intents.signs.patterns import PatternIndex

Progress = Callable[[Sequence[int]], Iterable[int]]
_Key = tuple[str, str]  # a sign and a pattern of it

_SAMPLE: Final = 60  # letters of a line that is hit falsely


@dataclass(frozen=True, slots=True)
class PatternRow:
    """What one pattern finds: lines of its own sign, and lines that tell no sign."""

    pattern: Pattern
    own: int
    false: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignRow:
    """How many lines of a sign its patterns find, and how many that tell none they hit."""

    sign: str
    lines: int
    found: int
    false: int
    patterns: tuple[PatternRow, ...]


def sign_rows(faq: Faq, progress: Progress = iter) -> tuple[SignRow, ...]:
    """Read all lines of a content with its patterns; nothing is learned for it."""
    lines = list(_lines(faq))
    count = Counter(sign for sign, _ in lines)
    found: dict[_Key, list[str]] = {}  # by sign and pattern; by sign and "" for all its patterns
    false: dict[_Key, list[str]] = {}
    hits = _hits_of(faq)
    for place in progress(range(len(lines))):
        sign, text = lines[place]
        for hit in hits(text):
            if not sign:
                false.setdefault(hit, []).append(text)
            elif hit[0] == sign:
                found.setdefault(hit, []).append(text)
    return tuple(
        SignRow(
            sign,
            count[sign],
            len(found.get((sign, ""), ())),
            len(false.get((sign, ""), ())),
            tuple(
                PatternRow(
                    one,
                    len(found.get((sign, one.text), ())),
                    tuple(false.get((sign, one.text), ())),
                )
                for one in faq.patterns.patterns
                if one.sign == sign
            ),
        )
        for sign in (*(sign.id for sign in faq.signs), DANGER)
    )


def _hits_of(faq: Faq) -> Callable[[str], set[_Key]]:
    """Return what tells which signs and which of their patterns are affirmed in a message."""
    reader = Reader([], faq.concepts, faq.language.with_topic(faq.topic_words))
    index = PatternIndex(faq.patterns.groups, faq.patterns.patterns, reader)

    def hits(text: str) -> set[_Key]:
        found = [hit for hit in index.find(reader.read(text, mend=False)) if hit.is_affirmed]
        return {(hit.sign, pattern) for hit in found for pattern in (hit.pattern, "")}

    return hits


def _lines(faq: Faq) -> Iterator[tuple[str, str]]:
    """Yield every line of a content with the sign it tells; "" where it tells none."""
    for sign in faq.signs:
        yield from ((sign.id, text) for text in sign.phrases)
    yield from ((DANGER, text) for text in faq.dangers)
    of_topics = (text for intent in faq.intents for text in intent.examples)
    for text in (*faq.ordinary, *faq.not_affirmed, *faq.out_of_scope, *of_topics):
        yield "", text


def table_lines(rows: Sequence[SignRow]) -> Iterator[str]:
    """Yield the table: the signs first, then the patterns of each."""
    rows = [row for row in rows if row.patterns]
    if not rows:
        yield "The content has no patterns."
        return
    width = max(len(_name(row)) for row in rows)
    yield f"{'Sign':<{width}} {'lines':>6} {'found':>6} {'false':>6}"
    for row in rows:
        share = f"{row.found / row.lines:.0%}" if row.lines else "-"
        yield f"{_name(row):<{width}} {row.lines:>6} {share:>6} {row.false:>6}"
    width = max(len(one.pattern.text) for row in rows for one in row.patterns)
    for row in rows:
        yield ""
        yield f"{_name(row):<{width + 2}} {'found':>6} {'false':>6}"
        for one in row.patterns:
            sample = f"  {_short(one.false[0])}" if one.false else ""
            yield f"  {one.pattern.text:<{width}} {one.own:>6} {len(one.false):>6}{sample}"


def _name(row: SignRow) -> str:
    return "dangers" if row.sign == DANGER else row.sign


def _short(text: str) -> str:
    return text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1]}…"
