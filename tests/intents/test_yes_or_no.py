"""A yes, a no, or a doubt that is wrapped in other words."""

from __future__ import annotations

import pytest

from intents.languages.language import Word
from intents.reading.reading import Reader
from intents.yes_or_no import Answer, nearly, yes_or_no

NO, YES, UNSURE = Word.NO, Word.YES, Word.UNSURE


def answer(text: str, reader: Reader) -> Answer:
    """Read a reply whose sentences are parted by stops, and its clauses by commas."""
    sentences = [part.replace(",", " ").split() for part in text.split(".")]
    last = text.replace(".", ",").split(",")[-1].split()
    return yes_or_no(sentences, last, reader.language.replies)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("fuck no lmao i only did squats", NO),
        ("my son has none of these symptoms he is eating crisps", NO),
        ("read it twice, nothing there fits me", NO),
        ("ive not got any of them and i did read every line", NO),
        ("zilch. can we get to the bit where you tell me what to do", NO),
        ("just sore from the gym, so no", NO),
        ("hmm let me see. no no. none", NO),
        ("thats me, yes", YES),
        ("oh yes and it goes into my arm when i climb the stairs", YES),
        ("mm i think so", UNSURE),
        ("mostly no", UNSURE),
        ("my kid says he feels funny but he cant explain it so i dont know", UNSURE),
        ("not none. line seven", UNSURE),
        ("no. wait", None),
        ("yeah i read it and none apply", None),
        ("we drove home in the rain", None),
        ("", None),
        ("no " + "and then we went on " * 5, None),
    ],
)
def test_what_it_says(reader: Reader, text: str, word: Word | None) -> None:
    assert answer(text, reader).word is word


@pytest.mark.parametrize(
    ("text", "is_hedged"),
    [("no but my leg is warm", True), ("no. the leg is warm though", True), ("no, thanks", False)],
)
def test_a_but_beside_a_no_is_told(reader: Reader, text: str, is_hedged: bool) -> None:
    assert answer(text, reader) == Answer(NO, is_hedged)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("nonw of these", NO),
        ("onr of these", YES),
        ("not syre", UNSURE),
        ("none of these", None),  # no slip at all
        ("i did mean that", None),  # two letters from "I didn't mean that"
        ("noo", None),  # too short to tell
    ],
)
def test_one_slip_of_the_thumb_changes_nothing(
    reader: Reader, text: str, word: Word | None
) -> None:
    assert nearly(text.split(), reader.language.replies) is word
