"""Whose the lengths of time in a story are."""

from __future__ import annotations

import pytest

from intents.reading.reading import Reader
from intents.reading.times.told_times import TimeReader


def hours(reader: Reader, text: str) -> float | None:
    return TimeReader(reader.language).read(reader.read(text)).hours


@pytest.mark.parametrize(
    "text",
    [
        "My muscles twitch after the gym and it drives me mad. Three weeks now.",
        "Three weeks now, my calf keeps twitching after every run and nobody cares.",
        "I drive a bus and I eat badly, I know. My eyelid has been twitching for three weeks.",
        "It began after the marathon in town, my thigh twitches, three weeks already.",
    ],
)
def test_those_next_to_the_trouble_are_its(reader: Reader, text: str) -> None:
    assert hours(reader, text) == 3 * 168


@pytest.mark.parametrize(
    "text",
    [
        "I gave up coffee and it makes me cross at home. Nine days in. My calf hops.",
        "We run with the dog, she is ahead. Week three today. My thigh goes like a frog.",
        "My only tablets are for an underactive thyroid, twenty years now. Which magnesium helps?",
        "I drive the night train, have for thirty years, and my calf was fluttering on Wednesday.",
        "On day 31 the arm is jumping a little bit, do I go on or do I make a pause?",
        "how not to twitch after leg day 101",
        "6 months post baby, want to run again",
        "I catastrophise about my eyes since school, and tonight my eyelid is flickering a lot.",
    ],
)
def test_those_of_a_story_are_not(reader: Reader, text: str) -> None:
    assert (hours(reader, text) or 0) < 84
