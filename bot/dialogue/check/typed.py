"""What a typed reply to the check's open question picks.

Only this module reads the wording of replies; everything else works on what was picked.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.buttons import Action
from bot.dialogue.check.shown import ACTIONS
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import Progress, Step
from intents import (
    Check,
    Faq,
    Named,
    Option,
    OptionReader,
    Said,
    Understood,
    Word,
    read_reply,
)


@dataclass(frozen=True, slots=True)
class Picks:
    """Options that a reply names."""

    ids: tuple[str, ...]


class TypedReplies:
    """Takes typed replies as answers to one content's check."""

    def __init__(self, faq: Faq, check: Check, steps: Steps, reader: OptionReader) -> None:
        self._faq = faq
        self._steps = steps
        self._reader = reader
        signs = {s.id: reader.named(Option((s.tick, s.title))) for s in faq.signs if s.tick}
        self._named: dict[str, dict[str, Named]] = {
            Step.HAZARD: signs,
            Step.SIGNS: signs,
            Step.DURATION: {o.id: reader.named(Option((o.label,))) for o in check.durations},
            Step.FACTORS: {f.id: reader.named(Option((f.label,), f.words)) for f in check.factors},
        }

    def choice(self, progress: Progress, understood: Understood) -> Action | Picks | None:
        """Return what a reply to the open question chooses."""
        said = self._said(progress, understood)
        if said.word and said.is_bare:
            return _action(progress, said.word)
        if progress.step == Step.HAZARD:
            if said.picked and (said.is_deliberate or said.takes_all):
                return Action.ANY
        elif ids := self._picked(progress, said, understood):
            return Picks(ids)
        return _action(progress, said.word) if said.word else None

    def is_offered(self, progress: Progress, understood: Understood) -> bool:
        """Tell whether a reply only says what could have been tapped, and no more than a tap."""
        said = self._said(progress, understood)
        return said.is_bare and (said.word is not None or progress.step != Step.HAZARD)

    def _said(self, progress: Progress, understood: Understood) -> Said:
        named = (self._named[progress.step][id] for id, _ in self._steps.options(progress))
        return read_reply(understood.reading, self._reader.options(named))

    def _picked(self, progress: Progress, said: Said, understood: Understood) -> tuple[str, ...]:
        """Return the options that a reply picks, in their order."""
        options = [id for id, _ in self._steps.options(progress)]
        told = understood.signs
        if progress.step == Step.DURATION:
            hours = told.hours if told.hours is not None else said.hours
            option = self._faq.duration_option(hours)
            if option:
                return (option.id,)
        chosen: set[str] = set()
        if progress.step == Step.SIGNS and not said.takes_all:
            chosen = {sign.id for sign in told.found}.intersection(options)
        return _in_order(options, chosen or self._named_in(said, options))

    def _named_in(self, said: Said, options: list[str]) -> set[str]:
        """Return the options that a reply names, but those that bring an excepted one along."""
        left_out = {options[place] for place in said.left_out} if said.takes_all else set()
        chosen = {options[place] for place in said.picked}
        return {id for id in chosen if not left_out.intersection(self._faq.implied_by(id))}


def _action(progress: Progress, word: Word) -> Action | None:
    """Return what a yes, no, done … means here; None where it is no answer to the question."""
    if word is Word.SAME and progress.step != Step.FACTORS:
        return None
    return ACTIONS[word]


def _in_order(options: list[str], chosen: set[str]) -> tuple[str, ...]:
    return tuple(id for id in options if id in chosen)
