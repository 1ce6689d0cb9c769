"""What comes first for a message outside a check: an answer, or the emergency screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from intents.content.faq import CheckFirst, Faq
from intents.matcher import Ambiguous, Match
from intents.understanding import Understood

_STATEMENT: Final = 4  # words


class Screening(Enum):
    """Why the check, whose first question is the emergency screen, comes."""

    NOT_NEEDED = auto()
    SUSPICION = auto()  # an emergency may be meant that no words named: nothing else comes first
    SIGNS = auto()  # a warning sign was told
    REPORT = auto()  # no question at all: something is told that was not quite understood
    OWN_SYMPTOM = auto()  # a question about the writer's own that needs the check


@dataclass(frozen=True, slots=True)
class Plan:
    """What is answered at once, and what after the check."""

    why: Screening
    now: tuple[str, ...] = ()
    later: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()  # at what was asked and is not clear


def plan(faq: Faq, understood: Understood, is_checked: bool = False) -> Plan:
    """Decide what comes first; `is_checked`: the check was made lately."""
    outcome = understood.outcome
    asked = outcome.answers if isinstance(outcome, Match) else ()
    guesses = tuple(id for id in _guesses(understood) if id not in asked)
    if faq.check is None:
        return Plan(Screening.NOT_NEEDED, asked, (), guesses)
    if is_suspect(understood):
        return Plan(Screening.SUSPICION, (), asked, guesses)
    later = () if is_checked else tuple(id for id in asked if _needs_check(faq, understood, id))
    now = tuple(id for id in asked if id not in later)
    if understood.signs.found:
        if _is_pressing(faq, understood):
            now, later = (), asked
        return Plan(Screening.SIGNS, now, later, guesses)
    if isinstance(outcome, Ambiguous) and _is_told(understood):
        return Plan(Screening.REPORT, now, later, guesses)
    why = Screening.OWN_SYMPTOM if later else Screening.NOT_NEEDED
    return Plan(why, now, later, guesses)


def _guesses(understood: Understood) -> tuple[str, ...]:
    """Return what an unclear question may ask; none where nothing was asked at all."""
    if not understood.asked:
        return ()
    if isinstance(understood.outcome, Ambiguous):
        return understood.outcome.choices
    return next(iter(understood.guesses), ())


def _needs_check(faq: Faq, understood: Understood, id: str) -> bool:
    """Tell whether an intent is answered after the check: the report, and what is one's own."""
    if faq.check and id == faq.check.report:
        return True
    return asks_of_own_symptom(faq, (id,)) and understood.about.is_own


def _is_pressing(faq: Faq, understood: Understood) -> bool:
    """Tell whether a sign was told with which the doctor comes before any advice."""
    levels = [faq.level(sign.level) for sign in understood.signs.found]
    return any(level is not None and not level.advice for level in levels)


def _is_told(understood: Understood) -> bool:
    """Tell whether a message is a statement: a word or two may stand for a question."""
    return len(understood.reading.words) >= _STATEMENT and not understood.asked


def asks_of_own_symptom(faq: Faq, asked: Sequence[str]) -> bool:
    """Tell whether one of some intents is about the writer's own symptom."""
    return any(i.id in asked and i.check is CheckFirst.FIRST for i in faq.intents)


def is_suspect(understood: Understood) -> bool:
    """Tell whether a message may mean an emergency that it does not name."""
    return understood.signs.is_suspect


def is_strange(understood: Understood) -> bool:
    """Tell whether a message is in another language, and nothing in it was understood."""
    elsewhere = understood.elsewhere
    if not elsewhere.is_other or understood.signs.found:
        return False
    if not elsewhere.is_mixed:  # what seems to be asked is asked in words that are not known
        return True
    return not is_suspect(understood) and not isinstance(understood.outcome, Match)


def names_emergency(faq: Faq, understood: Understood) -> bool:
    """Tell whether a message names an emergency: the emergency answer is then the next message."""
    return any(faq.is_emergency(sign.id) for sign in understood.signs.found)


def meets_emergency(faq: Faq, understood: Understood) -> bool:
    """Tell whether the very next message is the emergency answer or the emergency screen."""
    if names_emergency(faq, understood):
        return True
    if is_strange(understood):
        return False
    planned = plan(faq, understood)
    return planned.why is not Screening.NOT_NEEDED and not planned.now
