"""Two witnesses must agree: what is told in words, and what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest

from intents.content.check import Check, Kind, Option, Step
from intents.content.faq import DANGER, Faq, Level, Thresholds, WarningSign
from intents.signs.agreement import Agreement, Told, Verdict
from intents.signs.spotter import Spotted

FAQ = Faq(
    "x",
    (),
    {},
    levels=(
        Level("crisis", "", "", emergency=True, crisis=True),
        Level("emergency", "", "", emergency=True),
        Level("soon", "", ""),
    ),
    signs=(
        WarningSign("despair", "", "crisis", examples=500),
        WarningSign("stroke", "", "emergency", examples=500),
        WarningSign("sepsis", "", "emergency", examples=500, implies=("any",)),
        WarningSign("any", "", "emergency", examples=500),
        WarningSign("numbness", "", "soon", examples=500),
    ),
    thresholds=Thresholds(
        veto=0.18,
        sure=0.62,
        sure_long=0.97,
        suspicion=0.03,
        suspicion_long=0.18,
        suspicion_wide=0.5,
        danger=0.27,
    ),
)
NEVER = -9.0
LONG = 60  # words


def full(
    *told: Told,
    odds: Mapping[str, float] = MappingProxyType({}),
    asked: tuple[str, ...] = (),
    length: int = 12,
) -> Verdict:
    """Return the verdict on a message; odds as logarithms, by the id of the sign."""
    known = {**{sign.id: NEVER for sign in FAQ.signs}, DANGER: NEVER, **odds}
    spotted = {sign: Spotted(sign, value, (0, 1)) for sign, value in known.items()}
    return Agreement(FAQ).verdict(told, spotted, asked, length)


def verdict(
    *told: Told, asked: tuple[str, ...] = (), length: int = 12, **odds: float
) -> tuple[set[str], bool]:
    """Return what is named, and whether an emergency may be meant."""
    found = full(
        *told,
        odds={DANGER if s == "danger" else s: o for s, o in odds.items()},
        asked=asked,
        length=length,
    )
    return set(found.named), found.is_suspect


def words(sign: str, affirmed: bool = True) -> Told:
    return Told(sign, (0, 2), "a line", affirmed)


def test_words_name_a_sign_that_is_not_denied() -> None:
    assert verdict(words("numbness"), numbness=-1.0) == ({"numbness"}, False)


def test_what_was_learned_may_veto() -> None:
    assert verdict(words("numbness"), numbness=-2.0) == (set(), False)


def test_what_has_few_examples_is_denied_later() -> None:
    rare = replace(FAQ.signs[-1], examples=50)
    faq = replace(FAQ, signs=(*FAQ.signs[:-1], rare))
    spotted = {sign.id: Spotted(sign.id, NEVER, (0, 1)) for sign in FAQ.signs}
    for odds, names in ((-3.5, True), (-4.0, False)):  # a tenth of them: 2.3 less
        spotted |= {"numbness": Spotted("numbness", odds, (0, 1))}
        found = Agreement(faq).verdict([words("numbness")], spotted, (), 12)
        assert ("numbness" in found.named) is names


@pytest.mark.parametrize(("odds", "names"), [(-0.9, True), (-1.1, False)])
def test_a_lesser_sign_that_nothing_asks_about_is_named_sooner(odds: float, names: bool) -> None:
    asked = Option("a", "", ("stroke",))
    check = Check("", steps=(Step("danger", Kind.ANY, "", (asked,)),))
    thresholds = replace(FAQ.thresholds, sure_unasked=0.27)
    faq = replace(FAQ, check=check, thresholds=thresholds)
    spotted = {sign.id: Spotted(sign.id, NEVER, (0, 1)) for sign in FAQ.signs}
    spotted |= {"numbness": Spotted("numbness", odds, (0, 1))}
    assert ("numbness" in Agreement(faq).verdict((), spotted, (), LONG).named) is names


def test_a_wide_emergency_is_none_where_a_lesser_sign_says_more() -> None:
    assert verdict(any=2.0, sepsis=-1.0, numbness=1.0)[0] == {"any", "numbness"}
    assert verdict(any=2.0, sepsis=-1.0, numbness=3.0)[0] == {"numbness"}


def test_beside_an_emergency_that_stands_another_is_not_denied() -> None:
    told = (words("stroke"), words("sepsis"))
    assert verdict(*told, stroke=1.0, sepsis=-8.0)[0] == {"stroke", "sepsis"}


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
    found, _ = verdict(numbness=odds, length=LONG if long else 12)
    assert (found == {"numbness"}) is named


def test_learning_names_nothing_that_is_only_asked_about() -> None:
    assert verdict(stroke=5.0, asked=("stroke",)) == (set(), True)


def test_beside_an_emergency_a_lesser_sign_told_in_words_is_not_denied() -> None:
    told = (words("stroke"), words("numbness"))
    assert verdict(*told, stroke=1.0, numbness=-5.0)[0] == {"stroke", "numbness"}


@pytest.mark.parametrize(("long", "suspect"), [(False, True), (True, False)])
def test_a_faint_suspicion_counts_in_a_short_message(long: bool, suspect: bool) -> None:
    assert verdict(stroke=-2.5, length=LONG if long else 12) == (set(), suspect)


def test_a_lesser_sign_is_never_a_suspicion() -> None:
    assert verdict(numbness=0.0, length=LONG) == (set(), False)


def test_a_danger_makes_the_bot_ask_and_names_nothing() -> None:
    assert verdict(danger=5.0) == (set(), True)
    assert verdict(words(DANGER)) == (set(), True)


def test_a_word_or_two_are_too_little_to_learn_from() -> None:
    assert verdict(stroke=-1.0, length=1) == (set(), False)
    assert verdict(stroke=2.0, length=2) == (set(), True)
    assert verdict(words("stroke"), stroke=2.0, length=2) == ({"stroke"}, True)


class TestWhatIsSuspected:
    """The one emergency that words may mean, so that the bot can ask about it alone."""

    @pytest.mark.parametrize(
        ("told", "odds"),
        [
            pytest.param(words("stroke", affirmed=False), 0.0, id="only asked about"),
            pytest.param(words("stroke"), -8.0, id="denied by what was learned"),
        ],
    )
    def test_words_that_do_not_name_it(self, told: Told, odds: float) -> None:
        found = full(told, asked=("stroke",), odds={"stroke": odds})
        assert (dict(found.named), found.suspected) == ({}, "stroke")

    def test_what_is_named_is_not_suspected(self) -> None:
        assert full(words("stroke"), words("stroke", False), odds={"stroke": 1.0}).suspected == ""

    def test_of_two_none_is_asked_about_alone(self) -> None:
        told = (words("stroke", affirmed=False), words("sepsis", affirmed=False))
        found = full(*told)
        assert (found.is_suspect, found.suspected) == (True, "")

    def test_beside_one_that_is_named_the_other_is(self) -> None:
        found = full(words("stroke"), words("sepsis", False), odds={"stroke": 1.0})
        assert (set(found.named), found.suspected) == ({"stroke"}, "sepsis")

    def test_a_lesser_sign_is_none(self) -> None:
        assert full(words("numbness", affirmed=False)).suspected == ""

    def test_what_was_learned_alone_names_none(self) -> None:
        found = full(odds={"stroke": 0.0})
        assert (found.is_suspect, found.suspected) == (True, "")


class TestCrisis:
    """Nobody who speaks of ending a life is asked for more before they are answered."""

    @pytest.mark.parametrize("affirmed", [True, False])
    def test_words_name_it_whatever_was_learned(self, affirmed: bool) -> None:
        assert verdict(words("despair", affirmed))[0] == {"despair"}

    @pytest.mark.parametrize(
        ("odds", "length", "named"),
        [(3.5, 12, True), (3.4, 12, False), (3.5, 2, False), (3.5, LONG, True)],
    )
    def test_what_was_learned_names_it_only_where_it_is_very_sure(
        self, odds: float, length: int, named: bool
    ) -> None:
        assert (verdict(despair=odds, length=length)[0] == {"despair"}) is named

    @pytest.mark.parametrize(
        ("despair", "stroke", "suspected"),
        [(-1.5, NEVER, "despair"), (-1.6, NEVER, ""), (-1.4, -1.3, ""), (-1.4, -1.5, "despair")],
    )
    def test_a_faint_one_is_asked_about_where_it_is_the_likeliest(
        self, despair: float, stroke: float, suspected: str
    ) -> None:
        assert full(odds={"despair": despair, "stroke": stroke}).suspected == suspected

    @pytest.mark.parametrize("others", [(), (words("stroke", affirmed=False),)])
    def test_words_that_only_ask_name_none_and_come_first(self, others: tuple[Told, ...]) -> None:
        faint = replace(words("despair", affirmed=False), only_asks=True)
        found = full(faint, *others, odds={"despair": 0.4})
        assert (dict(found.named), found.is_suspect, found.suspected) == ({}, True, "despair")

    def test_a_faint_one_is_asked_about_in_a_long_message_too(self) -> None:
        assert full(odds={"despair": -1.4}, length=LONG).suspected == "despair"
        assert full(odds={"despair": -1.6}, length=LONG).suspected == ""


@pytest.mark.parametrize(
    ("odds", "grave"),
    [({"stroke": 0.1}, True), ({"stroke": -0.1}, False), ({DANGER: 0.1}, True),
     ({DANGER: -0.1}, False), ({"numbness": 3.0}, False)],
)  # fmt: skip
def test_what_is_more_likely_than_not_is_grave(odds: dict[str, float], grave: bool) -> None:
    assert full(odds=odds).is_grave is grave


def test_a_danger_told_in_words_is_grave_unless_it_is_only_asked_about() -> None:
    assert full(words(DANGER)).is_grave
    asked = full(words(DANGER, affirmed=False))
    assert (asked.is_grave, asked.is_suspect) == (False, True)


@pytest.mark.parametrize(
    ("sign", "odds", "length", "suspect"),
    [
        ("any", -0.1, LONG, False),
        ("any", 0.1, LONG, True),
        ("any", -1.5, 12, True),
        ("any", -1.6, 12, False),
        ("sepsis", -1.0, LONG, True),
    ],
)
def test_a_wide_sign_must_be_likelier_and_most_of_all_in_a_long_message(
    sign: str, odds: float, length: int, suspect: bool
) -> None:
    """It is a little likely in every message, since others bring it along."""
    assert full(odds={sign: odds}, length=length).is_suspect is suspect


def test_the_chance_is_that_of_the_likeliest_emergency() -> None:
    assert full(odds={"stroke": -1.0, "sepsis": 0.0, "numbness": 5.0}).chance == pytest.approx(0.5)
