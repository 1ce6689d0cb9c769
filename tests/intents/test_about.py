"""Whom a message is about, and what it tells of them that changes the advice."""

from __future__ import annotations

import pytest

from intents.about import AboutReader
from intents.content.check import Check, Risk
from intents.content.faq import Faq
from intents.reading.reading import Reader

RISKS = (
    Risk("child", "", words=("my toddler", "my son")),
    Risk("pregnant", "", words=("pregnant", "weeks along")),
    Risk("statin", "", words=("statin", "statins")),
)


@pytest.fixture(name="about", scope="module")
def _about(reader: Reader) -> AboutReader:
    return AboutReader(Faq("x", (), {}, check=Check("", (), RISKS)), reader)


@pytest.mark.parametrize(
    ("text", "is_own", "of_other"),
    [
        pytest.param("my calf twitches", True, False, id="the writer's"),
        pytest.param("can I run tomorrow?", True, False, id="the writer's plan"),
        pytest.param("why do calves twitch?", False, False, id="nobody's"),
        pytest.param("calf twitching after squats", False, False, id="no person named"),
        pytest.param("my son's calf twitches", True, True, id="a child's"),
        pytest.param(
            "my daughter, 9 years old, has a twitch", True, True, id="a child's, with age"
        ),
        pytest.param("my husband's calf twitches", True, True, id="a husband's"),
        pytest.param("my friend has a twitching calf", True, True, id="a friend's"),
        pytest.param(
            "my daughter says I should ask: my calf twitches", True, False, id="a child sends them"
        ),
        pytest.param(
            "my brother ran in the heat and talks nonsense", True, True, id="no complaint is named"
        ),
        pytest.param(
            "my wife says my calf twitches", True, False, id="the writer's, somebody tells"
        ),
        pytest.param("my mate twitches and my calf twitches too", True, False, id="both"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_whom_it_is_about(
    about: AboutReader, reader: Reader, text: str, is_own: bool, of_other: bool
) -> None:
    found = about.read(reader.read(text))
    assert (found.is_own, found.of_other) == (is_own, of_other)


@pytest.mark.parametrize(
    ("text", "risks"),
    [
        pytest.param("I am pregnant and my calf twitches", ("pregnant",), id="one"),
        pytest.param("20 weeks along, on a statin", ("pregnant", "statin"), id="two"),
        pytest.param("Statins! statins, STATIN", ("statin",), id="each once"),
        pytest.param("my toddler has a twitch", ("child",), id="a child"),
        pytest.param("my son takes a statin", ("child", "statin"), id="of whom it is about"),
        pytest.param("I am not pregnant", (), id="denied"),
        pytest.param("no statins", (), id="denied, brief"),
        pytest.param("I had it when I was pregnant, years ago", (), id="past"),
        pytest.param("my sister is pregnant, my calf twitches", (), id="somebody else's"),
        pytest.param(
            "my calf twitches for weeks, my son runs along", ("child",), id="not in a row"
        ),
        pytest.param("", (), id="nothing"),
    ],
)
def test_risks_that_are_told(
    about: AboutReader, reader: Reader, text: str, risks: tuple[str, ...]
) -> None:
    assert about.read(reader.read(text)).risks == risks


def test_without_a_check_there_are_no_risks(reader: Reader) -> None:
    found = AboutReader(Faq("x", (), {}), reader).read(reader.read("I am pregnant"))
    assert found.risks == ()
    assert found.is_own
