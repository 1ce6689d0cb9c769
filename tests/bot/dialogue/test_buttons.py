"""The grammar of buttons' data."""

from __future__ import annotations

import re
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap, LevelTap, Tap, TopicTap, Way
from bot.dialogue.state import DOUBT, State
from intents.content.check_block import STEP_ID_LIMIT
from tests.conftest import ROOT

LIMIT: Final = 64  # bytes, Telegram's
LONGEST_ID: Final = "a" * 32  # the content takes no longer one
# What stands under messages in people's chats. A line may be added, and none may change.
EVER_SENT: Final[dict[str, Tap]] = {
    "c:12:hazard:+any": CheckTap(12, "hazard", Action.ANY),
    "c:0:hazard:+none": CheckTap(0, "hazard", Action.NONE),
    "c:3:signs:numbness": CheckTap(3, "signs", "numbness"),
    "c:3:signs:+done": CheckTap(3, "signs", Action.DONE),
    "c:1:duration:+unsure": CheckTap(1, "duration", Action.UNSURE),
    "c:9999:factors:+back": CheckTap(9999, "factors", Action.BACK),
    "c:9999:factors:+stop": CheckTap(9999, "factors", Action.STOP),
    "c:9999:factors:+skip": CheckTap(9999, "factors", Action.SKIP),
    "c:4:about:+wrong": CheckTap(4, "about", Action.WRONG),
    "c:5:lately:+open": CheckTap(5, "lately", Action.OPEN),
    "c:6:+doubt:+any": CheckTap(6, DOUBT, Action.ANY),
    "t:caffeine": TopicTap("caffeine"),
    "l:crisis:1": LevelTap("crisis", 1),
    "check": Way.CHECK,
    "topics": Way.TOPICS,
    "mistaken": Way.MISTAKEN,
    "joke": Way.JOKE,
    "gone": Way.GONE,
    "else": Way.ELSE,
    "none": Way.NONE,
}
TAPS: Final = st.one_of(
    st.builds(
        CheckTap, st.integers(0, 9999), st.from_regex(r"[a-z_]{0,9}", fullmatch=True), st.text()
    ),
    st.builds(TopicTap, st.text()),
    st.builds(LevelTap, st.from_regex(r"[a-z_]{0,9}", fullmatch=True), st.integers(0, 99)),
    st.sampled_from(Way),
)


@pytest.mark.parametrize("text", EVER_SENT)
def test_what_was_ever_sent_is_read_and_still_written_like_that(text: str) -> None:
    tap = EVER_SENT[text]
    assert buttons.read(text) == tap
    assert buttons.data(tap) == text


def test_each_action_and_way_was_sent_so_far() -> None:
    choices = {tap.choice for tap in EVER_SENT.values() if isinstance(tap, CheckTap)}
    assert choices - {"numbness"} == set(Action)
    assert {tap for tap in EVER_SENT.values() if isinstance(tap, Way)} == set(Way)


@given(TAPS)
def test_what_is_written_is_read_back(tap: Tap) -> None:
    assert buttons.read(buttons.data(tap)) == tap


@given(st.text())
def test_anything_is_read_without_an_error(text: str) -> None:
    tap = buttons.read(text)
    assert tap is None or buttons.data(tap) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "Check", "check ", "\x00", "c:", "c:x", "c:::", "c:1:hazard"),
        *("c:-1:hazard:+any", "c:01:hazard:+any", "c: 1:hazard:+any", "c:١:hazard:+any"),
        f"c:{'9' * 5000}:hazard:+any",
        *("l:", "l:crisis", "l:crisis:", "l:crisis:-1", "l:crisis:100", "l:crisis:01", "l:a:b:1"),
        *("Joke", "gone ", "else:"),
    ],
)
def test_what_is_forged_means_nothing(text: str) -> None:
    assert buttons.read(text) is None


def test_the_longest_datum_fits() -> None:
    highest = State(serial=9998).renewed().serial  # the next one starts anew
    for choice in (*Action, LONGEST_ID):
        for step in (DOUBT, "a" * STEP_ID_LIMIT):
            tap = CheckTap(highest, step, choice)
            assert len(buttons.data(tap).encode()) <= LIMIT
    assert len(buttons.data(TopicTap(LONGEST_ID)).encode()) <= LIMIT
    assert len(buttons.data(LevelTap(LONGEST_ID, 99)).encode()) <= LIMIT


def test_no_other_module_knows_the_grammar() -> None:
    others = [path for path in ROOT.glob("bot/**/*.py") if path.name != "buttons.py"]
    assert others
    forms = re.compile(r"""["'][ctl]:""")
    assert [path.name for path in others if forms.search(path.read_text(encoding="utf-8"))] == []
