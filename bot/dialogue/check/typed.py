"""What a typed reply to the check's open question picks.

Only this module reads the wording of replies; everything else works on what was picked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.buttons import Action
from bot.dialogue.check.shown import ACTIONS
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import DOUBT, Progress
from intents import (
    Check,
    CheckStep,
    Faq,
    Kind,
    Named,
    Option,
    OptionReader,
    Said,
    Understood,
    Word,
    read_reply,
)

_SHORT: Final = 6  # words


@dataclass(frozen=True, slots=True)
class Picks:
    """Options that a reply names."""

    ids: tuple[str, ...]


class TimeOnly:
    """A length of time that no option stands for."""


@dataclass(frozen=True, slots=True)
class Denied:
    """Options that a reply takes back."""

    ids: tuple[str, ...]


class TypedReplies:
    """Takes typed replies as answers to one content's check."""

    def __init__(self, faq: Faq, check: Check, steps: Steps, reader: OptionReader) -> None:
        self._faq = faq
        self._check = check
        self._steps = steps
        self._reader = reader
        self._named: dict[str, Named] = {
            option.id: reader.named(
                Option((option.label, *self._titles(option.signs)), option.words)
            )
            for step in check.steps
            for option in step.options
        }

    def said(self, progress: Progress, understood: Understood) -> Said:
        """Read a reply against the options of the open question."""
        step = self._steps.step(progress)
        named = [self._named[o.id] for o in step.options] if step else []
        return read_reply(understood.reading, self._reader.options(named))

    def as_reply(self, progress: Progress, understood: Understood, said: Said) -> Understood:
        """Return what a reply tells besides its choice.

        So few words are an answer: they open no sign but one that the content's own lines name.
        Where nothing is asked about signs, or only a time is told, they raise no suspicion either.
        """
        if not _is_short(understood):
            return understood
        step = self._steps.step(progress)
        asks_of_signs = step is None or step.asks_of_signs
        is_time = said.hours is not None
        signs = understood.signs.in_lines(keep_suspicion=asks_of_signs and not is_time)
        return replace(understood, signs=signs)

    def choice(
        self, progress: Progress, understood: Understood, said: Said
    ) -> Action | Picks | Denied | TimeOnly | None:
        """Return what a reply to the open question chooses."""
        if said.word and said.is_bare:
            return self._action(progress, said.word)
        step = self._steps.step(progress)
        denied = self._denied(progress, understood)
        if denied and not said.picked and not understood.signs.found:
            return Denied(denied)
        if step and step.kind is Kind.ANY:
            if said.takes_all:
                return Action.ANY
            if said.picked and said.is_deliberate:
                return Picks(self._ids(step, said))
        elif step and (ids := self._picked(step, said, understood)):
            return Picks(ids)
        if said.word:
            return self._action(progress, said.word)
        if self._is_told_otherwise(step, understood):
            return Action.NONE
        is_time = said.hours is not None and _is_short(understood)
        return TimeOnly() if is_time else None

    def is_offered(self, progress: Progress, said: Said) -> bool:
        """Tell whether a reply only says what could have been tapped, and no more than a tap."""
        step = self._steps.step(progress)
        return said.is_bare and (
            said.word is not None or (step is not None and step.kind is not Kind.ANY)
        )

    def _is_told_otherwise(self, step: CheckStep | None, understood: Understood) -> bool:
        """Tell whether a reply names something else than what is offered after the result."""
        is_after = step is not None and step.after
        return is_after and not understood.asked and _is_short(understood)

    def _titles(self, signs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sign.title for id in signs if (sign := self._faq.sign(id)))

    def _denied(self, progress: Progress, understood: Understood) -> tuple[str, ...]:
        """Return the options read from words that a reply denies: "dumb, not numb"."""
        read = [id for id in progress.read if id in progress.picked]
        options = self._reader.options(self._named[id] for id in read)
        said = read_reply(understood.reading, options)
        return tuple(read[place] for place in sorted(said.left_out))

    def _picked(self, step: CheckStep, said: Said, understood: Understood) -> tuple[str, ...]:
        """Return the options that a reply picks, in their order."""
        told = understood.signs
        options = [option.id for option in step.options]
        hours = told.hours if told.hours is not None else said.hours
        lasting = {o.id for o in self._check.lasting(hours)}.intersection(options)
        if step.kind is Kind.CHOOSE and lasting:
            return tuple(lasting)
        named = lasting
        if not said.takes_all:
            named = named | {self._steps.named_by(sign.id) for sign in told.found}
        chosen = named.intersection(options) or set(self._ids(step, said))
        return tuple(id for id in options if id in chosen)

    def _ids(self, step: CheckStep, said: Said) -> tuple[str, ...]:
        """Return the options that a reply names, but those that bring an excepted one along."""
        options = step.options
        left_out = {id for place in said.left_out for id in options[place].signs}
        if not said.takes_all:
            left_out = set()
        return tuple(
            options[place].id
            for place in sorted(said.picked)
            if not any(
                left_out.intersection(self._faq.implied_by(s)) for s in options[place].signs
            )
        )

    def _action(self, progress: Progress, word: Word) -> Action | None:
        """Return what a yes, no, done … means here; None where it is no answer to the question."""
        step = self._steps.step(progress)
        if word is Word.SAME and (step is None or step.asks_of_signs):
            return None
        if word is Word.GONE and progress.step == DOUBT:
            return Action.ANY  # it was there today
        return ACTIONS[word]


def _is_short(understood: Understood) -> bool:
    """Tell whether a text is so short that it is an answer and no story."""
    return len(understood.reading.words) <= _SHORT
