"""Reading typed replies: short words, choices among options, lengths of time."""

from __future__ import annotations

import pytest

from intents.answers import (
    Option,
    is_negated,
    only_picks,
    points_at,
    read_choices,
    read_hours,
    takes_all,
)
from intents.short_replies import Word, exception, leading_word, read_word

FRUIT = [
    Option(("Apple (not cooked)", "a round apple")),
    Option(("Pear or quince",)),
    Option(("No plums, or few",)),
    Option(("Dried grapes from the south",), ("raisins", "no grapes")),
]


class TestShortReplies:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("No", Word.NO),
            ("nope none", Word.NO),
            ("none of these!", Word.NO),
            ("I don’t have any", Word.NO),
            ("YES", Word.YES),
            ("yes, one or more", Word.YES),
            ("idk", Word.UNSURE),
            ("not sure?", Word.UNSURE),
            ("go back", Word.BACK),
            ("stop it", Word.STOP),
            ("just answer", Word.SKIP),
            ("that's all", Word.DONE),
            ("same as always", Word.SAME),
        ],
    )
    def test_it_is_read_as_a_whole(self, text: str, word: Word) -> None:
        assert read_word(text) is word

    @pytest.mark.parametrize(
        "text", ["", "?", "👍", "no warm-up", "stop the twitching", "maybe weak"]
    )
    def test_more_than_a_word_is_no_word(self, text: str) -> None:
        assert read_word(text) is None

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("no, it only aches", Word.NO),
            ("yes my arm", Word.YES),
            ("no yes", Word.UNSURE),
            ("no wait", None),
            ("no, i dont think so", Word.NO),
            ("nah i guess not", Word.NO),
            ("it hurts", None),
            ("no that is not quite what I wanted to say", None),
            ("", None),
        ],
    )
    def test_a_short_reply_may_begin_with_it(self, text: str, word: Word | None) -> None:
        assert leading_word(text) is word

    @pytest.mark.parametrize(
        "text",
        [
            "no idea tbh",
            "no clue really",
            "no im not sure",
            "no i dont know",
            "nah not sure",
            "no, i mean yes",
            "no wait yes",
            "nope idk maybe the urine one",
            "neither, well maybe chest",
            "no… maybe a bit dark",
            "nah dunno",
            "no, could be tho",
            "none? hard to tell",
            "nope. yes. sorry yes",
            "no, not 100 percent",
            "no I lied, yes",
            "no perhaps the second",
        ],
    )
    def test_a_no_with_a_doubt_beside_it_is_not_sure(self, text: str) -> None:
        assert Word.UNSURE in (read_word(text), leading_word(text))

    @pytest.mark.parametrize(
        ("text", "rest"),
        [
            ("none except the pear", "the pear"),
            ("No, just pears.", "pears."),
            ("nothing but the pear", "the pear"),
            ("just the pear", ""),
            ("no", ""),
        ],
    )
    def test_an_exception(self, text: str, rest: str) -> None:
        assert exception(text) == rest


class TestChoices:
    @pytest.mark.parametrize(
        ("text", "chosen"),
        [
            ("2", {1}),
            ("1 and 3", {0, 2}),
            ("the second", {1}),
            ("just the first and the last one", {0, 3}),
            ("pear", {1}),
            ("just the pear one", {1}),
            ("quinces and raisins", {1, 3}),
            ("Dried grapes from the south", {3}),
            ("no plums", {2}),
            ("all", {0, 1, 2, 3}),
            ("all of them", {0, 1, 2, 3}),
            ("all except pears", {0, 2, 3}),
            ("everything but the first", {1, 2, 3}),
            ("none except the pear", {1}),
            ("nope, only raisins", {3}),
        ],
    )
    def test_what_is_picked(self, text: str, chosen: set[int]) -> None:
        assert read_choices(text, FRUIT) == chosen

    @pytest.mark.parametrize(
        "text",
        ["", "…", "5", "0", "1 and 9", "2 weeks", "no pears", "all fine now", "a banana", "cooked",
         "it came from the south", "none except " * 400],
    )  # fmt: skip
    def test_what_picks_nothing(self, text: str) -> None:
        assert read_choices(text, FRUIT) == frozenset()

    def test_no_is_no_name_of_what_is_denied(self) -> None:
        assert read_choices("no raisins, but pears", FRUIT) == {1}

    @pytest.mark.parametrize("text", ["the second one", "just the quince one", "the first"])
    def test_pointing(self, text: str) -> None:
        assert points_at(text, FRUIT)

    @pytest.mark.parametrize("text", ["2", "pears", "the best one", "my second pear today"])
    def test_not_pointing(self, text: str) -> None:
        assert not points_at(text, FRUIT)

    @pytest.mark.parametrize("text", ["the pear one", "Pear or quince", "1 and 2", "the second"])
    def test_no_more_than_a_tap(self, text: str) -> None:
        assert only_picks(text, FRUIT)

    @pytest.mark.parametrize(
        "text", ["the rotten pear one", "pear and chest pain", "2 burning pears"]
    )
    def test_more_than_a_tap(self, text: str) -> None:
        assert not only_picks(text, FRUIT)

    def test_all_and_denials_are_told_apart(self) -> None:
        assert takes_all("all but the pear")
        assert not takes_all("all good")
        assert is_negated("I didn't")
        assert not is_negated("nothing much")


class TestLengthsOfTime:
    @pytest.mark.parametrize(
        ("text", "hours"),
        [("3wks", 504), ("two days", 48), ("20 mins", 1 / 3), ("since yesterday", 36),
         ("yesterday", 36),         ("3 weeks ago", 504), ("an hour or so", 1)],
    )  # fmt: skip
    def test_it_is_read(self, text: str, hours: float) -> None:
        assert read_hours(text) == pytest.approx(hours)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "long",
            "does it last two days?",
            "I ran for two hours in the rain and then it began",
        ],
    )
    def test_there_is_none(self, text: str) -> None:
        assert read_hours(text) is None
