"""How the content reads: in plain words, and the way to causes and remedies in few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Reply, Say
from bot.dialogue.state import Progress, State
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from tests.conftest import NOW, press, utterance

HIGHEST_GRADE: Final = 6.0  # of Flesch and Kincaid: years at school
FEW: Final = 30  # words; of fewer the grade says nothing
RESULT: Final = 130  # words
WAY_TO_CAUSES: Final = 230  # words, in all the messages up to the result
TAPS_TO_CAUSES: Final = 3

_WORD: Final = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_COUNTED: Final = re.compile(r"\w")
_VOWELS: Final = re.compile(r"[aeiouy]+")


def count(text: str) -> int:
    """Return the number of words, a number being one; of bullets and dashes none."""
    return sum(bool(_COUNTED.search(word)) for word in text.split())


def syllables(word: str) -> int:
    """Return about how many syllables a word has."""
    word = word.lower().replace("'", "").replace("’", "")
    found = len(_VOWELS.findall(word))
    if word.endswith("e") and not word.endswith(("le", "ee")) and found > 1:
        found -= 1
    if word.endswith(("es", "ed")) and not word.endswith(("ted", "ded", "ses", "ces", "les")):
        found -= found > 1
    return max(found, 1)


def grade(text: str) -> float:
    """Return the years at school after which a text reads easily; a line ends a sentence."""
    lines = re.split(r"[.!?]+(?=\s|$)|\n+", re.sub(r"[*`]|\{\w+\}", "", text))
    sentences = [found for line in lines if (found := _WORD.findall(line))]
    words = [word for sentence in sentences for word in sentence]
    per_sentence = len(words) / len(sentences)
    return 0.39 * per_sentence + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_grade_tells_plain_words_from_others() -> None:
    assert grade("Rest the leg. Drink some water. Then go to bed and sleep.") < 1
    assert grade("Fasciculations typically originate in hyperexcitable peripheral axons.") > 12
    assert [syllables(word) for word in ("ache", "muscle", "muscles", "rested", "doctor")] == [
        1, 2, 2, 2, 2,
    ]  # fmt: skip


def texts(faq: Faq) -> Iterator[tuple[str, str]]:
    """Return every text that may be sent, by where it stands."""
    for intent in faq.intents:
        yield f"answer of {intent.id}", intent.answer
    for level in faq.levels:
        yield f"level {level.id}", f"{level.text}\n{level.safety_net}"
        yield f"level {level.id} again", level.again
        for way in level.ways:
            yield f"level {level.id}: {way.label}", way.says
    for sign in faq.signs:
        yield f"first aid of {sign.id}", sign.first_aid
    for name, sentence in faq.words.items():
        yield f"sentence {name}", sentence


HARDER: Final = {  # the names of medicines, illnesses and blood tests are long words
    "answer of doctor", "answer of medication", "answer of medicine_kinds", "answer of normal",
    "first aid of blood_salts",
}  # fmt: skip


def test_texts_read_easily(faq: Faq) -> None:
    hard = {w for w, text in texts(faq) if count(text) >= FEW and grade(text) > HIGHEST_GRADE}
    assert hard <= HARDER


def test_no_text_is_hard(faq: Faq) -> None:
    assert {w for w, text in texts(faq) if count(text) >= FEW and grade(text) > 9} == set()


# The result


def results(dialogue: Dialogue, faq: Faq) -> Iterator[tuple[tuple[str, ...], Say]]:
    """Return the results of checks with at most two signs and two risks, by what was ticked."""
    assert faq.check
    steps = {step.id: [option.id for option in step.options] for step in faq.check.steps}
    for signs in _at_most_two(steps["signs"]):
        for about in _at_most_two(steps["about"]):
            progress = Progress(step="about", picked=(*signs, *about))
            state = State(serial=1, check=progress, at=NOW - 60)
            _, said = dialogue.step(state, press("c:1:about:+none"))
            yield progress.picked, next(one for one in said if isinstance(one, Say))


def _at_most_two(ids: list[str]) -> list[tuple[str, ...]]:
    return [(), *((id,) for id in ids), *combinations(ids, 2)]


def test_a_result_is_short(dialogue: Dialogue, faq: Faq) -> None:
    told = [(picked, say) for picked, say in results(dialogue, faq) if not say.emergency]
    assert len(told) > 500
    assert [(picked, count(say.text)) for picked, say in told if count(say.text) > RESULT] == []


def test_a_result_tells_causes_and_remedies_unless_it_cannot_wait(
    dialogue: Dialogue, faq: Faq
) -> None:
    heads = [faq.words["result_causes"], faq.words["result_remedies"]]
    urgent = next(level for level in faq.levels if level.id == "urgent")
    for picked, say in results(dialogue, faq):
        if not say.emergency:
            is_urgent = urgent.title in say.text
            assert [head in say.text for head in heads] == [not is_urgent] * 2, picked


# The way to it


@pytest.mark.parametrize(
    "first",
    [
        "my calf twitches after squats",
        "why does my calf twitch?",
        "my thigh keeps jumping since leg day",
    ],
)
def test_the_way_to_causes_and_remedies_is_short(dialogue: Dialogue, faq: Faq, first: str) -> None:
    """Somebody with nothing wrong gets there in a few taps on the first button, None of these."""
    none = Wording(faq).say("none_of_these")
    state, replies = dialogue.step(State(), utterance(first))
    heard, taps = [*said(replies)], 0
    while state.check:
        taps += 1
        data = next(b.data for row in heard[-1].keyboard for b in row if b.label == none)
        state, replies = dialogue.step(state, press(data, NOW + taps))
        heard += said(replies)
    at = next(n for n, one in enumerate(heard) if faq.words["result_remedies"] in one.text)
    assert faq.words["result_causes"] in heard[at].text
    assert taps <= TAPS_TO_CAUSES
    assert sum(count(one.text) for one in heard[: at + 1]) <= WAY_TO_CAUSES


def said(replies: tuple[Reply, ...]) -> list[Say]:
    return [reply for reply in replies if isinstance(reply, Say)]
