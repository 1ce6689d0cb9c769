"""The file `.env`: what it may hold, and what is said of a line that is none."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot import config
from bot.config import Config, ConfigError
from bot.env_file import EnvFileError, read_env_file
from tests.conftest import ROOT

EXAMPLE = ROOT / ".env.example"
OF_COMPOSE = {"POSTGRES_PASSWORD"}  # compose.yaml alone reads it


@pytest.fixture(name="file")
def _file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a `.env` of the working folder, which is to be written."""
    monkeypatch.delenv("PYTHON_DOTENV_DISABLED", raising=False)
    monkeypatch.chdir(tmp_path)
    return Path(".env")


def test_without_the_file_there_is_the_environment_alone(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "1")
    assert not file.exists()
    assert config.environment()["PORT"] == "1"


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("PORT=9000", "9000"),
        ("export PORT=9000", "9000"),
        ("PORT='9 # 0'", "9 # 0"),
        ('PORT="9\\t0"', "9\t0"),
        ("PORT = 9000  # a note", "9000"),
        ("PORT=", ""),
        ("PORT=a$b${HOME}", "a$b${HOME}"),
        ("# PORT=1\n\n\nPORT=9000\r\n", "9000"),
        ("\ufeffPORT=9000", "9000"),
    ],
)
def test_what_a_line_may_look_like(file: Path, line: str, value: str) -> None:
    file.write_bytes(line.encode())
    assert read_env_file(file) == {"PORT": value}


def test_the_environment_wins(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("WEBHOOK_URL", "")
    monkeypatch.delenv("LOG_LEVEL", raising=False)
    file.write_text("PORT=2\nWEBHOOK_URL=https://x/hook\nLOG_LEVEL=DEBUG\n", encoding="utf-8")
    found = config.environment()
    assert [found[name] for name in ("PORT", "WEBHOOK_URL", "LOG_LEVEL")] == ["1", "", "DEBUG"]


def test_each_bad_line_is_named_and_not_shown(file: Path) -> None:
    file.write_text("PORT=1\n\n\ns3cret words\nLOG_LEVEL\nA='s3cret\n", encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        config.environment()
    remedy = "this is no setting. Write NAME=value, or # before it."
    assert caught.value.faults == tuple(f".env:{n}: {remedy}" for n in (4, 5, 6))


def test_what_is_no_text_is_told(file: Path) -> None:
    file.write_bytes("PORT=1\n".encode("utf-16"))  # as an older PowerShell writes it
    with pytest.raises(EnvFileError, match=r"^\.env: this is not text in UTF-8\. Save it"):
        read_env_file(file)
    with pytest.raises(EnvFileError, match=r"^\.: this cannot be read: "):
        read_env_file(Path())


def test_a_bot_starts_with_it(file: Path) -> None:
    file.write_text("TELEGRAM_BOT_TOKEN=no\nnonsense\n", encoding="utf-8")
    for fault in (".env:2: this is no setting", "TELEGRAM_BOT_TOKEN does not look like"):
        done = subprocess.run(
            [sys.executable, "-m", "bot"],
            env={"PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(fault)
        file.write_text("TELEGRAM_BOT_TOKEN=no\n", encoding="utf-8")


# The example


def example_lines() -> dict[str, str]:
    """Return what the example would set, were no line of it a comment."""
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    return dict(re.findall(r"^#?([A-Z_]+)=(.*)", "\n".join(lines), re.MULTILINE))


def test_the_example_names_every_setting_and_no_other() -> None:
    source = (ROOT / "bot" / "config.py").read_text(encoding="utf-8")
    read = set(re.findall(r'"([A-Z]+_?[A-Z_]*[A-Z])"', source)) - {*config.LEVELS}
    read -= {"PYTHON_DOTENV_DISABLED"}
    assert "STATE_KEY" in read
    assert set(example_lines()) == read | OF_COMPOSE
    compose = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert all(f"${{{name}:?" in compose for name in OF_COMPOSE)


def test_the_example_can_be_copied_and_uncommented(tmp_path: Path) -> None:
    assert [*read_env_file(EXAMPLE)] == ["TELEGRAM_BOT_TOKEN"]
    token = {"TELEGRAM_BOT_TOKEN": "123456:abc"}
    assert Config.read(token).webhook is None
    values = {name: value for name, value in example_lines().items() if name != "SEMANTIC"}
    Config.read(values | token)


def test_secrets_stay_out_of_what_is_shared() -> None:
    for name in (".gitignore", ".dockerignore"):
        assert ".env" in (ROOT / name).read_text(encoding="utf-8").splitlines()
