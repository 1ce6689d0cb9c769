"""What holds whatever comes: it always replies, and misses no emergency."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import (
    Command,
    Edited,
    Event,
    Press,
    Redraw,
    Reply,
    Say,
    Settle,
    Toast,
    Unreadable,
    Utterance,
)
from bot.dialogue.state import DOUBT, Alarm, Progress, State
from intents.content.faq import Faq
from intents.understanding import Understanding
from tests.conftest import NOW

TOAST_LIMIT: Final = 200
MAX_DATA_BYTES: Final = 64  # of a button, Telegram's limit


def words(text: str) -> st.SearchStrategy[str]:
    """Return one of the words of a text."""
    return st.sampled_from(text.split())


WORDS: Final = words(
    """no nope none yes maybe idk back stop skip done just answer the second all except numb weak
    swelling 3 weeks since monday coffee tired my calf twitches why how long normal doctor help
    chest pain breathe faint dark urine thanks hello ? 1 and 4 ok slept badly magnesium als"""
)
TEXTS: Final = st.one_of(st.lists(WORDS, max_size=8).map(" ".join), st.text(max_size=60))
ACTIONS: Final = words(
    """+none +any +unsure +done +back +stop +skip +wrong +open weak numb strong_pain swollen
    one_leg days is_child has_kidney caffeine_lately tired muscle no_such"""
)
STEPS: Final = ["danger", "signs", "about", "lately", DOUBT]
TAPS: Final = st.one_of(
    st.builds("c:{}:{}:{}".format, st.integers(0, 12), st.sampled_from(STEPS), ACTIONS),
    st.sampled_from(["check", "topics", "mistaken", "joke", "gone", "else", "none", "l:crisis:0"]),
    st.sampled_from(["l:crisis:1", "l:crisis:9", "l:soon:0", "t:causes", "t:drinks", "t:nobody"]),
    st.text(max_size=64),
)
COMMANDS: Final = st.one_of(
    words("start help about privacy topics check cancel forget nonsense"),
    st.text(max_size=32),
)
# Beside plain time: a clock that goes back, half an hour, a day, years.
PAUSES: Final = st.sampled_from([0.0, 1.0, 10.0, 1799.0, 1801.0, 86_400.0, 1e9, -3600.0])


@st.composite
def events(draw: st.DrawFn) -> tuple[float, Event]:
    """Draw what happens next, and how long after what was before it."""
    at = 0.0
    return draw(PAUSES), draw(
        st.one_of(
            st.builds(Utterance, TEXTS, st.just(at)),
            st.builds(Edited, TEXTS, st.just(at)),
            st.builds(Press, TAPS, st.just(at)),
            st.builds(Command, COMMANDS, TEXTS, st.just(at)),
            st.builds(Unreadable, st.text(max_size=9), st.just(at)),
        )
    )


def ids(faq: Faq) -> st.SearchStrategy[tuple[str, ...]]:
    """Return some of the content's sign ids, and one it does not know."""
    known = st.sampled_from([*(sign.id for sign in faq.signs), "no_such"])
    return st.lists(known, max_size=4, unique=True).map(tuple)


