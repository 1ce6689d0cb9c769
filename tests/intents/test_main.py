"""`python -m intents`: what it reads, writes and returns."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, SMALL

BOILER = SMALL.with_name("boiler.yaml")  # with signs and a check
ODD = [
    "",
    "   ",
    "why does my boiler fail",
    "x" * 10_000,
    "radiator " * 1_110,
    "👍🏽🔥",
    "مرحبا، لا توجد تدفئة",
    "a\x00b\x1b[31m",
    "it smells of gas",
]


@pytest.fixture(name="home", scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment whose folder for what can be made again is empty at first."""
    folder = tmp_path_factory.mktemp("home")
    keep = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return {**keep, "HOME": str(folder), "XDG_CACHE_HOME": str(folder / "cache")}


class Intents:
    """Runs the program in the project's folder."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ

    def __call__(
        self, *arguments: str | Path, given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            self.command(*arguments),
            input=given,
            capture_output=True,
            cwd=ROOT,
            env=self.environ,
            check=False,
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.command(*arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env=self.environ,
        )

    def command(self, *arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "intents", *map(str, arguments)]


@pytest.fixture(name="intents", scope="module")
def _intents(home: dict[str, str]) -> Intents:
    return Intents(home)


@pytest.fixture(name="broken")
def _broken(tmp_path: Path) -> Path:
    path = tmp_path / "faq.yaml"
    path.write_text("name: Desk\nnonsense: 1\nintents: []\n", encoding="utf-8")
    return path


@pytest.fixture(name="talking")
def _talking(intents: Intents) -> Iterator[subprocess.Popen[bytes]]:
    """Return a `match` that waits for messages."""
    process = intents.start("match", "--json", "--faq", SMALL)
    yield process
    process.kill()
    process.communicate()


def objects(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode().splitlines()]


# match


def test_every_line_gets_one_object_in_order(intents: Intents) -> None:
    done = intents("match", "--json", "--faq", BOILER, given="\n".join(ODD).encode())
    assert (done.returncode, done.stderr) == (0, b"")
    found = objects(done.stdout)
    assert [one["text"] for one in found] == ODD
    fields = ["text", "outcome", "answers", "choices", "scores", "decided", "questions"]
    fields += ["signs", "doubtful", "suspicion", "emergency", "because"]
    for one in found:
        assert list(one) == fields
        assert one["outcome"] in ("match", "ambiguous", "no_match")
        assert (1 <= len(one["answers"]) <= 2) == (one["outcome"] == "match")
        assert (1 <= len(one["choices"]) <= 3) == (one["outcome"] == "ambiguous")
        assert len(one["scores"]) == 5
    assert found[2]["answers"] == ["why"]
    assert found[2]["because"]
    (gas,) = found[-1]["signs"]
    assert (gas["id"], gas["level"]) == ("gas", "emergency")
    assert "smells of gas" in gas["words"][0]


def test_lines_that_are_no_text_are_answered(intents: Intents) -> None:
    done = intents("match", "--json", "--faq", BOILER, given=b"\xff\xfe how long\r\n\xc3\n")
    assert done.returncode == 0
    assert [one["text"] for one in objects(done.stdout)] == ["\ufffd\ufffd how long", "\ufffd"]


def test_without_json_the_reasons_are_told(intents: Intents) -> None:
    given = b"why do boilrs fail\nit smels of gas in here\n\x1b[31m\n"
    done = intents("match", "--faq", BOILER, given=given)
    told = done.stdout.decode()
    assert done.returncode == 0
    assert "> why do boilrs fail\nmatch      why" in told
    assert "boilrs -> boilers" in told
    assert "next " in told
    assert "sign       gas (emergency)" in told
    assert "\x1b" not in told


def test_an_answer_comes_before_the_next_message(talking: subprocess.Popen[bytes]) -> None:
    assert talking.stdin
    assert talking.stdout
    for text in (b"when do you open\n", b"renew my books\n"):
        talking.stdin.write(text)
        talking.stdin.flush()
        assert json.loads(talking.stdout.readline())["text"] == text.decode().strip()


def test_interrupted_it_leaves_quietly(talking: subprocess.Popen[bytes]) -> None:
    assert talking.stdin
    assert talking.stdout
    talking.stdin.write(b"hello\n")
    talking.stdin.flush()
    talking.stdout.readline()
    talking.send_signal(signal.SIGINT)
    assert talking.wait(20) == 130
    assert talking.stderr
    assert talking.stderr.read() == b""


def test_when_nobody_reads_on_it_leaves_quietly(talking: subprocess.Popen[bytes]) -> None:
    assert talking.stdin
    assert talking.stdout
    assert talking.stderr
    talking.stdout.close()
    talking.stdin.write(b"hello\n" * 100)
    talking.stdin.close()
    assert talking.wait(20) == 0
    assert talking.stderr.read() == b""
    talking.stdout = talking.stdin = None


@pytest.mark.parametrize("command", ["match", "evaluate"])
def test_faults_in_the_content_are_all_named(intents: Intents, broken: Path, command: str) -> None:
    given = [ROOT / "tests/questions/seen/faq.jsonl"] if command == "evaluate" else []
    done = intents(command, "--faq", broken, *given)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 2
    assert f"{broken}:2: ".encode() in done.stderr


# validate and fit


def test_a_sound_content_is_summed_up(intents: Intents) -> None:
    done = intents("validate", SMALL)
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert f"{SMALL} is sound: Library desk" in told
    assert "4 examples" in told
    assert "to be read again by 2027-06-30" in told


def test_shipped_content_is_the_default(intents: Intents) -> None:
    told = intents("validate").stdout.decode()
    assert "faq.yaml is sound: TwitchCheck" in told
    assert "warning" not in told.lower()


def test_validate_shows_what_patterns_find(intents: Intents, tmp_path: Path) -> None:
    path, signs = tmp_path / "faq.yaml", tmp_path / "examples" / "signs"
    signs.mkdir(parents=True)
    path.write_text(f"{BOILER.read_text(encoding='utf-8')}\nexamples: examples\n", "utf-8")
    patterns = "groups: {gas: gas, smell: 'smell, smells'}\nsigns: {gas: [gas smell within 4]}\n"
    (signs / "patterns.yaml").write_text(patterns, "utf-8")
    done = intents("validate", "--patterns", path)
    told = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr) == (0, b"")
    assert ["gas", "4", "100%", "0"] in [line.split() for line in told]
    assert any(line.split()[:4] == ["gas", "smell", "within", "4"] for line in told)


def test_validate_names_every_fault(intents: Intents, broken: Path) -> None:
    done = intents("validate", broken)
    assert (done.returncode, done.stdout) == (1, b"")
    assert len(done.stderr.splitlines()) == 2


def test_fit_keeps_what_it_learned(intents: Intents, home: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(SMALL.read_text(encoding="utf-8").replace("when do", "when"), "utf-8")
    before = set(Path(home["XDG_CACHE_HOME"]).rglob("*.npz"))
    assert intents("fit", path).returncode == 0
    assert set(Path(home["XDG_CACHE_HOME"]).rglob("*.npz")) - before


# evaluate


def desk_questions(folder: Path, *lines: str) -> Path:
    path = folder / "questions.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_figures_as_json_and_as_a_page(intents: Intents, tmp_path: Path) -> None:
    asked = desk_questions(tmp_path, '{"text": "when do you open", "intents": ["hours"]}')
    page = tmp_path / "report.html"
    done = intents("evaluate", asked, "--faq", SMALL, "--json", "--report", page)
    assert done.returncode == 0
    assert json.loads(done.stdout)["figures"]["resolved"]["n"] == 1
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_bad_lines_are_named(intents: Intents, tmp_path: Path) -> None:
    asked = desk_questions(tmp_path, '{"text": "a", "intents": ["nothing"]}', "{", "")
    done = intents("evaluate", asked, "--faq", SMALL)
    assert (done.returncode, done.stdout) == (1, b"")
    assert [f"{asked}:{n}: ".encode() in done.stderr for n in (1, 2, 3)] == [True, True, False]


def test_nothing_to_do_is_said(intents: Intents) -> None:
    done = intents("evaluate", "--faq", SMALL)
    assert done.returncode == 2
    assert b"--calibrate" in done.stderr


def test_calibration_changes_thresholds_and_nothing_else(intents: Intents, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    shutil.copy(SMALL, path)
    before = path.read_text(encoding="utf-8")
    done = intents("evaluate", "--calibrate", "--faq", path)
    assert done.returncode == 0
    assert b"answered right, at once" in done.stdout
    assert path.read_text(encoding="utf-8").startswith(before + "\nthresholds:\n  match: ")
    assert intents("validate", path).returncode == 0


def test_a_report_that_cannot_be_written_is_named(intents: Intents, tmp_path: Path) -> None:
    asked = desk_questions(tmp_path, '{"text": "when do you open", "intents": ["hours"]}')
    done = intents("evaluate", asked, "--faq", SMALL, "--report", tmp_path / "no" / "report.html")
    assert done.returncode == 1
    assert b"cannot be written" in done.stderr
    assert b"Traceback" not in done.stderr
