"""How the check ends: with its result, stopped, or after an emergency that has passed."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.alarm import Alarms
from bot.dialogue.check.assessment import assess, first_that_is_no_emergency
from bot.dialogue.check.result import Results
from bot.dialogue.events import Say
from bot.dialogue.messages import Messages
from bot.dialogue.state import Move, Progress, State
from bot.dialogue.wording import Wording
from intents import Check, Faq


class Endings:
    """Ends the check of one content, and answers what waited for its end."""

    def __init__(
        self, faq: Faq, check: Check, wording: Wording, messages: Messages, alarms: Alarms
    ) -> None:
        self._faq = faq
        self._check = check
        self._wording = wording
        self._messages = messages
        self._alarms = alarms
        self._results = Results(faq, check, wording, messages)

    def gone(self, state: State, waiting: Progress) -> Move:
        """Tell somebody whose emergency has passed how soon they should be seen all the same."""
        floor = first_that_is_no_emergency(self._faq)
        return self.finish(replace(state, alarm=None), replace(waiting, floor=floor))

    def stop(self, state: State, progress: Progress, is_answered: bool) -> Move:
        """End the check. A sign told so far is not passed over, nor what was asked."""
        stopped = replace(state, check=None, offered=progress.guesses)
        step = self._check.step(progress.step)
        if not assess(self._faq, progress).is_mild and not (step and step.after):
            return self.finish(state, progress)
        answers = self._messages.waiting(progress.asked, progress.guesses)
        if answers:
            return stopped, (Say(self._wording.say("stopped_answer")), *answers)
        return stopped, () if is_answered else (self._messages.cancelled(),)

    def finish(self, state: State, progress: Progress) -> Move:
        """Tell the result, then what was asked. After an emergency the check is not done."""
        found = assess(self._faq, progress)
        if found.is_emergency:
            return self._alarms.raised(state, [sign.id for sign in found.signs], waiting=progress)
        after = replace(state, check=None, checked_at=state.at or 1.0, offered=progress.guesses)
        step = self._check.step(progress.step)
        if step and step.after:
            return after, (self._results.fitting(progress),)
        asked = progress.asked
        if not found.level.advice:  # nobody is calmed down who should be seen today
            asked = tuple(id for id in asked if not self._faq.calms(id))
        answers = self._messages.waiting(asked, progress.guesses)
        if progress.only_danger and found.is_mild and answers:
            return after, answers
        kept = replace(progress, step="", doubt="", asked=(), guesses=(), shown=())
        after = replace(after.renewed(), result=kept)
        return after, (self._results.result(found, progress, after.serial), *answers)
