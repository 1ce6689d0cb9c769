"""The messages of a conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.messages import Messages
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from intents.signs.warning_signs import FoundSign
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
    assert said.text.startswith("Mostly for want of a service.\n\nSources, read")
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


def test_the_emergency_answer_quotes_the_words_that_led_to_it(messages: Messages) -> None:
    found = FoundSign("gas", "emergency", ("i can smell gas", "gas smell"))
    said = messages.emergency([found])
    assert said.emergency
    assert "Because you wrote “i can smell gas” and “gas smell”." in said.text
    assert labels((said,)) == ["I didn't mean that"]


@pytest.mark.parametrize("clauses", [(), ("***",)])
def test_without_a_clause_to_quote_it_quotes_none(
    messages: Messages, clauses: tuple[str, ...]
) -> None:
    said = messages.emergency([FoundSign("gas", "emergency", clauses)])
    assert "Because of what you wrote." in said.text


def test_a_tapped_sign_is_no_word_of_theirs(messages: Messages) -> None:
    said = messages.emergency()
    assert "Because you answered that one of the emergency signs fits" in said.text
