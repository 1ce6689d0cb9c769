"""What is said to people who write in a language that the bot does not speak."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Say
from bot.dialogue.other_languages import OtherLanguages
from bot.dialogue.state import State
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from intents.languages.other_languages import load_others
from intents.reading.other_languages import Elsewhere
from tests.bot.dialogue.talk import ALARMED, CHECKING, labels, text, texts
from tests.conftest import utterance

SPANISH: Final = next(one for one in load_others("en") if one.code == "es")
ELSEWHERE: Final = Elsewhere(True, SPANISH)
ASKED: Final = "¿por qué hace ruido la caldera cuando tengo frío?"
NO_ENGLISH: Final = "Lo siento, solo entiendo inglés."


def others_of(faq: Faq) -> OtherLanguages:
    return OtherLanguages(Wording(faq))


def test_it_is_told_in_their_language_with_the_number(boiler: Dialogue) -> None:
    after, replies = boiler.step(State(), utterance(ASKED))
    assert texts(replies) == [f"{NO_ENGLISH}\nSi es una emergencia, llame: `0800 111 999`"]
    assert labels(replies) == ["Answer a few questions", "All topics"]
    assert after.check is None


def test_where_there_is_no_number_none_is_told(boiler_faq: Faq) -> None:
    others = others_of(replace(boiler_faq, emergency_number=""))
    assert others.sentence(ELSEWHERE) == NO_ENGLISH
    assert others.sentence(ELSEWHERE, boiler_faq.levels[0]) == (
        f"{NO_ENGLISH}\nEsto puede ser una emergencia."
    )


def test_a_language_that_is_not_known_is_answered_in_the_bots_own(boiler: Dialogue) -> None:
    _, replies = boiler.step(State(), utterance("สวัสดี เครื่องเสียงดัง"))
    assert texts(replies) == [
        "Sorry, I only understand English.\nIn an emergency call: `0800 111 999`"
    ]


def test_it_is_told_so_too_where_their_language_cannot_name_the_bots(boiler_faq: Faq) -> None:
    unnamed = Elsewhere(True, replace(SPANISH, only=""))
    assert others_of(boiler_faq).sentence(unnamed).startswith("Sorry, I only understand English.")


def test_an_emergency_says_so_first(boiler_faq: Faq) -> None:
    said = others_of(boiler_faq).before((Say("Go outside."),), ELSEWHERE, boiler_faq.levels[0])
    assert said == (
        Say(
            f"{NO_ENGLISH}\nEsto puede ser una emergencia.\n"
            "Llame ahora: `0800 111 999`\n\nGo outside."
        ),
    )


def test_despair_is_met_kindly(caring_faq: Faq) -> None:
    said = others_of(caring_faq).sentence(ELSEWHERE, caring_faq.levels[0])
    assert "No tiene que pasar por esto a solas" in said


@pytest.mark.parametrize("written", ["no entiendo la pregunta", ASKED])
def test_it_is_no_answer_to_an_open_question(boiler: Dialogue, written: str) -> None:
    after, replies = boiler.step(CHECKING, utterance(written))
    assert after.check
    assert after.check.step == "danger"
    assert texts(replies)[0].startswith(NO_ENGLISH)
    assert len(texts(replies)) == 2


def test_while_help_is_called_it_stays_an_emergency(boiler: Dialogue) -> None:
    after, replies = boiler.step(ALARMED, utterance("no sé qué tengo que hacer"))
    assert after.alarm
    assert text(replies).startswith(f"{NO_ENGLISH}\nEsto puede ser una emergencia.")
    assert "Please call 0800 111 999 now" in text(replies)


def test_english_is_answered_as_ever(boiler: Dialogue) -> None:
    _, replies = boiler.step(State(), utterance("how often is a service due?"))
    assert texts(replies) == ["Once a year."]
