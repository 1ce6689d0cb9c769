"""How the questions of the check look: their text, their buttons, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.dialogue import buttons
from bot.dialogue.buttons import Action, CheckTap
from bot.dialogue.check.steps import Steps
from bot.dialogue.events import Button, Keyboard, Say
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording, bullets, paragraphs, rows
from intents import Check, CheckStep, Faq, Kind, Word

_LABELS: Final[dict[Action, str]] = {  # the sentence that is the label of an action
    Action.NONE: "none_of_these",
    Action.ANY: "any_of_these",
    Action.UNSURE: "not_sure",
    Action.DONE: "done",
    Action.BACK: "back",
    Action.STOP: "stop",
}
_DOUBT: Final[dict[Action, str]] = {**_LABELS, Action.NONE: "no_button", Action.ANY: "yes_button"}

# The action that a word in a typed reply stands for.
ACTIONS: Final = {
    Word.YES: Action.ANY,
    Word.NO: Action.NONE,
    Word.SAME: Action.NONE,
    Word.DONE: Action.DONE,
    Word.UNSURE: Action.UNSURE,
    Word.BACK: Action.BACK,
    Word.STOP: Action.STOP,
    Word.GONE: Action.STOP,
    Word.SKIP: Action.SKIP,
    Word.WRONG: Action.WRONG,
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
        words = {action: word for word, action in reversed(ACTIONS.items())}
        return {
            self._wording.say(label): words[action]
            for table in (_LABELS, _DOUBT)
            for action, label in table.items()
        }

    def say(self, progress: Progress, serial: int, *preface: str) -> Say:
        """Return the open question with its buttons, under a preface where there is one."""
        step = self._steps.step(progress)
        text = self._whole(step, progress) if step else (self._doubt(progress),)
        if step and step.id in progress.shown and step.again:
            text = (self._wording.fill(step.again),)
        return Say(paragraphs(*preface, *text), self.keyboard(progress, serial))

    def keyboard(self, progress: Progress, serial: int) -> Keyboard:
        """Return the buttons of the open question; ticked ones are marked."""
        step = self._steps.step(progress)

        def button(label: str, choice: str) -> Button:
            return Button(label, buttons.data(CheckTap(serial, progress.step, choice)))

        def actions(names: Iterable[Action]) -> Keyboard:
            return rows(button(self._label(name, step), name) for name in names)

        options: Keyboard = ()
        if step and step.kind is not Kind.ANY:
            ticked = self._steps.picked(progress)
            options = rows(
                button(self._marked(o.label) if o.id in ticked else o.label, o.id)
                for o in step.options
            )
        ways = (Action.STOP,) if self._steps.is_first(progress) else (Action.BACK, Action.STOP)
        if step and step.after:
            ways = (Action.STOP,)
        return (*options, *actions(self._answers(step, progress)), *actions(ways))

    def chosen(self, progress: Progress, choice: str) -> str:
        """Return what an answer says, as it is shown afterwards: the label, or all ticked ones."""
        step = self._steps.step(progress)
        if step:
            ticked = self._steps.picked(progress)
            all_ticked = choice == Action.DONE or (choice == Action.NONE and ticked)
            wanted = ticked if all_ticked else (choice,)
            labels = [option.label for option in step.options if option.id in wanted]
            if labels:
                return ", ".join(labels)
        return self._label(choice, step)

    def _whole(self, step: CheckStep, progress: Progress) -> tuple[str, ...]:
        asks = step.of_others if progress.of_other and step.of_others else step.question
        lines = bullets(o.label for o in step.options) if step.kind is Kind.ANY else ""
        read = [o for o in step.options if o.id in progress.read and o.id in progress.picked]
        hint = self._wording.say("ticked_for_you") if read and step.kind is Kind.TICK else ""
        fill = self._wording.fill
        return fill(asks), lines, hint, fill(step.note)

    def _doubt(self, progress: Progress) -> str:
        """Ask about the one sign that may have been meant."""
        sign = self._faq.sign(progress.doubt)
        if sign is None:
            return ""
        name = "ask_sign_of_other" if progress.of_other else "ask_sign"
        ask = (progress.of_other and sign.ask_of_others) or sign.ask
        return self._wording.fill(ask) or self._wording.say(name, sign=sign.title)

    def _answers(self, step: CheckStep | None, progress: Progress) -> tuple[Action, ...]:
        if step is None or step.kind is Kind.ANY:
            return Action.NONE, Action.ANY, Action.UNSURE
        if step.kind is Kind.CHOOSE:
            return (Action.UNSURE,)
        done = Action.DONE if self._steps.picked(progress) else Action.NONE
        return (done, Action.UNSURE) if step.asks_of_signs else (done,)

    def _label(self, action: str, step: CheckStep | None) -> str:
        table = {str(name): label for name, label in (_LABELS if step else _DOUBT).items()}
        return self._wording.say(table.get(action, "done"))

    def _marked(self, label: str) -> str:
        return self._wording.say("ticked", label=label)
