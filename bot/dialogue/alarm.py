"""While help is to be called: the emergency answer, and what holds for the hour after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.dialogue.buttons import LevelTap, Way
from bot.dialogue.events import Say
from bot.dialogue.messages import Messages
from bot.dialogue.state import Alarm, Move, Progress, State
from bot.dialogue.wording import Wording, paragraphs
from intents import Danger, Faq, FoundSign, Level, LevelWay, Word

LASTS: Final = 60 * 60  # seconds
_MISTAKES: Final = (Way.MISTAKEN, Way.JOKE, Way.GONE, Way.ELSE)


class Alarms:
    """Gives the emergency answer of one content, and stays with it."""

    def __init__(self, faq: Faq, wording: Wording, messages: Messages) -> None:
        self._faq = faq
        self._wording = wording
        self._messages = messages

    def level_of(self, alarm: Alarm) -> Level:
        """Return the most serious level of the signs that are emergencies by themselves.

        Where none is, as in signs that are one together, it is the first that is no crisis.
        """
        signs = [sign for id in alarm.signs if (sign := self._faq.sign(id))]
        ranks = [self._faq.rank(s.level) for s in signs if self._faq.is_emergency(s.id)]
        calls = [n for n, level in enumerate(self._faq.levels) if level.emergency]
        plain = [n for n in calls if not self._faq.levels[n].crisis] or calls or [0]
        return self._faq.levels[min(ranks, default=plain[0])]

    def is_on(self, state: State, at: float) -> bool:
        """Tell whether what is written now is written in an emergency, or in despair."""
        alarm = state.alarm
        if alarm is None or not self._faq.levels:
            return False
        return self.level_of(alarm).crisis or at - alarm.at < LASTS

    def raised(
        self,
        state: State,
        signs: Sequence[str],
        found: Sequence[FoundSign] = (),
        waiting: Progress | None = None,
    ) -> Move:
        """Give the emergency answer; `found` holds the words that led to it."""
        waiting = waiting or state.check or Progress()
        before = state.alarm or Alarm()
        alarm = Alarm(
            tuple(dict.fromkeys((*signs, *before.signs))),
            asked=tuple(dict.fromkeys((*before.asked, *waiting.asked))),
            guesses=waiting.guesses or before.guesses,
            of_other=waiting.of_other,
        )
        risks = (*state.risks, *waiting.risks)
        said = self._answer(alarm, signs, self._because(found, signs), risks)
        return state.alarmed(alarm), (said,)

    def safe_way(self, level: Level) -> LevelTap | None:
        """Return the way on from a crisis that leads to no emergency; None where there is none."""
        places = (n for n, way in enumerate(level.ways) if not way.signs)
        place = next(places, None)
        return None if place is None else LevelTap(level.id, place)

    def again(self, state: State, alarm: Alarm) -> Move:
        """Say once more that help is needed, with the first aid."""
        level = self.level_of(alarm)
        if alarm.called:
            return self.called(state, alarm)
        says = level.done if self._is_done(level, alarm) else level.again or level.text
        text = paragraphs(self._wording.fill(says), *self._first_aid(alarm.signs))
        keyboard = self._messages.level_ways(level, alarm.of_other)
        return state, (Say(text, keyboard),)

    def called(self, state: State, alarm: Alarm) -> Move:
        """Say what to do until the help comes that has been called."""
        text = paragraphs(self._wording.say("called"), *self._first_aid(alarm.signs))
        after = replace(state, alarm=replace(alarm, called=True))
        return after, (Say(text, self._messages.level_ways(self.level_of(alarm), alarm.of_other)),)

    def is_known(self, state: State, signs: Iterable[str]) -> bool:
        """Tell whether signs add nothing: told before, wide, or a call for help."""
        before = state.alarm.signs if state.alarm else ()
        calls = {sign.id for sign in self._faq.signs if Danger.HELP in sign.dangers}
        return {*signs} <= {*before, *self._faq.wide, *calls}

    def taken_back(self, word: Word | None, level: Level, typed: object) -> Way | None:
        """Return what a reply in an emergency takes back; None where it takes nothing back.

        `typed` is the button that it names in full.
        """
        if level.crisis:
            return None
        if isinstance(typed, Way) and typed in _MISTAKES:
            return typed
        return {Word.GONE: Way.GONE, Word.WRONG: Way.MISTAKEN}.get(word) if word else None

    def ask_which(self, state: State) -> Move:
        """Ask what "I didn't mean that" means."""
        return state, (self._messages.which_mistake(),)

    def of_somebody_else(self, state: State, alarm: Alarm) -> Move:
        """Say that help is needed all the same."""
        changed = replace(alarm, of_other=True)
        after = replace(state, alarm=changed)
        text = paragraphs(
            self._wording.say("for_other"),
            self._wording.fill(self.level_of(changed).again),
            *self._first_aid(changed.signs),
        )
        return after, (Say(text),)

    def level_tapped(self, state: State, tap: LevelTap) -> Move | None:
        """Follow a way on that a level offers; None where there is none."""
        way, crisis = self._way(tap), self._faq.level(tap.level)
        if way is None or crisis is None:
            return None
        if way.signs:  # despair is over with it only where there are no words for both
            before = state if crisis.done else replace(state, alarm=None)
            return self.raised(before, way.signs)
        alarm = state.alarm or Alarm()
        level = self.level_of(alarm)
        if self._is_done(level, alarm):  # who is safe in mind may still be in danger
            rest = [id for id in alarm.signs if id not in self._faq.crises]
            return self.raised(replace(state, alarm=None), rest)
        answers = self._messages.waiting(alarm.asked, alarm.guesses)
        said = Say(self._wording.fill(way.says), () if answers else self._messages.ways_on())
        return replace(state, alarm=None, offered=alarm.guesses), (said, *answers)

    def level_label(self, state: State, tap: LevelTap) -> str:
        """Return what the button of a level says; empty where there is none."""
        way = self._way(tap)
        if way is None:
            return ""
        of_other = state.alarm is not None and state.alarm.of_other
        return way.label_for(of_other)

    def _way(self, tap: LevelTap) -> LevelWay | None:
        level = self._faq.level(tap.level)
        return level.ways[tap.place] if level and tap.place < len(level.ways) else None

    def known(self, state: State, alarm: Alarm, signs: Iterable[str]) -> tuple[State, Alarm]:
        """Note which signs it is, for the first aid."""
        known = replace(alarm, signs=tuple(signs))
        return replace(state, alarm=known), known

    def stays(self, alarm: Alarm) -> bool:
        """Tell whether it is an emergency even if it has passed."""
        return any(sign.stays for sign in self._faq.signs if sign.id in alarm.signs)

    def even_if_gone(self, state: State, alarm: Alarm) -> Move:
        """Say that help is needed though it has passed."""
        after, (said, *others) = self.again(state, alarm)
        assert isinstance(said, Say)
        text = paragraphs(self._wording.say("even_if_gone"), said.text)
        return after, (replace(said, text=text), *others)

    def _is_done(self, level: Level, alarm: Alarm) -> bool:
        """Tell whether somebody in despair has done something already, as far as is told."""
        others = (id for id in alarm.signs if id not in self._faq.crises)
        return level.crisis and bool(level.done) and any(map(self._faq.is_emergency, others))

    # What is said

    def _answer(
        self, alarm: Alarm, signs: Iterable[str], because: str, risks: Iterable[str] = ()
    ) -> Say:
        level = self.level_of(alarm)
        is_done = self._is_done(level, alarm)
        of_others = level.of_others if alarm.of_other and not is_done else ""
        says = of_others or (level.done if is_done else level.text)
        if of_others:  # which say what to do until help comes
            signs = [id for id in signs if id not in self._faq.crises]
        text = paragraphs(
            f"*{level.title}*",
            "" if level.crisis else because,
            self._wording.fill(says),
            *self._with_risks(self._first_aid(signs), risks),
            "" if alarm.signs else self._wording.say("which_sign"),
        )
        return Say(text, self._messages.level_ways(level, alarm.of_other), emergency=True)

    def _because(self, found: Sequence[FoundSign], signs: Sequence[str]) -> str:
        """Say what led to it: the person's own words where they read as telling it."""
        quotes = self._wording.quotes(clause for sign in found for clause in sign.words)
        if quotes:
            return self._wording.say("because_words", words=quotes)
        told = self._wording.say("because_told" if found or signs else "because_tapped")
        return " ".join([told, *self._together(signs)])

    def _together(self, signs: Sequence[str]) -> Iterator[str]:
        """Say why signs mean an emergency of which none is one by itself."""
        if any(map(self._faq.is_emergency, signs)):
            return
        ids = {sign.id for sign in self._faq.with_implied(signs)}
        for one in self._faq.combined(ids):
            if self._faq.is_emergency_level(one.level):
                yield self._wording.say("result_together", because=one.because)

    def _with_risks(self, aid: Sequence[str], risks: Iterable[str]) -> list[str]:
        """Add what somebody with a risk should do besides, unless that is said already."""
        known = self._faq.check.risks if self._faq.check else ()
        ids = set(risks)
        lines = [self._wording.fill(risk.first_aid) for risk in known if risk.id in ids]
        return [*(line for line in lines if line and not any(line in one for one in aid)), *aid]

    def _first_aid(self, signs: Iterable[str]) -> tuple[str, ...]:
        """Return what to do until help comes, of the signs that say so, the gravest first."""
        ids = set(signs)
        known = [sign for sign in self._faq.signs if sign.id in ids]
        wider = {id for sign in known for id in sign.implies}
        told = [s for s in known if s.first_aid and (s.id not in wider or len(known) == 1)]
        bodily = [sign for sign in told if sign.id not in self._faq.crises]
        # One is enough: what helps with one sign may harm with another.
        chosen = [*bodily[:1], *(sign for sign in told if sign.id in self._faq.crises)]
        return tuple(dict.fromkeys(self._wording.fill(sign.first_aid) for sign in chosen))
