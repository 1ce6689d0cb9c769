"""Patterns find a sign in people's own words, near enough, affirmed, and nowhere else."""

from __future__ import annotations

import pytest

from intents.content.faq import Pattern
from intents.reading.reading import Reader
from intents.signs.patterns import PatternIndex

GROUPS = {
    "limb": ("leg", "arms", "calf"),
    "numb": ("numb", "no feeling", "cant feel"),
    "sat": ("sat on",),
    "heat": ("hot", "sauna"),
    "confused": ("confused", "talking nonsense"),
    "pain": ("pain",),
    "jaw": ("jaw",),
    "tight": ("drum tight",),
    "music": ("drums", "song"),
}
PATTERNS = (
    Pattern("numbness", "limb numb within 5 without sat", ("limb", "numb"), ("sat",), within=5),
    Pattern("heatstroke", "heat confused anywhere", ("heat", "confused"), anywhere=True),
    Pattern("hard", "limb tight without music", ("limb", "tight"), ("music",)),
    Pattern("chest", "pain jaw in order", ("pain", "jaw"), in_order=True),
)


@pytest.fixture(name="index", scope="module")
def _index(reader: Reader) -> PatternIndex:
    return PatternIndex(GROUPS, PATTERNS, reader)


def found(index: PatternIndex, reader: Reader, text: str) -> list[tuple[str, str, bool]]:
    """Return sign and words of what is found, and whether it is affirmed."""
    reading = reader.read(text)
    return [(h.sign, reading.quote(*h.words), h.is_affirmed) for h in index.find(reading)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("my leg is numb", "leg is numb"),
        ("Numb! the whole left leg, I mean", ""),
        ("numb, the whole left leg", "numb, the whole left leg"),
        ("there's no feeling in my calf", "no feeling in my calf"),
        ("my legs went completely numb after", "legs went completely numb"),
        ("the leg I broke as a boy, and now a numb thumb", ""),
        ("my leg is numb, I sat on it", ""),
        ("the leg is fine. the food was numb", ""),
    ],
)
def test_a_word_of_each_group_within_reach_in_one_sentence(
    index: PatternIndex, reader: Reader, text: str, words: str
) -> None:
    expected = [("numbness", words, True)] if words else []
    assert found(index, reader, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "no numb leg",
        "my leg was numb years ago",
        "my mate's leg is numb",
        "leg numb? nope",
        "the leg went numb, all gone now: it went away",
    ],
)
def test_what_is_not_affirmed_is_no_hit(index: PatternIndex, reader: Reader, text: str) -> None:
    assert [hit for hit in found(index, reader, text) if hit[2]] == []


def test_what_is_only_asked_about_is_told_apart(index: PatternIndex, reader: Reader) -> None:
    ((sign, _, affirmed),) = found(index, reader, "what if my leg goes numb")
    assert (sign, affirmed) == ("numbness", False)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("my calf is drum tight", ["hard"]),
        ("my calf is drum tight from the drums", []),
        ("my calf is drum tight, what a song", []),
    ],
)
def test_what_a_pattern_names_itself_does_not_rule_it_out(
    index: PatternIndex, reader: Reader, text: str, signs: list[str]
) -> None:
    assert [hit[0] for hit in found(index, reader, text)] == signs


def test_anywhere_reaches_over_sentences(index: PatternIndex, reader: Reader) -> None:
    text = "It was so hot in there. Now I keep talking nonsense."
    assert [hit[0] for hit in found(index, reader, text)] == ["heatstroke"]


def test_order_counts_where_it_is_asked_for(index: PatternIndex, reader: Reader) -> None:
    assert [hit[0] for hit in found(index, reader, "pain up into my jaw")] == ["chest"]
    assert found(index, reader, "my jaw, and then pain") == []


def test_a_mended_word_alone_names_nothing(reader: Reader) -> None:
    """A misspelt name must not turn into a sign."""
    index = PatternIndex({"calm": ("calf",)}, (Pattern("x", "calm", ("calm",)),), reader)
    reading = reader.read("calff")
    if reading.words[0].mended:
        assert list(index.find(reading)) == []


@pytest.mark.parametrize("text", ["", "?", "leg " * 3000, "numb leg " * 1500])
def test_odd_texts(index: PatternIndex, reader: Reader, text: str) -> None:
    assert len(found(index, reader, text)) <= 1
