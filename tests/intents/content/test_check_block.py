"""The check of a content: what is read of it, and what does not fit together in it."""

from __future__ import annotations

import pytest

from intents.content.check import Cause, Kind, Option, Remedy, Risk, Step
from intents.content.loader import load_text
from intents.yaml_files.faults import Fault
from tests.intents.content.refused import faults, one_fault

DESK = """\
name: Desk
levels:
  - {id: now, title: Now, text: Call., emergency: true}
  - {id: soon, title: Soon, text: See a doctor.}
signs:
  - {id: chest, title: chest pain, level: now, phrases: [my chest hurts]}
  - {id: pain, title: pain, level: soon, phrases: [it hurts]}
intents: [{id: hours, title: Hours, answer: Nine to six., examples: [when do you open]}]
check:
  report: hours
  steps:
    - id: danger
      kind: any
      question: Any of these?
      options:
        - {id: heart, label: Chest pain, signs: [chest]}
        - {id: worse, label: Much worse, level: now}
    - id: since
      kind: choose
      question: How long?
      options:
        - {id: day, label: A day, over: 0}
        - {id: week, label: A week, over: 100, signs: [pain]}
    - id: lately
      question: What was different?
      after: true
      offer: Tell me
      options:
        - {id: tea, label: Tea, cause: hours, risk: child, words: [chai]}
  risks: [{id: child, title: this is about a child, level: soon, advice: Ask., words: [my son]}]
  causes: [{intent: hours, line: It was closed., remedy: Come again., harms: [child, pain]}]
  remedies: [{text: Wait., harms: [pain]}]
"""


def desk(old: str, new: str) -> str:
    """Return a sound content with a check, one place of which is changed."""
    assert DESK.count(old) == 1
    return DESK.replace(old, new)


def test_all_of_it_is_read() -> None:
    check = load_text(DESK).check
    assert check
    assert check.report == "hours"
    assert check.steps == (
        Step(
            "danger",
            Kind.ANY,
            "Any of these?",
            (
                Option("heart", "Chest pain", ("chest",)),
                Option("worse", "Much worse", level="now"),
            ),
        ),
        Step(
            "since",
            Kind.CHOOSE,
            "How long?",
            (Option("day", "A day", over=0), Option("week", "A week", ("pain",), over=100)),
        ),
        Step(
            "lately",
            Kind.TICK,
            "What was different?",
            (Option("tea", "Tea", cause="hours", risk="child", words=("chai",)),),
            after=True,
            offer="Tell me",
        ),
    )
    assert check.risks == (Risk("child", "this is about a child", "soon", "Ask.", ("my son",)),)
    assert check.causes == (Cause("hours", "It was closed.", "Come again.", ("child", "pain")),)
    assert check.remedies == (Remedy("Wait.", ("pain",)),)


