"""Lengths of time, as people put them: "9 days", "3wks", "2 weeks and 3 days", "since Monday".

Whether one is how long something has lasted, `lasting` tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from intents.languages.language import Times
from intents.languages.tables import Unit
from intents.reading.clauses import Break
from intents.reading.times.amounts import amount_before, value
from intents.reading.times.moments import DAY, YEAR, moments


class Kind(Enum):
    """How a length of time is put."""

    COUNTED = auto()  # "3 weeks"
    VAGUE = auto()  # "weeks"
    NUMBERED = auto()  # "day 9"
    SINCE = auto()  # "since Monday"


class Found(NamedTuple):
    """A length of time and the words, by position, end excluded, that give it."""

    hours: float
    first: int
    last: int
    kind: Kind


def find(
    words: Sequence[str], breaks: Sequence[Break], times: Times, after_start: bool = False
) -> list[Found]:
    """Return the lengths of time among the words of a message, in order of place.

    With `after_start` the words are read as if "since" stood before them.
    """
    counted = _added(_counted(words, breaks, times), words, breaks, times)
    since = [Found(*m, Kind.SINCE) for m in moments(words, breaks, times, after_start)]
    # "Since this morning's run": the morning is the moment, and no number of mornings.
    inside = {n for f in since for n in range(f.first, f.last)}
    found = [
        *(f for f in counted if f.kind is not Kind.VAGUE or f.first not in inside),
        *since,
    ]
    found.sort(key=lambda f: (f.first, -f.last))
    return [*found, *_since_then(found, words, times)]


def _counted(words: Sequence[str], breaks: Sequence[Break], times: Times) -> Iterator[Found]:
    """Yield "3 weeks", "half an hour", "2-3 days", "6th day", "day 9" and "for months"."""
    for n, word in enumerate(words):
        unit = times.units.get(word)
        if unit is None:
            continue
        if found := _numbered(words, breaks, n, unit, times):
            yield found
            continue
        amount = amount_before(words, breaks, n, times)
        half = _half_after(words, n, times)
        if amount and (len(word) > 1 or words[n - 1][0].isdigit()):
            hours = (amount.value + 0.5 * bool(half)) * unit.hours
            yield Found(hours, amount.first, n + 1 + half, Kind.COUNTED)
        elif amount is None and word in unit.plurals:
            yield Found(unit.several, n, n + 1, Kind.VAGUE)


def _half_after(words: Sequence[str], n: int, times: Times) -> int:
    """Return how many words after a unit say "and a half"; 0 for none."""
    for phrase in times.and_half:
        if tuple(words[n + 1 : n + 1 + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _numbered(
    words: Sequence[str], breaks: Sequence[Break], n: int, unit: Unit, times: Times
) -> Found | None:
    """Read "6th day", "sixth day" and "day 6"."""
    before = words[n - 1] if n else ""
    if before in times.ordinal_endings and n > 1 and words[n - 2].isdecimal():
        return Found(float(words[n - 2]) * unit.hours, n - 2, n + 1, Kind.NUMBERED)
    if before in times.ordinals and DAY <= unit.hours < YEAR:
        return Found(times.ordinals[before] * unit.hours, n - 1, n + 1, Kind.NUMBERED)
    if n + 1 == len(words) or breaks[n + 1] > Break.ITEM:
        return None
    following = words[n + 1]
    if not unit.numbered or words[n] in unit.plurals or value(before, times) is not None:
        return None
    if following in times.no_number_after or (len(words[n]) == 1 and not following.isdecimal()):
        return None
    number = value(following, times)
    return Found(number * unit.hours, n, n + 2, Kind.NUMBERED) if number else None


def _added(
    counted: Iterator[Found], words: Sequence[str], breaks: Sequence[Break], times: Times
) -> list[Found]:
    """Return lengths of time, with "2 weeks and 3 days" made one."""
    found: list[Found] = []
    smallest = 0.0  # the unit, in hours, that a sum has come down to
    for one in counted:
        unit = times.units[words[one.last - 1]].hours if words[one.last - 1] in times.units else 0
        last = found[-1] if found else None
        if (
            last
            and last.kind is one.kind is Kind.COUNTED
            and 0 < unit < smallest
            and one.first - last.last in (0, 1)
            and all(words[n] in times.sums for n in range(last.last, one.first))
            and all(breaks[n] <= Break.COMMA for n in range(last.last, one.first + 1))
        ):
            found[-1] = Found(last.hours + one.hours, last.first, one.last, Kind.COUNTED)
        else:
            found.append(one)
        smallest = unit
    return found


def _since_then(found: Sequence[Found], words: Sequence[str], times: Times) -> list[Found]:
    """Return what "since then" points back to: "I began it 5 weeks ago. Since then …"."""
    pointing = [
        n
        for n in range(1, len(words))
        if words[n] in times.then and words[n - 1] in times.after_activity
    ]
    then: list[Found] = []
    at, hours = 0, 0.0
    for n in pointing:
        while at < len(found) and found[at].last < n:
            last = found[at].last
            if found[at].kind is Kind.SINCE or (last < len(words) and words[last] in times.back):
                hours = found[at].hours
            at += 1
        if hours:
            then.append(Found(hours, n - 1, n + 1, Kind.SINCE))
    return then
