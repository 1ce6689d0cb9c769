"""The answer to a message outside a check, on a small content of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from bot.dialogue.dialogue import PATIENCE, Dialogue
from bot.dialogue.events import Edited, Event, Settle
from bot.dialogue.state import DOUBT, Progress, State
from intents.content.faq import Faq
from intents.understanding import Understanding, Understood
from tests.bot.dialogue.talk import checked, labels, text, texts
from tests.conftest import NOW, press, utterance

SUSPECT: Final = "i think there may be some gas in the air"
SURE: Final = "I want to be sure that I don't miss something serious"
LATELY: Final = State(checked_at=NOW - 60, at=NOW - 60)


class TestQuestions:
    def test_a_general_one_is_answered_at_once(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("how do i bleed a radiator"))
        assert texts(replies) == ["Turn the valve with the key until water comes."]
        assert labels(replies) == ["Answer a few questions"]
        assert state == State(at=NOW, topic="bleeding")

    def test_one_about_ones_own_waits_for_the_check(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("why does my boiler fail"))
        assert text(replies).startswith("I'll come to that in a moment. First a short safety")
        assert state.check == Progress(step="danger", asked=("why",), shown=("danger",))

    def test_the_same_one_in_general_does_not(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("why does a boiler fail?"))
        assert texts(replies) == ["Mostly for want of a service."]
        assert state.check is None

    def test_of_two_each_is_answered_in_its_time(self, boiler: Dialogue) -> None:
        asked = "why does my boiler fail? how old do boilers get?"
        state, replies = boiler.step(State(), utterance(asked))
        answer, question = texts(replies)
        assert answer == "About fifteen years."
        assert question.startswith("Is *any of this* so right now?")
        assert checked(state).asked == ("why",)
        assert state.topic == "age"

    def test_a_mere_report_asks_nothing_besides(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("my radiators are cold"))
        assert text(replies).startswith("Thank you for telling me. A few quick questions, then")
        assert checked(state).asked == ()

    def test_after_a_check_it_is_answered_at_once(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(LATELY, utterance("why does my boiler fail"))
        assert texts(replies) == ["Mostly for want of a service."]
        assert "Answer a few questions" not in labels(replies)

    def test_but_not_half_an_hour_later(self, boiler: Dialogue) -> None:
        late = replace(LATELY, at=NOW - PATIENCE - 1)
        state, _ = boiler.step(late, utterance("why does my boiler fail"))
        assert state.check

    def test_what_nothing_is_known_of_is_not_guessed(self, boiler_faq: Faq) -> None:
        strict = replace(boiler_faq.thresholds, offer=0.9, match=0.95)
        desk = Dialogue(Understanding(replace(boiler_faq, thresholds=strict)))
        _, replies = desk.step(LATELY, utterance("who won?"))
        assert text(replies).startswith("I don't know that one")
        assert labels(replies)[-2:] == ["Answer a few questions", "All topics"]

    def test_a_changed_one_is_read_again(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(State(), Edited("how do i bleed a radiator", NOW))
        assert texts(replies) == [
            "You changed your message, so I've read it again.",
            "Turn the valve with the key until water comes.",
        ]


class TestSigns:
    def test_one_stands_ticked_beside_its_words(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("the pressure is too low"))
        assert "You wrote “the pressure is too low”. I've ticked *Low pressure*" in text(replies)
        assert checked(state).read == ("low",)
        state, replies = boiler.step(state, utterance("no"))
        assert "✓ Low pressure" in labels(replies)

    def test_it_comes_after_the_answer_that_needs_no_check(self, boiler: Dialogue) -> None:
        asked = "how do i bleed a radiator? the pressure is too low"
        state, replies = boiler.step(State(), utterance(asked))
        assert texts(replies)[0] == "Turn the valve with the key until water comes."
        assert "I've ticked *Low pressure*" in texts(replies)[1]
        assert checked(state).read == ("low",)

    def test_a_risk_that_is_told_is_ticked_as_well(self, boiler: Dialogue) -> None:
        told = utterance("we rent, why does my boiler fail")
        state, _ = boiler.step(State(), told)
        assert checked(state).read == ("is_let",)

    def test_even_where_a_check_was_made_lately(self, boiler: Dialogue) -> None:
        state, _ = boiler.step(LATELY, utterance("the pressure is too low"))
        assert (checked(state).read, state.checked_at) == (("low",), 0.0)


class TestSuspicion:
    def test_nothing_comes_before_it(self, boiler: Dialogue) -> None:
        asked = f"how do i bleed a radiator? {SUSPECT}"
        state, replies = boiler.step(State(), utterance(asked))
        assert text(replies).startswith(SURE)
        assert checked(state).asked == ("bleeding",)
        assert checked(state).only_danger
        state, replies = boiler.step(state, utterance("no"))
        assert texts(replies) == ["Turn the valve with the key until water comes."]
        assert state.check is None

    def test_a_report_goes_through_the_whole_check(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance(f"my radiators are cold. {SUSPECT}"))
        assert text(replies).startswith(SURE)
        assert not checked(state).only_danger

    def test_a_sign_that_words_may_mean_is_asked_about_alone(
        self, boiler_understanding: Understanding
    ) -> None:
        state, replies = Dialogue(Doubting(boiler_understanding, is_grave=False)).step(
            State(), utterance("is it normal that it beeps?")
        )
        assert texts(replies) == [
            "I want to be sure that I don't miss something serious in what you wrote.\n\n"
            "Does the *carbon monoxide alarm* sound?"
        ]
        assert labels(replies) == ["No", "Yes", "Not sure", "Stop"]
        assert (checked(state).step, checked(state).doubt) == (DOUBT, "alarm")

    @pytest.mark.parametrize(("grave", "floor"), [(True, "today"), (False, "week")])
    def test_one_told_in_words_leaves_a_floor(
        self, boiler_understanding: Understanding, grave: bool, floor: str
    ) -> None:
        talk = Dialogue(Doubting(boiler_understanding, is_grave=grave))
        state, _ = talk.step(State(), utterance("my radiators are cold and it beeps"))
        assert checked(state).floor == floor


class Doubting(Understanding):
    """Hears in each message that a carbon monoxide alarm may sound."""

    def __init__(self, fitted: Understanding, is_grave: bool) -> None:
        self.__dict__.update(vars(fitted))
        self._is_grave = is_grave

    def understand(self, text: str) -> Understood:
        """Read one message."""
        understood = super().understand(text)
        signs = replace(
            understood.signs,
            found=(),
            is_suspect=True,
            suspected="alarm",
            is_grave=self._is_grave,
        )
        return replace(understood, signs=signs)


class TestOffers:
    def test_what_is_not_clear_is_asked_back(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("heating boiler"))
        assert texts(replies) == ["I want to be sure I understand. Did you mean one of these?"]
        assert labels(replies)[-1] == "None of these"
        assert len(state.offered) == len(labels(replies)) - 1 > 0

    @pytest.mark.parametrize("event", [utterance("the second"), press("t:age")], ids=repr)
    def test_one_of_them_is_answered(self, boiler: Dialogue, event: Event) -> None:
        offered = State(at=NOW - 60, offered=("bleeding", "age"))
        state, replies = boiler.step(offered, event)
        assert texts(replies) == ["About fifteen years."]
        assert state.topic == "age"

    def test_one_about_ones_own_symptom_after_the_check(self, boiler: Dialogue) -> None:
        offered = State(at=NOW - 60, offered=("age", "why"))
        state, replies = boiler.step(offered, utterance("the second"))
        assert text(replies).startswith("I'll come to that in a moment.")
        assert checked(state).asked == ("why",)

    @pytest.mark.parametrize("event", [utterance("no"), press("none")], ids=repr)
    def test_none_of_them_is_an_answer(self, boiler: Dialogue, event: Event) -> None:
        offered = State(at=NOW - 60, offered=("bleeding", "age"))
        state, replies = boiler.step(offered, event)
        assert text(replies).startswith("Then I may not know that one, sorry.")
        assert labels(replies) == ["Answer a few questions", "All topics"]
        assert state.offered == ()

    def test_another_question_is_no_choice(self, boiler: Dialogue) -> None:
        offered = State(at=NOW - 60, offered=("bleeding", "age"))
        state, replies = boiler.step(offered, utterance("how often should it be serviced"))
        assert texts(replies) == ["Once a year."]
        assert state.offered == ()

    def test_a_sign_is_none_either(self, boiler: Dialogue) -> None:
        offered = State(at=NOW - 60, offered=("bleeding", "age"))
        state, _ = boiler.step(offered, utterance("the pressure is too low"))
        assert checked(state).read == ("low",)

    def test_once_it_is_answered_nothing_is_offered(self, boiler: Dialogue) -> None:
        offered = State(at=NOW - 60, offered=("bleeding", "age"))
        state, _ = boiler.step(offered, utterance("the second"))
        _, replies = boiler.step(state, utterance("yes"))
        assert "Turn the valve" not in text(replies)


class TestTypedButtons:
    def test_a_label_that_is_typed_is_its_button(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), utterance("answer a few questions"))
        assert checked(state).step == "danger"
        _, replies = boiler.step(State(), utterance("All topics"))
        assert text(replies).startswith("What would you like to know?")


class TestTopics:
    def test_a_tapped_one_is_answered(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), press("t:age"))
        assert replies[0] == Settle("Age")
        assert texts(replies) == ["About fifteen years."]
        assert state == State(at=NOW, topic="age")

    def test_one_about_ones_own_waits_for_the_check(self, boiler: Dialogue) -> None:
        state, replies = boiler.step(State(), press("t:why"))
        assert replies[0] == Settle("Why does a boiler fail?")
        assert checked(state).asked == ("why",)

    def test_after_a_check_it_does_not(self, boiler: Dialogue) -> None:
        _, replies = boiler.step(LATELY, press("t:why"))
        assert texts(replies) == ["Mostly for want of a service."]


class TestFollowUps:
    """A short question that is unclear by itself leans on the topic answered last."""

    @pytest.mark.parametrize("asked", ["how often", "and how often?", "how often a service?"])
    def test_no_answer_is_given_twice_in_a_row(self, boiler: Dialogue, asked: str) -> None:
        before = State(checked_at=NOW - 60, at=NOW - 60, topic="service")
        after, replies = boiler.step(before, utterance(asked))
        assert text(replies).startswith("What I know on *Service* stands in my answer above.")
        assert after.topic == "service"

    @pytest.mark.parametrize("said", ["no", "okay", "stop", "none", "done"])
    def test_a_bare_word_starts_nothing(self, boiler: Dialogue, said: str) -> None:
        state, replies = boiler.step(State(at=NOW - 60, topic="service"), utterance(said))
        assert text(replies).startswith("Okay.")
        assert state.check is None

    def test_a_clear_question_does_not_lean(self, boiler: Dialogue) -> None:
        before = State(checked_at=NOW - 60, at=NOW - 60, topic="service")
        after, replies = boiler.step(before, utterance("how do i bleed a radiator"))
        assert texts(replies) == ["Turn the valve with the key until water comes."]
        assert after.topic == "bleeding"

    def test_a_sign_is_never_taken_for_one(self, boiler: Dialogue) -> None:
        before = State(checked_at=NOW - 60, at=NOW - 60, topic="service")
        after, _ = boiler.step(before, utterance("and pressure keeps dropping"))
        assert checked(after).read == ("low",)

    def test_half_an_hour_later_it_stands_alone(self, boiler: Dialogue) -> None:
        late = State(checked_at=NOW - 60, at=NOW - PATIENCE - 1, topic="service")
        _, replies = boiler.step(late, utterance("and how often?"))
        assert "stands in my answer above" not in text(replies)
