"""The `check:` block of a content: its four steps and what the result says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from intents.content.faq import Cause, Check, DurationOption, Factor
from intents.content.references import References
from intents.content.sentences import sentence
from intents.yaml_files.tree import Entry

T = TypeVar("T")

LABEL_LIMIT: Final = 40


def read_check(entry: Entry, references: References) -> Check:
    """Read the check; what it names is noted in `references`."""

    def cause(block: Entry) -> Cause:
        return Cause(
            references.one("topic", block, "intent"),
            sentence(block, "line"),
            sentence(block, "remedy", ""),
        )

    def duration(option: Entry) -> DurationOption:
        return DurationOption(
            option.id(),
            option.text("label", limit=LABEL_LIMIT),
            option.number("up_to"),
            references.many("sign", option, "signs"),
        )

    def factor(option: Entry) -> Factor:
        return Factor(
            option.id(),
            option.text("label", limit=LABEL_LIMIT),
            references.one("topic", option, "cause"),
            option.texts("words"),
        )

    def ids(step: Entry) -> tuple[str, ...]:
        return references.many("sign", step, "signs")

    hazard_question, hazard_signs = _step(entry, "hazard", "signs", ids)
    signs_question, signs = _step(entry, "signs", "signs", ids)
    duration_question, durations = _step(
        entry, "duration", "options", lambda step: step.unique("options", "option", duration)
    )
    factors_question, factors = _step(
        entry, "factors", "options", lambda step: step.unique("options", "option", factor)
    )
    check = Check(
        report=references.one("topic", entry, "report"),
        hazard_question=hazard_question,
        hazard_signs=hazard_signs,
        signs_question=signs_question,
        signs=signs,
        duration_question=duration_question,
        durations=durations,
        factors_question=factors_question,
        factors=factors,
        causes=entry.blocks("causes", cause),
        remedies=entry.texts("remedies"),
    )
    entry.reject_unknown()
    return check


def _step(
    entry: Entry, name: str, choices: str, read: Callable[[Entry], tuple[T, ...]]
) -> tuple[str, tuple[T, ...]]:
    """Return a step's question and its choices; both must be there."""
    step = entry.entry(name)
    if step is None:
        entry.fault(
            f'The check has no "{name}" step.',
            f'Add "{name}:" with a question and {choices}.',
        )
        return "", ()
    question, found = sentence(step, "question"), read(step)
    if not step.has(choices) or not found:
        step.fault(f'The step "{name}" has no {choices}.', f'Add "{choices}:" with at least one.')
    step.reject_unknown()
    return question, found
