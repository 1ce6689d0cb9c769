"""How long something has been going on, as people put it: "9 days", "3wks", "since Monday".

No clock is asked: "since Monday" and "since last summer" become the time they most likely mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from intents.languages.language import Times
from intents.languages.tables import Unit
from intents.reading.clauses import Break, stretch

_DAY: Final = 24.0
_WEEK: Final = 7 * _DAY
_MONTH: Final = 30 * _DAY
_YEAR: Final = 365 * _DAY
_WEEKEND: Final = 3 * _DAY  # back to a day of this week


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


def find(words: Sequence[str], times: Times, after_start: bool = False) -> list[Found]:
    """Return the lengths of time among the words of a message, in order of place.

    With `after_start` the words are read as if "since" stood before them.
    """
    since = set(_since(words, times, after_start))
    # "Since this morning's run": the morning is the moment, and no number of mornings.
    counted = {f for f in _counted(words, times) if not any(_is_within(f, s) for s in since)}
    return sorted({*counted, *since}, key=lambda f: (f.first, -f.last))


def _is_within(inner: Found, outer: Found) -> bool:
    return inner.kind is Kind.VAGUE and outer.first <= inner.first and inner.last <= outer.last


def _counted(words: Sequence[str], times: Times) -> Iterator[Found]:
    """Yield "3 weeks", "half an hour", "2-3 days", "6th day", "day 9" and "for months"."""
    for n, word in enumerate(words):
        unit = times.units.get(word)
        if unit is None:
            continue
        if found := _numbered(words, n, unit, times):
            yield found
            continue
        number, first = _number_before(words, n, times)
        half = _half_after(words, n, times)
        if number is not None and (len(word) > 1 or words[n - 1][0].isdigit()):
            hours = (number + 0.5 * bool(half)) * unit.hours
            yield Found(hours, first, n + 1 + half, Kind.COUNTED)
        elif number is None and word in unit.plurals:
            yield Found(unit.several, n, n + 1, Kind.VAGUE)


def _half_after(words: Sequence[str], n: int, times: Times) -> int:
    """Return how many words after a unit say "and a half"; 0 for none."""
    for phrase in times.and_half:
        if tuple(words[n + 1 : n + 1 + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def _numbered(words: Sequence[str], n: int, unit: Unit, times: Times) -> Found | None:
    """Read "6th day", "sixth day" and "day 6"."""
    before = words[n - 1] if n else ""
    if before in times.ordinal_endings and n > 1 and words[n - 2].isdigit():
        return Found(float(words[n - 2]) * unit.hours, n - 2, n + 1, Kind.NUMBERED)
    if before in times.ordinals and _DAY <= unit.hours < _YEAR:
        return Found(times.ordinals[before] * unit.hours, n - 1, n + 1, Kind.NUMBERED)
    following = words[n + 1] if n + 1 < len(words) else ""
    if not unit.numbered or words[n] in unit.plurals or _value(before, times) is not None:
        return None
    if following in times.no_number_after:
        return None
    value = _value(following, times)
    return Found(value * unit.hours, n, n + 2, Kind.NUMBERED) if value else None


def _number_before(words: Sequence[str], n: int, times: Times) -> tuple[float | None, int]:
    """Return the number that ends before a unit, and where it begins."""
    at = n - 1
    while at > 0 and words[at] in times.larger and _value(words[at - 1], times) is not None:
        at -= 1
    value = _value(words[at], times) if at >= 0 else None
    if value is None:
        return None, n
    if at > 0 and words[at] in times.articles and words[at - 1] in times.halves:
        return 0.5, at - 1
    if at > 1 and words[at - 1] in times.ranges and _value(words[at - 2], times) is not None:
        at -= 2  # "two to three weeks"
    elif at > 0 and words[at].isdigit() and words[at - 1].isdigit():
        at -= 1  # "2-3 weeks"
    elif at > 0 and words[at] in times.with_article and words[at - 1] in times.articles:
        at -= 1
    return value, at


def _value(word: str, times: Times) -> float | None:
    if word in times.numbers:
        return times.numbers[word]
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _since(words: Sequence[str], times: Times, after_start: bool) -> Iterator[Found]:
    """Yield "since Monday", "started after Saturday's run", "since last summer"."""
    starts = [n for n, word in enumerate(words) if word in times.starts]
    if after_start or all(word in times.moments or word in times.between for word in words):
        starts = [-1]  # "yesterday" is the whole answer
    for n in starts:
        at, is_last = n + 1, False
        while at < len(words) and words[at] in times.between:
            is_last = is_last or words[at] in times.last
            at += 1
        if at == len(words):
            continue
        is_date = n >= 0 and words[n] in times.starts_of_dates
        if words[at] in times.moments_after_starts and not is_date:
            yield Found(_MONTH, max(n, 0), at + 1, Kind.SINCE)
        elif hours := times.moments.get(words[at]):
            if hours == _WEEKEND and is_last:
                hours = _WEEK
            if words[at] in times.whole_moments and not is_last:
                continue  # "started this week"
            while at + 1 < len(words) and words[at + 1] in times.moments:
                at += 1  # "Thursday night"
            yield Found(hours, max(n, 0), at + 1, Kind.SINCE)


# Whether a length of time is how long something has lasted

_SHORT: Final = 4  # words beside a length of time: then it is the whole message's point
_ACTIVITY_REACH: Final = 5  # words from an activity to the length of time that is its own


def has_lasted(found: Found, words: Sequence[str], breaks: Sequence[Break], times: Times) -> bool:
    """Tell whether a length of time is how long it has lasted: no plan, age, habit or date."""
    start, end = stretch(words, breaks, found.first, times.turns)
    before, after = words[start : found.first], words[found.last : max(end, found.last)]
    if _tells_of_activity(before, times):
        return False
    if found.kind is Kind.SINCE:
        return words[found.first] not in times.starts_of_dates or not before
    if after and after[0] in times.back:
        return not times.starts.isdisjoint(before[-6:])
    if after and after[0] in times.after_plans:
        return False
    if found.kind is Kind.NUMBERED:
        is_of_else = bool(after) and after[0] in times.of
        return not is_of_else or not times.this.isdisjoint(after[1:3])
    if _is_planned(found, words, before, after, times):
        return False
    if found.kind is Kind.VAGUE:  # "for weeks", not "how many rest days"
        return len(words) == 1 or not times.lasting.isdisjoint((*before[-2:], *after[:2]))
    if len(before) + len(after) <= _SHORT:
        return True
    return not times.lasting.isdisjoint((*before[-4:], *after[:3]))


def _is_planned(
    found: Found, words: Sequence[str], before: Sequence[str], after: Sequence[str], times: Times
) -> bool:
    """Tell whether the words beside a length of time make it a plan, a habit or a date."""
    first = words[found.first]
    if not times.before_plans.isdisjoint(before[-1:]):
        return True
    if not times.coming.isdisjoint(before[-2:]):
        return True
    if before and first in times.articles and times.lasting.isdisjoint(before[-2:]):
        return True  # "three times a week"
    if first in times.past and times.before_past.isdisjoint(before[-1:]):
        return True  # "it happened last year"
    return first in times.whole and bool(before or after)  # "all day, every day"


def _tells_of_activity(before: Sequence[str], times: Times) -> bool:
    """Tell whether the words before a length of time are about training, medicine or the like."""
    for n, word in enumerate(before):
        if any(tuple(before[n : n + len(p)]) == p for p in times.on_something):
            return True
        following = before[n + 1] if n + 1 < len(before) else ""
        if word in times.activities and following not in times.no_activity:
            is_own = n >= len(before) - _ACTIVITY_REACH
            return is_own and times.after_activity.isdisjoint(before[:n])
    return False
