"""How long something has been going on, as people write it: "9 days", "a fortnight", "since Monday".

No clock is asked: "since Monday" and "since last summer" become the longest time they can mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_HOUR: Final = 1.0
_DAY: Final = 24.0
_UNITS: Final = {
    "sec": _HOUR / 3600, "second": _HOUR / 3600, "s": _HOUR / 3600,
    "min": _HOUR / 60, "minute": _HOUR / 60, "mins": _HOUR / 60, "mn": _HOUR / 60, "m": _HOUR / 60,
    "h": _HOUR, "hr": _HOUR, "hour": _HOUR, "hrs": _HOUR,
    "d": _DAY, "day": _DAY, "night": _DAY, "evening": _DAY, "morning": _DAY,
    "w": 7 * _DAY, "wk": 7 * _DAY, "week": 7 * _DAY, "fortnight": 14 * _DAY,
    "mo": 30 * _DAY, "mth": 30 * _DAY, "mnth": 30 * _DAY, "month": 30 * _DAY, "season": 90 * _DAY,
    "y": 365 * _DAY, "yr": 365 * _DAY, "year": 365 * _DAY,
}  # fmt: skip
_NUMBERS: Final = {
    "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0,
    "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0,
    "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0,
    "a couple of": 2.0, "couple of": 2.0, "a couple": 2.0, "couple": 2.0, "a few": 3.0, "few": 3.0,
    "several": 5.0, "some": 3.0, "many": 10.0, "half a": 0.5, "half an": 0.5, "a good": 1.0, "whole": 1.0,
    "the last": 1.0, "the past": 1.0, "all": 1.0, "all this": 1.0, "the whole": 1.0, "dozen": 12.0,
}  # fmt: skip
_ORDINALS: Final = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10
}  # fmt: skip
_WEEKDAY: Final = "mon(?:day)?|tues?(?:day)?|wed(?:nesday)?|thur?s?(?:day)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_LONG_SINCE: Final = (
    "january|february|march|april|june|july|august|september|october|november|december|jan|feb|apr|aug|"
    "sept?|oct|nov|dec|spring|summer|autumn|winter|easter|christmas|xmas|new year|ramadan|diwali|"
    "half term|last month|last year|last week|the holidays|the easter holidays|childhood|years|months|weeks|ages"
)
_number = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_unit = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_COUNTED: Final = re.compile(
    rf"\b(?P<n>\d+(?:[.,]\d+)?|{_number})?(?:\s*(?:-|–|to|or)\s*(?P<to>\d+|{_number}))?\s*(?P<more>more |full |whole |solid |good )?"  # noqa: RUF001
    rf"(?P<unit>{_unit})(?P<plural>s)?\b(?P<half> and a half)?(?P<ago>\s+(?:ago|back|prior)\b)?",
)
_DAY_NUMBER: Final = re.compile(
    rf"\b(?:day\s+(?P<n>\d+|{_number})|(?P<th>\d+)(?:st|nd|rd|th)\s+(?P<u>day|week|month|night)|"
    rf"(?P<word>{'|'.join(_ORDINALS)})\s+(?P<v>day|week|month|night)|week\s+(?P<w>\d+|{_number}))\b"
)
_SINCE: Final = re.compile(
    rf"\b(?:since|from|started(?: on| in)?|began(?: on| in)?)\s+(?:(?:about|around|like|last|early|late|mid|the|on|in|before|back in|after)\s+)*"
    rf"(?:(?P<weekday>{_WEEKDAY})\b|(?P<yesterday>yesterday|last night)|(?P<today>this (?:morning|afternoon|evening)|today|lunch(?:time)?|tonight)|(?P<long>{_LONG_SINCE})\b)(?:['’]?s)?"
)
_VAGUE: Final = re.compile(r"\b(?:for|been|these|those|over|going on)\s+(?:the\s+)?(?:past\s+|last\s+)?(?P<unit>days|weeks|months|years|ages|yonks|donkeys)\b")


class Duration(NamedTuple):
    """A length of time in a text: hours, where it stands, and whether it only dates something."""

    hours: float
    start: int
    end: int
    ago: bool


def durations(text: str) -> list[Duration]:
    """Return the lengths of time in a text, in order of place."""
    lowered = text.lower()
    found = [*_counted(lowered), *_numbered(lowered), *_since(lowered)]
    found += [Duration(_vague_hours(m["unit"]), m.start(), m.end(), False) for m in _VAGUE.finditer(lowered)]
    return sorted(found, key=lambda d: d.start)


def longest(text: str) -> Duration | None:
    """Return the longest length of time in a text, or None."""
    return max(durations(text), key=lambda d: d.hours, default=None)


def _value(number: str | None) -> float | None:
    if number is None:
        return None
    if number in _NUMBERS:
        return _NUMBERS[number]
    try:
        return float(number.replace(",", "."))
    except ValueError:
        return None


def _counted(text: str) -> Iterator[Duration]:
    for match in _COUNTED.finditer(text):
        unit = _UNITS[match["unit"]]
        number = _value(match["to"]) or _value(match["n"])
        short = len(match["unit"]) == 1
        if number is None or (short and not (match["n"] or "").isdigit()):
            continue
        hours = (number + (0.5 if match["half"] else 0)) * unit
        yield Duration(hours, match.start(), match.end(), match["ago"] is not None)


def _numbered(text: str) -> Iterator[Duration]:
    for match in _DAY_NUMBER.finditer(text):
        if match["word"]:
            hours = _ORDINALS[match["word"]] * _UNITS[match["v"]]
        elif match["th"]:
            hours = float(match["th"]) * _UNITS[match["u"]]
        else:
            number, unit = (match["n"], "day") if match["n"] else (match["w"], "week")
            hours = (_value(number) or 1) * _UNITS[unit]
        yield Duration(hours, match.start(), match.end(), False)


def _since(text: str) -> Iterator[Duration]:
    for match in _SINCE.finditer(text):
        if match["weekday"]:
            hours = 3 * _DAY  # between one and six days
        elif match["yesterday"]:
            hours = 1.5 * _DAY
        elif match["today"]:
            hours = 8 * _HOUR
        else:
            hours = 30 * _DAY
        yield Duration(hours, match.start(), match.end(), False)


def _vague_hours(unit: str) -> float:
    return {"days": 5 * _DAY, "weeks": 21 * _DAY}.get(unit, 90 * _DAY)
