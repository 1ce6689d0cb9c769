"""The emergency answer, and what holds while help is to be called."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.alarm import LASTS, Alarms
from bot.dialogue.buttons import LevelTap, Way
from bot.dialogue.dialogue import PATIENCE, Dialogue
from bot.dialogue.events import Edited, Event, Say, Settle, Toast
from bot.dialogue.messages import Messages
from bot.dialogue.state import Alarm, Progress, State
from bot.dialogue.wording import Wording
from intents.content.faq import Faq
from intents.languages.language import Word
from intents.signs.warning_signs import FoundSign
from tests.bot.dialogue.conftest import DESPAIR
from tests.bot.dialogue.talk import ALARMED, CHECKING, alarm, at, checked, labels, text, texts
from tests.conftest import NOW, command, press, utterance

GAS: Final = FoundSign("gas", "emergency", ("i can smell gas", "gas smell"))
AGAIN: Final = "Please call 0800 111 999 now if you haven't yet."
IN_CRISIS: Final = State(serial=1, alarm=Alarm(("despair",), NOW - 60), at=NOW - 60)
STILL_HERE: Final = "I'm still here. Talk to a person: 116 123."


@pytest.fixture(name="alarms", scope="module")
def _alarms(boiler_faq: Faq) -> Alarms:
    return alarms_of(boiler_faq)


@pytest.fixture(name="caring_alarms", scope="module")
def _caring_alarms(caring_faq: Faq) -> Alarms:
    return alarms_of(caring_faq)


def alarms_of(faq: Faq) -> Alarms:
    wording = Wording(faq)
    return Alarms(faq, wording, Messages(faq, wording))


class TestRaised:
    def test_the_words_that_led_to_it_are_quoted(self, alarms: Alarms) -> None:
        _, replies = alarms.raised(CHECKING, ["gas"], [GAS])
        assert texts(replies) == [
            "*Leave the house*\n\nBecause you wrote “i can smell gas” and “gas smell”.\n\n"
            "*Go outside and call 0800 111 999 now.*\n\nTouch no switch."
        ]
        assert [reply.emergency for reply in replies if isinstance(reply, Say)] == [True]
        assert labels(replies) == ["I didn't mean that"]

    @pytest.mark.parametrize("clauses", [(), ("***",)])
    def test_without_a_clause_to_quote_it_quotes_none(
        self, alarms: Alarms, clauses: tuple[str, ...]
    ) -> None:
        _, replies = alarms.raised(State(), ["gas"], [FoundSign("gas", "emergency", clauses)])
        assert "\n\nBecause of what you wrote.\n\n" in text(replies)

    def test_a_tapped_screen_is_no_word_of_theirs(self, alarms: Alarms) -> None:
        state, replies = alarms.raised(CHECKING, ())
        assert "Because you answered that one of the emergency signs fits" in text(replies)
        assert alarm(state) == Alarm()

    def test_first_aid_is_that_of_the_gravest_sign(self, boiler_faq: Faq, alarms: Alarms) -> None:
        _, replies = alarms.raised(State(), ["gas", "alarm", "flood"])
        assert text(replies).endswith("Touch no switch.")
        signs = tuple(replace(sign, first_aid=f"Aid {sign.id}.") for sign in boiler_faq.signs)
        _, replies = alarms_of(replace(boiler_faq, signs=signs)).raised(
            State(), ["drip", "gas", "flood", "alarm"]
        )
        assert text(replies).endswith("Aid gas.")  # in the content's order

    def test_signs_that_are_one_only_together_say_why(self, alarms: Alarms) -> None:
        state, replies = alarms.raised(CHECKING, ["flood", "bang"])
        assert text(replies) == (
            "*Leave the house*\n\nBecause of what you wrote. Together these count for more:"
            " water and banging can mean that it bursts.\n\n"
            "*Go outside and call 0800 111 999 now.*"
        )
        assert alarms.level_of(alarm(state)).id == "emergency"

    def test_beside_a_graver_sign_they_do_not(self, alarms: Alarms) -> None:
        _, replies = alarms.raised(CHECKING, ["flood", "bang", "gas"])
        assert "Together" not in text(replies)

    def test_what_else_was_asked_waits(self, alarms: Alarms) -> None:
        first = Progress(asked=("age",), guesses=("why",), of_other=True)
        state, _ = alarms.raised(CHECKING, ["gas"], waiting=first)
        assert alarm(state) == Alarm(("gas",), 0.0, ("age",), ("why",), of_other=True)
        state, _ = alarms.raised(state, ["alarm"], waiting=Progress(asked=("service", "age")))
        assert alarm(state) == Alarm(("alarm", "gas"), 0.0, ("age", "service"), ("why",))

    def test_of_a_check_that_was_under_way_as_well(self, alarms: Alarms) -> None:
        state, _ = alarms.raised(at("signs", asked=("age",), picked=("low",)), ["gas"])
        assert state == State(serial=2, alarm=Alarm(("gas",), asked=("age",)))

    def test_despair_gives_no_reason_and_has_ways_of_its_own(self, caring_alarms: Alarms) -> None:
        found = FoundSign("despair", "crisis", (DESPAIR,))
        state, replies = caring_alarms.raised(State(), ["gas", "despair"], [found])
        assert texts(replies) == [
            "*You're not alone*\n\nTalk to a person: 116 123.\n\nTouch no switch."
        ]
        assert labels(replies) == ["I've done something", "I'm safe"]
        assert caring_alarms.level_of(alarm(state)).crisis

    def test_despair_of_somebody_else_is_told_to_whoever_worries(
        self, caring_alarms: Alarms, caring: Dialogue
    ) -> None:
        found = FoundSign("despair", "crisis", (DESPAIR,))
        waiting = Progress(of_other=True)
        state, replies = caring_alarms.raised(State(), ["despair"], [found], waiting)
        assert texts(replies) == [
            "*You're not alone*\n\nStay with them. Talk to a person: 116 123."
        ]
        assert labels(replies) == ["They've done something", "I'm safe"]
        for event in (press("l:crisis:0"), utterance("they've done something")):
            _, replies = caring.step(replace(state, at=NOW - 60), event)
            assert "*Leave the house*" in text(replies[-1:])

    def test_the_emergency_screen_is_no_crisis(self, caring_alarms: Alarms) -> None:
        assert caring_alarms.level_of(Alarm()).id == "emergency"
        assert caring_alarms.level_of(Alarm(("gone",))).id == "emergency"


class TestHowLong:
    @pytest.mark.parametrize(("later", "on"), [(0, True), (LASTS - 1, True), (LASTS, False)])
    def test_an_emergency_holds_for_an_hour(self, alarms: Alarms, later: float, on: bool) -> None:
        assert alarms.is_on(State(alarm=Alarm(("gas",), NOW)), NOW + later) == on

    def test_despair_holds_until_it_is_taken_back(self, caring_alarms: Alarms) -> None:
        assert caring_alarms.is_on(State(alarm=Alarm(("despair",), NOW)), NOW + 10 * LASTS)

    def test_nothing_holds_where_nothing_was_raised(self, alarms: Alarms) -> None:
        assert not alarms.is_on(State(), NOW)

    def test_the_hour_outlasts_half_an_hour_of_silence(self, boiler: Dialogue) -> None:
        raised, _ = boiler.step(State(), utterance("i can smell gas"))
        assert alarm(raised).at == NOW
        state, replies = boiler.step(raised, utterance("hello there", NOW + LASTS - 1))
        assert text(replies).startswith(AGAIN)
        assert alarm(state).at == NOW
        _, replies = boiler.step(raised, utterance("hello there", NOW + LASTS))
        assert text(replies) == "Hello, what is the matter?"

    def test_another_emergency_begins_it_anew(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(ALARMED, utterance("the alarm is beeping"))
        assert alarm(state) == Alarm(("alarm", "gas"), NOW)


class TestWhileItHolds:
    @pytest.mark.parametrize(
        "said", ["what do i do", "ok", "i don't want to call", "are you sure", "thank you", "no"]
    )
    def test_the_number_and_first_aid_come_again(self, boiler: Dialogue, said: str) -> None:
        state, replies = boiler.step(ALARMED, utterance(said))
        assert texts(replies) == [f"{AGAIN}\n\nTouch no switch."]
        assert [reply.emergency for reply in replies if isinstance(reply, Say)] == [
            False
        ]  # it waits for its turn
        assert labels(replies) == ["I didn't mean that"]
        assert state == replace(ALARMED, at=NOW)

    @pytest.mark.parametrize(
        ("said", "intent"),
        [("how do i bleed a radiator?", "bleeding"), ("why does my boiler fail?", "why")],
    )
    def test_what_is_asked_besides_waits_until_it_is_over(
        self, boiler: Dialogue, said: str, intent: str
    ) -> None:
        """An everyday answer beside it would say that all is well."""
        state, replies = boiler.step(ALARMED, utterance(said))
        assert texts(replies) == [f"{AGAIN}\n\nTouch no switch."]
        assert alarm(state).asked == (intent,)

    def test_a_report_is_no_question(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(ALARMED, utterance("my radiators are cold"))
        assert len(texts(replies)) == 1

    def test_a_level_without_a_shorter_text_is_told_whole(self, boiler_faq: Faq) -> None:
        levels = (replace(boiler_faq.levels[0], again=""), *boiler_faq.levels[1:])
        _, replies = alarms_of(replace(boiler_faq, levels=levels)).again(ALARMED, alarm(ALARMED))
        assert text(replies).startswith("*Go outside and call 0800 111 999 now.*")

    def test_a_command_is_followed(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(ALARMED, command("topics"))
        assert text(replies).startswith("What would you like to know?")
        assert alarm(state) == alarm(ALARMED)

    def test_an_edit_is_no_way_round_it(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(ALARMED, Edited("my radiators are cold", NOW))
        assert text(replies).startswith(AGAIN)


class TestTakenBack:
    @pytest.mark.parametrize(
        ("word", "way"),
        [(Word.GONE, Way.GONE), (Word.WRONG, Way.MISTAKEN), (Word.NO, None), (None, None)],
    )
    def test_a_word_may_take_it_back(
        self, alarms: Alarms, boiler_faq: Faq, word: Word | None, way: Way | None
    ) -> None:
        assert alarms.taken_back(word, boiler_faq.levels[0], None) is way

    def test_so_may_a_button_that_is_typed(self, alarms: Alarms, boiler_faq: Faq) -> None:
        level = boiler_faq.levels[0]
        for way in (Way.MISTAKEN, Way.JOKE, Way.GONE, Way.ELSE):
            assert alarms.taken_back(None, level, way) is way
        assert alarms.taken_back(None, level, Way.TOPICS) is None
        assert alarms.taken_back(None, level, LevelTap("emergency", 0)) is None

    def test_a_crisis_is_taken_back_by_its_own_ways_alone(
        self, caring_alarms: Alarms, caring_faq: Faq
    ) -> None:
        assert caring_alarms.taken_back(Word.GONE, caring_faq.levels[0], Way.JOKE) is None

    @pytest.mark.parametrize(
        "event", [press("mistaken"), utterance("i didn't mean that"), utterance("that's wrong")],
        ids=repr,
    )  # fmt: skip
    def test_it_is_asked_which_of_three(self, boiler: Dialogue, event: Event) -> None:
        state, replies = boiler.step(ALARMED, event)
        assert texts(replies) == ["I'm glad to hear it. Which is it?"]
        assert labels(replies) == [
            "I meant something else", "It's gone now", "Somebody else has it",
        ]  # fmt: skip
        assert alarm(state) == alarm(ALARMED)

    @pytest.mark.parametrize(
        "event", [press("gone"), utterance("it's gone now"), utterance("false alarm")], ids=repr
    )
    def test_gone_leaves_a_floor_and_answers_what_waited(
        self, boiler: Dialogue, event: Event
    ) -> None:
        waiting = replace(ALARMED, alarm=replace(alarm(ALARMED), asked=("age",)))
        state, replies = boiler.step(waiting, event)
        result, answer = texts(replies)
        assert result.startswith("*Call an engineer today*\n\nA sign like that can come back")
        assert answer == "About fifteen years."
        assert (state.alarm, state.checked_at) == (None, NOW - 60)

    @pytest.mark.parametrize(
        "event", [press("joke"), utterance("i meant something else")], ids=repr
    )
    def test_a_way_of_speaking_is_checked_once_and_then_answered(
        self, boiler: Dialogue, event: Event
    ) -> None:
        waiting = replace(ALARMED, alarm=replace(alarm(ALARMED), asked=("age",)))
        state, replies = boiler.step(waiting, event)
        assert text(replies).startswith("All right. To be sure, please look through these once.")
        assert state.alarm is None
        assert checked(state).only_danger
        state, replies = boiler.step(state, utterance("none of these"))
        assert texts(replies) == ["About fifteen years."]
        assert (state.check, state.alarm) == (None, None)

    @pytest.mark.parametrize("event", [press("else"), utterance("somebody else has it")], ids=repr)
    def test_for_somebody_else_it_is_no_less_of_one(self, boiler: Dialogue, event: Event) -> None:
        state, replies = boiler.step(ALARMED, event)
        assert texts(replies) == [
            f"Then please call for them, and stay with them.\n\n{AGAIN}\n\nTouch no switch."
        ]
        assert alarm(state).of_other

    def test_the_second_tap_on_one_is_the_same_tap(self, boiler: Dialogue) -> None:
        began, _ = boiler.step(ALARMED, press("joke"))
        again, replies = boiler.step(began, press("joke", NOW + 1))
        assert [type(reply) for reply in replies] == [Toast]
        assert again == replace(began, at=NOW + 1)

    @pytest.mark.parametrize("way", ["mistaken", "joke", "gone", "else"])
    def test_a_button_of_long_ago_breaks_nothing(self, boiler: Dialogue, way: str) -> None:
        _, replies = boiler.step(State(at=NOW - PATIENCE), press(way))
        assert isinstance(replies[0], Settle)
        assert text(replies)


class TestThatStays:
    """Some signs need help even if they have passed."""

    def test_gone_does_not_end_it(self, boiler_faq: Faq) -> None:
        signs = tuple(replace(s, stays=s.id == "gas") for s in boiler_faq.signs)
        alarms = alarms_of(replace(boiler_faq, signs=signs))
        assert alarms.stays(Alarm(("drip", "gas")))
        assert not alarms.stays(Alarm(("flood",)))
        state, replies = alarms.even_if_gone(ALARMED, alarm(ALARMED))
        assert text(replies).startswith("Even if it has passed, it needs help now.\n\n" + AGAIN)
        assert state == ALARMED


class TestCrisis:
    def test_it_stays_whatever_is_written(self, caring: Dialogue) -> None:
        for said in ("it's gone now", "how old do boilers get?", "no", "none", "ok"):
            state, replies = caring.step(IN_CRISIS, utterance(said, NOW + 10 * LASTS))
            assert texts(replies) == [STILL_HERE]
            assert labels(replies) == ["I've done something", "I'm safe"]
            assert alarm(state) == alarm(IN_CRISIS)

    @pytest.mark.parametrize("said", ["i didn't mean that", "no, it is just my cold boiler"])
    def test_who_says_that_it_was_not_meant_goes_on(self, caring: Dialogue, said: str) -> None:
        state, replies = caring.step(IN_CRISIS, utterance(said))
        assert (texts(replies), state.alarm) == (["I'm glad."], None)

    def test_it_comes_before_anything_else(self, caring: Dialogue) -> None:
        state, replies = caring.step(CHECKING, utterance(f"my radiators are cold. {DESPAIR}"))
        assert text(replies).startswith("*You're not alone*")
        assert state.check is None

    @pytest.mark.parametrize("event", [press("l:crisis:1"), utterance("i'm safe")], ids=repr)
    def test_safe_is_believed(self, caring: Dialogue, event: Event) -> None:
        state, replies = caring.step(IN_CRISIS, event)
        assert texts(replies) == ["I'm glad."]
        assert labels(replies) == ["Answer a few questions", "All topics"]
        assert state.alarm is None

    def test_then_what_was_asked_is_answered(self, caring: Dialogue) -> None:
        waiting = replace(
            IN_CRISIS, alarm=replace(alarm(IN_CRISIS), asked=("age",), guesses=("why",))
        )
        state, replies = caring.step(waiting, press("l:crisis:1"))
        assert texts(replies)[:2] == ["I'm glad.", "About fifteen years."]
        assert labels(replies) == ["Why does a boiler fail?", "None of these"]
        assert state.offered == ("why",)

    @pytest.mark.parametrize(
        "event", [press("l:crisis:0"), utterance("i've done something")], ids=repr
    )
    def test_what_was_done_is_an_emergency(self, caring: Dialogue, event: Event) -> None:
        state, replies = caring.step(IN_CRISIS, event)
        assert text(replies).startswith("*Leave the house*")
        assert text(replies).endswith("Touch no switch.")
        assert alarm(state) == Alarm(("gas",), NOW)

    def test_where_there_are_words_for_both_despair_stays(self, caring_faq: Faq) -> None:
        crisis = replace(caring_faq.levels[0], done="Call now, even if you feel well.")
        alarms = alarms_of(replace(caring_faq, levels=(crisis, *caring_faq.levels[1:])))
        told = alarms.level_tapped(IN_CRISIS, LevelTap("crisis", 0))
        assert told
        state, replies = told
        assert text(replies) == (
            "*You're not alone*\n\nCall now, even if you feel well.\n\nTouch no switch."
        )
        assert alarm(state).signs == ("gas", "despair")
        assert text(alarms.again(state, alarm(state))[1]).startswith("Call now, even if")
        safe = alarms.level_tapped(state, LevelTap("crisis", 1))
        assert safe
        assert text(safe[1]).startswith("*Leave the house*")
        assert alarm(safe[0]).signs == ("gas",)

    @pytest.mark.parametrize("data", ["l:crisis:2", "l:gone:0", "l:emergency:0"])
    def test_ways_that_are_gone_lead_nowhere(self, caring: Dialogue, data: str) -> None:
        state, replies = caring.step(IN_CRISIS, press(data))
        assert [type(reply) for reply in replies] == [Toast]
        assert alarm(state) == alarm(IN_CRISIS)