def states(faq: Faq) -> st.SearchStrategy[State]:
    """Return any state that could be read back, also one from another content."""
    assert faq.check
    known = [option.id for step in faq.check.steps for option in step.options]
    options = st.lists(st.sampled_from([*known, "no_such"]), max_size=4, unique=True).map(tuple)
    intents = st.sampled_from([*(i.id for i in faq.intents), "no_such"])
    asked = st.lists(intents, max_size=2).map(tuple)
    risks = st.sampled_from([*(risk.id for risk in faq.check.risks), "no_such"])
    signs = st.sampled_from(["", "no_such", *(sign.id for sign in faq.signs)])
    levels = st.sampled_from(["", "no_such", *(level.id for level in faq.levels)])
    progress = st.builds(
        Progress,
        step=st.sampled_from([*STEPS, "", "no_such"]),
        doubt=signs,
        asked=asked,
        guesses=asked,
        told=ids(faq),
        picked=options,
        read=options,
        risks=st.lists(risks, max_size=2, unique=True).map(tuple),
        shown=st.lists(st.sampled_from(STEPS), max_size=2, unique=True).map(tuple),
        floor=levels,
        of_other=st.booleans(),
        only_danger=st.booleans(),
        unsure=st.booleans(),
        lost=st.booleans(),
    )
    alarm = st.builds(
        Alarm,
        signs=ids(faq),
        at=st.sampled_from([0.0, NOW - 60, NOW - 4000]),
        asked=asked,
        guesses=asked,
        of_other=st.booleans(),
    )
    return st.builds(
        State,
        serial=st.integers(0, 12),
        check=st.none() | progress,
        result=st.none() | progress,
        alarm=st.none() | alarm,
        checked_at=st.sampled_from([0.0, NOW - 600]),
        at=st.sampled_from([0.0, NOW - 5, NOW - 600, NOW - 4000, NOW + 4000]),
        offered=asked,
    )


def assert_sound(replies: tuple[Reply, ...]) -> None:
    """Check that a chat can show what is replied."""
    assert replies
    for reply in replies:
        if isinstance(reply, Say | Toast):
            assert reply.text.strip()
        if isinstance(reply, Toast):
            assert len(reply.text) <= TOAST_LIMIT
        if isinstance(reply, Settle):
            assert reply.chosen.strip()
        if isinstance(reply, Say | Redraw):
            for button in (button for row in reply.keyboard for button in row):
                assert button.label.strip()
                assert 1 <= len(button.data.encode()) <= MAX_DATA_BYTES


@given(happens=st.lists(events(), min_size=1, max_size=12))
@settings(max_examples=80)
def test_it_always_replies_and_the_state_survives(
    dialogue: Dialogue, happens: list[tuple[float, Event]]
) -> None:
    state, at = State(), NOW
    for pause, event in happens:
        at += pause
        event = replace(event, at=at)
        after, replies = dialogue.step(state, event)
        assert_sound(replies)
        assert dialogue.step(state, event) == (after, replies)
        assert State.from_json(after.to_json()) == after
        state = after


@given(data=st.data())
@settings(max_examples=150)
def test_whatever_state_is_found_it_replies(
    dialogue: Dialogue, faq: Faq, data: st.DataObject
) -> None:
    state = data.draw(states(faq))
    _, event = data.draw(events())
    after, replies = dialogue.step(state, replace(event, at=NOW))
    assert_sound(replies)
    assert State.from_json(after.to_json()) == after
    assert State.from_json(state.to_json()) == state


NESTED: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(words("serial check at step told"), inner)
    ),
    max_leaves=9,
)


@given(text=st.text() | NESTED.map(json.dumps))
def test_a_damaged_state_is_an_empty_one(text: str) -> None:
    assert isinstance(State.from_json(text), State)


# How a check goes on: in words and by taps on the keyboard that is open; nothing begins another.
GOING_ON: Final = st.sampled_from(
    ["no", "none of these", "not sure", "2 hours", "just answer", "stop", "back", "done", "coffee"]
)
TAPPED: Final = st.sampled_from(["+none", "+done", "+unsure", "+skip", "+stop", "tired"])


