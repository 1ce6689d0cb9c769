"""Whether a message is met with the emergency screen before anything else."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from intents.content.faq import CheckFirst, Faq
from intents.matcher import Ambiguous, Match
from intents.understanding import Understood

_STATEMENT: Final = 4  # words


class Screening(Enum):
    """Why the check, whose first question is the emergency screen, comes before the answer."""

    NOT_NEEDED = auto()
    SUSPICION = auto()  # an emergency may be meant that no words named
    SIGNS = auto()  # a warning sign was named, or may have been
    REPORT = auto()  # no question at all: something is told that was not quite understood
    OWN_SYMPTOM = auto()  # a question about the writer's own symptom


def screen(faq: Faq, understood: Understood) -> Screening:
    """Tell why a message outside a check starts one; `NOT_NEEDED` where it does not."""
    if faq.check is None:
        return Screening.NOT_NEEDED
    if is_suspect(understood):
        return Screening.SUSPICION
    if understood.signs.found:
        return Screening.SIGNS
    outcome = understood.outcome
    if isinstance(outcome, Ambiguous) and _is_told(understood):
        return Screening.REPORT
    asked = outcome.answers if isinstance(outcome, Match) else ()
    if asks_of_own_symptom(faq, asked):
        return Screening.OWN_SYMPTOM
    return Screening.NOT_NEEDED


def _is_told(understood: Understood) -> bool:
    """Tell whether a message is a statement: a word or two may stand for a question."""
    return len(understood.reading.words) >= _STATEMENT and not understood.asked


def asks_of_own_symptom(faq: Faq, asked: Sequence[str]) -> bool:
    """Tell whether one of some intents is about the writer's own symptom."""
    return any(i.id in asked and i.check is CheckFirst.FIRST for i in faq.intents)


def is_suspect(understood: Understood) -> bool:
    """Tell whether a message may mean an emergency that it does not name."""
    return understood.signs.is_suspect


def names_emergency(faq: Faq, understood: Understood) -> bool:
    """Tell whether a message names an emergency: the emergency answer is then the next message."""
    return any(faq.is_emergency(sign.id) for sign in understood.signs.found)


def meets_emergency(faq: Faq, understood: Understood) -> bool:
    """Tell whether the very next message is the emergency answer or the emergency screen."""
    if names_emergency(faq, understood):
        return True
    return screen(faq, understood) is not Screening.NOT_NEEDED
