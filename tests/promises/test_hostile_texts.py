"""No message costs much, whatever it holds: who waits behind it in the queue may need help."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial
from string import ascii_lowercase
from time import process_time
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Say, Utterance
from bot.dialogue.state import DOUBT, Alarm, Progress, State
from intents.content.faq import Faq
from intents.reading.text import MAX_CHARACTERS, MOST_WORDS
from intents.understanding import Understanding
from tests.conftest import NOW

LONGEST: Final = 4_096  # characters of a Telegram message
GROWTH: Final = 2.3  # of the cost, where the length doubles
FLOOR: Final = 0.015  # seconds below which nothing is compared
TIMES_NORMAL: Final = 120  # an ordinary message's cost, measured beside: 50 ms beside 1.3, doubled
CEILING: Final = 0.5  # seconds, on any machine
TRIES: Final = 6  # a busy machine makes some runs dear, none cheap

PIECES: Final = [
    "1h", "3h ", "days ", "no ", "none of those ", ",", ".", "\n", "? ", "?", " - ", "a ----- ",
    "a: no, ", "x ❌ ", "✅ numb ", "❌", "😟", "a\u0301", "\u0301", "Z\u0335\u0321a\u0317 ",
    "\u202e", "ألم في الصدر ", "胸が痛い", "me duele el pecho ", "no siento ",
    "ataque al corazón ", "’", "a'", '"numb" ', "(", "[x] ", "chest ", "pain ",
    "my chest hurts ", "numb weak swelling ", "i ", "my ", "not without no never ",
    "i took all my pills ", "i want to die ", "what is it? ", "and what ", "since the gym ",
    "5 weeks ago since then ", "twenty one ", "and a half ", "½", "1/2 ", "1.2.3", "my mate's ",
    "but it calmed down ", "years ago, ", "help ", "all of them except ", "the numb one ",
    "https://a.b/c?d=e ", "**a** `b` <i>c</i> ", "\x00", "\ud83d", "a\udc00 ", "   ", "\t",
    "c h e s t ", "a", "chestpain", "nooooo ", "twich ", "qzxv ", "I'm Kamal ", "Hi Bob, ",
    "regards, ", "e.g.", "my calf twitches. ", "is it normal and how long does it last ",
    "called 999 ", "ﷺ ", "１ ",
]  # fmt: skip
UNITS: Final = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)

ORDINARY: Final = [
    "my calf keeps twitching after a run, is that normal?",
    "did legs on tuesday and since then my thigh jumps at night. how long does it last?",
    "should i take magnesium for this or just drink more",
    "hi, my eyelid has been going for 3 days and i had a lot of coffee",
]


def filled(unit: str, characters: int) -> str:
    """Return a text that repeats a piece."""
    return (unit * (characters // len(unit) + 1))[:characters]


def seconds(do: Callable[[], object], runs: int = 3) -> float:
    """Return the processor's time for something, the least of some runs."""
    found = []
    for _ in range(runs):
        began = process_time()
        do()
        found.append(process_time() - began)
    return min(found)


def grows_with_length(cost: Callable[[str], float], unit: str) -> bool:
    """Tell whether a text of twice the length costs about twice as much."""
    for _ in range(TRIES):
        short, long = cost(filled(unit, 1_024)), cost(filled(unit, 2_048))
        if long <= GROWTH * max(short, FLOOR):
            return True
    return False


