"""What comes while help is to be called: it is stayed with, taken back, or asked about anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.alarm import Alarms
from bot.dialogue.buttons import LevelTap, Way
from bot.dialogue.check.assessment import first_that_is_no_emergency
from bot.dialogue.check.turns import CheckTurns
from bot.dialogue.messages import Messages
from bot.dialogue.offers import Offers
from bot.dialogue.state import Alarm, Move, Progress, State
from bot.dialogue.wording import Wording
from intents import Faq, FoundSign, Match, Understood, Word, is_suspect, plan

_BARE: Final = 2  # words of a "no" that says nothing else


class AlarmTurns:
    """Leads people on from the emergency answer of one content."""

    def __init__(
        self,
        faq: Faq,
        wording: Wording,
        messages: Messages,
        alarms: Alarms,
        offers: Offers,
        check: CheckTurns | None,
    ) -> None:
        self._faq = faq
        self._wording = wording
        self._messages = messages
        self._alarms = alarms
        self._offers = offers
        self._check = check

    def only_called(
        self, state: State, understood: Understood, found: Sequence[FoundSign]
    ) -> bool:
        """Tell whether somebody says that help has been called, and tells nothing new."""
        signs = (sign.id for sign in found)
        return self._offers.has_called(understood) and self._alarms.is_known(state, signs)

    def written(self, state: State, alarm: Alarm, understood: Understood) -> Move:
        """Stay with an emergency; what is asked besides waits until it is over."""
        level = self._alarms.level_of(alarm)
        typed = self._offers.typed(understood)
        if isinstance(typed, LevelTap) and typed.level == level.id:
            return self._alarms.level_tapped(state, typed) or self._alarms.again(state, alarm)
        if self._offers.has_called(understood):
            return self._alarms.called(state, alarm)
        word = self._offers.word(understood)
        if word is None and self._check and self._check.denies(alarm.signs, understood):
            word = Word.WRONG
        way = self._alarms.taken_back(word, level, typed)
        if way:
            return self.taken_back(state, way)
        if level.crisis:
            safe = self._alarms.safe_way(level) if self._is_not_meant(understood) else None
            left = self._alarms.level_tapped(state, safe) if safe else None
            return left or self._alarms.again(state, alarm)
        if not alarm.signs and self._check:
            named = self._check.emergencies_named(understood)
            if named:
                return self._alarms.again(*self._alarms.known(state, alarm, named))
        planned = plan(self._faq, understood)
        topics = [id for id in (*planned.now, *planned.later) if self._messages.is_topic(id)]
        if understood.asked and not (self._check and self._check.is_report(topics)):
            alarm = replace(alarm, asked=tuple(dict.fromkeys((*alarm.asked, *topics))))
        return self._alarms.again(replace(state, alarm=alarm), alarm)

    def _is_not_meant(self, understood: Understood) -> bool:
        """Tell whether somebody says that despair is not meant: "no, it's only the cold".

        A bare "no" does not: who despairs may say that, too.
        """
        if understood.signs.found or is_suspect(understood):
            return False
        word = self._offers.word(understood)
        is_told = isinstance(understood.outcome, Match) and len(understood.reading.words) > _BARE
        return word is Word.WRONG or (word is Word.NO and is_told and not understood.asked)

    def taken_back(self, state: State, way: Way) -> Move:
        """Take back an emergency, in the way that a button or a reply says."""
        alarm = state.alarm or Alarm()
        waiting = Progress(asked=alarm.asked, guesses=alarm.guesses, of_other=alarm.of_other)
        if way is Way.MISTAKEN:
            return self._alarms.ask_which(state)
        if way is Way.ELSE and self._faq.levels:
            return self._alarms.of_somebody_else(state, alarm)
        if way is Way.GONE and self._alarms.stays(alarm):
            return self._alarms.even_if_gone(state, alarm)
        calm = replace(state, alarm=None)
        if self._check is None:
            return calm, (self._messages.cancelled(),)
        if way is Way.GONE:
            return self._check.gone(calm, waiting)
        waiting = replace(waiting, only_danger=True)
        return self._check.start(calm, waiting, None, self._wording.say("mistaken_answer"))

    def begun(self, state: State, check: CheckTurns, understood: Understood | None = None) -> Move:
        """Begin a check that somebody wants: none in despair, none that forgets an emergency."""
        if state.alarm is None:
            return check.start(state, None, understood)
        if self._alarms.level_of(state.alarm).crisis:
            return self._alarms.again(state, state.alarm)
        waiting = Progress(floor=first_that_is_no_emergency(self._faq))
        return check.start(replace(state, alarm=None), waiting, understood)