def test_other_wordings_of_a_step_are_read() -> None:
    more = "{id: since, of_others: And theirs?, again: Still open., note: Guess., kind: choose,"
    text = desk("    - id: since\n      kind: choose\n", f"    - {more}\n")
    text = text.replace(
        "      question: How long?\n      options:\n", "       question: Q, options: ["
    )
    text = text.replace("        - {id: day, label: A day, over: 0}\n", "{id: day, label: A day},")
    text = text.replace(
        "        - {id: week, label: A week, over: 100, signs: [pain]}\n",
        "        {id: week, label: A week}]}\n",
    )
    check = load_text(text).check
    assert check
    step = check.steps[1]
    assert (step.of_others, step.again, step.note) == ("And theirs?", "Still open.", "Guess.")


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "remedy"),
    [
        pytest.param(
            "id: day,",
            "id: heart,",
            22,
            'The option "heart" stands in two steps; the first is on line 16.',
            "Give this one another id.",
            id="option in two steps",
        ),
        pytest.param(
            "id: week,",
            "id: day,",
            23,
            'The option "day" stands here twice; the first is on line 22.',
            "Give this one another id, or remove it.",
            id="option twice in a step",
        ),
        pytest.param(
            "- id: since",
            "- id: danger",
            18,
            'The step "danger" stands here twice; the first is on line 12.',
            "Give this one another id, or remove it.",
            id="step twice",
        ),
        pytest.param(
            "label: Much worse, level: now",
            "label: Much worse, level: soon",
            17,
            "This line is no emergency, but stands among lines that are: one tap would call it"
            " one.",
            "Move it to another step, or give its sign the level of an emergency.",
            id="ordinary level among emergencies",
        ),
        pytest.param(
            "label: Much worse, level: now",
            "label: Much worse, signs: [pain]",
            17,
            "This line is no emergency, but stands among lines that are: one tap would call it"
            " one.",
            "Move it to another step, or give its sign the level of an emergency.",
            id="ordinary sign among emergencies",
        ),
        pytest.param(
            "label: Much worse, level: now",
            "label: Much worse",
            17,
            "This line means nothing: it has no signs and no level.",
            'Add "signs: […]" with what it asks about.',
            id="line of an emergency step that means nothing",
        ),
        pytest.param(
            "over: 100",
            "over: 0",
            23,
            '"over: 0" is not more than the one before it (0).',
            "Put the options in order, the shortest time first.",
            id="the same time twice",
        ),
        pytest.param(
            "A day, over: 0",
            "A day, over: 120",
            23,
            '"over: 100" is not more than the one before it (120).',
            "Put the options in order, the shortest time first.",
            id="times that fall",
        ),
        pytest.param(
            "over: 100",
            "over: long",
            23,
            '"over" must be a number of 0 or more.',
            "Write it with digits and a point, such as 0.5.",
            id="time that is no number",
        ),
        pytest.param(
            ", emergency: true",
            "",
            10,
            "No level is an emergency, so that nobody would be told to call for help.",
            'Add "emergency: true" to the level of those who must call at once.',
            id="no emergency",
        ),
        pytest.param(
            "label: Chest pain, signs: [chest]",
            "label: Chest pain, level: now",
            10,
            'The sign "chest" is an emergency, and no step asks about it.',
            'Add it to a line\'s signs, or write "in_words_only: true" at the sign.',
            id="emergency that no step asks about",
        ),
        pytest.param(
            "risk: child",
            "risk: chidl",
            29,
            '"risk" names the risk "chidl", which does not exist.',
            'Did you mean "child"?',
            id="unknown risk",
        ),
        pytest.param(
            "label: Much worse, level: now",
            "label: Much worse, level: today",
            17,
            '"level" names the level "today", which does not exist.',
            'Add it, or remove it from "level".',
            id="unknown level",
        ),
        pytest.param(
            "over: 100, signs: [pain]",
            "over: 100, signs: [pian]",
            23,
            '"signs" names the sign "pian", which does not exist.',
            'Did you mean "pain"?',
            id="unknown sign",
        ),
        pytest.param(
            "signs: [chest]}",
            "signs: [chest, ches]}",
            16,
            '"signs" names the sign "ches", which does not exist.',
            'Did you mean "chest"?',
            id="unknown sign among emergencies",
        ),
        pytest.param(
            "Tea, cause: hours",
            "Tea, cause: coffee",
            29,
            '"cause" names the topic "coffee", which does not exist.',
            'Add it, or remove it from "cause".',
            id="unknown cause",
        ),
        pytest.param(
            "child, level: soon",
            "child, level: today",
            30,
            '"level" names the level "today", which does not exist.',
            'Add it, or remove it from "level".',
            id="unknown level of a risk",
        ),
        pytest.param(
            "harms: [child, pain]",
            "harms: [child, ache]",
            31,
            '"harms" names the sign or risk "ache", which does not exist.',
            'Add it, or remove it from "harms".',
            id="unknown harm",
        ),
        pytest.param(
            "  report: hours\n",
            "  report: opening\n",
            10,
            '"report" names the topic "opening", which does not exist.',
            'Add it, or remove it from "report".',
            id="unknown report",
        ),
        pytest.param(
            "      options:\n        - {id: tea, label: Tea, cause: hours, risk: child,"
            " words: [chai]}\n",
            "",
            24,
            'The step "lately" has no options.',
            'Add "options:" with at least one.',
            id="step without options",
        ),
        pytest.param(
            "      offer: Tell me\n",
            "",
            24,
            'The step "lately" comes after the result, and no button offers it.',
            'Add "offer:" with the button\'s label.',
            id="step after the result that nothing offers",
        ),
        pytest.param(
            "id: lately",
            f"id: {'a' * 25}",
            24,
            f'The id of the step "{"a" * 25}" has more than 24 characters.',
            "Shorten it: the buttons of the step hold it beside an option's.",
            id="step with a long id",
        ),
        pytest.param(
            "label: A week",
            f"label: {'x' * 41}",
            23,
            '"label" must be at most 40 characters.',
            "Shorten it by 1.",
            id="button over the limit",
        ),
        pytest.param(
            "label: Chest pain",
            f"label: {'x' * 101}",
            16,
            '"label" must be at most 100 characters.',
            "Shorten it by 1.",
            id="line over the limit",
        ),
        pytest.param(
            "kind: choose",
            "kind: pick",
            19,
            '"kind" must be one of any, tick, choose.',
            'Write one of them behind "kind:".',
            id="unknown kind",
        ),
    ],
)
def test_one_fault(old: str, new: str, line: int, what: str, remedy: str) -> None:
    assert one_fault(desk(old, new)) == Fault("faq.yaml", line, what, remedy)


def test_a_check_needs_steps() -> None:
    text = DESK[: DESK.index("  steps:")].replace(
        "now, phrases", "now, in_words_only: true, phrases"
    )
    assert one_fault(text) == Fault(
        "faq.yaml", 10, 'The check has no "steps".', "Add at least one step under it."
    )


def test_steps_that_are_no_list_are_one_fault() -> None:
    text = DESK[: DESK.index("  steps:")].replace(
        "now, phrases", "now, in_words_only: true, phrases"
    )
    assert one_fault(f"{text}  steps: many\n").what == '"steps" must be a list.'


def test_a_check_needs_levels() -> None:
    start, end = DESK.index("levels:"), DESK.index("signs:")
    whats = {fault.what for fault in faults(DESK[:start] + DESK[end:])}
    assert 'The check needs "levels" for its result.' in whats


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            "level: now, phrases", "level: now, in_words_only: true, phrases", id="in words only"
        ),
        pytest.param(
            "level: soon, phrases", "level: soon, implies: [chest], phrases", id="implied"
        ),
    ],
)
def test_an_emergency_that_needs_no_step(old: str, new: str) -> None:
    """It is told in words alone, or a narrower sign brings it along."""
    load_text(desk(old, new).replace("Chest pain, signs: [chest]", "Chest pain, level: now"))


def test_an_emergency_asked_about_in_any_step_is_asked_about() -> None:
    moved = desk("label: Tea,", "label: Tea, signs: [chest],")
    load_text(moved.replace("Chest pain, signs: [chest]", "Chest pain, level: now"))


def test_lines_that_are_no_emergency_may_stand_together() -> None:
    plain = desk("label: Chest pain, signs: [chest]", "label: Pain, signs: [pain]")
    plain = plain.replace("label: Much worse, level: now", "label: Nothing much")
    load_text(plain.replace("level: now, phrases", "level: now, in_words_only: true, phrases"))
