"""What README.md and docs/hosting.md tell people to type is there, and is understood."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot import __main__ as bot
from bot import config
from intents.command_line.arguments import arguments_parser
from tests.conftest import ROOT
from tests.fakes.fake_bot_api import TOKEN

PAGES = [
    ROOT / name for name in ("README.md", "docs/hosting.md", "SECURITY.md", "CONTRIBUTING.md")
]
PARSERS = {
    "bot": bot.arguments_parser(),
    "twitchcheck": bot.arguments_parser(),
    "docker run --rm --interactive --tty twitchcheck": bot.arguments_parser(),
    "intents": arguments_parser(None),
    "twitchcheck-content": arguments_parser(None),
}
# No settings of the bot: a folder of the system, PostgreSQL's own, and kinds of addresses.
OTHERS = {"XDG_CACHE_HOME", "AF_INET", "AF_UNIX"}
OTHERS |= {f"POSTGRES_{name}" for name in ("PASSWORD", "USER", "DB")}


def typed(page: Path) -> list[str]:
    """Return what a page shows as typed: lines in boxes, and what stands between backticks."""
    boxes = re.findall(
        r"^```\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    lines = [line.split("  #")[0].strip() for box in boxes for line in box.splitlines()]
    return lines + re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_is_understood(page: Path) -> None:
    understood = []
    for line in typed(page):
        for name, parser in PARSERS.items():
            start = rf"(?:.*python -m |uvx --from \. |){re.escape(name)} (.+)"
            if found := re.fullmatch(start, line):
                parser.parse_args(shlex.split(found[1]))
                understood.append(line)
    assert understood or page.name == "SECURITY.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_target_and_every_file_is_there(page: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in typed(page):
        if found := re.match(r"make ([a-z]+)", line):
            assert f"\n{found[1]}:" in makefile, line
    for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), link
    for path in re.findall(r"\bdeploy/[a-z.]+[a-z]", page.read_text(encoding="utf-8")):
        assert (ROOT / path).exists(), path


def test_every_setting_is_one() -> None:
    source = Path(config.__file__).read_text(encoding="utf-8")
    files = [*PAGES[:2], *(ROOT / "deploy").iterdir(), ROOT / "Procfile", ROOT / "compose.yaml"]
    for file in files:
        named = re.findall(r"\b[A-Z]{2,}_[A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8"))
        assert {name for name in named if f'"{name}"' not in source} <= OTHERS, file


@pytest.mark.parametrize(("kind", "serves"), [("web", True), ("worker", False)])
def test_one_process_of_the_procfile_serves_and_one_polls(
    kind: str, serves: bool, tmp_path: Path
) -> None:
    lines = (ROOT / "Procfile").read_text(encoding="utf-8").splitlines()
    (command,) = [line.split(": ", 1)[1] for line in lines if line.startswith(f"{kind}: ")]
    started = command.replace("python", shlex.quote(sys.executable))
    done = subprocess.run(
        ["/bin/sh", "-c", started],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={
            **os.environ,
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "FAQ_PATH": str(tmp_path / "none.yaml"),  # here it ends, before it reaches out
            "WEBHOOK_URL": "https://bot.example/hook",
        },
    )
    assert done.returncode == (2 if serves else 1)
    assert ("WEBHOOK_SECRET must be set" in done.stderr) is serves


def test_the_unit_starts_what_there_is_and_not_again_what_cannot_start() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "deploy" / "twitchcheck.service", encoding="utf-8")
    service = unit["Service"]
    program, *arguments = shlex.split(service["ExecStart"])
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert arguments == ["-m", "bot", "run"]
    faults = {str(bot.CONFIG_FAULT), str(bot.CONTENT_FAULT)}
    assert set(service["RestartPreventExitStatus"].split()) == faults
    hosting = (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
    assert service["EnvironmentFile"] in hosting
    assert f"sqlite:////var/lib/{service['StateDirectory']}/bot.db" in hosting
    assert f"XDG_CACHE_HOME=/var/cache/{service['CacheDirectory']}" in service["Environment"]


def test_nginx_passes_on_to_where_the_webhook_is_served() -> None:
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert f"proxy_pass http://127.0.0.1:{config.DEFAULT_PORT};" in site
    assert "location = /hook {" in site
    assert "https://bot.example/hook" in (ROOT / "docs" / "hosting.md").read_text(encoding="utf-8")
