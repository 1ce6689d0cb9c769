"""What a message mentions is told apart by whether it is affirmed of the patient, now."""

from __future__ import annotations

import pytest

from intents.reading.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER, PAST
from intents.reading.reading import Reader


def marks_of(reader: Reader, text: str, word: str) -> list[int]:
    """Return the marks of a word wherever it stands in a text."""
    reading = reader.read(text)
    return [m for w, m in zip(reading.plain, reading.marks, strict=True) if w == word]


AFFIRMED_CASES = [
    pytest.param("my leg is numb", "numb", id="plain"),
    pytest.param("not only numb but weak too", "numb", id="pseudo-negation: not only"),
    pytest.param("not just numb, weak as well", "numb", id="pseudo-negation: not just"),
    pytest.param("no change, still numb", "numb", id="pseudo-negation: no change"),
    pytest.param("there's no feeling in my foot", "feeling", id="no feeling is a sign"),
    pytest.param("I can't feel my foot", "feel", id="can't feel is a sign"),
    pytest.param("i cannot move my arm", "move", id="cannot move is a sign"),
    pytest.param("i dont feel my toes", "toes", id="don't feel is a sign"),
    pytest.param("the numbness hasn't gone away", "numbness", id="not gone away"),
    pytest.param("no doubt it is swollen", "swollen", id="no doubt"),
    pytest.param("no pain but numb", "numb", id="scope ends at but"),
    pytest.param("no pain though my toes are numb", "numb", id="scope ends at though"),
    pytest.param("nothing hurts apart from a numb toe", "numb", id="scope ends at apart from"),
    pytest.param("no swelling except the ankle is red", "red", id="scope ends at except"),
    pytest.param("no pain. numb foot", "numb", id="scope ends at a full stop"),
    pytest.param("no pain, my foot is numb", "numb", id="scope ends at a clause of its own"),
    pytest.param("no pain and my foot is numb", "numb", id="scope ends at a new subject"),
    pytest.param("not without pain", "pain", id="double negation: not without"),
    pytest.param("can't say it doesn't hurt", "hurt", id="double negation: can't say it doesn't"),
    pytest.param("can't deny the pain", "pain", id="double negation: can't deny"),
    pytest.param("no idea why my leg is numb", "numb", id="no idea"),
    pytest.param("is it bad that my leg is numb?", "numb", id="a question about the writer's own"),
    pytest.param("why is my calf swollen", "swollen", id="why is mine"),
    pytest.param("should i worry about my numb leg", "numb", id="worry about mine"),
    pytest.param("numb since last year", "numb", id="long ago, up to the present"),
    pytest.param("my knee was sore years ago, now it is swollen", "swollen", id="past, then now"),
    pytest.param("I told my wife my arm is numb", "numb", id="somebody else listens"),
    pytest.param("my husband says my face droops", "droops", id="somebody else tells"),
    pytest.param("my son cannot breathe", "breathe", id="the writer's child is the patient"),
    pytest.param("my friend collapsed, what do i do", "collapsed", id="somebody is helped now"),
    pytest.param("my dad has cramps. my own leg is numb", "numb", id="the writer again"),
    pytest.param("half of my face don't move any more", "move", id="any more after a sign"),
    pytest.param("", "numb", id="nothing written"),
]


@pytest.mark.parametrize(("text", "word"), AFFIRMED_CASES)
def test_affirmed(reader: Reader, text: str, word: str) -> None:
    assert all(mark == AFFIRMED for mark in marks_of(reader, text, word))


MARKED_CASES = [
    pytest.param("no numbness", "numbness", NEGATED, id="negation before"),
    pytest.param("I don't have any swelling", "swelling", NEGATED, id="don't have any"),
    pytest.param("denies weakness", "weakness", NEGATED, id="denies"),
    pytest.param("the opposite of worse", "worse", NEGATED, id="opposite of"),
    pytest.param("swelling: none", "swelling", NEGATED, id="negation after a colon"),
    pytest.param("pain? nope", "pain", NEGATED, id="question and answer"),
    pytest.param("numbness, not at all", "numbness", NEGATED, id="negation after"),
    pytest.param("chest is fine", "chest", NEGATED, id="is fine"),
    pytest.param("nop not swell", "swell", NEGATED, id="misspelt: nop"),
    pytest.param("dont hav pain", "pain", NEGATED, id="misspelt: dont hav"),
    pytest.param("dosent hurt", "hurt", NEGATED, id="misspelt: dosent"),
    pytest.param("havnt got any numbness", "numbness", NEGATED, id="misspelt: havnt"),
    pytest.param("no pain, numbness or swelling", "swelling", NEGATED, id="list, its end"),
    pytest.param("no pain, numbness or swelling", "numbness", NEGATED, id="list, its middle"),
    pytest.param("doesn't spread, doesn't burn, doesn't ache", "ache", NEGATED, id="verbs"),
    pytest.param("neither numb nor weak", "numb", NEGATED, id="neither"),
    pytest.param("neither numb nor weak", "weak", NEGATED, id="nor"),
    pytest.param("the pain is gone", "pain", OVER, id="is gone"),
    pytest.param("numbness went away", "numbness", OVER, id="went away"),
    pytest.param("my knee was swollen years ago", "swollen", PAST, id="years ago"),
    pytest.param("used to faint as a kid", "faint", PAST, id="used to"),
    pytest.param("swollen back in school, fine today", "swollen", PAST, id="past, fine today"),
    pytest.param("my dad's feet are numb", "numb", OTHER, id="somebody else's"),
    pytest.param("my nan had a stroke last week", "stroke", OTHER, id="kin"),
    pytest.param("the dog is limping", "limping", OTHER, id="an animal"),
    pytest.param("my mate tore his pec, the pain was unreal", "pain", OTHER, id="told on"),
    pytest.param("what if my leg goes numb", "numb", ASKED, id="hypothetical"),
    pytest.param("would it get worse if i run", "worse", ASKED, id="would"),
    pytest.param("is numbness a bad sign?", "numbness", ASKED, id="asked in general"),
    pytest.param("what is numbness", "numbness", ASKED, id="asked what it is"),
    pytest.param("are breathing problems a red flag?", "breathing", ASKED, id="asked about"),
    pytest.param("can you get numb from a saddle", "numb", ASKED, id="can you"),
]


@pytest.mark.parametrize(("text", "word", "mark"), MARKED_CASES)
def test_marked(reader: Reader, text: str, word: str, mark: int) -> None:
    found = marks_of(reader, text, word)
    assert found
    assert all(one & mark or one == mark for one in found)


@pytest.mark.parametrize("joint", [". ", " — ", " – ", "… ", "\n", "; "], ids=repr)
def test_a_scope_ends_with_its_sentence(reader: Reader, joint: str) -> None:
    assert marks_of(reader, f"no pain{joint}my foot numb", "numb") == [AFFIRMED]


def test_every_word_is_marked(reader: Reader) -> None:
    reading = reader.read("no pain, but my leg (the left one) is numb!? since when... 3 days")
    assert len(reading.marks) == len(reading.words)
