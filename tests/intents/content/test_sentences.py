"""What may stand in a text that the program fills in."""

from __future__ import annotations

import pytest

from intents.content.loader import load_text
from intents.languages.loading import load_language
from intents.yaml_files.faults import Fault
from tests.intents.content.refused import LEVEL, SIGN, one_fault, small

CHECK = """\
check:
  report: hours
  steps: [{id: any, question: Any?, options: [{id: pain, label: Pain, signs: [pain]}]}]
  remedies: [{text: Wait.}]
"""
WITH_CHECK = small(
    f"levels: [{LEVEL[2:].replace('}', ', emergency: true, again: Go.}')}]",
    f"signs: [{SIGN[2:].replace('}', ', first_aid: Sit down.}')}]",
    CHECK,
)
CALL = "Call {emergency_number}."


@pytest.mark.parametrize(
    ("text", "name", "line"),
    [
        pytest.param("Nine to six.", "answer", 2, id="answer"),
        pytest.param("See a doctor.", "text", 3, id="text of a level"),
        pytest.param("Go.", "again", 3, id="what a level says again"),
        pytest.param("Sit down.", "first_aid", 4, id="first aid"),
        pytest.param("Any?", "question", 7, id="question of a step"),
        pytest.param("Wait.", "text", 8, id="remedy"),
    ],
)
def test_a_number_that_the_content_has_not_got_is_a_fault(text: str, name: str, line: int) -> None:
    """Its line would be left out, and with it the call for help."""
    assert WITH_CHECK.count(text) == 1
    naming = WITH_CHECK.replace(text, f'"{CALL}"')
    assert one_fault(naming) == Fault(
        "faq.yaml",
        line,
        f'"{name}" names "{{emergency_number}}", and this content has none: its line would be'
        " left out.",
        'Add "emergency_number:" at the top of the content, or write the text without it.',
    )
    load_text(f"emergency_number: 112\n{naming}")


@pytest.mark.parametrize("number", ["", "''", "' '", "null"])
def test_an_empty_number_is_none(number: str) -> None:
    fault = one_fault(small(f"emergency_number: {number}", f"words: {{start: '{CALL}'}}"))
    assert (fault.line, fault.what[:28]) == (4, '"start" names "{emergency_nu')


def test_sentences_of_the_language_may_name_it_all_the_same() -> None:
    naming = [id for id, text in load_language("en").sentences.items() if "{emergency_n" in text]
    assert naming
    assert load_text(small()).words[naming[0]] == load_language("en").sentences[naming[0]]


def test_a_sentence_may_hold_what_its_default_holds() -> None:
    text = small("words: {because_words: 'You wrote {words}.'}")
    assert load_text(text).words["because_words"] == "You wrote {words}."
    assert one_fault(small("words: {start: 'You wrote {words}.'}")).line == 3
