"""Misspelt words find the word that was meant; right words are left alone."""

from __future__ import annotations

import pytest

from intents.languages.loading import load_language
from intents.reading.spelling import LONGEST, Mender

COMMON = load_language("en").common
MENDER = Mender(
    ["muscle", "calf", "twitch", "exercise", "magnesium", "cramp", "train", "leg", "dehydrated"],
    COMMON,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        pytest.param("mucsle", "muscle", id="swapped letters"),
        pytest.param("twich", "twitch", id="missing letter"),
        pytest.param("twittch", "twitch", id="doubled letter"),
        pytest.param("exersize", "exercise", id="two letters wrong"),
        pytest.param("magnezium", "magnesium", id="one letter wrong"),
        pytest.param("dehidrated", "dehydrated", id="long word"),
    ],
)
def test_misspelt_word_is_mended(written: str, meant: str) -> None:
    assert MENDER.mend(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("muscle", id="known to the content"),
        pytest.param("cake", id="ordinary English, near calf"),
        pytest.param("tramp", id="ordinary English, near cramp"),
        pytest.param("lge", id="too short to tell"),
        pytest.param("crxyz", id="five letters, three wrong"),
        pytest.param("magnxyzum", id="long, three wrong"),
        pytest.param("mu5cle", id="not only letters"),
        pytest.param("m" * (LONGEST + 1), id="too long for a word"),
        pytest.param("", id="nothing"),
    ],
)
def test_word_is_left_alone(written: str) -> None:
    assert MENDER.mend(written) is None


def test_the_more_alike_of_two_near_words_is_taken() -> None:
    assert Mender(["strain", "sprain"], COMMON).mend("spraim") == "sprain"
