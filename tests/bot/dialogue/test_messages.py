"""The messages of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.events import Button
from bot.dialogue.messages import Messages
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from tests.bot.dialogue.talk import labels, text, texts


@pytest.fixture(name="messages", scope="module")
def _messages(boiler_faq: Faq) -> Messages:
    return Messages(boiler_faq, Wording(boiler_faq))


def test_topics_are_listed_by_group(messages: Messages) -> None:
    replies = messages.command("topics")
    assert texts(replies) == ["What would you like to know?\n\n*Boilers*"]
    assert labels(replies) == ["No heat", "Why it fails", "Bleeding", "Service", "Age"]


def test_about_names_sources_and_that_nobody_has_reviewed_them(messages: Messages) -> None:
    replies = messages.command("about")
    assert "Nobody from outside has reviewed these texts yet." in text(replies)
    assert "• The maker, The handbook" in text(replies)


def test_about_names_who_has_reviewed_them(boiler_faq: Faq) -> None:
    reviewed = replace(boiler_faq, reviewed_by="Dr. Ada Example")
    said = text(Messages(reviewed, Wording(reviewed)).command("about"))
    assert "These texts were reviewed by Dr. Ada Example." in said
    assert "Nobody" not in said


def test_an_answer_offers_what_to_ask_next_and_the_check(messages: Messages) -> None:
    said = messages.answer("why", offer_check=True)
    assert said.text == "Mostly for want of a service."
    assert said.folded == "Sources, read 10 January 2027: The maker (The handbook)"
    assert labels((said,)) == ["How often is a service due?", "Age", "Answer a few questions"]
    assert labels((messages.answer("why", offer_check=False),))[-1] == "Age"
    assert labels((messages.answer("age", offer_check=True),)) == []


def test_a_topic_that_is_gone_is_not_known(messages: Messages) -> None:
    assert messages.answer("gone", offer_check=False) == messages.unknown(())


def test_small_talk_is_never_offered(messages: Messages) -> None:
    assert not messages.is_topic("hello")
    assert not messages.is_topic("gone")
    said = messages.unknown(("hello", "age"))
    assert "Maybe one of these helps:" in said.text
    assert labels((said,)) == ["Age", "Answer a few questions", "All topics"]
    assert "Maybe" not in messages.unknown(("hello",)).text


def test_a_level_without_ways_on_can_be_taken_back(messages: Messages, boiler_faq: Faq) -> None:
    keyboard = messages.level_ways(boiler_faq.levels[0])
    assert keyboard == ((Button("I didn't mean that", "mistaken"),),)


def test_a_level_with_ways_on_offers_those_alone(messages: Messages, caring_faq: Faq) -> None:
    assert messages.level_ways(caring_faq.levels[0]) == (
        (Button("I've done something", "l:crisis:0"),),
        (Button("I'm safe", "l:crisis:1"),),
    )


def test_what_is_taken_back_is_asked_as_one_of_three(messages: Messages) -> None:
    said = messages.which_mistake()
    assert not said.emergency  # it waits for its turn
    assert labels((said,)) == [
        "I meant something else", "It's gone now", "Somebody else has it",
    ]  # fmt: skip


def test_what_waited_is_answered_and_what_was_not_clear_is_offered(messages: Messages) -> None:
    assert messages.waiting((), ()) == ()
    assert messages.waiting(("age",), ()) == (messages.answer("age", offer_check=False),)
    assert messages.waiting(("age",), ("why",)) == (
        messages.answer("age", offer_check=False),
        messages.did_you_mean(("why",)),
    )


def test_guesses_that_are_gone_are_not_offered(messages: Messages) -> None:
    said = messages.did_you_mean(("gone", "age"))
    assert labels((said,)) == ["Age", "None of these"]
