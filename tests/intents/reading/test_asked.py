"""Which parts of a message ask, and which of them point back at what was told."""

from __future__ import annotations

import pytest

from intents.reading.asked import asking
from intents.reading.reading import Reader


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("is it normal, and how long does it last?", ["is it normal", "how long does it last?"]),
        (
            "who reads this and kindly tell how old you are",
            ["who reads this", "tell how old you are"],
        ),
        ("is it bad and at what point do i go", ["is it bad", "at what point do i go"]),
        ("coffee yes or no, what else can i do", ["coffee yes or no", "what else can i do"]),
        ("my leg jumps after the gym", []),
    ],
)
def test_the_questions_of_a_message(reader: Reader, text: str, asked: list[str]) -> None:
    reading = reader.read(text)
    found = asking(reading, reader.language.questions).questions
    assert [reading.quote(one.start, one.end) for one in found] == asked


@pytest.mark.parametrize(
    ("text", "points_back"),
    [("no warm up, is that why?", True), ("my leg jumps, is it the coffee?", False)],
)
def test_a_question_may_point_back(reader: Reader, text: str, points_back: bool) -> None:
    found = asking(reader.read(text), reader.language.questions).questions
    assert [one.points_back for one in found] == [points_back]
