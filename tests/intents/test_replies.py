"""Reading typed replies: short words, choices among options, lengths of time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intents.languages.language import Word
from intents.options import Option, OptionReader
from intents.reading.reading import Reader
from intents.replies import Said, read_reply

FRUIT = [
    Option(("Apple (not cooked)", "a round apple")),
    Option(("Pear or quince",)),
    Option(("No plums, or few",)),
    Option(("Dried grapes from the south",), ("raisins", "no grapes")),
]
Read = Callable[[str], Said]


@pytest.fixture(name="said", scope="module")
def _said(reader: Reader) -> Read:
    names = OptionReader(reader, {"Pass over it": Word.SKIP})
    options = names.options(map(names.named, FRUIT))
    return lambda text: read_reply(reader.read(text), options)


class TestWords:
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
            ("pass over it", Word.SKIP),
            ("that's all", Word.DONE),
            ("same as always", Word.SAME),
            ("noooo", Word.NO),
            ("ok none", Word.NO),
            ("don't think so", Word.NO),
            ("she has none", Word.NO),
            ("absolutely not", Word.NO),
            ("👎", Word.NO),
            ("👎🏽", Word.NO),
            ("it's gone now", Word.GONE),
            ("all good now", Word.GONE),
            ("She's fine now", Word.GONE),
            ("it stopped", Word.GONE),
            ("false alarm", Word.GONE),
            ("That's not right!", Word.WRONG),
            ("no I never said that", Word.WRONG),
            ("I didn’t mean that", Word.WRONG),
            ("you misread me", Word.WRONG),
            ("not true", Word.WRONG),
        ],
    )
    def test_it_is_read_as_a_whole(self, said: Read, text: str, word: Word) -> None:
        found = said(text)
        assert (found.word, found.is_bare) == (word, True)

    @pytest.mark.parametrize(
        "text",
        [
            "my hope is gone",
            "it never went away",
            "is it gone?",
            "not gone yet",
            "something is wrong with my leg",
            "what is wrong with me",
            "I did mean that",
        ],
    )
    def test_what_only_sounds_like_taking_it_back(self, said: Read, text: str) -> None:
        assert said(text).word not in (Word.GONE, Word.WRONG)

    def test_to_take_a_word_back_is_no_no(self, said: Read) -> None:
        """A "no" would answer the open question: "no I never said that" answers none."""
        assert said("no, that's wrong").word is Word.WRONG
        assert said("no, it only aches").word is Word.NO

    @pytest.mark.parametrize("text", ["", "?", "👍", "stop the twitching", "it hurts"])
    def test_more_than_a_word_is_no_word(self, said: Read, text: str) -> None:
        assert said(text).word is None

    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("no, it only aches", Word.NO),
            ("yes my arm", Word.YES),
            ("no yes", Word.UNSURE),
            ("no wait", None),
            ("no, i dont think so", Word.NO),
            ("nah i guess not", Word.NO),
            ("no. can you just tell me what to do", Word.NO),
            ("none of those. it is just the twitch", Word.NO),
            ("no. well. actually", None),
            ("no. maybe tomorrow", Word.UNSURE),
            ("no. wait. yes", Word.UNSURE),
            ("no that is not quite what I wanted to say", None),
        ],
    )
    def test_a_short_reply_may_begin_with_it(
        self, said: Read, text: str, word: Word | None
    ) -> None:
        found = said(text)
        assert (found.word, found.is_bare) == (word, False)

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
        ],
    )
    def test_a_no_with_a_doubt_beside_it_is_not_sure(self, said: Read, text: str) -> None:
        assert said(text).word is Word.UNSURE


class TestChoices:
    @pytest.mark.parametrize(
        ("text", "chosen"),
        [
            ("2", {1}),
            ("1 and 3", {0, 2}),
            ("1,3", {0, 2}),
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
            ("no raisins, but pears", {1}),
            ("maybe the pears", {1}),
        ],
    )
    def test_what_is_picked(self, said: Read, text: str, chosen: set[int]) -> None:
        assert said(text).picked == chosen

    @pytest.mark.parametrize(
        "text",
        ["", "…", "5", "0", "1 and 9", "2 weeks", "no pears", "all fine now", "a banana", "cooked",
         "it came from the south", "none except " * 400],
    )  # fmt: skip
    def test_what_picks_nothing(self, said: Read, text: str) -> None:
        assert said(text).picked == frozenset()

    @pytest.mark.parametrize(
        "text",
        [
            "aint got pears",
            "dosent have pears",
            "zero pears",
            "pears? nope",
            "had pears last year",
            "are pears bad?",
            "what if pears",
            "my mum has pears",
        ],
    )
    def test_what_is_denied_past_or_only_asked_about_is_no_choice(
        self, said: Read, text: str
    ) -> None:
        assert said(text).picked == frozenset()

    def test_what_is_left_out_is_told(self, said: Read) -> None:
        assert said("all except pears").left_out == {1}
        assert said("raisins but no pears at all").left_out == {1}

    @pytest.mark.parametrize(
        "text",
        ["the pear one", "Pear or quince", "1 and 2", "the second", "just the quince one", "all"],
    )
    def test_no_more_than_a_tap(self, said: Read, text: str) -> None:
        assert said(text).is_bare

    @pytest.mark.parametrize(
        "text", ["the rotten pear one", "pear and chest pain", "2 burning pears"]
    )
    def test_more_than_a_tap(self, said: Read, text: str) -> None:
        assert not said(text).is_bare

    def test_all_is_told_from_what_only_begins_so(self, said: Read) -> None:
        assert said("all but the pear").takes_all
        assert not said("all good").takes_all


class TestLengthsOfTime:
    @pytest.mark.parametrize(("text", "hours"), [("3wks", 504), ("two days", 48), ("4", None)])
    def test_it_is_read(self, said: Read, text: str, hours: float | None) -> None:
        assert said(text).hours == hours

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "long",
            "does it last two days?",
            "I ran for two hours in the rain and then it began",
        ],
    )
    def test_there_is_none(self, said: Read, text: str) -> None:
        assert said(text).hours is None
