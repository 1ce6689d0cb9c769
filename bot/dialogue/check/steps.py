"""The steps of the check: which are asked of whom, and what an answer to one leads to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.dialogue.buttons import Action
from bot.dialogue.state import Progress, Step
from intents import Check, Faq, SignReading

_ORDER: Final[list[str]] = [*Step]
NOT_OPEN: Final = ""  # the step of a check that lost an answer: its questions start anew


@dataclass(frozen=True, slots=True)
class Ask:
    """Put a question; `preface` names a sentence to say first."""

    progress: Progress
    preface: str = ""


@dataclass(frozen=True, slots=True)
class Ticked:
    """An option of the open question was ticked or unticked."""

    progress: Progress


@dataclass(frozen=True, slots=True)
class Finished:
    """All is answered."""

    progress: Progress


class Hazard:
    """One of the emergency signs fits, or may fit."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person wants no check; `cleared` when no emergency sign fits."""

    cleared: bool


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """This does not answer the open question; `reason` names the sentence that says so."""

    reason: str = "not_understood"


Consequence = Ask | Ticked | Finished | Hazard | Stopped | NoAnswer


class Steps:
    """The steps of one content's check."""

    def __init__(self, faq: Faq, check: Check) -> None:
        self._faq = faq
        self._check = check
        self._ticks = {sign.id: sign.tick for sign in faq.signs}
        self._durations = {option.id: option.label for option in check.durations}
        self._factors = {factor.id: factor.label for factor in check.factors}
        self._lasting = {sign for option in check.durations for sign in option.signs}

    def asked(self, progress: Progress) -> list[Step]:
        """Return the steps that this person is asked: nothing that is known already."""
        steps = [Step.HAZARD]
        if self._sign_options(progress):
            steps.append(Step.SIGNS)
        if not progress.brief:
            if self._durations and not progress.known_duration:
                steps.append(Step.DURATION)
            if self._factors:
                steps.append(Step.FACTORS)
        return steps

    def following(self, progress: Progress) -> Step | None:
        """Return the step after the open one; None when that is the last."""
        place = _place(progress.step)
        return next((step for step in self.asked(progress) if _place(step) > place), None)

    def preceding(self, progress: Progress) -> Step:
        """Return the step before the open one, or the first."""
        place = _place(progress.step)
        return [Step.HAZARD, *(s for s in self.asked(progress) if _place(s) < place)][-1]

    def options(self, progress: Progress) -> Sequence[tuple[str, str]]:
        """Return the ids and labels of the open question's options."""
        match progress.step:
            case Step.HAZARD:
                return self._with_ticks(self._check.hazard_signs)
            case Step.SIGNS:
                return self._sign_options(progress)
            case Step.DURATION:
                return list(self._durations.items())
            case Step.FACTORS:
                return list(self._factors.items())
        return []

    def picked(self, progress: Progress) -> tuple[str, ...]:
        """Return the ids of the open question's options that are picked so far."""
        match progress.step:
            case Step.SIGNS:
                return progress.signs
            case Step.DURATION if progress.duration:
                return (progress.duration,)
            case Step.FACTORS:
                return progress.factors
        return ()

    def with_picked(self, progress: Progress, ids: Sequence[str]) -> Progress:
        """Return the progress with just these options of the open question picked."""
        match progress.step:
            case Step.SIGNS:
                return replace(progress, signs=tuple(ids))
            case Step.DURATION:
                return replace(progress, duration=ids[-1] if ids else "")
            case Step.FACTORS:
                return replace(progress, factors=tuple(ids))
        return progress

    def choose(self, progress: Progress, choice: str) -> Consequence:
        """Apply an answer to the open question: an action, or the id of an option."""
        if choice == Action.STOP:
            return Stopped(cleared=_place(progress.step) > _place(Step.HAZARD))
        if not is_open(progress):
            return NoAnswer("started_anew")
        if choice == Action.BACK:
            return Ask(replace(progress, step=self.preceding(progress)))
        if choice == Action.SKIP:
            return self._skip(replace(progress, brief=True))
        if progress.step == Step.HAZARD:
            if choice in (Action.ANY, Action.UNSURE):
                return Hazard()
            return self._next(progress) if choice == Action.NONE else NoAnswer()
        if choice == Action.UNSURE:
            unsure = progress.unsure or progress.step == Step.SIGNS
            return self._next(replace(progress, unsure=unsure))
        if progress.step == Step.DURATION:
            known = choice in self._durations
            return self._next(self.with_picked(progress, (choice,))) if known else NoAnswer()
        return self._choose_ticks(progress, choice)

    def pick(self, progress: Progress, ids: Iterable[str]) -> Ask | Finished:
        """Add options that were named in words to those that are ticked, and go on."""
        ticked = self.picked(progress) if progress.step != Step.DURATION else ()
        return self._next(self.with_picked(progress, tuple(dict.fromkeys((*ticked, *ids)))))

    def past_known(self, ask: Ask) -> Ask | Finished:
        """Pass over a question that was answered by what was told since."""
        if ask.progress.step in self.asked(ask.progress):
            return ask
        after = self._next(ask.progress)
        return replace(ask, progress=after.progress) if isinstance(after, Ask) else after

    def with_told(self, progress: Progress, told: SignReading, answered: str = "") -> Progress:
        """Note the signs and the time that a text tells, so that they are not asked again.

        Those that the text gave as its answer to a step are noted there.
        """
        found, doubtful = (told.found, told.doubtful) if answered != Step.SIGNS else ((), ())
        if answered == Step.DURATION:
            found = tuple(sign for sign in found if sign.id not in self._lasting)
        sure = dict.fromkeys((*progress.told, *(s.id for s in found)))
        maybe = dict.fromkeys((*progress.mentioned, *(s.id for s in doubtful)))
        mentioned = tuple(id for id in maybe if id not in sure)
        progress = replace(progress, told=tuple(sure), mentioned=mentioned)
        option = self._faq.duration_option(told.hours)
        if option and not progress.duration:
            return replace(progress, duration=option.id, known_duration=True)
        return progress

    def with_known(self, progress: Progress) -> Progress:
        """Return a stored progress without what the content no longer knows.

        A sign or a duration that is gone may have meant danger, so that the check starts anew.
        """
        stored = (progress.told, progress.mentioned, progress.signs)
        told, mentioned, signs = (tuple(id for id in ids if id in self._ticks) for ids in stored)
        asked = tuple(id for id in progress.asked if self._faq.intent(id))
        factors = tuple(id for id in progress.factors if id in self._factors)
        kept = replace(
            progress, asked=asked, told=told, mentioned=mentioned, signs=signs, factors=factors
        )
        if progress.duration in ("", *self._durations):
            if (told, mentioned, signs) == stored and is_open(progress):
                return kept
        else:
            kept = replace(kept, duration="", known_duration=False)
        return self.anew(kept)

    def anew(self, progress: Progress) -> Progress:
        """Return the progress of a check that lost an answer; its questions start anew.

        At the emergency signs none was answered yet, so that they stay open.
        """
        step = Step.HAZARD if progress.step == Step.HAZARD else NOT_OPEN
        return replace(progress, step=step, lost=True)

    def is_gone(self, progress: Progress, choice: str) -> bool:
        """Tell whether a choice was a sign or a duration that the content no longer knows."""
        known = self._ticks if progress.step == Step.SIGNS else self._durations
        asked = progress.step in (Step.SIGNS, Step.DURATION)
        return asked and choice[:1] not in ("", "+") and choice not in known

    def _choose_ticks(self, progress: Progress, choice: str) -> Consequence:
        ticked = self.picked(progress)
        if choice == Action.NONE or (choice == Action.DONE and ticked):
            # "None" may come from a keyboard that showed no tick yet: ticks are kept.
            return self._next(progress)
        if choice in (Action.DONE, Action.ANY):
            return NoAnswer("which")
        if choice not in dict(self.options(progress)):
            return NoAnswer()
        others = tuple(id for id in ticked if id != choice)
        return Ticked(
            self.with_picked(progress, others if choice in ticked else (*ticked, choice))
        )

    def _skip(self, brief: Progress) -> Ask | Finished:
        """Leave out the last two questions; those about warning signs have to be answered."""
        asked = _place(brief.step) <= _place(Step.SIGNS) and not self.picked(brief)
        return Ask(brief, "skipping") if asked else self._next(brief)

    def _next(self, progress: Progress) -> Ask | Finished:
        following = self.following(progress)
        return Ask(replace(progress, step=following)) if following else Finished(progress)

    def _sign_options(self, progress: Progress) -> list[tuple[str, str]]:
        options = self._with_ticks(self._check.signs)
        return [(id, tick) for id, tick in options if tick and id not in progress.told]

    def _with_ticks(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        return [(id, self._ticks[id]) for id in ids if id in self._ticks]

    def _known_signs(self, ids: Sequence[str]) -> tuple[str, ...]:
        return tuple(id for id in ids if id in self._ticks)


def is_open(progress: Progress) -> bool:
    """Tell whether one of the questions that are known here waits for its answer."""
    return _place(progress.step) >= 0


def _place(step: str) -> int:
    """Return a step's place in the order of asking; one that is not known comes before all."""
    return _ORDER.index(step) if step in _ORDER else -1
