"""The steps of the check: which are asked of whom, and what an answer to one leads to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.dialogue.buttons import Action
from bot.dialogue.check.consequences import (
    Ask,
    Consequence,
    Finished,
    Hazard,
    NoAnswer,
    Stopped,
    Ticked,
)
from bot.dialogue.state import DOUBT, NOT_OPEN, Progress
from intents import Check, CheckStep, Faq, Kind, Understood

_ANY_OF: Final = (Action.ANY, Action.UNSURE)


class Steps:
    """The steps of one content's check."""

    def __init__(self, faq: Faq, check: Check) -> None:
        self._faq = faq
        self._check = check
        self._before = [step for step in check.steps if not step.after]
        ticks = [o for step in self._before if step.kind is Kind.TICK for o in step.options]
        # The option that stands for one sign, or for a risk, and may be ticked.
        self._ticks = {option.signs[0]: option.id for option in ticks if len(option.signs) == 1}
        self._risk_ticks = {option.risk: option.id for option in ticks if option.risk}

    def step(self, progress: Progress) -> CheckStep | None:
        """Return the open step; None where a single sign is asked about, or none is open."""
        return self._check.step(progress.step)

    def asked(self, progress: Progress) -> list[CheckStep]:
        """Return the steps that this person is asked: nothing that is known already."""
        if progress.only_danger:
            return [step for step in self._before if self._is_dangerous(step)]
        return [
            step
            for step in self._before
            if step.kind is not Kind.CHOOSE or not self._read_in(step, progress)
        ]

    def first(self, progress: Progress) -> Progress:
        """Return the progress with its first question open: the doubtful sign, or a step."""
        if progress.doubt:
            return replace(progress, step=DOUBT)
        steps = self.asked(progress)
        return replace(progress, step=steps[0].id if steps else NOT_OPEN)

    def is_open(self, progress: Progress) -> bool:
        """Tell whether one of the questions that are known here waits for its answer."""
        if progress.step == DOUBT:
            return self._faq.sign(progress.doubt) is not None
        return self.step(progress) is not None

    def is_first(self, progress: Progress) -> bool:
        """Tell whether no question comes before the open one."""
        steps = self.asked(progress)
        return progress.step == DOUBT or not steps or progress.step == steps[0].id

    def picked(self, progress: Progress) -> tuple[str, ...]:
        """Return the ids of the open question's options that are picked so far."""
        step = self.step(progress)
        return tuple(o.id for o in step.options if o.id in progress.picked) if step else ()

    def choose(self, progress: Progress, choice: str) -> Consequence:
        """Apply an answer to the open question: an action, or the id of an option."""
        if choice == Action.STOP:
            return Stopped()
        if not self.is_open(progress):
            return NoAnswer("started_anew")
        if choice == Action.WRONG:
            return Ask(self.without_read(progress), "taken_back")
        if choice == Action.SKIP:
            return NoAnswer("skipping") if self.is_first(progress) else Stopped()
        if choice == Action.BACK:
            return Ask(replace(progress, step=self._preceding(progress)))
        step = self.step(progress)
        if step is None:
            return self._doubt(progress, choice)
        if step.kind is Kind.ANY:
            return self._any(step, progress, choice)
        if choice == Action.UNSURE:
            return self._next(replace(progress, unsure=progress.unsure or step.asks_of_signs))
        if step.kind is Kind.CHOOSE:
            known = choice in {option.id for option in step.options}
            return self.pick(progress, (choice,)) if known else NoAnswer()
        return self._tick(step, progress, choice)

    def pick(self, progress: Progress, ids: Iterable[str]) -> Ask | Finished | Hazard:
        """Add options that were named in words to those that are ticked, and go on."""
        step, ids = self.step(progress), tuple(ids)
        if step and step.kind is Kind.ANY:
            signs = tuple(s for o in step.options if o.id in ids for s in o.signs)
            if any(map(self._faq.is_emergency, signs)):
                return Hazard(signs)
        if step and step.kind is Kind.CHOOSE:
            progress = _without(progress, {option.id for option in step.options})
        picked = tuple(dict.fromkeys((*progress.picked, *ids)))
        return self._next(replace(progress, picked=picked))

    def unpick(self, progress: Progress, ids: Iterable[str]) -> Progress:
        """Take options back: the person says that they do not fit."""
        return _without(progress, set(ids))

    def without_read(self, progress: Progress) -> Progress:
        """Take back all that was read from the person's words."""
        return replace(_without(progress, set(progress.read)), told=(), floor="")

    def named_by(self, sign: str) -> str:
        """Return the option that stands for a sign; empty where none does."""
        return self._ticks.get(sign, "")

    def with_told(
        self, progress: Progress, understood: Understood, answered: str = ""
    ) -> Progress:
        """Note what a text tells: signs and risks are ticked where an option stands for them.

        What it gave as its answer to the step `answered` is noted there; after the result a reply
        tells of no sign.
        """
        step = self._check.step(answered)
        noted = {sign for option in step.options for sign in option.signs} if step else set()
        told, read = [*progress.told], [*progress.read]
        lasting = self._check.lasting(understood.signs.hours)
        read += [option.id for option in lasting]
        timed = {sign for option in lasting for sign in option.signs}
        likely = [*progress.likely]
        for sign in understood.signs.found:
            option = self._ticks.get(sign.id)
            if sign.id in noted or (step and step.after):
                continue
            if option:
                read.append(option)
            elif not sign.is_told:  # it raises the level, but nobody is said to have told it
                likely.append(sign.id)
            elif sign.id not in timed:
                told.append(sign.id)
        noted_progress = replace(
            progress,
            told=tuple(dict.fromkeys(told)),
            likely=tuple(dict.fromkeys(likely)),
            read=tuple(dict.fromkeys(read)),
            picked=tuple(dict.fromkeys((*progress.picked, *read))),
            of_other=progress.of_other or understood.about.of_other or understood.signs.of_others,
        )
        return self.with_risks(noted_progress, understood.about.risks)

    def with_risks(self, progress: Progress, told: Iterable[str]) -> Progress:
        """Note what changes the advice: ticked where an option stands for it."""
        told = tuple(told)
        ticks = tuple(self._risk_ticks[risk] for risk in told if risk in self._risk_ticks)
        others = (risk for risk in told if risk not in self._risk_ticks)
        return replace(
            progress,
            read=tuple(dict.fromkeys((*progress.read, *ticks))),
            picked=tuple(dict.fromkeys((*progress.picked, *ticks))),
            risks=tuple(dict.fromkeys((*progress.risks, *others))),
        )

    def with_known(self, progress: Progress) -> Progress:
        """Return a stored progress without what the content no longer knows.

        A sign or an option that is gone may have meant danger, so that the check starts anew.
        """
        told = tuple(id for id in progress.told if self._faq.sign(id))
        picked = tuple(id for id in progress.picked if self._check.option(id))
        known = replace(
            progress,
            told=told,
            likely=tuple(id for id in progress.likely if self._faq.sign(id)),
            picked=picked,
            read=tuple(id for id in progress.read if id in picked),
            asked=tuple(id for id in progress.asked if self._faq.intent(id)),
            guesses=tuple(id for id in progress.guesses if self._faq.intent(id)),
            floor=progress.floor if self._faq.level(progress.floor) else "",
        )
        kept = (told, picked, known.floor) == (progress.told, progress.picked, progress.floor)
        return known if kept and self.is_open(known) else self.anew(known)

    def anew(self, progress: Progress) -> Progress:
        """Return the progress of a check that lost an answer; its questions start anew."""
        return replace(progress, step=NOT_OPEN, lost=True)

    # What an answer leads to

    def _doubt(self, progress: Progress, choice: str) -> Consequence:
        if choice in _ANY_OF:
            return Hazard((progress.doubt,))
        if choice != Action.NONE:
            return NoAnswer()
        if progress.only_danger:
            return Finished(progress)
        following, sign = self._next(progress), self._faq.sign(progress.doubt)
        if isinstance(following, Ask) and sign:
            return replace(following, note=sign.otherwise)
        return following

    def _any(self, step: CheckStep, progress: Progress, choice: str) -> Consequence:
        if choice == Action.NONE:
            return self._next(progress)
        if choice not in _ANY_OF:
            known = choice in {option.id for option in step.options}
            return self.pick(progress, (choice,)) if known else NoAnswer()
        if self._is_dangerous(step):
            return Hazard()
        levels = [level for option in step.options for level in self._faq.levels_of(option)]
        floor = min((progress.floor, *levels), key=self._faq.rank)
        return self._next(replace(progress, floor=floor))

    def _tick(self, step: CheckStep, progress: Progress, choice: str) -> Consequence:
        ticked = self.picked(progress)
        if choice == Action.NONE or (choice == Action.DONE and ticked):
            # "None" may come from a keyboard that showed no tick yet: ticks are kept.
            return self._next(progress)
        if choice in (Action.DONE, Action.ANY):
            return NoAnswer("which")
        if choice not in {option.id for option in step.options}:
            return NoAnswer()
        if choice in ticked:
            return Ticked(_without(progress, {choice}))
        return Ticked(replace(progress, picked=(*progress.picked, choice)))

    def _next(self, progress: Progress) -> Ask | Finished:
        step = self.step(progress)
        if step and step.after:
            return Finished(progress)
        place = self._place(progress.step)
        following = next((s for s in self.asked(progress) if self._place(s.id) > place), None)
        return Ask(replace(progress, step=following.id)) if following else Finished(progress)

    def _preceding(self, progress: Progress) -> str:
        place = self._place(progress.step)
        before = [s.id for s in self.asked(progress) if self._place(s.id) < place]
        return before[-1] if before else progress.step

    def _place(self, step: str) -> int:
        """Return a step's place in the order of asking; a single sign comes before all."""
        return next((n for n, s in enumerate(self._check.steps) if s.id == step), -1)

    def _read_in(self, step: CheckStep, progress: Progress) -> bool:
        return any(option.id in progress.read for option in step.options)

    def _is_dangerous(self, step: CheckStep) -> bool:
        return step.kind is Kind.ANY and any(
            self._faq.is_emergency_level(level)
            for option in step.options
            for level in self._faq.levels_of(option)
        )


def _without(progress: Progress, ids: set[str]) -> Progress:
    """Return a progress in which some options are not picked."""
    return replace(
        progress,
        picked=tuple(id for id in progress.picked if id not in ids),
        read=tuple(id for id in progress.read if id not in ids),
    )
