"""What the check's result says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.check.assessment import assess
from bot.dialogue.check.result import Results
from bot.dialogue.events import Button, Say
from bot.dialogue.messages import Messages
from bot.dialogue.state import Progress
from bot.dialogue.wording import Wording
from intents.content.check import Check
from intents.content.faq import Faq

HANDBOOK = "Sources, read 10 January 2027: The maker (The handbook)"


@pytest.fixture(name="results", scope="module")
def _results(boiler_faq: Faq, check: Check) -> Results:
    return results(boiler_faq, check)


def results(faq: Faq, check: Check) -> Results:
    wording = Wording(faq)
    return Results(faq, check, wording, Messages(faq, wording))


def result(results: Results, faq: Faq, progress: Progress) -> Say:
    """Return what a check comes to, under the keyboard with the number 7."""
    return results.result(assess(faq, progress), progress, 7)


def test_the_mildest_result_is_one_message(boiler_faq: Faq, results: Results) -> None:
    said = result(results, boiler_faq, Progress(picked=("hours", "unserviced")))
    assert said.text == (
        "*You can mend this yourself*\n\n"
        "Nothing points to a fault.\n\n"
        "*Likely causes*\n• *Dust* settles in it.\n• *Air* was let out, and water with it.\n\n"
        "*What you can do now*\n• Book a service.\n• Switch it off and on.\n\n"
        "Look again tomorrow."
    )
    assert not said.emergency


def test_it_offers_what_is_asked_afterwards_and_the_causes(
    boiler_faq: Faq, results: Results
) -> None:
    assert result(results, boiler_faq, Progress()).keyboard == (
        (Button("Tell me what was done", "c:7:lately:+open"),),
        (Button("Bleeding", "t:bleeding"), Button("Service", "t:service")),
    )


def test_what_must_be_seen_today_gets_no_home_remedies(boiler_faq: Faq, results: Results) -> None:
    said = result(results, boiler_faq, Progress(picked=("water", "bled", "is_let")))
    assert said.text == (
        "*Call an engineer today*\n\nBecause you told me that water runs out.\n\n"
        "Turn the boiler off.\n\nWatch the floor."
    )
    assert said.keyboard == ((Button("All topics", "topics"),),)
    assert said.folded == HANDBOOK


class TestReason:
    @pytest.mark.parametrize(
        ("progress", "because"),
        [
            (
                Progress(picked=("bangs", "drips"), told=("flood",)),
                "Because you told me that water runs out and it bangs.",
            ),
            (
                Progress(picked=("low", "longer")),
                "Because you told me of low pressure and a fault of more than three days.",
            ),
            (Progress(picked=("low",), of_other=True), "Because you told me of low pressure."),
            (Progress(risks=("old",)), "Because you told me that it is very old."),
            (Progress(risks=("old",), picked=("low",)), "Because you told me that its pressure"),
            (Progress(unsure=True), "You weren't sure about some of the signs."),
            (Progress(lost=True), "One of your earlier answers was lost when I was updated."),
            (Progress(floor="today"), "A sign like that can come back"),
            (Progress(floor="week"), "Part of what you wrote sounded like something"),
        ],
        ids=lambda one: repr(one)[:60],
    )
    def test_it_is_told(
        self, boiler_faq: Faq, results: Results, progress: Progress, because: str
    ) -> None:
        # Banging with water would be an emergency, whose answer is not this one.
        calm = replace(boiler_faq, combinations=())
        said = results.result(assess(calm, progress), progress, 7)
        assert said.text.split("\n\n")[1].startswith(because)

    def test_signs_and_a_risk_that_lifts_both_count(
        self, boiler_faq: Faq, results: Results
    ) -> None:
        graver = tuple(replace(risk, level="today") for risk in boiler_faq.check.risks)  # type: ignore[union-attr]
        assert boiler_faq.check
        faq = replace(boiler_faq, check=replace(boiler_faq.check, risks=graver))
        said = result(results, faq, Progress(risks=("rented",), picked=("low",)))
        assert "that its pressure is low and the flat is rented." in said.text
        of_other = Progress(risks=("rented",), picked=("low",), of_other=True)
        assert (
            "Because you told me of low pressure. Because you told me that the flat is rented."
            in result(results, faq, of_other).text
        )

    def test_of_nothing_told_it_says_nothing(self, boiler_faq: Faq, results: Results) -> None:
        assert "Because" not in result(results, boiler_faq, Progress(risks=("rented",))).text

    def test_signs_that_count_together_say_why(self, boiler_faq: Faq, results: Results) -> None:
        said = result(results, boiler_faq, Progress(picked=("bangs", "low")))
        assert (
            "Because you told me that it bangs and its pressure is low. Together these count"
            " for more: banging at low pressure can mean that it runs dry." in said.text
        )


class TestAdvice:
    def test_a_lesser_sign_keeps_causes_and_what_harms_nobody(
        self, boiler_faq: Faq, results: Results
    ) -> None:
        said = result(results, boiler_faq, Progress(picked=("drips",)))
        assert said.text.startswith("*Book an engineer this week*")
        assert "• *Air* was let out" in said.text
        assert "Switch it off and on." not in said.text
        assert "• Top up the water.\n• Look at the gauge." in said.text

    def test_a_risk_leaves_out_what_harms_and_adds_its_own(
        self, boiler_faq: Faq, results: Results
    ) -> None:
        said = result(results, boiler_faq, Progress(risks=("old", "rented")))
        assert "Top up the water." not in said.text
        assert "• Book a service.\n• Switch it off and on." in said.text
        assert "Ask whether it should be replaced.\n\nTell your landlord." in said.text

    def test_a_second_cause_gives_its_remedy_where_there_is_room(
        self, boiler_faq: Faq, check: Check
    ) -> None:
        few = replace(check, remedies=())
        said = result(results(boiler_faq, few), boiler_faq, Progress())
        assert "• Top up the water.\n• Book a service." in said.text

    def test_a_content_without_remedies_heads_no_list(self, boiler_faq: Faq, check: Check) -> None:
        bare = replace(check, remedies=(), causes=())
        faq = replace(boiler_faq, check=bare)
        said = result(results(faq, bare), faq, Progress())
        assert "*What you can do now*" not in said.text
        assert "*Likely causes*" not in said.text


def test_sources_are_those_of_the_causes(boiler_faq: Faq, results: Results) -> None:
    assert result(results, boiler_faq, Progress()).folded == ""
    sourced = replace(
        boiler_faq,
        intents=tuple(replace(i, sources=("maker",)) for i in boiler_faq.intents),
    )
    assert sourced.check
    said = result(results_of(sourced), sourced, Progress())
    assert said.folded == HANDBOOK


def results_of(faq: Faq) -> Results:
    assert faq.check
    return results(faq, faq.check)


def test_what_fits_is_said_once_it_is_known_what_was_different(results: Results) -> None:
    said = results.fitting(Progress(step="lately", picked=("unserviced",)))
    assert said.text == (
        "*Likely causes*\n• *Dust* settles in it.\n• *Air* was let out, and water with it.\n\n"
        "*What you can do now*\n• Book a service.\n• Switch it off and on.\n\n"
        "Look again tomorrow."
    )
    assert said.keyboard == ((Button("Service", "t:service"), Button("Bleeding", "t:bleeding")),)
