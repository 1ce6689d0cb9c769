"""The check within a conversation: its start, answers to it, what comes in between, its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.check.shown import ANY, UNSURE, Questions
from bot.dialogue.check.typed import (
    Answers,
    Ask,
    Finished,
    Hazard,
    NotUnderstood,
    Stopped,
    Taken,
    Ticked,
)
from bot.dialogue.events import Redraw, Reply, Say, Settle, Toast
from bot.dialogue.messages import Messages
from bot.dialogue.state import Progress, State, Step
from bot.dialogue.turn import Turn, emergency, next_serial
from bot.dialogue.wording import Wording
from intents import Check, Faq, Match, Understood, is_suspect

_TERSE: Final = 4  # words; so short a message that tells a sign asks nothing besides


class CheckTurns:
    """Leads people through the check of one content."""

    def __init__(self, faq: Faq, check: Check, wording: Wording, messages: Messages) -> None:
        self._faq = faq
        self._report = check.report
        self._wording = wording
        self._messages = messages
        self._questions = Questions(faq, check, wording)
        self._answers = Answers(faq, self._questions)

    def is_offered(self, progress: Progress, text: str) -> bool:
        """Tell whether a reply only says what the open question offers as a button."""
        return self._answers.is_offered(progress, text)

    def start(
        self,
        state: State,
        asked: Sequence[str] = (),
        understood: Understood | None = None,
        preface: str = "",
    ) -> Turn:
        """Put the first question; note what was told, and what to answer in the end."""
        progress = Progress(asked=tuple(id for id in asked if id != self._report))
        state = replace(state, check=progress, checked_at=0.0)
        noted = ""
        if understood:
            state, noted = self._told(state, progress, understood), self._noted(understood)
        if preface == "before_answer" and not progress.asked:
            preface = "before_check"
        return self._ask(state, noted, self._wording.say(preface) if preface else "")

    def repeat(self, state: State) -> Turn:
        """Put the open question again, after something else was said."""
        return self._ask(state, self._wording.say("repeat"))

    def answer(self, state: State, progress: Progress, understood: Understood, text: str) -> Turn:
        """Take a typed answer; what is none is answered, then the question is put again."""
        taken = self._answers.read(progress, text, understood.signs)
        if isinstance(taken, Hazard | Stopped):
            return self._after(state, taken)
        is_answer = isinstance(taken, Ask | Finished)
        offered = self.is_offered(progress, text)
        if is_suspect(self._faq, understood, is_answer) and not offered:
            return self._suspected(state, progress, understood)
        if isinstance(taken, Ask | Finished):
            told = self._noting(taken.progress, understood, progress.step)
            taken = replace(taken, progress=told)
            return self._after(
                state, self._answers.settle(taken) if isinstance(taken, Ask) else taken
            )
        if isinstance(taken, NotUnderstood) and offered:
            return self._ask(state, self._wording.say(taken.reason))
        return self._in_between(state, progress, understood)

    def edited(self, state: State, progress: Progress, understood: Understood) -> Turn:
        """Note what a changed message says, and put the open question again."""
        edited = self._wording.say("edited")
        if is_suspect(self._faq, understood):
            return self._suspected(state, progress, understood, edited)
        told = self._noting(progress, understood)
        noted = self._noted(understood) if told != progress else ""
        return self._settled(state, told, edited, noted)

    def press(self, state: State, data: str) -> Turn:
        """Apply a tapped button: "serial:step:action"; it may be stale or forged."""
        serial, _, rest = data.partition(":")
        step, _, action = rest.partition(":")
        progress = state.check
        if progress is None:
            if step == Step.HAZARD and action in (ANY, UNSURE):  # as true as when it was asked
                after, replies = self._after(state, Hazard())
                return after, (Settle(self._questions.label(Progress(), action)), *replies)
            over = self._wording.say("check_over")
            again = self._wording.button("check_button", "check")
            return state, (Toast(over), Say(over, ((again,),)))
        stale = Toast(self._wording.say("stale"))
        if serial != str(state.serial) or step != progress.step:
            return state, (stale,)
        taken = self._answers.take(progress, action)
        if isinstance(taken, NotUnderstood):
            return state, (stale,)
        if isinstance(taken, Ticked):
            keyboard = self._questions.keyboard(taken.progress, state.serial)
            return replace(state, check=taken.progress), (Redraw(keyboard),)
        after, replies = self._after(state, taken)
        return after, (Settle(self._questions.label(progress, action)), *replies)

    def _ask(self, state: State, *preface: str) -> Turn:
        """Put the open question under a new keyboard."""
        state = replace(state, serial=next_serial(state))
        if state.check is None:
            return state, ()
        if self._messages.is_emergency(state.check):  # nothing more is asked before help is called
            return self._finish(state, state.check)
        return state, (self._questions.say(state.check, state.serial, *preface),)

    def _suspected(
        self, state: State, progress: Progress, understood: Understood, *preface: str
    ) -> Turn:
        """Go back to the emergency signs, since one of them may have been meant."""
        told = self._noting(replace(progress, step=Step.HAZARD), understood)
        noted, suspected = self._noted(understood), self._wording.say("suspected")
        return self._ask(replace(state, check=told), *preface, noted, suspected)

    def _in_between(self, state: State, progress: Progress, understood: Understood) -> Turn:
        """Answer what is no answer to the open question, and put that question again."""
        told = self._noting(progress, understood)
        outcome, news = understood.outcome, told != progress
        preface = self._noted(understood) if news else ""
        is_question = isinstance(outcome, Match) and outcome.answers != (self._report,)
        if isinstance(outcome, Match) and is_question and not (news and _is_terse(understood)):
            replies = self._messages.answers(outcome.answers, offer_check=False)
            after, question = self._settled(state, told, preface or self._wording.say("repeat"))
            return after, (*replies, *question)
        unheard = "" if news else self._wording.say("not_understood")
        return self._settled(state, told, preface or unheard)

    def _settled(self, state: State, told: Progress, *preface: str) -> Turn:
        """Put the open question again, or the next one where what was told has answered it."""
        taken = self._answers.settle(Ask(told))
        if isinstance(taken, Ask):
            return self._ask(replace(state, check=taken.progress), *preface)
        return self._after(state, taken)

    def _told(self, state: State, progress: Progress, understood: Understood) -> State:
        return replace(state, check=self._noting(progress, understood))

    def _noting(
        self, progress: Progress, understood: Understood, answered: Step | None = None
    ) -> Progress:
        """Note what a text says, so that it is not asked again, but what a step has taken."""
        found = understood.signs.found
        if answered is Step.SIGNS:
            found = ()
        if answered is Step.DURATION:
            found = tuple(sign for sign in found if sign.id not in self._messages.lasting)
        told = dict.fromkeys((*progress.told, *(s.id for s in found if not s.doubtful)))
        mentioned = dict.fromkeys((*progress.mentioned, *(s.id for s in found if s.doubtful)))
        progress = replace(
            progress, told=tuple(told), mentioned=tuple(id for id in mentioned if id not in told)
        )
        option = self._messages.duration(understood.signs.hours)
        if option and not progress.duration:
            progress = replace(progress, duration=option, known_duration=True)
        return progress

    def _noted(self, understood: Understood) -> str:
        """Say what was taken from a text; empty when it affirmed no sign."""
        affirmed = understood.signs.affirmed
        if not affirmed:
            return ""
        signs = [sign for found in affirmed if (sign := self._faq.sign(found.id))]
        words = self._wording.quotes(w for found in affirmed for w in found.words)
        return self._wording.say("noted", words=words, signs=self._wording.signs(signs))

    def _after(self, state: State, taken: Taken) -> Turn:
        """Go on from an answer: the next question, the result, or the end."""
        if isinstance(taken, Ask):
            said = self._wording.say(taken.preface) if taken.preface else ""
            echo = self._wording.say("taken", label=taken.taken) if taken.taken else ""
            return self._ask(replace(state, check=taken.progress), echo, said)
        if isinstance(taken, Finished):
            return self._finish(state, taken.progress)
        if isinstance(taken, Hazard):
            return emergency(state, self._messages)
        return self._stop(state, cleared=isinstance(taken, Stopped) and taken.cleared)

    def _stop(self, state: State, cleared: bool) -> Turn:
        """End the check. A sign told so far is not passed over, nor what was asked."""
        progress, stopped = state.check, replace(state, check=None)
        if progress and not self._messages.is_mild(progress):
            return self._finish(state, replace(progress, brief=True))
        if progress is None or not cleared or not progress.asked:
            return stopped, (self._messages.cancelled(),)
        answers = self._messages.answers(progress.asked, offer_check=False)
        return stopped, (Say(self._wording.say("stopped_answer")), *answers)

    def _finish(self, state: State, progress: Progress) -> Turn:
        result: tuple[Reply, ...] = self._messages.result(progress)
        done = replace(state, check=None, checked_at=state.at or 1.0)
        if any(isinstance(r, Say) and r.emergency for r in result):
            return replace(done, checked_at=0.0), result
        return done, result


def _is_terse(understood: Understood) -> bool:
    return len(understood.reading.words) <= _TERSE
