"""What a message tells of time: for how long it has been going on, and that something is over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from intents.reading.durations import Duration, durations
from intents.reading.reading import Reading

Span = tuple[int, int]  # words of a message by position, end excluded

# Says at the end of a message that what was told is over; "gone" alone may be "gone numb".
_OVER: Final = re.compile(
    r"\b(?:gone(?= now| completely| again| for| since| away| by| after|\s*[.,!;)]|\s*$)"
    r"|good as new|(?:long|all) mended|died down|dying down|all clear\b"
    r"|(?:all|totally|completely|perfectly) (?:fine|gone|good|better|normal|ok)\b"
    r"|(?:fine|ok|okay|better|good|normal) (?:now|again)\b|back to normal|right as rain"
    r"|calmed down|settled(?: down)?|cleared up|went away|wore off|long healed|healed|finished"
    r"|barely there|has ?n['’]?t (?:come back|returned|troubled|bothered)|never came back"
    r"|no more now|long (?:gone|ago|over))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ToldTimes:
    """The times in a message."""

    is_all: bool  # the message says how long and nothing else: an answer to the check
    has_any: bool  # it tells some length of time, be it that of a training plan
    has_lasting: bool  # it says for how long something has, or has not, been going on
    hours: float | None  # the longest that is affirmed
    words: Span | None  # … and where it stands
    over: int | None  # before which word all is over


def told_times(reading: Reading, marks: Sequence[int]) -> ToldTimes:
    """Read the times in a message; `marks` tell which words are affirmed."""
    found = durations(reading.text)
    places = [(duration, _span(reading, duration)) for duration in found]
    lasting = [(duration, span) for duration, span in places if duration.lasted]
    meant = [(d, (start, end)) for d, (start, end) in lasting if not any(marks[start:end])]
    longest, span = max(meant, key=lambda told: told[0].hours, default=(None, None))
    return ToldTimes(
        is_all=_covers(reading, (span for _, span in places)),
        has_any=bool(found),
        has_lasting=bool(lasting),
        hours=longest.hours if longest else None,
        words=span,
        over=_over(reading),
    )


def _span(reading: Reading, duration: Duration) -> Span:
    starts = [word.token.start for word in reading.words]
    return sum(at < duration.start for at in starts), sum(at < duration.end for at in starts)


def _covers(reading: Reading, spans: Iterable[Span]) -> bool:
    covered = {n for start, end in spans for n in range(start, end)}
    return len(covered) == len(reading.words)


def _over(reading: Reading) -> int | None:
    said = _OVER.search(reading.text)
    if said is None:
        return None
    return sum(word.token.start < said.start() for word in reading.words)
