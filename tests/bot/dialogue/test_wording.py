"""The content's sentences, filled in."""

from __future__ import annotations

import pytest

from bot.dialogue.buttons import Way
from bot.dialogue.events import Button
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents.content.faq import Faq
from intents.content.loader import load
from tests.conftest import SMALL, TODAY


@pytest.fixture(name="wording", scope="module")
def _wording(boiler_faq: Faq) -> Wording:
    return Wording(boiler_faq)


def test_a_sentence_is_filled_in(wording: Wording) -> None:
    assert wording.fill("{name}: {emergency_number}") == "Boiler desk: 0800 111 999"
    assert wording.say("taken", label="Dripping") == "I take that as: *Dripping*."


def test_what_nobody_fills_in_stays(wording: Wording) -> None:
    """A channel fills in the label of a chosen answer."""
    assert wording.say("chosen") == "→ {label}"


def test_what_is_filled_in_is_not_filled_in_again(wording: Wording) -> None:
    assert wording.fill("{a} {b}", a="{b}", b="{name}") == "{b} {name}"


def test_a_line_on_what_the_content_lacks_is_left_out() -> None:
    library = Wording(load(SMALL, TODAY))
    assert library.fill("Hello.\nCall {emergency_number}.\nTap {check_button}.") == "Hello."


@pytest.mark.parametrize(
    ("parts", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_parts_are_joined_as_in_a_sentence(
    wording: Wording, parts: list[str], joined: str
) -> None:
    assert wording.join(parts) == joined


@pytest.mark.parametrize(
    ("clauses", "quoted"),
    [
        ([], ""),
        (["  it \n drips "], "“it drips”"),
        (["it drips", "it drips", "drips"], "“it drips”"),
        (["*loud*", "***"], "“loud”"),
        (["a" * 81], f"“{'a' * 79}…”"),
        (["{label}"], "“{label}”"),
    ],
)
def test_quotes_are_whole_clauses_each_once(
    wording: Wording, clauses: list[str], quoted: str
) -> None:
    assert wording.quotes(clauses) == quoted


def test_sources_are_named_with_the_day_they_were_read(wording: Wording) -> None:
    named = "Sources, read 10 January 2027: The maker (The handbook)"
    assert wording.sources(["maker", "maker", "gone"]) == named
    assert wording.sources(["gone"]) == ""


def test_a_topic_is_asked_by_its_question_where_that_is_short(
    wording: Wording, boiler_faq: Faq
) -> None:
    why, age = boiler_faq.intent("why"), boiler_faq.intent("age")
    assert why
    assert age
    assert wording.topic_button(why) == Button("Why does a boiler fail?", "t:why")
    assert wording.title_button(why) == Button("Why it fails", "t:why")
    assert wording.topic_button(age) == Button("Age", "t:age")


def test_each_way_on_has_its_button(wording: Wording) -> None:
    assert [wording.way_button(way) for way in Way] == [
        Button("Answer a few questions", "check"),
        Button("All topics", "topics"),
        Button("I didn't mean that", "mistaken"),
        Button("I meant something else", "joke"),
        Button("It's gone now", "gone"),
        Button("Somebody else has it", "else"),
        Button("None of these", "none"),
    ]


def test_two_short_buttons_share_a_row() -> None:
    short, long = Button("Short", "a"), Button("A label that fills a row", "b")
    assert rows([short, short, short, long, short]) == (
        (short, short), (short,), (long,), (short,),
    )  # fmt: skip


def test_paragraphs_and_lists() -> None:
    assert paragraphs("", "one", "", "two") == "one\n\ntwo"
    assert bullets(["one", "two"]) == "• one\n• two"
