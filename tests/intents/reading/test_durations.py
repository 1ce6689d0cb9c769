"""How long something has been going on is read from people's own words."""

from __future__ import annotations

import pytest

from intents.reading.lasting import Lasting, neutral_words
from intents.reading.durations import find
from intents.reading.reading import Reader
from intents.reading.told_times import TimeReader

DAY = 24.0
WEEK = 7 * DAY
MONTH = 30 * DAY


def lasted(reader: Reader, text: str) -> list[float]:
    """Return the lengths of time, in hours, for which something has been going on."""
    reading, language = reader.read(text), reader.language
    judge = Lasting(reading, language, neutral_words(language))
    found = find(reading.plain, reading.breaks, language.times)
    return [f.hours for f in found if judge.has_lasted(f)]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        pytest.param("9 days", 9 * DAY, id="days"),
        pytest.param("nine days now", 9 * DAY, id="number in words"),
        pytest.param("a fortnight", 2 * WEEK, id="fortnight"),
        pytest.param("3wks", 3 * WEEK, id="short unit without a space"),
        pytest.param("over 2 weks now", 2 * WEEK, id="misspelt unit"),
        pytest.param("since two monthes", 2 * MONTH, id="second language"),
        pytest.param("half an hour", 0.5, id="half an hour"),
        pytest.param("half a day", DAY / 2, id="half a day"),
        pytest.param("it lasts 20 minutes", 1 / 3, id="minutes"),
        pytest.param("a week and a half", 10.5 * DAY, id="and a half"),
        pytest.param("2-3 weeks", 3 * WEEK, id="range, the longer counts"),
        pytest.param("two to three days", 3 * DAY, id="range in words"),
        pytest.param("a couple of days", 2 * DAY, id="a couple of"),
        pytest.param("for the last couple of weeks", 2 * WEEK, id="the last couple of"),
        pytest.param("the past 3 months", 3 * MONTH, id="the past"),
        pytest.param("more than ten days already", 10 * DAY, id="more than"),
        pytest.param("two whole weeks of this", 2 * WEEK, id="a word between"),
        pytest.param("on and off for months", 3 * MONTH, id="for months"),
        pytest.param("weeks now", 3 * WEEK, id="weeks now"),
        pytest.param("6th day in a row", 6 * DAY, id="sixth day"),
        pytest.param("the fifth night of it", 5 * DAY, id="fifth night"),
        pytest.param("day 9 still twitching", 9 * DAY, id="day nine"),
        pytest.param("since Monday", 3 * DAY, id="since a weekday"),
        pytest.param("since last Monday", WEEK, id="since last weekday"),
        pytest.param("started after Saturday's run", 3 * DAY, id="started after"),
        pytest.param("since yesterday", 1.5 * DAY, id="since yesterday"),
        pytest.param("yesterday", 1.5 * DAY, id="yesterday alone"),
        pytest.param("last night", 1.5 * DAY, id="last night alone"),
        pytest.param("since this morning", 8.0, id="since this morning"),
        pytest.param("since last summer", MONTH, id="since a season"),
        pytest.param("started in march. it's summer.", MONTH, id="since a month"),
        pytest.param("started 3 weeks ago", 3 * WEEK, id="ago, of the beginning"),
        pytest.param("hasn't let up for two weeks straight", 2 * WEEK, id="among other words"),
        pytest.param("been going for two weeks", 2 * WEEK, id="been going"),
        pytest.param("doing this for 5 days", 5 * DAY, id="doing this"),
    ],
)
def test_how_long(reader: Reader, text: str, hours: float) -> None:
    assert max(lasted(reader, text)) == pytest.approx(hours, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("I hurt my knee 3 weeks ago", id="a date"),
        pytest.param("in 2015", id="a year"),
        pytest.param("been training for 8 weeks", id="training history"),
        pytest.param("ive been running for 20 years", id="a hobby"),
        pytest.param("I've been on sertraline for 3 weeks", id="a medicine"),
        pytest.param("my 6 week plan", id="a plan"),
        pytest.param("week 3 of couch to 5k", id="a programme"),
        pytest.param("running a marathon in 3 weeks", id="to come"),
        pytest.param("i am 40 years old", id="an age"),
        pytest.param("my 8 year old", id="a child's age"),
        pytest.param("i train 5 days a week", id="a habit"),
        pytest.param("three times a week", id="how often"),
        pytest.param("it comes every 2 days", id="every"),
        pytest.param("4 weeks off all sport", id="a break"),
        pytest.param("how many rest days", id="how many"),
        pytest.param("I am a student, second year", id="a year of study"),
        pytest.param("my calf twitches", id="none"),
        pytest.param("", id="nothing"),
    ],
)
def test_not_how_long(reader: Reader, text: str) -> None:
    assert lasted(reader, text) == []


def test_place_in_the_text(reader: Reader) -> None:
    reading = reader.read("Twitching, honestly, for THREE weeks now")
    (found,) = find(reading.plain, reading.breaks, reader.language.times)
    assert reading.quote(found.first, found.last) == "THREE weeks"


@pytest.mark.parametrize(
    ("text", "hours"),
    [("3wks", 504), ("two days", 48), ("20 mins", 1 / 3), ("since yesterday", 36),
     ("yesterday", 36), ("3 weeks ago", 504), ("an hour or so", 1), ("monday i think", 72),
     ("20 minutes at first, then 3 hours", 3), ("since Thursday night's run", 72)],
)  # fmt: skip
def test_a_short_answer(reader: Reader, text: str, hours: float) -> None:
    found = TimeReader(reader.language).length(reader.read(text))
    assert found == pytest.approx(hours, rel=1e-3)


def test_no_answer(reader: Reader) -> None:
    assert TimeReader(reader.language).length(reader.read("no idea")) is None
