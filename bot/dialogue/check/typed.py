"""What a typed reply to the check's open question picks.

Only this module reads the wording of replies; everything else works on what was picked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.buttons import Action
from bot.dialogue.check.one_sign import OneSign
from bot.dialogue.check.shown import ACTIONS
from bot.dialogue.check.steps import Steps
from bot.dialogue.state import DOUBT, Progress
from intents import (
    Check,
    CheckStep,
    Faq,
    Kind,
    Match,
    Named,
    Option,
    OptionReader,
    Said,
    Understood,
    Word,
    denies,
    is_suspect,
    read_reply,
)

_SHORT: Final = 6  # words
_BARE_NO: Final = 2  # words
_LONGEST: Final = 24  # words; who writes more tells a story


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
        self._one = OneSign(faq, reader)
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
        if step is None:
            return self._one.said(progress.doubt, understood.reading)
        named = [self._named[option.id] for option in step.options]
        return read_reply(understood.reading, self._reader.options(named))

    def as_reply(self, progress: Progress, understood: Understood, said: Said) -> Understood:
        """Return what a reply tells besides its choice.

        So few words are an answer: they open no sign but one that the content's own lines name.
        Where nothing is asked about signs, or only a time is told, they raise no suspicion either.
        """
        is_answer = self.is_answer(progress, understood, said)
        if not (_is_short(understood) or is_answer):
            return understood
        step = self._steps.step(progress)
        asks_of_signs = step is None or step.asks_of_signs
        signs = understood.signs
        is_told = bool(signs.suspected) or (signs.is_grave and not said.picked)
        keep = (asks_of_signs and said.hours is None) or is_told
        return replace(understood, signs=signs.in_lines(keep_suspicion=keep))

    def emergencies_named(self, understood: Understood) -> tuple[str, ...]:
        """Return which of the check's emergencies a reply names: "the urine one"."""
        asked = [sign for step in self._check.steps for o in step.options for sign in o.signs]
        known = [sign for sign in dict.fromkeys(asked) if self._faq.is_emergency(sign)]
        said = read_reply(understood.reading, self._one.options(known))
        return tuple(known[place] for place in sorted(said.picked))

    def denies(self, signs: Collection[str], understood: Understood) -> bool:
        """Tell whether a reply denies one of some signs, and tells none: "it's not numb"."""
        is_told = bool(understood.signs.found) or is_suspect(understood)
        return not is_told and self._one.is_denied(signs, understood.reading)

    def is_answer(self, progress: Progress, understood: Understood, said: Said) -> bool:
        """Tell whether a reply says no in so many words, or what was different, and no story."""
        step = self._steps.step(progress)
        is_named = step is not None and step.after and bool(said.picked)
        return (is_named and _is_brief(understood)) or (said.word is Word.NO and said.is_plain)

    def is_suspect(self, understood: Understood, said: Said) -> bool:
        """Tell whether a reply may mean an emergency; after a plain no it takes more than else."""
        signs = understood.signs
        if said.word is not Word.NO or not said.is_plain:
            return signs.is_suspect
        is_likely = signs.suspicion >= self._faq.thresholds.suspicion_long
        return signs.is_suspect and (is_likely or signs.is_grave or bool(signs.suspected))

    def choice(
        self, progress: Progress, understood: Understood, said: Said
    ) -> Action | Picks | Denied | TimeOnly | None:
        """Return what a reply to the open question chooses."""
        step = self._steps.step(progress)
        read = self._read_in(step, progress) if step else ()
        if read and said.word is Word.YES and not (said.picked or understood.signs.found):
            return Action.DONE  # "yes, that's right"
        if said.word and said.is_bare:
            return self._action(progress, said.word)
        denied = self._denied(progress, understood)
        if denied and not said.picked and not understood.signs.found:
            return Denied(denied)
        if read and _denies_all(understood, said):
            return Denied(read)
        if step and step.kind is Kind.ANY:
            if said.takes_all:
                return Action.ANY
            if said.picked and said.is_deliberate:
                return Picks(self._ids(step, said))
        elif step and (ids := self._picked(step, said, understood)):
            return Picks(ids)
        if step is None and (answer := self._of_doubt(progress, understood, said)):
            return answer
        is_suspect = understood.signs.is_suspect
        if said.word is Word.UNSURE and _asks(understood) and not is_suspect:
            return None  # "maybe it's my coffee?"
        if said.word is Word.NO and not said.is_plain and is_suspect:
            return self._action(progress, Word.UNSURE) if said.is_hedged else None
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
        return is_after and not understood.asked and _is_brief(understood)

    def _of_doubt(self, progress: Progress, understood: Understood, said: Said) -> Action | None:
        """Return what a reply says of the one sign that is asked about, where it tells of it."""
        if said.picked:
            return Action.ANY
        if said.word not in (None, Word.NO):
            return None
        if self._one.is_put_otherwise(progress.doubt, understood.reading):
            return None
        if denies(understood.reading, self._one.options([progress.doubt]), said.hours):
            return Action.NONE
        return Action.ANY if said.word is None and self._is_hinted(understood, said) else None

    def _is_hinted(self, understood: Understood, said: Said) -> bool:
        """Tell whether a reply hints at the sign: by its words, or by when it was there."""
        signs = understood.signs
        is_likely = signs.is_grave or bool(signs.suspected)
        return (is_likely and not _asks(understood)) or said.hours is not None

    def _titles(self, signs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sign.title for id in signs if (sign := self._faq.sign(id)))

    def _denied(self, progress: Progress, understood: Understood) -> tuple[str, ...]:
        """Return the options read from words that a reply denies: "dumb, not numb"."""
        read = [id for id in progress.read if id in progress.picked]
        options = self._reader.options(self._named[id] for id in read)
        said = read_reply(understood.reading, options)
        return tuple(read[place] for place in sorted(said.left_out))

    def _read_in(self, step: CheckStep, progress: Progress) -> tuple[str, ...]:
        """Return the options of a step that stand ticked because of somebody's words."""
        return tuple(
            o.id for o in step.options if o.id in progress.read and o.id in progress.picked
        )

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
        chosen = named.intersection(options)
        if not (said.is_plain and step.asks_of_signs):
            chosen |= set(self._ids(step, said))
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
        is_danger = step is not None and step.kind is Kind.ANY
        if word is Word.GONE and (progress.step == DOUBT or (is_danger and progress.floor)):
            return Action.ANY  # it was there
        return ACTIONS[word]


def _denies_all(understood: Understood, said: Said) -> bool:
    """Tell whether a reply denies all that stands ticked: "no, none of these".

    A "no" alone, or one of something that was not read, may mean "no others".
    """
    is_told = len(understood.reading.words) > _BARE_NO
    is_other = bool(said.picked or said.left_out or understood.signs.found)
    return said.word is Word.NO and said.is_of_all and is_told and not is_other


def _is_brief(understood: Understood) -> bool:
    """Tell whether a text may still be an answer to what is asked after the result."""
    return len(understood.reading.words) <= _LONGEST


def _asks(understood: Understood) -> bool:
    """Tell whether a text asks something that is clear."""
    return bool(understood.asked) and isinstance(understood.outcome, Match)


def _is_short(understood: Understood) -> bool:
    """Tell whether a text is so short that it is an answer and no story."""
    return len(understood.reading.words) <= _SHORT
