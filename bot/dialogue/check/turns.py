"""The turns of the check: its start, answers to it, what comes in between, its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.buttons import Action, CheckTap, Way
from bot.dialogue.check.assessment import assess
from bot.dialogue.check.result import Results
from bot.dialogue.check.shown import Questions
from bot.dialogue.check.steps import (
    Ask,
    Consequence,
    Finished,
    Hazard,
    NoAnswer,
    Steps,
    Stopped,
    Ticked,
    is_open,
)
from bot.dialogue.check.typed import Picks, TypedReplies
from bot.dialogue.events import Redraw, Say, Settle, Toast
from bot.dialogue.messages import Messages
from bot.dialogue.state import Move, Progress, State, Step
from bot.dialogue.wording import Wording, paragraphs
from intents import Check, Match, Understanding, Understood, is_suspect

_TERSE: Final = 4  # words; so short a message that tells a sign asks nothing besides


class CheckTurns:
    """Leads people through the check of one content."""

    def __init__(
        self, understanding: Understanding, check: Check, wording: Wording, messages: Messages
    ) -> None:
        faq = understanding.faq
        self._faq = faq
        self._report = check.report
        self._wording = wording
        self._messages = messages
        self._steps = Steps(faq, check)
        self._questions = Questions(faq, check, wording, self._steps)
        self._typed = TypedReplies(
            faq, check, self._steps, understanding.option_reader(self._questions.controls())
        )
        self._results = Results(faq, check, wording, messages)

    def with_known(self, state: State) -> State:
        """Return a stored state without what this content no longer knows of its check."""
        return replace(state, check=self._steps.with_known(state.check)) if state.check else state

    def is_offered(self, progress: Progress, understood: Understood) -> bool:
        """Tell whether a reply only says what the open question offers as a button."""
        return self._typed.is_offered(progress, understood)

    # What happens

    def start(
        self,
        state: State,
        asked: Sequence[str] = (),
        understood: Understood | None = None,
        preface: str = "",
    ) -> Move:
        """Put the first question; note what was told, and what to answer in the end."""
        progress = Progress(asked=tuple(id for id in asked if id != self._report))
        noted = ""
        if understood:
            noted = self._noted(understood)
            progress = self._steps.with_told(progress, understood.signs)
        if preface == "before_answer" and not progress.asked:
            preface = "before_check"
        said = self._wording.say(preface) if preface else ""
        return self._ask(replace(state, checked_at=0.0), progress, noted, said)

    def repeat(self, state: State, progress: Progress) -> Move:
        """Put the open question again, after something else was said."""
        return self._go_on(state, progress, self._anew(progress) or self._wording.say("repeat"))

    def typed(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Take a typed answer; what is none is answered, then the question is put again."""
        choice = self._typed.choice(progress, understood)
        consequence = self._consequence(progress, choice)
        if isinstance(consequence, Hazard | Stopped):
            return self._after(state, consequence)
        offered = self.is_offered(progress, understood)
        if is_suspect(understood) and not offered:
            return self._suspected(state, progress, understood)
        if isinstance(consequence, Ask | Finished):
            echo = self._echo(progress, consequence) if isinstance(choice, Picks) else ""
            return self._answered(state, progress, understood, consequence, echo)
        if isinstance(consequence, NoAnswer) and offered:
            return self._go_on(state, progress, self._wording.say(consequence.reason))
        return self._in_between(state, progress, understood)

    def edited(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Note what a changed message says, and put the open question again."""
        edited = self._wording.say("edited")
        if is_suspect(understood):
            return self._suspected(state, progress, understood, edited)
        told = self._steps.with_told(progress, understood.signs)
        noted = self._noted(understood) if told != progress else ""
        return self._go_on(state, told, edited, noted, self._anew(progress))

    def tapped(self, state: State, tap: CheckTap) -> Move:
        """Apply a tapped answer, unless a newer keyboard has overtaken its own."""
        progress = state.check
        if progress is None or not is_open(progress):
            return self._tapped_afterwards(state, tap)
        stale = Toast(self._wording.say("stale"))
        if (tap.serial, tap.step) != (state.serial, progress.step):
            return state, (stale,)
        if self._steps.is_gone(progress, tap.choice):
            return self._tapped_afterwards(replace(state, check=self._steps.anew(progress)), tap)
        consequence = self._steps.choose(progress, tap.choice)
        if isinstance(consequence, NoAnswer):
            return state, (stale,)
        if isinstance(consequence, Ticked):
            keyboard = self._questions.keyboard(consequence.progress, state.serial)
            return replace(state, check=consequence.progress), (Redraw(keyboard),)
        after, replies = self._after(state, consequence)
        return after, (Settle(self._questions.chosen(progress, tap.choice)), *replies)

    def _tapped_afterwards(self, state: State, tap: CheckTap) -> Move:
        """Answer a tap on a question that waits no more: its check has ended, or starts anew."""
        if tap.step == Step.HAZARD and tap.choice in (Action.ANY, Action.UNSURE):
            after, replies = self._after(state, Hazard())  # as true as when it was asked
            return after, (Settle(self._questions.chosen(Progress(), tap.choice)), *replies)
        if state.check:
            return self._go_on(state, state.check, self._anew(state.check))
        over = self._wording.say("check_over")
        return state, (Toast(over), Say(over, ((self._wording.way_button(Way.CHECK),),)))

    # How it goes on

    def _consequence(self, progress: Progress, choice: Action | Picks | None) -> Consequence:
        if choice is None:
            return NoAnswer()
        if isinstance(choice, Picks):
            return self._steps.pick(progress, choice.ids)
        return self._steps.choose(progress, choice)

    def _answered(
        self,
        state: State,
        progress: Progress,
        understood: Understood,
        consequence: Ask | Finished,
        echo: str,
    ) -> Move:
        """Go on from a typed answer, and note what else it says."""
        told = self._steps.with_told(consequence.progress, understood.signs, progress.step)
        consequence = replace(consequence, progress=told)
        if isinstance(consequence, Ask):
            consequence = self._steps.past_known(consequence)
        return self._after(state, consequence, echo)

    def _suspected(
        self, state: State, progress: Progress, understood: Understood, *preface: str
    ) -> Move:
        """Go back to the emergency signs, since one of them may have been meant."""
        told = self._steps.with_told(replace(progress, step=Step.HAZARD), understood.signs)
        reasons = self._anew(progress), self._wording.say("suspected")
        return self._ask(state, told, *preface, self._noted(understood), *reasons)

    def _in_between(self, state: State, progress: Progress, understood: Understood) -> Move:
        """Answer what is no answer to the open question, and put that question again."""
        told = self._steps.with_told(progress, understood.signs)
        outcome, news = understood.outcome, told != progress
        preface = paragraphs(self._noted(understood) if news else "", self._anew(progress))
        is_question = isinstance(outcome, Match) and outcome.answers != (self._report,)
        if isinstance(outcome, Match) and is_question and not (news and _is_terse(understood)):
            replies = self._messages.answers(outcome.answers, offer_check=False)
            after, question = self._go_on(state, told, preface or self._wording.say("repeat"))
            return after, (*replies, *question)
        unheard = "" if news else self._wording.say("not_understood")
        return self._go_on(state, told, preface or unheard)

    def _go_on(self, state: State, progress: Progress, *preface: str) -> Move:
        """Put the open question again, or the next one where what was told has answered it."""
        consequence = self._steps.past_known(Ask(progress))
        if isinstance(consequence, Ask):
            return self._ask(state, consequence.progress, *preface)
        return self._after(state, consequence)

    def _after(self, state: State, consequence: Consequence, echo: str = "") -> Move:
        """Go on from an answer: the next question, the result, or the end."""
        match consequence:
            case Ask(progress, preface):
                said = self._wording.say(preface) if preface else ""
                return self._ask(state, progress, echo, said)
            case Finished(progress):
                return self._finish(state, progress)
            case Hazard():
                return state.ended(), (self._messages.emergency(),)
        return self._stop(state, cleared=isinstance(consequence, Stopped) and consequence.cleared)

    def _ask(self, state: State, progress: Progress, *preface: str) -> Move:
        """Put the open question under a new keyboard, unless help has to be called at once."""
        state = replace(state.renewed(), check=progress)
        if assess(self._faq, progress).is_emergency:
            return self._finish(state, progress)
        return state, (self._questions.say(progress, state.serial, *preface),)

    def _stop(self, state: State, cleared: bool) -> Move:
        """End the check. A sign told so far is not passed over, nor what was asked."""
        progress, stopped = state.check, replace(state, check=None)
        if progress and not assess(self._faq, progress).is_mild:
            return self._finish(state, replace(progress, brief=True))
        if progress is None or not cleared or not progress.asked:
            return stopped, (self._messages.cancelled(),)
        answers = self._messages.answers(progress.asked, offer_check=False)
        return stopped, (Say(self._wording.say("stopped_answer")), *answers)

    def _finish(self, state: State, progress: Progress) -> Move:
        """Tell the result. After an emergency the check does not count as done."""
        found = assess(self._faq, progress)
        checked_at = 0.0 if found.is_emergency else state.at or 1.0
        done = replace(state, check=None, checked_at=checked_at)
        return done, self._results.result(found, progress)

    # What is said besides

    def _anew(self, progress: Progress) -> str:
        """Say that the questions start anew; empty where the open one stands."""
        return "" if is_open(progress) else self._wording.say("started_anew")

    def _echo(self, progress: Progress, consequence: Ask | Finished) -> str:
        """Say which options a typed answer was taken for."""
        picked = replace(consequence.progress, step=progress.step)
        label = self._questions.chosen(picked, Action.DONE)
        return self._wording.say("taken", label=label)

    def _noted(self, understood: Understood) -> str:
        """Say what was taken from a text; empty when it affirmed no sign."""
        affirmed = understood.signs.found
        if not affirmed:
            return ""
        signs = [sign for found in affirmed if (sign := self._faq.sign(found.id))]
        quotes = self._wording.quotes(clause for found in affirmed for clause in found.words)
        named = self._wording.signs(signs)
        if not quotes:
            return self._wording.say("noted_signs", signs=named)
        return self._wording.say("noted", words=quotes, signs=named)


def _is_terse(understood: Understood) -> bool:
    return len(understood.reading.words) <= _TERSE
