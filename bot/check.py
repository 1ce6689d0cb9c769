"""The check: four short questions, the dangerous signs first, answered by tap or in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.events import Button, Keyboard, Say
from bot.state import Progress, Step
from bot.wording import Wording, paragraphs, rows
from intents.answers import Word, read_choices, read_word
from intents.faq import Check, Faq, WarningSign
from intents.warning_signs import SignReading, duration_option

NONE: Final = "+none"
ANY: Final = "+any"
UNSURE: Final = "+unsure"
DONE: Final = "+done"
BACK: Final = "+back"
STOP: Final = "+stop"
SKIP: Final = "+skip"
_ACTIONS: Final = {
    Word.YES: ANY,
    Word.NO: NONE,
    Word.UNSURE: UNSURE,
    Word.BACK: BACK,
    Word.STOP: STOP,
    Word.SKIP: SKIP,
}


@dataclass(frozen=True, slots=True)
class Ask:
    """Put the next question."""

    progress: Progress


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


class Stopped:
    """The person wants no check."""


class NotUnderstood:
    """This is no answer to the open question."""


Taken = Ask | Ticked | Finished | Hazard | Stopped | NotUnderstood


class Questions:
    """The check of one content: what it asks, and what an answer leads to."""

    def __init__(self, faq: Faq, check: Check, wording: Wording) -> None:
        self._faq = faq
        self._check = check
        self._wording = wording

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
        step = progress.step
        if step is Step.HAZARD:
            answers = [("none_of_these", NONE), ("any_of_these", ANY), ("not_sure", UNSURE)]
            top: Keyboard = ()
        else:
            top = rows(
                Button(self._marked(label, id in self._ticked(progress)), data + id)
                for id, label in self._options(progress)
            )
            answers = [("not_sure", UNSURE)]
            if step is not Step.DURATION:
                done = ("done", DONE) if self._ticked(progress) else ("none_of_these", NONE)
                answers.insert(0, done)
        controls = [("stop", STOP)]
        if step is not Step.HAZARD:
            controls.insert(0, ("back", BACK))
            controls.append(("just_answer", SKIP))
        bottom = [
            rows(self._wording.button(name, data + action) for name, action in part)
            for part in (answers, controls)
        ]
        return (*top, *bottom[0], *bottom[1])

    def take(self, progress: Progress, action: str) -> Taken:
        """Apply a tapped answer to the open question."""
        step = progress.step
        if action == STOP:
            return Stopped()
        if action == BACK:
            return Ask(self._before(progress))
        if action == SKIP:
            brief = replace(progress, brief=True)
            return Ask(brief) if step is Step.HAZARD else self._advance(brief)
        if step is Step.HAZARD:
            if action in (ANY, UNSURE):
                return Hazard()
            return self._advance(progress) if action == NONE else NotUnderstood()
        return self._take_choice(progress, action)

    def read(self, progress: Progress, text: str, signs: SignReading) -> Taken:
        """Apply a typed answer to the open question; `signs` is what it says of warning signs."""
        word = read_word(text)
        if word is Word.YES and progress.step is not Step.HAZARD:
            return NotUnderstood()
        if word is not None:
            return self.take(progress, _ACTIONS[word])
        if progress.step is Step.HAZARD:
            return NotUnderstood()
        if progress.step is Step.DURATION:
            option = duration_option(self._faq, signs.hours) if signs.hours is not None else None
            if option:
                return self._advance(replace(progress, duration=option.id))
        options = self._options(progress)
        offered = {id for id, _ in options}
        chosen = {s.id for s in signs.affirmed} & offered
        named = read_choices(text, [self._names(progress.step, id, label) for id, label in options])
        if named and not chosen:
            chosen = {options[n][0] for n in named}
        if not chosen:
            return NotUnderstood()
        if progress.step is Step.DURATION:
            return self._advance(replace(progress, duration=min(chosen)))
        return self._advance(self._with_ticks(progress, tuple(sorted(chosen))))

    def label(self, progress: Progress, action: str) -> str:
        """Return what a tapped answer says, as it is shown afterwards."""
        names = {NONE: "none_of_these", ANY: "any_of_these", UNSURE: "not_sure"}
        names |= {BACK: "back", STOP: "stop", SKIP: "just_answer"}
        if action in names:
            return self._wording.say(names[action])
        wanted = self._ticked(progress) if action == DONE else (action,)
        labels = [label for id, label in self._options(progress) if id in wanted]
        return self._wording.join(labels) or self._wording.say("done")

    def _take_choice(self, progress: Progress, action: str) -> Taken:
        if action == NONE:
            return self._advance(self._with_ticks(progress, ()))
        if action == DONE:
            return self._advance(progress)
        if action == UNSURE:
            unsure = progress.unsure or progress.step is Step.SIGNS
            return self._advance(replace(progress, unsure=unsure))
        if action not in {id for id, _ in self._options(progress)}:
            return NotUnderstood()
        if progress.step is Step.DURATION:
            return self._advance(replace(progress, duration=action))
        ticked = self._ticked(progress)
        changed = tuple(t for t in ticked if t != action) if action in ticked else (*ticked, action)
        return Ticked(self._with_ticks(progress, changed))

    def _advance(self, progress: Progress) -> Taken:
        following = [step for step in self.steps(progress) if _place(step) > _place(progress.step)]
        return Ask(replace(progress, step=following[0])) if following else Finished(progress)

    def _before(self, progress: Progress) -> Progress:
        earlier = [step for step in self.steps(progress) if _place(step) < _place(progress.step)]
        return replace(progress, step=earlier[-1] if earlier else progress.step)

    def _question(self, progress: Progress) -> tuple[str, ...]:
        check, wording = self._check, self._wording
        if progress.step is Step.HAZARD:
            bullets = "\n".join(f"• {sign.tick}" for sign in self._signs(check.hazard_signs) if sign.tick)
            return wording.fill(check.hazard_question), bullets, wording.say("hazard_note")
        if progress.step is Step.SIGNS:
            mentioned = self._signs(progress.mentioned)
            note = wording.say("mentioned", signs=wording.signs(mentioned)) if mentioned else ""
            return wording.fill(check.signs_question), note
        if progress.step is Step.DURATION:
            return (wording.fill(check.duration_question),)
        return (wording.fill(check.factors_question),)

    def _options(self, progress: Progress) -> Sequence[tuple[str, str]]:
        """Return the ids and labels of the open question's options."""
        if progress.step is Step.SIGNS:
            return [(sign.id, sign.tick) for sign in self._sign_options(progress)]
        if progress.step is Step.DURATION:
            return [(option.id, option.label) for option in self._check.durations]
        if progress.step is Step.FACTORS:
            return [(factor.id, factor.label) for factor in self._check.factors]
        return []

    def _names(self, step: Step, id: str, label: str) -> tuple[str, ...]:
        """Return what someone may call an option when typing."""
        if step is Step.FACTORS:
            return next((label, *f.words) for f in self._check.factors if f.id == id)
        return (label,)

    def _sign_options(self, progress: Progress) -> list[WarningSign]:
        return [s for s in self._signs(self._check.signs) if s.tick and s.id not in progress.told]

    def _signs(self, ids: Sequence[str]) -> list[WarningSign]:
        return [sign for id in ids if (sign := self._faq.sign(id))]

    def _marked(self, label: str, ticked: bool) -> str:
        return self._wording.say("ticked", label=label) if ticked else label

    @staticmethod
    def _ticked(progress: Progress) -> tuple[str, ...]:
        if progress.step is Step.SIGNS:
            return progress.signs
        return progress.factors if progress.step is Step.FACTORS else (progress.duration,)

    @staticmethod
    def _with_ticks(progress: Progress, ticks: tuple[str, ...]) -> Progress:
        if progress.step is Step.SIGNS:
            return replace(progress, signs=ticks)
        return replace(progress, factors=ticks)


def _place(step: Step) -> int:
    return list(Step).index(step)
