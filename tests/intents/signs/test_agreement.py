"""Two witnesses must agree: what is told in words, and what was learned."""

from __future__ import annotations

import pytest

from intents.content.faq import DANGER, Faq, Level, Thresholds, WarningSign
from intents.signs.agreement import Agreement, Told
from intents.signs.spotter import Spotted

FAQ = Faq(
    "x",
    (),
    {},
    levels=(Level("emergency", "", "", emergency=True), Level("soon", "", "")),
    signs=(WarningSign("stroke", "", "emergency"), WarningSign("numbness", "", "soon")),
    thresholds=Thresholds(
        veto=0.18, sure=0.62, sure_long=0.97, suspicion=0.03, suspicion_long=0.18, danger=0.27
    ),
)
NEVER = -9.0


def verdict(
    *told: Told,
    stroke: float = NEVER,
    numbness: float = NEVER,
    danger: float = NEVER,
    asked: tuple[str, ...] = (),
    length: int = 12,
) -> tuple[set[str], bool]:
    """Return what is named, and whether an emergency may be meant; odds as logarithms."""
    odds = {"stroke": stroke, "numbness": numbness, DANGER: danger}
    spotted = {sign: Spotted(sign, value, (0, 1)) for sign, value in odds.items()}
    found = Agreement(FAQ).verdict(told, spotted, asked, length)
    return set(found.named), found.is_suspect


def words(sign: str, affirmed: bool = True) -> Told:
    return Told(sign, (0, 2), "a line", affirmed)


def test_words_name_a_sign_that_is_not_denied() -> None:
    assert verdict(words("numbness"), numbness=-1.0) == ({"numbness"}, False)


def test_what_was_learned_may_veto() -> None:
    assert verdict(words("numbness"), numbness=-2.0) == (set(), False)


def test_a_vetoed_emergency_is_asked_about() -> None:
    assert verdict(words("stroke"), stroke=-8.0) == (set(), True)


def test_an_emergency_that_is_only_asked_about_is_asked_about() -> None:
    assert verdict(words("stroke", affirmed=False)) == (set(), True)


@pytest.mark.parametrize(
    ("odds", "long", "named"), [(0.6, False, True), (0.6, True, False), (3.6, True, True)]
)
def test_learning_alone_must_be_surer_in_a_long_message(
    odds: float, long: bool, named: bool
) -> None:
    found, _ = verdict(numbness=odds, length=60 if long else 12)
    assert (found == {"numbness"}) is named


def test_learning_names_nothing_that_is_only_asked_about() -> None:
    assert verdict(stroke=5.0, asked=("stroke",)) == (set(), True)


def test_beside_an_emergency_a_lesser_sign_told_in_words_is_not_denied() -> None:
    told = (words("stroke"), words("numbness"))
    assert verdict(*told, stroke=1.0, numbness=-5.0)[0] == {"stroke", "numbness"}


@pytest.mark.parametrize(("long", "suspect"), [(False, True), (True, False)])
def test_a_faint_suspicion_counts_in_a_short_message(long: bool, suspect: bool) -> None:
    assert verdict(stroke=-2.5, length=60 if long else 12) == (set(), suspect)


def test_a_lesser_sign_is_never_a_suspicion() -> None:
    assert verdict(numbness=0.0, length=60) == (set(), False)


def test_a_danger_makes_the_bot_ask_and_names_nothing() -> None:
    assert verdict(danger=5.0) == (set(), True)
    assert verdict(words(DANGER)) == (set(), True)


def test_a_word_or_two_are_too_little_to_learn_from() -> None:
    assert verdict(stroke=-1.0, length=1) == (set(), False)
    assert verdict(stroke=2.0, length=2) == (set(), True)
    assert verdict(words("stroke"), stroke=2.0, length=2) == ({"stroke"}, True)
