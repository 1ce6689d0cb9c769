"""A quote is a clause that reads as telling the sign, or there is none."""

from __future__ import annotations

import pytest

from intents.reading.reading import Reader
from intents.signs.quotes import LONGEST, quotes


def quoted(reader: Reader, text: str, *words: str) -> tuple[str, ...]:
    """Return the quotes for words that stand in a text."""
    reading = reader.read(text)
    spans = []
    for word in words:
        first, *_, last = (word.split() * 2)[: max(2, len(word.split()))]
        start = reading.plain.index(first)
        spans.append((start, reading.plain.index(last, start) + 1))
    return quotes(reading, spans)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("My urine is like cola.", "urine", ("My urine is like cola",)),
        ("hi. my leg went numb. thanks", "numb", ("my leg went numb",)),
        (
            "did legs on monday with my cousin and the sled and all that, now my pee is like cola,"
            " what do I do",
            "pee",
            ("now my pee is like cola",),
        ),
        ("numb", "numb", ("numb",)),
    ],
)
def test_the_sentence_or_else_the_clause(
    reader: Reader, text: str, words: str, expected: tuple[str, ...]
) -> None:
    assert quoted(reader, text, words) == expected


def test_no_scrap_is_quoted(reader: Reader) -> None:
    text = "it was " + "very " * 20 + "numb " + "indeed " * 20
    assert quoted(reader, text, "numb") == ()


def test_two_words_of_one_clause_are_quoted_once(reader: Reader) -> None:
    text = "my leg is numb and cold, my arm is fine"
    assert quoted(reader, text, "leg", "numb") == ("my leg is numb",)


def test_no_quote_is_long(reader: Reader) -> None:
    text = ", ".join(f"my leg number {n} is numb" for n in range(30))
    assert all(len(one.split()) <= LONGEST for one in quoted(reader, text, "numb"))


def test_no_quote_begins_with_what_joins_it_on(reader: Reader) -> None:
    reading = reader.read("I ran, and then my foot went numb, but and so")
    joints = reader.language.questions.joints
    assert quotes(reading, [(2, 8)], joints) == ("my foot went numb",)
    assert quotes(reading, [(8, 11)], joints) == ("but and so",)  # too short to lose a word
