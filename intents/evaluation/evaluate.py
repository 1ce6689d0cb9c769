"""Accuracy on labelled messages, as written and with slips; what goes wrong where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intents.content.example_files import NOT_AFFIRMED, OUT_OF_SCOPE, SIGNS
from intents.content.faq import Faq
from intents.evaluation.crossvalidation import Progress
from intents.evaluation.judged import Judged, judge
from intents.evaluation.labelled import Labelled
from intents.evaluation.slips import with_slips
from intents.understanding import Understanding

SLIPS: Final = (0, 1, 2)  # typos a message
STRANGER: Final = ""  # stands for "out of scope" where an intent is wanted


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All messages as judged, as written first, then with one and two slips each."""

    faq: Faq
    judged: tuple[tuple[Judged, ...], ...]

    @property
    def as_written(self) -> tuple[Judged, ...]:
        """Return the messages without slips."""
        return self.judged[0]


@dataclass(frozen=True, slots=True)
class IntentRow:
    """What became of the messages that ask one thing, and of others taken for them."""

    id: str
    examples: int
    asked: int
    right: int
    offered: int
    wrong: int
    refused: int
    mistaken: int  # messages answered with this intent that ask something else


@dataclass(frozen=True, slots=True)
class Confusion:
    """Messages that want one intent (`STRANGER`: none) and look most like another."""

    wanted: str
    got: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A file of examples to which more messages should be added, and those that show it."""

    file: str
    judged: tuple[Judged, ...]


def evaluate(
    faq: Faq,
    understanding: Understanding,
    messages: Sequence[Labelled],
    count_all: bool = False,
    progress: Progress[tuple[int, Labelled]] = iter,
) -> Evaluation:
    """Read every message, three times over, with what was fitted to a content.

    `progress` may show how far that got.
    """
    work = [(slips, message) for slips in SLIPS for message in messages]
    judged = [
        judge(
            message,
            understanding.understand(with_slips(message.text, slips)),
            faq,
            count_all,
        )
        for slips, message in progress(work)
    ]
    size = len(messages)
    return Evaluation(faq, tuple(tuple(judged[n * size : (n + 1) * size]) for n in SLIPS))


def by_intent(evaluation: Evaluation) -> list[IntentRow]:
    """Return a row for each intent in content order; a message counts for its first."""
    rows = []
    for intent in evaluation.faq.intents:
        asked = [one for one in evaluation.as_written if one.wanted[:1] == (intent.id,)]
        mistaken = [
            one
            for one in evaluation.as_written
            if intent.id in one.answers
            and intent.id not in one.wanted
            and (one.wanted or one.is_stranger)
        ]
        rows.append(
            IntentRow(
                id=intent.id,
                examples=len(intent.examples),
                asked=len(asked),
                right=sum(one.is_right for one in asked),
                offered=sum(one.is_resolved and not one.is_right for one in asked),
                wrong=sum(one.is_wrong for one in asked),
                refused=sum(not one.is_resolved and not one.is_wrong for one in asked),
                mistaken=len(mistaken),
            )
        )
    return rows


def confusions(evaluation: Evaluation) -> list[Confusion]:
    """Return the pairs that are taken for each other, the most frequent first."""
    pairs: dict[tuple[str, str], list[Judged]] = {}
    for one in evaluation.as_written:
        if one.is_confused:
            pairs.setdefault((one.wanted[0], one.best), []).append(one)
        elif one.is_stranger and one.answers:
            pairs.setdefault((STRANGER, one.answers[0]), []).append(one)
    found = [Confusion(*pair, tuple(judged)) for pair, judged in pairs.items()]
    return sorted(found, key=lambda pair: (-len(pair.judged), pair.wanted, pair.got))


def gaps(evaluation: Evaluation) -> list[Gap]:
    """Return the example files that would gain from more messages, the greatest gain first."""
    missed: dict[str, list[Judged]] = {}

    def note(file: str, one: Judged) -> None:
        missed.setdefault(file, []).append(one)

    for one in evaluation.as_written:
        if one.wanted and not one.is_right:
            note(f"{one.wanted[0]}.txt", one)
        if one.is_stranger and (one.answers or one.choices):
            note(OUT_OF_SCOPE, one)
        if one.message.hard and one.named:
            note(f"{SIGNS}/{NOT_AFFIRMED}", one)
        for sign in one.message.warnings:
            if sign not in one.named:
                note(f"{SIGNS}/{sign}.txt", one)
    found = [Gap(file, tuple(judged)) for file, judged in missed.items()]
    return sorted(found, key=lambda gap: (-len(gap.judged), gap.file))


def matrix(evaluation: Evaluation) -> Counter[tuple[str, str]]:
    """Count messages by what they want and what they got; an empty id stands for neither.

    A message that got or was offered what it wants counts for its own intent, else for the best.
    """
    cells: Counter[tuple[str, str]] = Counter()
    for one in evaluation.as_written:
        if not one.wanted and not one.is_stranger:
            continue
        wanted = one.wanted[0] if one.wanted else STRANGER
        if one.is_right or (one.choices and one.best in one.wanted):
            got = wanted
        elif one.answers or one.choices:
            got = one.answers[0] if one.answers else one.best
        else:
            got = STRANGER
        cells[wanted, got] += 1
    return cells