@given(data=st.data())
@settings(max_examples=150)
def test_a_sign_that_was_renamed_is_never_passed_over(
    dialogue: Dialogue, faq: Faq, data: st.DataObject
) -> None:
    """A check that lost a sign, an option or its step never ends with the mildest level."""
    check = faq.check
    assert check
    levels = [level.id for level in faq.levels]
    options = [option.id for step in check.steps for option in step.options]
    names = [*(s.id for s in faq.signs), *options, *levels]
    checks = states(faq).map(lambda state: state.check)
    progress = data.draw(checks.filter(lambda one: one is not None))
    assert progress is not None
    stored = State(serial=1, check=progress, at=NOW - 5).to_json()
    for name in data.draw(st.lists(st.sampled_from(names), max_size=3)):
        stored = stored.replace(f'"{name}"', f'"{name}_renamed"')
    state = State.from_json(stored)
    assert state.check
    answers = {*state.check.told, *state.check.picked, state.check.floor}
    is_open = state.check.step in STEPS
    if state.check.step == DOUBT:
        is_open = faq.sign(state.check.doubt) is not None
    lost = not answers <= {*names, ""} or not is_open
    for at in range(12):
        event: Event = Utterance(data.draw(GOING_ON), NOW + at)
        if data.draw(st.booleans()) and state.check:
            tap = f"c:{state.serial}:{state.check.step}:{data.draw(TAPPED)}"
            event = Press(tap, NOW + at)
        state, replies = dialogue.step(State.from_json(state.to_json()), event)
        assert_sound(replies)
        said = "\n".join(reply.text for reply in replies if isinstance(reply, Say))
        assert not (lost and faq.levels[-1].title in said)
        if state.check is None:
            break


@pytest.fixture(name="emergencies", scope="module")
def _emergencies(faq: Faq, understanding: Understanding) -> list[str]:
    """Return the content's phrases that by themselves are read as an emergency."""
    phrases = [
        phrase for sign in faq.signs if faq.is_emergency(sign.id) for phrase in sign.phrases
    ]
    return [
        phrase
        for phrase in phrases[::4]
        if any(faq.is_emergency(s.id) for s in understanding.understand(phrase).signs.found)
    ]


@given(data=st.data())
@settings(max_examples=150)
def test_an_emergency_is_answered_in_any_state(
    dialogue: Dialogue, faq: Faq, emergencies: list[str], data: st.DataObject
) -> None:
    state = data.draw(states(faq))
    phrase = data.draw(st.sampled_from(emergencies))
    carriers: list[Event] = [
        Utterance(phrase, NOW),
        Edited(phrase, NOW),
        Command(data.draw(COMMANDS), phrase, NOW),
    ]
    event = data.draw(st.sampled_from(carriers))
    _, replies = dialogue.step(state, event)
    assert isinstance(replies[0], Say)
    assert replies[0].emergency


@given(data=st.data())
@settings(max_examples=120)
def test_an_emergency_among_other_sentences_stops_everything(
    dialogue: Dialogue, faq: Faq, emergencies: list[str], data: st.DataObject
) -> None:
    """The emergency answer is next, or else the question whether it is one, before all else."""
    around = st.sampled_from(
        ["", "I went for a run.", "My calf twitches.", "Please help!", "I am 34.", "😟", "…"]
    )
    phrase = data.draw(st.sampled_from(emergencies))
    text = f"{data.draw(around)} {phrase}. {data.draw(around)}"
    after, replies = dialogue.step(data.draw(states(faq)), Utterance(text, NOW))
    (said,) = (reply for reply in replies if isinstance(reply, Say))
    if after.check:
        assert after.check.step in ("danger", DOUBT)
    else:
        assert faq.emergency_number in said.text


@given(text=TEXTS, place=st.integers(0, 999), share=st.integers(0, 100))
@settings(max_examples=120)
def test_an_emergency_stays_for_an_hour_and_despair_until_it_is_taken_back(
    dialogue: Dialogue, faq: Faq, text: str, place: int, share: int
) -> None:
    """Whatever is written that takes nothing back, help comes first in the answer."""
    emergencies = [sign.id for sign in faq.signs if faq.is_emergency(sign.id)]
    sign = emergencies[place % len(emergencies)]
    longest = 80_000.0 if sign in faq.crises else 3599.0
    before = NOW - longest * share / 100
    state = State(serial=1, alarm=Alarm((sign,), before), at=before)
    after, replies = dialogue.step(state, Utterance(text.strip() or "help", NOW))
    assert isinstance(replies[0], Say)
    assert faq.emergency_number in replies[0].text
    assert after.alarm
    assert sign in after.alarm.signs
