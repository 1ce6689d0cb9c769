"""The shipped content: complete, carefully worded, and understood as well as the floors demand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from bot.dialogue.dialogue import Dialogue
from bot.dialogue.events import Say
from bot.dialogue.state import State
from bot.dialogue.wording import Wording
from intents.content.faq import CheckFirst, Faq, Intent
from intents.evaluation.evaluate import Evaluation, evaluate
from intents.evaluation.figures import counted
from intents.evaluation.labelled import Labelled, read_labelled
from intents.languages.loading import load_language
from intents.reading.text import clean, tokens
from intents.screening import meets_emergency
from intents.understanding import Understanding
from tests.conftest import ROOT, SHIPPED, command, utterance

QUESTIONS: Final = ROOT / "tests" / "questions"
FLOORS: Final[dict[str, list[dict[str, Any]]]] = yaml.safe_load(
    (QUESTIONS / "floors.yaml").read_text(encoding="utf-8")
)

SMALL_TALK: Final = {"greeting", "thanks", "goodbye", "help", "bot_identity", "privacy"}
TOPICS: Final = {
    "twitching_now", "what_is_it", "causes", "dehydration", "overexertion", "electrolytes",
    "fatigue", "warm_up", "caffeine", "medication", "normal", "duration", "twitch_or_cramp",
    "where", "relief", "prevention", "foods", "drinks", "doctor", "underlying_condition",
    "keep_training", "night", "als_fear", "stress_sleep", "alcohol", "eyelid_and_places", "child",
    "back_nerve", "medicine_kinds", "soreness_or_rhabdo", "return_to_sport", "cramp_too",
    "vegan_keto", "heat_ice_massage", "which_magnesium", "clot_or_twitch",
}  # fmt: skip
SIGNS: Final = {
    "persistent", "weakness", "numbness", "pain", "swelling", "no_cause", "worsening", "emergency",
    "crisis", "call_for_help", "not_breathing", "poisoning", "low_sugar", "allergy",
    "racing_heart",
    "locked_jaw", "bite_or_chemical", "meningitis", "preeclampsia", "monoxide", "blood_salts",
    "one_side_jerking", "child_ill", "electric_or_head", "stimulant", "withdrawal",
    "climbing_weakness", "medicine_reaction", "fever_pain", "heat_ill", "drooping_eyes",
    "eating_little", "little_food", "weight_loss", "tick_bite",
}  # fmt: skip

# What no text may say, and why.
FORBIDDEN: Final = {
    "advises unlimited water": r"as much water as|unlimited|(plenty|lots) of (water|fluids?)",
    "tells someone to stop a medicine": r"(?<!don't )(?<!not )(?<!never )\bstop (taking|your)\b",
    "gives a dose": r"\b\d+ ?(mg|mcg|µg|iu|milligrams?)\b",
    "diagnoses": r"\byou(r twitch)? (have|suffer from|are suffering from) (an? )?"
    r"(als|mnd|ms|disease|deficiency|disorder|rhabdo\w*|clot|stroke)\b(?! or)",
    "promises": r"\b(will|does) (cure|definitely|certainly)\b|\bguarantee",
    "calls everything fine": r"\bnothing to worry about\b|\byou are (fine|healthy)\b",
}


@dataclass(frozen=True)
class Floor:
    """A figure on one folder of questions, and how far it may fall or rise."""

    folder: str
    figure: str
    at_least: float = 0.0
    at_most: float = 1.0
    typos: int = 0

    def __str__(self) -> str:
        return f"{self.folder}-{self.figure}-{self.typos}-typos"


def questions(folder: str) -> list[Path]:
    return sorted((QUESTIONS / folder).glob("*.jsonl"))


def texts(faq: Faq) -> dict[str, str]:
    """Return every text of medical advice by where it stands."""
    found = {f"answer of {intent.id}": intent.answer for intent in faq.intents}
    found |= {f"level {v.id}": f"{v.text} {v.again} {v.safety_net}" for v in faq.levels}
    assert faq.check
    found |= {f"cause {c.intent}": f"{c.line} {c.remedy}" for c in faq.check.causes}
    found["remedies"] = " ".join(remedy.text for remedy in faq.check.remedies)
    found |= {f"risk {risk.id}": risk.advice for risk in faq.check.risks}
    found |= {f"sign {sign.id}": f"{sign.ask} {sign.first_aid}" for sign in faq.signs}
    return found


@pytest.fixture(name="labelled", scope="module")
def _labelled(faq: Faq) -> tuple[Labelled, ...]:
    return tuple(one for folder in FLOORS for one in read_labelled(questions(folder), faq))


@pytest.fixture(name="evaluations", scope="module")
def _evaluations(faq: Faq, understanding: Understanding) -> dict[str, Evaluation]:
    return {
        folder: evaluate(faq, understanding, read_labelled(questions(folder), faq))
        for folder in FLOORS
    }


# What must be there


def test_every_topic_and_sign_of_the_plan_is_there(faq: Faq) -> None:
    assert {*TOPICS, *SMALL_TALK} <= {intent.id for intent in faq.intents}
    assert {sign.id for sign in faq.signs} >= SIGNS


def test_topics_have_examples_enough(faq: Faq) -> None:
    least = {intent.id: 25 if intent.id in SMALL_TALK else 70 for intent in faq.intents}
    assert [i.id for i in faq.intents if len(i.examples) < least[i.id]] == []
    assert [sign.id for sign in faq.signs if len(sign.phrases) < 25] == []
    assert len(faq.out_of_scope) >= 500


def test_topics_name_their_sources_and_what_to_ask_next(faq: Faq) -> None:
    topics = [intent for intent in faq.intents if intent.group]
    assert [i.id for i in topics if not i.sources or not i.follow_ups or not i.question] == []


def test_answers_are_short(faq: Faq) -> None:
    assert [intent.id for intent in faq.intents if len(intent.answer) > 900] == []


def test_every_sentence_a_user_reads_stands_in_the_content_itself(faq: Faq) -> None:
    own = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["words"]
    assert set(faq.language.sentences) - set(own) == set()


def test_sources_say_when_they_were_read(faq: Faq) -> None:
    assert [s.id for s in faq.sources if not s.checked or not s.check_again] == []


def test_content_needs_no_mending(faq: Faq) -> None:
    assert faq.warnings == ()


# How it is worded


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_text(faq: Faq, what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE)
    found = {where: m.group() for where, text in texts(faq).items() if (m := pattern.search(text))}
    assert found == {}


def test_the_bot_says_whether_somebody_has_reviewed_its_texts(
    faq: Faq, dialogue: Dialogue
) -> None:
    """It names the reviewer when there is one, and says so plainly while there is none."""
    _, (about,) = dialogue.step(State(), command("about"))
    assert isinstance(about, Say)
    wording = Wording(faq)
    nobody = wording.say("not_reviewed")
    assert re.search(r"\b(?:not|no|nobody)\b", nobody, re.IGNORECASE)
    assert (nobody in about.text) == (faq.reviewed_by is None)
    if faq.reviewed_by is not None:
        assert faq.reviewed_by.strip()
        assert wording.say("reviewed", reviewer=faq.reviewed_by) in about.text


def test_every_level_says_what_to_watch_for(faq: Faq) -> None:
    assert [v.id for v in faq.levels if not v.safety_net and not v.emergency] == []
    calls = [level for level in faq.levels if level.emergency]
    assert {level.crisis for level in calls} == {True, False}
    assert all("{emergency_number}" in level.text + level.again for level in calls)


@pytest.mark.parametrize("number", ["112", "911", "999"])
def test_emergency_numbers_are_named(faq: Faq, number: str) -> None:
    assert number in faq.emergency_number


def test_questions_about_ones_own_muscle_run_the_check_first(faq: Faq) -> None:
    def first(intent: Intent | None) -> bool:
        return intent is not None and intent.check is CheckFirst.FIRST

    assert faq.check
    assert first(faq.intent(faq.check.report))
    assert first(faq.intent("causes"))
    assert first(faq.intent("relief"))
    assert not first(faq.intent("normal"))
    assert not first(faq.intent("what_is_it"))


# How well it is understood


@pytest.mark.parametrize(
    "floor", [Floor(folder, **floor) for folder in FLOORS for floor in FLOORS[folder]], ids=str
)
def test_figures_stay_above_their_floors(evaluations: dict[str, Evaluation], floor: Floor) -> None:
    share = counted(evaluations[floor.folder].judged[floor.typos])[floor.figure]
    assert floor.at_least <= share.value <= floor.at_most, f"{share.count} of {share.of}"


def test_every_emergency_meets_the_emergency_answer_or_the_emergency_screen(
    evaluations: dict[str, Evaluation],
) -> None:
    judged = [one for evaluation in evaluations.values() for one in evaluation.as_written]
    emergencies = [one for one in judged if one.message.emergency]
    assert len(emergencies) > 50
    assert [one.message.text for one in emergencies if not one.meets_emergency] == []


def test_dialogue_shows_the_screen_just_when_the_figures_say_so(
    understanding: Understanding, dialogue: Dialogue, labelled: tuple[Labelled, ...]
) -> None:
    """The rule by which emergencies count as met is what the conversation does."""
    faq = understanding.faq
    assert faq.check
    differ = []
    for message in labelled:
        after, replies = dialogue.step(State(), utterance(message.text))
        first = next(reply for reply in replies if isinstance(reply, Say))
        asks = after.check is not None and len(replies) == 1
        shown = first.emergency or asks
        if shown != meets_emergency(faq, understanding.understand(message.text)):
            differ.append(message.text)
    assert differ == []


def test_questions_are_not_copied_into_the_examples(
    faq: Faq, labelled: tuple[Labelled, ...]
) -> None:
    """Else the figures measure memory. Of the shortest, some are what everybody writes."""
    taught = [e for intent in faq.intents for e in intent.examples]
    taught += [p for sign in faq.signs for p in sign.phrases]
    known = {words(text) for text in (*taught, *faq.out_of_scope, *faq.not_affirmed)}
    copied = [one.text for one in labelled if words(one.text) in known]
    assert [text for text in copied if len(words(text)) > 7] == []
    assert len(copied) < 0.05 * len(labelled)


def words(text: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(clean(text), load_language("en").fold))
