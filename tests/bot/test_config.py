"""The settings: read from a mapping, every fault at once, no secret in what is said."""

from __future__ import annotations

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from bot.config import Config, ConfigError, Webhook
from bot.store import sealing

TOKEN = "123456:abc-DEF_0123"
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
OLD = base64.urlsafe_b64encode(b"o" * 32).decode()
HOOK = {"WEBHOOK_URL": "https://bot.example/hook", "WEBHOOK_SECRET": "word"}


def test_a_token_is_enough() -> None:
    assert Config.read({"TELEGRAM_BOT_TOKEN": TOKEN}) == Config(
        token=TOKEN,
        api_url="https://api.telegram.org",
        faq_path=Path("faq.yaml"),
        database_url="sqlite:///var/bot.db",
        webhook=None,
        log_level="INFO",
        state_keys=(),
        metrics_port=None,
        semantic=False,
    )


def test_everything_can_be_set() -> None:
    config = Config.read(
        {
            "TELEGRAM_BOT_TOKEN": f" {TOKEN}\n",
            "TELEGRAM_API_URL": "http://127.0.0.1:8081/",
            "FAQ_PATH": "other.yaml",
            "DATABASE_URL": "postgresql://me:pw@db/twitch",
            "PORT": "9000",
            "LOG_LEVEL": "debug",
            "STATE_KEY": f"{KEY}, {OLD}",
            "METRICS_PORT": "9100",
            **HOOK,
        }
    )
    assert config == Config(
        token=TOKEN,
        api_url="http://127.0.0.1:8081",
        faq_path=Path("other.yaml"),
        database_url="postgresql://me:pw@db/twitch",
        webhook=Webhook("https://bot.example/hook", "word", 9000),
        log_level="DEBUG",
        state_keys=(KEY, OLD),
        metrics_port=9100,
        semantic=False,
    )
    assert config.webhook
    assert config.webhook.path == "/hook"
    assert TOKEN not in repr(config)
    assert "pw" not in repr(config)
    assert "word" not in repr(config)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param({"TELEGRAM_BOT_TOKEN": ""}, "python -m bot chat", id="no-token"),
        pytest.param({"TELEGRAM_BOT_TOKEN": ""}, "@BotFather", id="where-to-get-one"),
        pytest.param({"TELEGRAM_BOT_TOKEN": "s3cret"}, "TELEGRAM_BOT_TOKEN", id="token"),
        pytest.param({"TELEGRAM_API_URL": "s3cret"}, "TELEGRAM_API_URL", id="api"),
        pytest.param({"TELEGRAM_API_URL": "http://[s3cret"}, "TELEGRAM_API_URL", id="api-ip"),
        pytest.param({"DATABASE_URL": "mysql://s3cret"}, "DATABASE_URL", id="database"),
        pytest.param({"DATABASE_URL": "sqlite:///"}, "DATABASE_URL", id="no-file"),
        pytest.param({**HOOK, "WEBHOOK_SECRET": ""}, "WEBHOOK_SECRET", id="no-secret"),
        pytest.param({**HOOK, "WEBHOOK_SECRET": "s3cret!"}, "WEBHOOK_SECRET", id="secret"),
        pytest.param({**HOOK, "WEBHOOK_URL": "http://s3cret"}, "WEBHOOK_URL", id="not-https"),
        pytest.param({**HOOK, "WEBHOOK_URL": "https://x/healthz"}, "WEBHOOK_URL", id="taken"),
        pytest.param({**HOOK, "PORT": "s3cret"}, "PORT", id="port"),
        pytest.param({**HOOK, "PORT": "65536"}, "PORT", id="port-too-high"),
        pytest.param({"LOG_LEVEL": "s3cret"}, "LOG_LEVEL", id="level"),
        pytest.param({"STATE_KEY": "s3cret"}, "STATE_KEY", id="key"),
        pytest.param({"STATE_KEY": f"{KEY},s3cret"}, "STATE_KEY", id="second-key"),
        pytest.param({"METRICS_PORT": "s3cret"}, "METRICS_PORT", id="metrics"),
        pytest.param({"SEMANTIC": "s3cret"}, "SEMANTIC", id="semantic"),
        pytest.param({**HOOK, "METRICS_PORT": "8080"}, "METRICS_PORT", id="metrics-in-public"),
    ],
)
def test_each_fault_is_one_line_without_secrets(change: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, **change})
    (fault,) = caught.value.faults
    assert named in fault
    assert "\n" not in fault
    assert "s3cret" not in fault


def test_all_faults_come_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        Config.read({
            "WEBHOOK_URL": "ftp://x", "PORT": "x", "LOG_LEVEL": "x", "STATE_KEY": "x",
            "DATABASE_URL": "x", "TELEGRAM_API_URL": "x",
        })  # fmt: skip
    names = [
        "TELEGRAM_BOT_TOKEN", "TELEGRAM_API_URL", "DATABASE_URL", "WEBHOOK_URL", "PORT",
        "WEBHOOK_SECRET", "LOG_LEVEL", "STATE_KEY",
    ]  # fmt: skip
    assert [f.split(" ")[0] for f in caught.value.faults] == names


@pytest.mark.parametrize(
    "key", [KEY, "0123456789abcdef" * 4, "any words of thirty-two letters or more"]
)
def test_any_long_state_key_will_do(key: str) -> None:
    """Those that `openssl rand -hex 32` makes and those in Fernet's form, too."""
    config = Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, "STATE_KEY": f"{key},{OLD}"})
    assert config.state_keys == (key, OLD)
    sealing.cipher_for(config.state_keys)


def test_a_plain_address_will_do_for_ones_own_server() -> None:
    own = {"TELEGRAM_API_URL": "http://127.0.0.1:1", "WEBHOOK_URL": "http://127.0.0.1:2"}
    config = Config.read({"TELEGRAM_BOT_TOKEN": TOKEN, **HOOK, **own})
    assert config.webhook == Webhook("http://127.0.0.1:2", "word", 8080)
    assert config.webhook.path == "/"


def test_without_a_token_it_says_so_and_exits_with_2() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot"],
        env={"PORT": "x", "WEBHOOK_URL": "https://x", "PYTHON_DOTENV_DISABLED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert len(ended.stderr.splitlines()) == 3
