"""What a typed reply to the check's open question picks.

Only this module reads the wording of replies; everything else works on what was picked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.dialogue.buttons import Action
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import Progress, Step
from intents import (
    Check,
    Faq,
    Option,
    SignReading,
    Word,
    exception,
    is_negated,
    leading_word,
    only_picks,
    points_at,
    read_choices,
    read_hours,
    read_word,
    takes_all,
)

_ACTIONS: Final = {
    Word.YES: Action.ANY,
    Word.NO: Action.NONE,
    Word.SAME: Action.NONE,
    Word.DONE: Action.DONE,
    Word.UNSURE: Action.UNSURE,
    Word.BACK: Action.BACK,
    Word.STOP: Action.STOP,
    Word.SKIP: Action.SKIP,
}


@dataclass(frozen=True, slots=True)
class Picks:
    """Options that a reply names."""

    ids: tuple[str, ...]


class TypedReplies:
    """Takes typed replies as answers to one content's check."""

    def __init__(self, faq: Faq, check: Check, steps: Steps) -> None:
        self._faq = faq
        self._steps = steps
        self._titles = {sign.id: sign.title for sign in faq.signs}
        self._factors = [Option((factor.label,), factor.words) for factor in check.factors]

    def choice(self, progress: Progress, text: str, told: SignReading) -> Action | Picks | None:
        """Return what a reply chooses; `told` is what it says of warning signs and time."""
        word = read_word(text)
        if word is not None:
            return _action(progress, word)
        if progress.step == Step.HAZARD and self._picks_hazard(progress, text):
            return Action.ANY
        ids = self._picked(progress, text, told) if progress.step != Step.HAZARD else ()
        if ids:
            return Picks(ids)
        word = leading_word(text)
        return _action(progress, word) if word is not None else None

    def is_offered(self, progress: Progress, text: str) -> bool:
        """Tell whether a reply only says what could have been tapped, and no more than a tap."""
        return read_word(text) is not None or (
            progress.step != Step.HAZARD and only_picks(text, self._names(progress))
        )

    def _picks_hazard(self, progress: Progress, text: str) -> bool:
        """Tell whether a reply to the emergency screen picks one of its signs."""
        names = self._names(progress)
        rest = exception(text)
        if rest:
            return bool(read_choices(rest, names))
        return takes_all(text) or (not is_negated(text) and points_at(text, names))

    def _picked(self, progress: Progress, text: str, told: SignReading) -> tuple[str, ...]:
        """Return the options that a reply picks, in their order."""
        options = [id for id, _ in self._steps.options(progress)]
        if progress.step == Step.DURATION:
            hours = told.hours if told.hours is not None else read_hours(text)
            option = self._faq.duration_option(hours)
            if option:
                return (option.id,)
        chosen: set[str] = set()
        if progress.step == Step.SIGNS and not takes_all(text):
            chosen = {sign.id for sign in told.affirmed}.intersection(options)
            if is_negated(text) and not exception(text):
                return _in_order(options, chosen)  # a label in a denial is not picked by its words
        return _in_order(options, chosen or self._named(progress, text, options))

    def _named(self, progress: Progress, text: str, options: list[str]) -> set[str]:
        """Return the options that a reply names by their words or their place."""
        chosen = {options[place] for place in read_choices(text, self._names(progress))}
        left_out = set(options) - chosen if takes_all(text) else set()
        return {id for id in chosen if not left_out.intersection(self._faq.implied_by(id))}

    def _names(self, progress: Progress) -> list[Option]:
        """Return what someone may call the options when typing."""
        if progress.step == Step.FACTORS:
            return self._factors
        titles = self._titles if progress.step in (Step.HAZARD, Step.SIGNS) else {}
        return [
            Option((label, titles[id]) if id in titles else (label,))
            for id, label in self._steps.options(progress)
        ]


def _action(progress: Progress, word: Word) -> Action | None:
    """Return what a yes, no, done … means here; None where it is no answer to the question."""
    if word is Word.SAME and progress.step != Step.FACTORS:
        return None
    return _ACTIONS[word]


def _in_order(options: list[str], chosen: set[str]) -> tuple[str, ...]:
    return tuple(id for id in options if id in chosen)
