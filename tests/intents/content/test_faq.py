"""What is asked of a content: wider topics, implied signs, levels."""

from __future__ import annotations

from intents.content.faq import Faq, Intent, Level, WarningSign


def topic(id: str, *part_of: str) -> Intent:
    return Intent(id, "", "", "", (), part_of=part_of)


FAQ = Faq(
    "x",
    (topic("tea", "drinks", "diet"), topic("drinks", "diet"), topic("diet"), topic("sleep")),
    {},
    levels=(
        Level("crisis", "", "", emergency=True, crisis=True),
        Level("emergency", "", "", emergency=True),
        Level("soon", "", ""),
    ),
    signs=(
        WarningSign("despair", "", "crisis"),
        WarningSign("stroke", "", "emergency", implies=("any",)),
        WarningSign("any", "", "emergency"),
        WarningSign("ache", "", "soon"),
    ),
)


def test_wider_topics_stand_behind_a_narrower_one_each_once() -> None:
    assert FAQ.with_wider(["tea"]) == ("tea", "drinks", "diet")
    assert FAQ.with_wider(["sleep", "drinks", "tea"]) == ("sleep", "drinks", "diet", "tea")


def test_a_wider_topic_brings_no_narrower_one() -> None:
    assert FAQ.with_wider(["diet"]) == ("diet",)


def test_a_topic_that_is_not_known_stands_alone() -> None:
    assert FAQ.with_wider(["nothing", "drinks"]) == ("nothing", "drinks", "diet")


def test_implied_signs_come_along_in_the_order_of_the_content() -> None:
    assert [sign.id for sign in FAQ.with_implied(["ache", "stroke"])] == ["stroke", "any", "ache"]


def test_a_crisis_is_an_emergency_of_its_own() -> None:
    assert FAQ.emergencies == {"despair", "stroke", "any"}
    assert FAQ.crises == {"despair"}


def test_a_level_that_is_not_known_is_the_least_serious() -> None:
    assert [FAQ.rank(id) for id in ("crisis", "soon", "nothing")] == [0, 2, 3]
    assert not FAQ.is_emergency_level("nothing")
