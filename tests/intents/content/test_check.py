"""The check: its steps and options by id, and the option that a length of time is."""

from __future__ import annotations

import pytest

from intents.content.check import Check, Kind, Option, Risk, Step

CHECK = Check(
    "report",
    (
        Step("danger", Kind.ANY, "", (Option("pain", "Pain"), Option("faint", "Fainting"))),
        Step(
            "since",
            Kind.CHOOSE,
            "",
            (
                Option("now", "Only now", over=0),
                Option("days", "Days", over=24),
                Option("weeks", "Weeks", over=168),
            ),
        ),
        Step("signs", Kind.TICK, "", (Option("numb", "Numb"), Option("long", "Long", over=72))),
    ),
    risks=(Risk("child", "this is about a child"),),
)


def ids(options: tuple[Option, ...]) -> list[str]:
    return [option.id for option in options]


@pytest.mark.parametrize(
    ("hours", "options"),
    [
        (None, []),
        (0.0, []),
        (0.5, ["now"]),
        (24.0, ["now"]),
        (24.1, ["days"]),
        (72.0, ["days"]),
        (73.0, ["days", "long"]),
        (9_999.0, ["weeks", "long"]),
    ],
)
def test_a_length_of_time_is_an_option_of_each_step(
    hours: float | None, options: list[str]
) -> None:
    assert ids(CHECK.lasting(hours)) == options


def test_options_come_in_the_order_of_the_check() -> None:
    assert ids(CHECK.options(["numb", "days", "nothing", "pain", "numb"])) == [
        "pain",
        "days",
        "numb",
    ]


def test_what_has_an_id_is_found_by_it() -> None:
    step, option, risk = CHECK.step("since"), CHECK.option("numb"), CHECK.risk("child")
    assert (step, option, risk) == (CHECK.steps[1], CHECK.steps[2].options[0], CHECK.risks[0])
    assert (CHECK.step("pain"), CHECK.option("since"), CHECK.risk("numb")) == (None, None, None)
