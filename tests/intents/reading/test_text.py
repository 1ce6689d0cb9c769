"""Text as words."""

from __future__ import annotations

import pytest

from intents.languages.loading import load_language
from intents.reading.text import LONGEST_WORD, MAX_CHARACTERS, clean, tokens

FOLD = load_language("en").fold


def words(text: str) -> list[str]:
    return [token.word for token in tokens(clean(text), FOLD)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("My CALF Jumps", ["my", "calf", "jumps"], id="case"),
        pytest.param("don't can’t won´t", ["dont", "cant", "wont"], id="apostrophes"),
        pytest.param("sooooo goood", ["soo", "good"], id="stretched letters"),
        pytest.param("Café naïve", ["cafe", "naive"], id="accents"),
        pytest.param("2.5 km, 10:30", ["2.5", "km", "10:30"], id="numbers stay whole"),
        pytest.param("really?!", ["really", "?"], id="a question mark is a word"),
        pytest.param("left-leg/right_leg", ["left", "leg", "right", "leg"], id="joined words"),
        pytest.param("😀 … !!", [], id="no words"),
        pytest.param("chest😀pain‼️help", ["chest", "pain", "help"], id="pictures part words"),
        pytest.param("cafe\u0301 c\u0336h\u0336", ["cafe", "ch"], id="marks over letters"),
        pytest.param("2½hrs ½ hour", ["2", "1⁄2", "hrs", "1⁄2", "hour"], id="parts of one"),
        pytest.param("ｃｈｅｓｔ ５？", ["chest", "5", "?"], id="full width"),
        pytest.param("𝐜𝐡𝐞𝐬𝐭 ⓟⓐⓘⓝ", ["chest"], id="letters of formulas; ringed ones are none"),
        pytest.param("", [], id="nothing"),
        pytest.param("عضلة ترتجف", ["عضلة", "ترتجف"], id="right to left"),
        pytest.param("ﬁne Ｗow", ["fine", "wow"], id="typographic forms"),
    ],
)
def test_words_as_compared(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_forms_of_a_word_share_a_stem() -> None:
    assert {FOLD(word)[1] for word in ("jump", "jumps", "jumping", "Jumped")} == {"jump"}


def test_tokens_tell_where_they_stand() -> None:
    text = "Ow, my café!"
    assert [text[t.start : t.end] for t in tokens(text, FOLD)] == ["Ow", "my", "café"]


@pytest.mark.parametrize(
    "unseen",
    ["\u00ad", "\u200b", "\u200d", "\u202e", "\u2060", "\u2066", "\ufe0f", "\ufeff"],
    ids=lambda c: f"U+{ord(c):04X}",
)
def test_what_cannot_be_seen_vanishes(unseen: str) -> None:
    assert clean(f"ch{unseen}est {unseen}pain{unseen}") == "chest pain"


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x1f", "\x7f", "\x85"], ids=repr)
def test_what_steers_a_terminal_parts_words(control: str) -> None:
    assert clean(f"a{control}b") == "a b"


def test_overlong_text_keeps_its_beginning_and_end() -> None:
    text = clean("first " + f"{'x' * LONGEST_WORD} " * MAX_CHARACTERS + "last")
    assert len(text) == MAX_CHARACTERS + 1
    assert text.startswith("first")
    assert text.endswith("last")


def test_a_word_without_end_is_cut() -> None:
    (token,) = tokens("ab" * 5_000, FOLD)
    assert len(token.word) == LONGEST_WORD
    assert (token.start, token.end) == (0, 10_000)