@pytest.fixture(name="normal", scope="module")
def _normal(understanding: Understanding) -> float:
    """Return what an ordinary message costs on this machine."""
    costs = [seconds(partial(understanding.understand, text), 9) for text in ORDINARY]
    return sorted(costs)[len(costs) // 2]


@pytest.fixture(name="states", scope="module")
def _states(faq: Faq) -> list[State]:
    """Return a conversation in each place in which a text may reach it."""
    assert faq.check
    emergencies = [sign.id for sign in faq.signs if faq.is_emergency(sign.id)]
    body = next(id for id in emergencies if id not in faq.crises)
    steps = [Progress(step=step.id) for step in faq.check.steps]
    checks = [*steps, *(Progress(step=DOUBT, doubt=id) for id in (body, *faq.crises))]
    alarms = [Alarm(signs, NOW - 60) for signs in ((), (body,), *((id,) for id in faq.crises))]
    offered = tuple(intent.id for intent in faq.intents[:3])
    return [
        *(State(serial=1, check=check, at=NOW - 5) for check in checks),
        *(State(serial=1, alarm=alarm, at=NOW - 5) for alarm in alarms),
        State(serial=1, at=NOW - 5, offered=offered, topic=offered[0]),
    ]


@given(unit=UNITS)
@settings(max_examples=40)
def test_understanding_takes_time_in_proportion(understanding: Understanding, unit: str) -> None:
    assert grows_with_length(lambda t: seconds(lambda: understanding.understand(t)), unit)


@given(data=st.data(), unit=UNITS)
@settings(max_examples=40)
def test_a_reply_takes_time_in_proportion(
    dialogue: Dialogue, states: list[State], data: st.DataObject, unit: str
) -> None:
    state = data.draw(st.sampled_from(states))
    assert grows_with_length(
        lambda text: seconds(lambda: dialogue.step(state, Utterance(text, NOW))), unit
    )


def within_budget(cost: Callable[[], float], normal: float) -> bool:
    """Tell whether something costs no more than a message may."""
    return any(cost() <= min(TIMES_NORMAL * normal, CEILING) for _ in range(TRIES))


@pytest.mark.parametrize("characters", [LONGEST, MAX_CHARACTERS])
@pytest.mark.parametrize("unit", PIECES, ids=ascii)
def test_no_text_costs_more_than_the_budget(
    dialogue: Dialogue, states: list[State], normal: float, unit: str, characters: int
) -> None:
    said = Utterance(filled(unit, characters), NOW)
    for state in states[:: 1 if characters == LONGEST else 4]:
        assert within_budget(partial(seconds, partial(dialogue.step, state, said), 1), normal)


def test_nor_do_words_that_nobody_knows(understanding: Understanding, normal: float) -> None:
    """What was mended once is remembered, so that each text here has other words."""
    chance = random.Random(7)

    def cost() -> float:
        words = ("".join(chance.choices(ascii_lowercase, k=6)) for _ in range(LONGEST // 7))
        text = " ".join(words)
        return seconds(lambda: understanding.understand(text), 1)

    assert within_budget(cost, normal)


@given(data=st.data())
@settings(max_examples=30)
def test_nor_do_the_words_of_the_signs(
    understanding: Understanding, faq: Faq, normal: float, data: st.DataObject
) -> None:
    phrases = [
        *(phrase for group in faq.patterns.groups.values() for phrase in group),
        *(phrase for sign in faq.signs for phrase in sign.phrases[::9]),
    ]
    chosen = data.draw(st.lists(st.sampled_from(phrases), min_size=1, max_size=200))
    joint = data.draw(st.sampled_from([" ", ", ", ". ", "\n"]))
    text = filled(joint.join(chosen) + joint, MAX_CHARACTERS)
    assert within_budget(lambda: seconds(lambda: understanding.understand(text), 1), normal)


NOISE: Final = ["x ", "😟", ", ", "la la la ", "my calf twitches. ", "lorem ipsum. ", "1h", "\n"]
EMERGENCY: Final = "My chest hurts and I can't breathe."


@pytest.mark.parametrize("noise", NOISE, ids=ascii)
@pytest.mark.parametrize("ends", ["begins", "ends"])
def test_an_emergency_at_either_end_of_a_long_text_is_met(
    dialogue: Dialogue, noise: str, ends: str
) -> None:
    around = filled(noise, 4_000)
    text = f"{EMERGENCY} {around}" if ends == "begins" else f"{around} {EMERGENCY}"
    _, (reply, *_) = dialogue.step(State(), Utterance(text, NOW))
    assert isinstance(reply, Say)
    assert reply.emergency


def test_of_a_text_of_too_many_words_both_ends_are_read(understanding: Understanding) -> None:
    reading = understanding.reader.read("first " + "x " * (2 * MOST_WORDS) + "last")
    assert len(reading.words) == MOST_WORDS
    assert (reading.plain[0], reading.plain[-1]) == ("first", "last")
