"""The one cutter: sentences, clauses, and the stretch that a length of time belongs to."""

from __future__ import annotations

import pytest

from intents.reading.clauses import stretch
from intents.reading.reading import Reader


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One", "Two", "Three?", "Four"]),
        ("One\n\nTwo", ["One", "Two"]),
        ("It took 2.5 hours", ["It took 2.5 hours"]),
        ("wait... what?!", ["wait", "what?"]),
        ("One — two… three – four", ["One", "two", "three", "four"]),
        ("one—two", ["one", "two"]),
        ("my legs.they hurt", ["my legs", "they hurt"]),
        ("a well-known 2–3 days", ["a well-known 2–3 days"]),
        ("since 5 p.m yesterday", ["since 5 p.m yesterday"]),
        ("really??? yes", ["really???", "yes"]),
        ("   ", []),
    ],
)
def test_sentences(reader: Reader, text: str, expected: list[str]) -> None:
    reading = reader.read(text)
    assert [reading.quote(*span) for span in reading.sentences] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my leg is numb, it hurts", ["my leg is numb", "it hurts"]),
        ("my leg is numb but warm", ["my leg is numb", "but warm"]),
        ("my leg (the left one) is numb", ["my leg", "the left one", "is numb"]),
        ("numb/weak leg", ["numb/weak leg"]),
        ("pain: none", ["pain", "none"]),
        ("no pain — numb", ["no pain", "numb"]),
        ("", []),
    ],
)
def test_clauses(reader: Reader, text: str, expected: list[str]) -> None:
    reading = reader.read(text)
    assert [reading.quote(*span) for span in reading.clauses] == expected


def test_every_clause_lies_within_a_sentence(reader: Reader) -> None:
    reading = reader.read("one, two but three. four (five) — six? and seven; eight… nine")
    for start, end in reading.clauses:
        assert any(first <= start and end <= last for first, last in reading.sentences)


def test_a_stretch_runs_on_over_joining_words_and_parentheses(reader: Reader) -> None:
    reading = reader.read("hi, it twitches (left) and has for two weeks but not now")
    weeks = reading.plain.index("weeks")
    found = stretch(reading.plain, reading.breaks, weeks, frozenset({"but"}))
    assert reading.quote(*found) == "it twitches (left) and has for two weeks"


def test_a_part_is_a_reading_of_its_own(reader: Reader) -> None:
    reading = reader.read("hello. no pain in my calf, is it bad?")
    part = reading.part(*reading.sentences[1])
    again = reader.read("no pain in my calf, is it bad?")
    assert part.text == again.text
    assert part.words == again.words
    assert part.concepts == again.concepts
    assert (part.sentences, part.clauses, part.breaks) == (
        again.sentences,
        again.clauses,
        again.breaks,
    )
