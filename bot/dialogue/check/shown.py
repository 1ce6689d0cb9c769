"""The questions of the check: who is asked which, how they look, what was ticked so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.events import Button, Keyboard, Say
from bot.dialogue.state import Progress, Step
from bot.dialogue.wording import Wording, paragraphs, rows
from intents import Check, Faq, Option, WarningSign

NONE: Final = "+none"
ANY: Final = "+any"
UNSURE: Final = "+unsure"
DONE: Final = "+done"
BACK: Final = "+back"
STOP: Final = "+stop"
SKIP: Final = "+skip"
_LABELS: Final = {
    NONE: "none_of_these",
    ANY: "any_of_these",
    UNSURE: "not_sure",
    DONE: "done",
    BACK: "back",
    STOP: "stop",
    SKIP: "just_answer",
}


class Questions:
    """The questions of one content's check."""

    def __init__(self, faq: Faq, check: Check, wording: Wording) -> None:
        self._check = check
        self._wording = wording
        self._by_id = {sign.id: sign for sign in faq.signs}

    def steps(self, progress: Progress) -> list[Step]:
        """Return the steps that this person is asked."""
        steps = [Step.HAZARD]
        if self._sign_options(progress):
            steps.append(Step.SIGNS)
        if not progress.brief:
            if self._check.durations and not progress.known_duration:
                steps.append(Step.DURATION)
            if self._check.factors:
                steps.append(Step.FACTORS)
        return steps

    def following(self, progress: Progress) -> Step | None:
        """Return the step after the open one; None when that is the last."""
        return next(
            (step for step in self.steps(progress) if _place(step) > _place(progress.step)), None
        )

    def previous(self, progress: Progress) -> Step:
        """Return the step before the open one, or the first."""
        earlier = [step for step in self.steps(progress) if _place(step) < _place(progress.step)]
        return earlier[-1] if earlier else Step.HAZARD

    def say(self, progress: Progress, serial: int, *preface: str) -> Say:
        """Return the open question with its buttons, under a preface where there is one."""
        steps = self.steps(progress)
        number = steps.index(progress.step) + 1 if progress.step in steps else len(steps)
        head = self._wording.say("step", number=str(number), count=str(len(steps)))
        text = paragraphs(*preface, head, *self._question(progress))
        return Say(text, self.keyboard(progress, serial))

    def keyboard(self, progress: Progress, serial: int) -> Keyboard:
        """Return the buttons of the open question; ticked ones are marked."""
        data = f"c:{serial}:{progress.step}:"
        top: Keyboard = ()
        if progress.step is not Step.HAZARD:
            picked = self.ticked(progress)
            top = rows(
                Button(self._marked(label, id in picked), data + id)
                for id, label in self.options(progress)
            )
        bottom = [
            rows(self._wording.button(_LABELS[action], data + action) for action in actions)
            for actions in (self._answers(progress), self._controls(progress))
        ]
        return (*top, *bottom[0], *bottom[1])

    def label(self, progress: Progress, action: str) -> str:
        """Return what a tapped answer says, as it is shown afterwards."""
        picked = self.ticked(progress)
        wanted = picked if action == DONE or (action == NONE and picked) else (action,)
        labels = [label for id, label in self.options(progress) if id in wanted]
        return ", ".join(labels) or self._wording.say(_LABELS.get(action, "done"))

    def options(self, progress: Progress) -> Sequence[tuple[str, str]]:
        """Return the ids and labels of the open question's options."""
        if progress.step is Step.HAZARD:
            return [(sign.id, sign.tick) for sign in self._signs(self._check.hazard_signs)]
        if progress.step is Step.SIGNS:
            return [(sign.id, sign.tick) for sign in self._sign_options(progress)]
        if progress.step is Step.DURATION:
            return [(option.id, option.label) for option in self._check.durations]
        return [(factor.id, factor.label) for factor in self._check.factors]

    def names(self, progress: Progress) -> list[Option]:
        """Return what someone may call the options when typing."""
        if progress.step is Step.FACTORS:
            return [Option((f.label,), f.words) for f in self._check.factors]
        named = []
        for id, label in self.options(progress):
            sign = self._by_id.get(id)
            named.append(Option((label, sign.title) if sign else (label,)))
        return named

    def ticked(self, progress: Progress) -> tuple[str, ...]:
        """Return the ids of the options that are picked so far."""
        if progress.step is Step.SIGNS:
            return progress.signs
        if progress.step is Step.FACTORS:
            return progress.factors
        return (progress.duration,) if progress.step is Step.DURATION and progress.duration else ()

    def picked(self, progress: Progress, ids: tuple[str, ...]) -> Progress:
        """Return the progress with these options of the open question picked."""
        if progress.step is Step.SIGNS:
            return replace(progress, signs=ids)
        if progress.step is Step.FACTORS:
            return replace(progress, factors=ids)
        return replace(progress, duration=ids[-1] if ids else "")

    def _answers(self, progress: Progress) -> tuple[str, ...]:
        if progress.step is Step.HAZARD:
            return NONE, ANY, UNSURE
        if progress.step is Step.DURATION:
            return (UNSURE,)
        return DONE if self.ticked(progress) else NONE, UNSURE

    @staticmethod
    def _controls(progress: Progress) -> tuple[str, ...]:
        if progress.step is Step.HAZARD:
            return (STOP,)
        return (BACK, STOP) if progress.brief else (BACK, STOP, SKIP)

    def _question(self, progress: Progress) -> tuple[str, ...]:
        check, wording = self._check, self._wording
        if progress.step is Step.HAZARD:
            bullets = "\n".join(f"• {tick}" for _, tick in self.options(progress) if tick)
            return wording.fill(check.hazard_question), bullets, wording.say("hazard_note")
        if progress.step is Step.SIGNS:
            mentioned = self._signs(progress.mentioned)
            note = wording.say("mentioned", signs=wording.signs(mentioned)) if mentioned else ""
            return wording.fill(check.signs_question), note
        if progress.step is Step.DURATION:
            return (wording.fill(check.duration_question),)
        return (wording.fill(check.factors_question),)

    def _sign_options(self, progress: Progress) -> list[WarningSign]:
        return [s for s in self._signs(self._check.signs) if s.tick and s.id not in progress.told]

    def _signs(self, ids: Sequence[str]) -> list[WarningSign]:
        return [sign for id in ids if (sign := self._by_id.get(id))]

    def _marked(self, label: str, ticked: bool) -> str:
        return self._wording.say("ticked", label=label) if ticked else label


def _place(step: Step) -> int:
    return list(Step).index(step)
