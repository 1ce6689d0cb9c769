"""How long something has been going on, as people put it: "9 days", "3wks", "since Monday".

No clock is asked: "since Monday" and "since last summer" become the time they most likely mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from intents.reading.cues import word_set

_HOUR: Final = 1.0
_DAY: Final = 24.0
_WEEK: Final = 7 * _DAY
_MONTH: Final = 30 * _DAY
_YEAR: Final = 365 * _DAY


class _Unit(NamedTuple):
    """A unit of time in hours, and how much its bare plural means ("for weeks")."""

    hours: float
    vague: float


def _table(rows: dict[str, _Unit]) -> dict[str, _Unit]:
    return {word: unit for words, unit in rows.items() for word in words.split()}


_UNITS: Final = _table({
    "s sec secs second seconds": _Unit(_HOUR / 3600, _HOUR / 60),
    "m mn min mins minute minutes minuts minits": _Unit(_HOUR / 60, _HOUR / 2),
    "h hr hrs hour hours houres hourse": _Unit(_HOUR, 5 * _HOUR),
    "d day days dayz dys night nights evening evenings morning mornings": _Unit(_DAY, 5 * _DAY),
    "w wk wks week weeks weeek weeeks weks wekks weaks": _Unit(_WEEK, 3 * _WEEK),
    "fortnight fortnights fortnite fortnites": _Unit(2 * _WEEK, 6 * _WEEK),
    "mo mos mth mths mnth mnths month months monthes mounths": _Unit(_MONTH, 3 * _MONTH),
    "y yr yrs year years yeers": _Unit(_YEAR, 2 * _YEAR),
    "ages yonks donkeys": _Unit(3 * _MONTH, 3 * _MONTH),
    "season seasons": _Unit(3 * _MONTH, 6 * _MONTH),
})  # fmt: skip
_NUMBERS: Final = {
    "half": 0.5, "a": 1.0, "an": 1.0, "one": 1.0, "1st": 1.0, "couple": 2.0, "two": 2.0,
    "few": 3.0, "three": 3.0, "tree": 3.0, "four": 4.0, "five": 5.0, "several": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "many": 10.0, "eleven": 11.0,
    "twelve": 12.0, "dozen": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0,
    "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "sixty": 60.0, "hundred": 100.0, "all": 1.0, "whole": 1.0,
    "last": 1.0, "past": 1.0, "best": 1.0,
}  # fmt: skip
_ORDINALS: Final = {
    "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "seventh": 7.0,
    "eighth": 8.0, "ninth": 9.0, "tenth": 10.0, "twelfth": 12.0,
}  # fmt: skip
# What "since …" and "started …" point back to.
_MOMENTS: Final = {
    word: hours
    for words, hours in {
        "today tonight lunch lunchtime breakfast dinner noon morning afternoon evening": 8 * _HOUR,
        "yesterday yday ystrday night": 1.5 * _DAY,
        "monday mon tuesday tue tues wednesday wed weds thursday thu thur thurs friday fri"
        " saturday sat sunday sun weekend": 3 * _DAY,
        "january february march april june july august september october november december jan"
        " feb apr jun jul aug sep sept oct nov dec spring summer autumn winter easter christmas"
        " xmas ramadan diwali halloween thanksgiving holidays week month year season term school"
        " childhood": _MONTH,
    }.items()
    for word in words.split()
}  # fmt: skip
_STARTS: Final = word_set("since sins sinse started starting began begun start from")
_BETWEEN: Final = word_set(  # may stand between "since" and the moment
    """about around like last early late mid the on in before back after this that at end of way it
    our my his her a new"""
)
_MADE_LARGER: Final = word_set("more full whole good solid long straight entire of the past last")
_BACK: Final = word_set("ago back prior earlier before")

# What tells how long something has lasted from a plan, an age or a habit.
_SPAN: Final = word_set(
    """been for since over more than now still already straight row going on off almost nearly
    last past started began same counting ongoing persist persisted persisting persistent
    keep keeps kept lasting lasted lasts hasnt havent wont continuous later solid nonstop
    daily every about approximately roughly duration times around whole"""
)
_BEFORE_PLANS: Final = word_set(
    "in how every per next within until til another each times once twice only every take takes"
)
_AFTER_PLANS: Final = word_set(
    """old off plan plans programme program training challenge break into holiday vacation from
    rest pregnant postpartum course block streak cycle school until away per marathon camp
    window"""
)
_ACTIVITIES: Final = word_set(
    """train training trained trains run running runs ran lift lifting lifted cycling swimming
    rowing climbing exercising exercise playing played dieting keto vegan taking took
    drinking drank using used working worked walking riding gym doing studying living
    vaping smoking fasting married sober resting rested waiting holiday member coach
    coaching"""
)
_NOT_ACTIVITIES: Final = word_set("this it that")  # "doing it for weeks"
_TOKEN: Final = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLAUSE_END: Final = re.compile(r"[.!?;,…\n—]|\s[-–]+\s")
_APOSTROPHE: Final = re.compile("['’](?:s$)?")
_SHORT: Final = 4  # words beside a length of time: then it is the whole message's point
_MIDSENTENCE: Final = word_set("but though because cos")


class Duration(NamedTuple):
    """A length of time in a text: hours, where it stands, whether it is how long it has lasted."""

    hours: float
    start: int
    end: int
    lasted: bool


class _Found(NamedTuple):
    """A length of time and the words, by position, end excluded, that give it."""

    hours: float
    first: int
    last: int
    kind: str  # "counted", "vague", "numbered" ("day 9") or "since"


class _Words(NamedTuple):
    """The words of a text, where each stands, and the positions at which a clause begins."""

    words: list[str]
    spans: list[tuple[int, int]]
    clauses: list[int]


def durations(text: str) -> list[Duration]:
    """Return the lengths of time in a text, in order of place."""
    read = _split(text)
    found = sorted({*_counted(read.words), *_since(read.words)}, key=lambda f: (f.first, -f.last))
    return [
        Duration(f.hours, read.spans[f.first][0], read.spans[f.last - 1][1], _has_lasted(read, f))
        for f in found
    ]


def going_on(text: str) -> list[Duration]:
    """Return the lengths of time for which something has been going on."""
    return [duration for duration in durations(text) if duration.lasted]


def longest(text: str) -> Duration | None:
    """Return the longest length of time in a text, or None."""
    return max(durations(text), key=lambda d: d.hours, default=None)


def _split(text: str) -> _Words:
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    clauses = [0]
    for match in _TOKEN.finditer(text.lower()):
        word, before = match.group(), spans[-1][1] if spans else match.start()
        if not word.isalnum():
            word = _APOSTROPHE.sub("", word)
        if word in _MIDSENTENCE or (
            match.start() > before and _CLAUSE_END.search(text, before, match.start())
        ):
            clauses.append(len(words))
        words.append(word)
        spans.append(match.span())
    return _Words(words, spans, clauses)


def _counted(words: Sequence[str]) -> Iterator[_Found]:
    """Yield "3 weeks", "half an hour", "2-3 days", "6th day", "day 9" and "for months"."""
    for n, word in enumerate(words):
        unit = _UNITS.get(word)
        if unit is None:
            continue
        if found := _numbered(words, n, unit):
            yield found
            continue
        number, first = _number_before(words, n)
        half = words[n + 1 : n + 4] == ["and", "a", "half"]
        last = n + 4 if half else n + 1
        if number is not None and (len(word) > 1 or words[n - 1][0].isdigit()):
            yield _Found((number + 0.5 * half) * unit.hours, first, last, "counted")
        elif number is None and len(word) > 2 and (word.endswith("s") or word == "donkeys"):
            yield _Found(unit.vague, n, n + 1, "vague")


def _numbered(words: Sequence[str], n: int, unit: _Unit) -> _Found | None:
    """Read "6th day", "sixth day" and "day 6"."""
    before = words[n - 1] if n else ""
    if before in ("st", "nd", "rd", "th") and n > 1 and words[n - 2].isdigit():
        return _Found(float(words[n - 2]) * unit.hours, n - 2, n + 1, "numbered")
    if before in _ORDINALS and _DAY <= unit.hours < _YEAR:
        return _Found(_ORDINALS[before] * unit.hours, n - 1, n + 1, "numbered")
    following = words[n + 1] if n + 1 < len(words) else ""
    if words[n] not in ("day", "week", "month", "night") or _value(before) is not None:
        return None
    if following in ("a", "an", "to", "all", "last", "past"):
        return None
    value = _value(following)
    return _Found(value * unit.hours, n, n + 2, "numbered") if value else None


def _number_before(words: Sequence[str], n: int) -> tuple[float | None, int]:
    """Return the number that ends before a unit, and where it begins."""
    at = n - 1
    while at > 0 and words[at] in _MADE_LARGER and _value(words[at - 1]) is not None:
        at -= 1
    value = _value(words[at]) if at >= 0 else None
    if value is None:
        return None, n
    if words[at] in ("a", "an", "of") and at > 0 and words[at - 1] == "half":
        return 0.5, at - 1
    if at > 1 and words[at - 1] in ("to", "or", "and") and _value(words[at - 2]) is not None:
        at -= 2  # "two to three weeks"
    elif at > 0 and words[at].isdigit() and words[at - 1].isdigit():
        at -= 1  # "2-3 weeks"
    elif at > 0 and words[at] in ("couple", "few", "dozen", "good") and words[at - 1] == "a":
        at -= 1
    return value, at


def _value(word: str) -> float | None:
    if word in _NUMBERS:
        return _NUMBERS[word]
    try:
        return float(word.replace(",", "."))
    except ValueError:
        return None


def _since(words: Sequence[str]) -> Iterator[_Found]:
    """Yield "since Monday", "started after Saturday's run", "since last summer"."""
    starts = [n for n, word in enumerate(words) if word in _STARTS]
    if all(word in _MOMENTS or word in _BETWEEN for word in words):
        starts = [-1]  # "yesterday" is the whole answer
    for n in starts:
        at, between = n + 1, set[str]()
        while at < len(words) and words[at] in _BETWEEN:
            between.add(words[at])
            at += 1
        if at < len(words) and words[at] == "may" and words[n] != "from":
            yield _Found(_MONTH, n, at + 1, "since")
        elif at < len(words) and (hours := _MOMENTS.get(words[at])):
            if hours == 3 * _DAY and "last" in between:
                hours = _WEEK
            if words[at] in ("week", "month", "year") and "last" not in between:
                continue  # "started this week"
            yield _Found(hours, max(n, 0), at + 1, "since")


def _has_lasted(read: _Words, found: _Found) -> bool:
    """Tell whether a length of time is how long it has lasted: no plan, age, habit or date."""
    words = read.words
    start = max(n for n in read.clauses if n <= found.first)
    end = min((n for n in read.clauses if n > found.first), default=len(words))
    before, after = words[start : found.first], words[found.last : max(end, found.last)]
    if _tells_of_activity(before):
        return False
    if found.kind == "since":
        return words[found.first] != "from" or not before
    if after and after[0] in _BACK:
        return bool(_STARTS.intersection(before[-6:]))
    if after and after[0] in _AFTER_PLANS:
        return False
    if found.kind == "numbered":
        return after[:1] != ["of"] or bool({"this", "it", "these"} & set(after[1:3]))
    if _BEFORE_PLANS.intersection(before[-1:]) or {"next", "every"} & set(before[-2:]):
        return False
    if before and words[found.first] in ("a", "an") and not _SPAN.intersection(before[-2:]):
        return False  # "three times a week"
    if words[found.first] in ("last", "past") and before[-1:] not in (["the"], ["for"], ["these"]):
        return False  # "it happened last year"
    if words[found.first] in ("all", "whole") and (before or after):
        return False  # "all day, every day"
    if found.kind == "vague":  # "for weeks", not "how many rest days"
        near = {*before[-2:], *after[:2]}
        return bool(_SPAN & near) or len(words) == 1
    if len(before) + len(after) <= _SHORT:
        return True
    return bool(_SPAN.intersection(before[-4:]) or _SPAN.intersection(after[:3]))


def _tells_of_activity(before: Sequence[str]) -> bool:
    """Tell whether the words before a length of time are about training, medicine or the like."""
    for n, word in enumerate(before):
        following = before[n + 1] if n + 1 < len(before) else ""
        if word == "been" and following == "on":
            return True
        if word in _ACTIVITIES and following not in _NOT_ACTIVITIES:
            return "since" not in before[:n] and "after" not in before[:n] and n >= len(before) - 5
    return False
