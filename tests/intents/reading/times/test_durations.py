"""How long something has been going on is read from people's own words."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from intents.content.faq import Faq
from intents.reading.reading import Reader, Reading
from intents.reading.times.durations import find
from intents.reading.times.lasting import Lasting, neutral_words
from intents.reading.times.told_times import TimeReader

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
        pytest.param("twenty one days", 3 * WEEK, id="tens and ones"),
        pytest.param("a hundred days of this", 100 * DAY, id="a hundred"),
        pytest.param("three and a half weeks", 3.5 * WEEK, id="and a half before the unit"),
        pytest.param("two and a half months", 2.5 * MONTH, id="months and a half"),
        pytest.param("a week and 3 days", 10 * DAY, id="units are added up"),
        pytest.param("2 weeks, 3 days", 17 * DAY, id="added up over a comma"),
        pytest.param("1 1/2 weeks", 1.5 * WEEK, id="a fraction in figures"),
        pytest.param("1/2 hour", 0.5, id="only a fraction"),
        pytest.param("2/3 days", 3 * DAY, id="a stroke between two numbers is a range"),
        pytest.param("½ hour", 0.5, id="a fraction in one sign"),
        pytest.param("2½ days", 2.5 * DAY, id="a whole and a fraction in one sign"),
        pytest.param("three quarters of an hour", 0.75, id="quarters"),
        pytest.param("a good ten days", 10 * DAY, id="a good ten"),
        pytest.param("half a year", 182.5 * DAY, id="half a year"),
        pytest.param("coupla weeks", 2 * WEEK, id="coupla"),
        pytest.param("5-6 wks", 6 * WEEK, id="range of short units"),
        pytest.param("4 or 5 hours", 5, id="or"),
        pytest.param("10+ days", 10 * DAY, id="and more"),
        pytest.param("ten days running", 10 * DAY, id="in a row, and no training"),
        pytest.param("since leg day", DAY, id="an event of the last day or so"),
        pytest.param("twitching since the gym", DAY, id="since the gym"),
        pytest.param("since this morning's run", 8, id="a moment of today"),
        pytest.param("since leg day on Monday", 3 * DAY, id="an event with its day"),
        pytest.param("since 5pm", 8, id="an hour of the day"),
        pytest.param("since 10:30", 8, id="an hour in figures"),
        pytest.param("it twitches since i woke up", 8, id="since waking"),
        pytest.param("I began keto 5 weeks ago. Since then my legs twitch.", 5 * WEEK, id="then"),
        pytest.param("my calf has been at it for two weeks", 2 * WEEK, id="told by its place"),
        pytest.param("For ten years I have twitches", 3650 * DAY, id="told after it"),
        pytest.param(
            "been running for two years and my calf twitches for 3 days now",
            3 * DAY,
            id="of two things",
        ),
    ],
)
def test_how_long(reader: Reader, text: str, hours: float) -> None:
    assert max(lasted(reader, text)) == pytest.approx(hours, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("I hurt my knee 3 weeks ago", id="a date"),
        pytest.param("For three weeks I trained for a stair climb, no trouble", id="trained"),
        pytest.param("week 3 of my plan and my calf is twitching now", id="week of a plan"),
        pytest.param("I've been running for two years and my calf twitches", id="running"),
        pytest.param("had this job six months", id="a job"),
        pytest.param("my son is 9 months old and his leg jumps", id="age"),
        pytest.param("sat in traffic for 3 hours and now it twitches", id="traffic"),
        pytest.param("not slept for two days", id="sleep"),
        pytest.param("after training for two years my calf twitches", id="years of training"),
        pytest.param("I am a master student in Leeds since last year", id="a place"),
        pytest.param("in 2020 my leg was weak for a month", id="in a year"),
        pytest.param("pain free for two years", id="free of it"),
        pytest.param("just now", id="just now"),
        pytest.param("my calf cramped 5 minutes ago in bed", id="a moment ago"),
        pytest.param("my calf twitched last night", id="a moment of a story"),
        pytest.param("I started the gym and bought shoes", id="an activity begun"),
        pytest.param("sparring night, ten rounds on the pads first", id="across a comma"),
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


@pytest.mark.parametrize(
    ("text", "hours"),
    [("since the gym", 24), ("since 5pm", 8), ("not long", 0.5), ("forever feels like", 8760),
     ("few hrs", 3), ("a few seconds each time", 3 / 3600), ("on and off since yesterday", 36),
     ("3ish hrs", 3), ("not even a day", 24), ("the gym", 24), ("just started", 0.1),
     ("comes n goes, 10 sec tops", 10 / 3600)],
)  # fmt: skip
def test_a_loose_answer(reader: Reader, text: str, hours: float) -> None:
    found = TimeReader(reader.language).length(reader.read(text))
    assert found == pytest.approx(hours, rel=1e-3)


@pytest.mark.parametrize(
    ("text", "bout"),
    [
        ("it twitches for 20 minutes at a time", 1 / 3),
        ("each one lasts a few seconds", 3 / 3600),
        ("goes on for an hour then stops", 1),
        ("my calf jumps, ten seconds or so at a time", 10 / 3600),
    ],
)
def test_how_long_a_bout_lasts_is_told_apart(reader: Reader, text: str, bout: float) -> None:
    told = TimeReader(reader.language).read(reader.read(text))
    assert told.hours is None
    assert told.bout_hours == pytest.approx(bout, rel=1e-3)


def test_a_bout_beside_a_length_of_time(reader: Reader) -> None:
    reading = reader.read("calf twitching 20 minutes at a time since Monday")
    told = TimeReader(reader.language).read(reading)
    assert told.hours == 72
    assert told.bout_hours == pytest.approx(1 / 3, rel=1e-3)
    assert told.bout_words
    assert reading.quote(*told.bout_words) == "20 minutes"


@pytest.mark.parametrize("text", ["it comes every few minutes", "20 minutes", "two weeks now"])
def test_no_bout(reader: Reader, text: str) -> None:
    assert TimeReader(reader.language).read(reader.read(text)).bout_hours is None


def test_a_content_that_names_no_trouble(faq: Faq) -> None:
    """Then any length of time with a word for lasting counts, unless it is an activity's."""
    topic = replace(faq.topic_words, complaint=frozenset())
    reader = Reader([], faq.concepts, faq.language.with_topic(topic))
    assert lasted(reader, "my boiler has dripped in the cellar for two weeks now") == [2 * WEEK]
    assert lasted(reader, "been training for 8 weeks") == []


ENDLESS = [
    "1h", "days ", "twenty one ", "and a half ", "since ", "since the gym ", "since leg day and ",
    "2 weeks and 3 days ", "5 days ", "twitching for 3 weeks ", "half a ", "since then ", "last ",
    "1/2 ", "from the ", "5 weeks ago since then ", "a time ", "not long ", "½", "training weeks ",
]  # fmt: skip


@pytest.mark.parametrize("piece", ENDLESS)
def test_an_endless_message_costs_no_more_than_its_length(reader: Reader, piece: str) -> None:
    times = TimeReader(reader.language)
    short, long = (reader.read(piece * n) for n in (500, 4_000))

    def fastest(reading: Reading) -> float:
        found = []
        for _ in range(4):
            began = process_time()
            times.read(reading)
            times.length(reading)
            found.append(process_time() - began)
        return min(found)

    # Eight times the length: were each word compared with each other one, it would cost 64 times.
    assert fastest(long) <= 24 * max(fastest(short), 0.002)


def test_no_answer(reader: Reader) -> None:
    assert TimeReader(reader.language).length(reader.read("no idea")) is None
