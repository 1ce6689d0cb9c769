"""How the questions of the check look: their text, their buttons, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap
from bot.dialogue.check.steps import Steps
from bot.dialogue.events import Button, Keyboard, Say
from bot.dialogue.state import Progress, Step
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents import Check, Faq, Word

_LABELS: Final[dict[str, str]] = {  # the sentence that is the label of an action
    Action.NONE: "none_of_these",
    Action.ANY: "any_of_these",
    Action.UNSURE: "not_sure",
    Action.DONE: "done",
    Action.BACK: "back",
    Action.STOP: "stop",
    Action.SKIP: "just_answer",
}

# The action that a word in a typed reply stands for.
ACTIONS: Final = {
    Word.YES: Action.ANY,
    Word.NO: Action.NONE,
    Word.SAME: Action.NONE,
    Word.DONE: Action.DONE,
    Word.UNSURE: Action.UNSURE,
    Word.BACK: Action.BACK,
    Word.STOP: Action.STOP,
    Word.SKIP: Action.SKIP,
}


class Questions:
    """The questions of one content's check, in its words."""

    def __init__(self, faq: Faq, check: Check, wording: Wording, steps: Steps) -> None:
        self._faq = faq
        self._check = check
        self._wording = wording
        self._steps = steps

    def controls(self) -> dict[str, Word]:
        """Return the labels of the buttons beside the options, with what each says."""
        return {
            self._wording.say(_LABELS[action]): word
            for word, action in ACTIONS.items()
            if word is not Word.SAME  # the same button as no
        }

    def say(self, progress: Progress, serial: int, *preface: str) -> Say:
        """Return the open question with its buttons, under a preface where there is one."""
        steps = self._steps.asked(progress)
        number = steps.index(Step(progress.step)) + 1 if progress.step in steps else len(steps)
        head = self._wording.say("step", number=str(number), count=str(len(steps)))
        text = paragraphs(*preface, head, *self._text(progress))
        return Say(text, self.keyboard(progress, serial))

    def keyboard(self, progress: Progress, serial: int) -> Keyboard:
        """Return the buttons of the open question; ticked ones are marked."""

        def button(label: str, choice: str) -> Button:
            return Button(label, buttons.data(CheckTap(serial, progress.step, choice)))

        def actions(names: Iterable[Action]) -> Keyboard:
            return rows(button(self._wording.say(_LABELS[name]), name) for name in names)

        options: Keyboard = ()
        if progress.step != Step.HAZARD:
            ticked = self._steps.picked(progress)
            options = rows(
                button(self._marked(label) if id in ticked else label, id)
                for id, label in self._steps.options(progress)
            )
        return (*options, *actions(self._answers(progress)), *actions(_controls(progress)))

    def chosen(self, progress: Progress, choice: str) -> str:
        """Return what an answer says, as it is shown afterwards: the label, or all ticked ones."""
        ticked = self._steps.picked(progress)
        all_ticked = choice == Action.DONE or (choice == Action.NONE and ticked)
        wanted = ticked if all_ticked else (choice,)
        labels = [label for id, label in self._steps.options(progress) if id in wanted]
        return ", ".join(labels) or self._wording.say(_LABELS.get(choice, "done"))

    def _text(self, progress: Progress) -> tuple[str, ...]:
        check, wording = self._check, self._wording
        match progress.step:
            case Step.HAZARD:
                ticks = bullets(tick for _, tick in self._steps.options(progress) if tick)
                return wording.fill(check.hazard_question), ticks, wording.say("hazard_note")
            case Step.SIGNS:
                return wording.fill(check.signs_question), self._mentioned(progress)
            case Step.DURATION:
                return (wording.fill(check.duration_question),)
        return (wording.fill(check.factors_question),)

    def _mentioned(self, progress: Progress) -> str:
        """Point out the signs that may have been meant by what was written."""
        signs = [sign for id in progress.mentioned if (sign := self._faq.sign(id))]
        return self._wording.say("mentioned", signs=self._wording.signs(signs)) if signs else ""

    def _answers(self, progress: Progress) -> tuple[Action, ...]:
        if progress.step == Step.HAZARD:
            return Action.NONE, Action.ANY, Action.UNSURE
        if progress.step == Step.DURATION:
            return (Action.UNSURE,)
        return Action.DONE if self._steps.picked(progress) else Action.NONE, Action.UNSURE

    def _marked(self, label: str) -> str:
        return self._wording.say("ticked", label=label)


def _controls(progress: Progress) -> tuple[Action, ...]:
    """Return the buttons that answer nothing."""
    if progress.step == Step.HAZARD:
        return (Action.STOP,)
    if progress.brief:
        return Action.BACK, Action.STOP
    return Action.BACK, Action.STOP, Action.SKIP
