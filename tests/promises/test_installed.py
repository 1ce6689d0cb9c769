"""The wheel: what it holds, and that it works where only it was installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from intents import Understanding
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PARTS = ("bot", "intents", "faq.yaml", "pyproject.toml", "README.md", "LICENSE")
BUILD = "import setuptools.build_meta as b, sys; b.build_wheel(sys.argv[1])"


@pytest.fixture(name="wheel", scope="module")
def _wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel of what stands here."""
    source, built = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("built")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("*.pyc"))
        else:
            shutil.copy(ROOT / name, source)
    subprocess.run(
        [sys.executable, "-c", BUILD, str(built)], cwd=source, check=True, capture_output=True
    )
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(name="commands", scope="module")
def _commands(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the commands of a venv with the wheel; the packages that it needs are lent."""
    venv = tmp_path_factory.mktemp("venv")
    base = getattr(sys, "_base_executable", sys.executable)
    subprocess.run([base, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    options = ["--no-deps", "--no-index", "--disable-pip-version-check"]
    pip = [base, "-m", "pip", "--python", str(python), "install", "-q", *options]
    subprocess.run([*pip, str(wheel)], check=True)
    (site,) = venv.glob("lib/*/site-packages")
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return venv / "bin"


def run(
    folder: Path, *command: str | Path, given: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, command)),
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **settings},
    )


def test_it_holds_all_code_and_the_content_and_nothing_else(wheel: Path) -> None:
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    code = {path for top in ("bot", "intents") for path in (ROOT / top).rglob("*.py")}
    content = {ROOT / "faq.yaml", *(ROOT / "intents" / "examples").rglob("*.*")}
    data = {*(ROOT / "intents" / "languages").rglob("*.yaml")}
    data |= {ROOT / "intents" / "evaluation" / "report.css"}
    assert held == {
        *(str(path.relative_to(ROOT)) for path in code | data),
        *(f"twitchcheck/{path.relative_to(ROOT)}" for path in content),
    }


def test_in_another_folder_it_talks_about_the_content_that_came_along(
    commands: Path, tmp_path: Path, understanding: Understanding
) -> None:
    done = run(tmp_path, commands / "twitchcheck", "chat", given="how long does it last\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert "One moment" not in done.stdout  # it found what was learned here from the same content
    assert "[1]" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_content_of_the_folder_comes_first(commands: Path, tmp_path: Path) -> None:
    checked = run(tmp_path, commands / "twitchcheck-content", "validate")
    assert "twitchcheck/faq.yaml is sound: TwitchCheck" in checked.stdout
    small = (ROOT / "tests" / "data" / "small.yaml").read_text(encoding="utf-8")
    (tmp_path / "faq.yaml").write_text(small, encoding="utf-8")
    checked = run(tmp_path, commands / "twitchcheck-content", "validate")
    assert checked.stdout.startswith("faq.yaml is sound: Library desk")
    cache = str(tmp_path / "cache")
    done = run(
        tmp_path,
        commands / "twitchcheck",
        "chat",
        given="when do you open\n",
        XDG_CACHE_HOME=cache,
    )
    assert "nine to six" in done.stdout


@pytest.mark.parametrize("command", ["twitchcheck", "twitchcheck-content"])
def test_each_command_calls_itself_by_its_name(
    command: str, commands: Path, tmp_path: Path
) -> None:
    assert command in PROJECT["project"]["scripts"]
    assert run(tmp_path, commands / command, "-h").stdout.startswith(f"usage: {command} [-h]")
    module = PROJECT["project"]["scripts"][command].split(".")[0]
    shown = run(ROOT, sys.executable, "-m", module, "-h").stdout
    assert shown.startswith(f"usage: python -m {module} [-h]")


def test_without_a_token_it_names_both_ways_to_try_it(commands: Path, tmp_path: Path) -> None:
    done = run(tmp_path, commands / "twitchcheck", TELEGRAM_BOT_TOKEN="")
    assert done.returncode == 2
    assert "python -m bot chat (installed: twitchcheck chat)" in done.stderr


def test_the_build_names_every_package() -> None:
    folders = {path.parent for top in ("bot", "intents") for path in (ROOT / top).rglob("*.py")}
    packages = {".".join(path.relative_to(ROOT).parts) for path in folders}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages | {"twitchcheck"}
