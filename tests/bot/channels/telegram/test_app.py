"""The Telegram shell from end to end: over real HTTP, against a strict Bot API."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram import app, polling
from bot.config import Config
from bot.delivery import flood
from bot.store import Move, open_store
from tests.bot.channels.telegram.shell import Broken, Settings, running
from tests.conftest import NOW
from tests.fakes import tiny_bot
from tests.fakes.fake_bot_api import TOKEN, Failure, FakeBotApi


async def test_start_is_answered_and_the_menu_set(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("/start@the_bot x")
        await api.until(lambda: api.texts() and api.made("setMyShortDescription"))
    assert api.texts() == ["Hello, start."]
    menu = api.made("setMyCommands")[0].values["commands"]
    assert [c["command"] for c in menu] == [name for name, _ in app.COMMANDS]
    assert api.made("deleteWebhook")
    assert not api.violations


async def test_what_was_answered_is_confirmed(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("hello <b> & *you*")
        await api.until(lambda: api.texts())
    assert api.texts() == ["You said hello <b> & you"]
    assert api.queue == []


async def test_a_button_shows_its_choice_and_goes(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
        question = api.last()
        await api.tap(question, "Yes")
        await api.until(lambda: len(api.texts()) == 2)
    assert api.texts() == ["Is it so & so?\n\n→ Yes", "Good."]
    assert question.buttons == []
    assert not api.taps
    assert not api.violations


async def test_two_taps_at_once_are_both_answered(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
        question = api.last()
        first, second = api.query(question, "tick"), api.query(question, "tick")
        await asyncio.gather(api.push(callback_query=first), api.push(callback_query=second))
        await api.until(lambda: not api.taps)
        await api.until(lambda: question.buttons == [("✓ Tick", "tick")])
    toasts = [c.values.get("text") for c in api.made("answerCallbackQuery")]
    assert toasts == ["Ticked", "Ticked"]


async def test_a_long_answer_comes_in_parts(api: FakeBotApi, settings: Settings) -> None:
    async with running(settings):
        await api.write("long 800")
        await api.until(lambda: len(api.texts()) == 3)
    messages = list(api.messages.values())
    assert " ".join(m.text for m in messages) == ("Many words. " * 800).strip()
    assert [bool(m.buttons) for m in messages] == [False, False, True]
    assert not api.violations


@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(Failure("sendMessage", 429, retry_after=1), id="429"),
        pytest.param(Failure("sendMessage", 502, times=2), id="502"),
        pytest.param(Failure("sendMessage", 0), id="reset"),
        pytest.param(Failure("getUpdates", 409), id="conflict"),
        pytest.param(Failure("getUpdates", 502), id="polling-502"),
        pytest.param(Failure("deleteWebhook", 500), id="start"),
    ],
)
async def test_failures_only_delay(api: FakeBotApi, settings: Settings, failure: Failure) -> None:
    api.failures.append(failure)
    async with running(settings):
        await api.write("hello")
        await api.until(lambda: api.texts())
    assert api.texts() == ["You said hello"]
    assert api.queue == []


async def test_a_refused_message_goes_out_plainly(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    api.failures.append(Failure("sendMessage", 400, 'can\'t parse "my secret"'))
    async with running(settings):
        await api.write("ask")
        await api.until(lambda: api.texts())
    assert api.texts() == ["Is it so & so?"]
    assert "sendMessage: Telegram refused it" in log.text
    assert "my secret" not in log.text


async def test_one_waiting_chat_holds_nobody_up(api: FakeBotApi, settings: Settings) -> None:
    """More than a batch of updates gets past it, and its answer survives a restart."""
    api.failures.append(Failure("sendMessage", 429, retry_after=3600, chat=1))
    async with running(settings):
        await api.write("first", chat=1)
        for chat in range(2, 252):
            await api.write("hello", chat=chat)
        await api.until(lambda: len(api.made("sendMessage")) == 250)
        await api.until(lambda: not api.queue)
    assert api.texts(1) == []
    async with running(settings):
        await api.until(lambda: api.texts(1))
    assert api.texts(1) == ["You said first"]


async def test_what_an_older_version_put_aside_is_sent_once(
    api: FakeBotApi, settings: Settings
) -> None:
    """It named chats by their numbers alone, and parked calls."""
    store = await open_store(settings["DATABASE_URL"])
    assert await store.commit("7", Move(5, 0, b"", b'0 [["say","N",[],false]]', NOW))
    call = {"html": "<b>Né</b> &lt;1&gt;", "plain": "Né <1>", "keyboard": [], "urgent": False}
    parked = json.dumps({"chat": 7, "update": 5, "calls": [["SendText", call]]})
    await store.park("7", 5, parked.encode())
    await store.close()
    for _ in range(2):
        async with running(settings):
            await api.until(lambda: api.texts() and api.made("setMyShortDescription"))
            await api.push(update_id=5, message=api.message(7, text="hello"))
            await api.until(lambda: not api.queue)
        api.calls.clear()
    assert api.texts() == ["Né <1>"]


async def test_an_emergency_goes_ahead_of_what_waits(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=1))
    async with running(settings):
        for text in ("one", "two", "chest pain"):
            await api.write(text)
        await api.until(lambda: len(api.texts()) == 3)
    assert api.texts() == ["Call for help <now>.", "You said one", "You said two"]


async def test_a_flood_gets_one_word_then_only_emergency_answers(
    api: FakeBotApi, settings: Settings
) -> None:
    """Others are answered meanwhile, and the bot neither writes nor waits for each message."""
    said = [f"You said {n}" for n in range(flood.MOST)]
    async with running(settings):
        for n in range(250):
            await api.write(str(n), chat=1)
            if n % 50 == 0:
                await api.write("hello", chat=1000 + n)
        await api.write("chest pain", chat=1)
        for _ in range(20):
            await api.write("still here", chat=1)
        await api.write("hello", chat=2)
        await api.until(lambda: api.texts(2) and not api.queue)
    texts = api.texts(1)
    help_at = texts.index("Call for help <now>.")
    assert texts[:help_at] + texts[help_at + 1 :] == [*said, "Slowly, please."]
    for chat in (2, *range(1000, 1250, 50)):
        assert api.texts(chat) == ["You said hello"]


async def test_one_flood_slows_down_nobody_else(api: FakeBotApi, settings: Settings) -> None:
    """Its answers wait for Telegram; those of others do not, nor does its emergency answer."""
    async with running(settings):
        await api.write("first", chat=1)
        await api.until(lambda: api.texts(1) and not api.queue)
        api.failures.append(Failure("sendMessage", -1, chat=1))
        for n in range(80):
            await api.write(str(n), chat=1)
        for chat in range(2, 152):
            await api.write("hello", chat=chat)
        await api.write("chest pain", chat=1)
        await api.until(lambda: len(api.texts(1)) == 2, 8)
        await api.until(lambda: all(api.texts(chat) for chat in range(2, 152)), 8)
        assert api.texts(1) == ["You said first", "Call for help <now>."]


async def test_being_blocked_ends_it(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 403, "bot was blocked by the user"))
    async with running(settings):
        await api.write("one")
        await api.until(lambda: not api.queue)
        await api.write("two", chat=8)
        await api.until(lambda: api.texts(8))
        await api.until(lambda: not api.queue)
    assert api.texts() == []


async def test_in_a_group_it_asks_for_a_private_chat(api: FakeBotApi, settings: Settings) -> None:
    group = {"id": -5, "type": "group", "title": "Runners"}
    async with running(settings):
        for text in ("/check@other_bot", "my calf twitches", "/check"):
            await api.push(message={**api.message(-5, text=text), "chat": group})
        await api.until(lambda: api.texts(-5))
        await api.until(lambda: not api.queue)
    assert api.texts(-5) == ["Write to me in private."]


async def test_without_its_store_it_answers_emergencies(
    api: FakeBotApi, settings: Settings
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        await api.write("one")
        await api.write("chest pain")
        await api.until(lambda: api.texts())
        assert api.texts() == ["Call for help <now>."]
        assert len(api.queue) == 2
        store.mended = True
        await api.until(lambda: not api.queue)
    assert api.texts() == ["Call for help <now>.", "You said one"]


async def test_while_its_store_is_away_it_says_so_once(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        for chat in range(20):
            await api.write("hello", chat=chat)
        await api.write("chest pain")
        await api.until(lambda: api.texts())
        store.mended = True
        await api.until(lambda: not api.queue)
    assert log.text.count("Until then only emergency answers are given") == 1
    assert log.text.count("the database is back") == 1


async def test_while_its_store_is_away_a_crowd_hides_no_emergency_and_nobody_is_dropped(
    api: FakeBotApi, settings: Settings
) -> None:
    """Telegram shows a hundred unconfirmed updates: those ahead are held in memory."""
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        for chat in range(100, 350):
            await api.write("hello", chat=chat)
        await api.write("chest pain")
        await api.until(lambda: api.texts(), 3)
        assert not any(api.texts(chat) for chat in range(100, 350))
        store.mended = True
        await api.until(lambda: all(api.texts(chat) for chat in range(100, 350)), 20)
        await api.until(lambda: not api.queue)
    assert api.texts() == ["Call for help <now>."]
    assert {tuple(api.texts(chat)) for chat in range(100, 350)} == {("You said hello",)}


async def test_who_is_held_is_answered_after_a_kill(api: FakeBotApi, settings: Settings) -> None:
    folder = Path(settings["DATABASE_URL"].removeprefix("sqlite:///")).parent
    store = Broken(await open_store("memory:"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(polling.Polling, "_finish", lambda self: asyncio.sleep(0))
        async with running(settings, store):
            for chat in range(100, 200):
                await api.write("hello", chat=chat)
            await api.until(lambda: not api.queue)
    assert list(folder.glob("held-*"))
    async with running(settings):
        await api.until(lambda: all(api.texts(chat) for chat in range(100, 200)))
    assert {tuple(api.texts(chat)) for chat in range(100, 200)} == {("You said hello",)}
    assert not list(folder.glob("held-*"))


async def test_whose_answer_is_under_way_hides_no_emergency_either(
    api: FakeBotApi, settings: Settings
) -> None:
    """Its turn is kept, but Telegram takes no answer, and none can be put aside."""
    store = Broken(await open_store("memory:"))
    store.mended = True
    api.failures.append(Failure("sendMessage", 502, chat=1, times=1_000_000))
    async with running(settings, store):
        await api.write("hello", chat=1)
        await api.until(lambda: [c for c in api.calls if c.method == "sendMessage"])
        store.mended = False
        for chat in range(100, 220):
            await api.write("hello", chat=chat)
        await api.write("chest pain")
        await api.until(lambda: api.texts(), 5)
        api.failures.clear()
        store.mended = True
        await api.until(lambda: api.texts(1) and not api.queue, 20)
    assert api.texts(1) == ["You said hello"]


async def test_who_is_held_in_memory_is_told_so_when_the_bot_ends(
    api: FakeBotApi, settings: Settings
) -> None:
    store = Broken(await open_store("memory:"))
    async with running(settings, store):
        for chat in range(100, 200):
            await api.write("hello", chat=chat)
        await api.until(lambda: not api.queue)
    told = sum(api.texts(chat) == ["Something went wrong."] for chat in range(100, 200))
    assert (told, len(api.queue)) == (100, 0)


async def test_no_token_and_no_text_reach_the_log(
    api: FakeBotApi, settings: Settings, log: pytest.LogCaptureFixture
) -> None:
    for failure in (Failure("sendMessage", 502), Failure("sendMessage", 0)):
        api.failures.append(failure)
    async with running(settings):
        await api.write("my secret")
        await api.until(lambda: api.texts())
        await api.push(message={"no": "message", "text": "my secret"})
        await api.write("after that")
        await api.until(lambda: len(api.texts()) == 2 and not api.queue)
    assert log.records
    assert "my secret" not in log.text
    assert TOKEN not in log.text
    assert TOKEN.split(":")[1] not in log.text


@asynccontextmanager
async def process(settings: Settings) -> AsyncIterator[asyncio.subprocess.Process]:
    child = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.fakes.tiny_bot",
        env={**os.environ, **settings},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
        await child.communicate()


async def test_sigterm_finishes_what_is_in_flight(api: FakeBotApi, settings: Settings) -> None:
    api.failures.append(Failure("sendMessage", 429, retry_after=1))
    async with process(settings) as child:
        await api.write("hello")
        await api.until(lambda: any(c.method == "sendMessage" for c in api.calls))
        child.send_signal(signal.SIGTERM)
        output, _ = await asyncio.wait_for(child.communicate(), 10)
    assert child.returncode == 0
    assert b"Traceback" not in output
    assert b"hello" not in output
    assert TOKEN.encode() not in output
    assert api.texts() == ["You said hello"]
    assert api.queue == []


async def test_sigterm_with_the_answer_just_out_ends_at_once(
    api: FakeBotApi, settings: Settings
) -> None:
    async with process(settings) as child:
        await api.write("hello")
        await api.until(lambda: api.texts())
        child.send_signal(signal.SIGTERM)
        await asyncio.wait_for(child.communicate(), 10)
    assert child.returncode == 0


async def test_killed_in_the_middle_it_answers_the_rest(
    api: FakeBotApi, settings: Settings
) -> None:
    api.failures.append(Failure("sendMessage", -1, chat=1, after_doing_it=True))
    async with process(settings) as child:
        await api.write("one", chat=1)
        await api.until(lambda: api.texts(1))  # sent, but the bot does not know
        child.kill()
        await child.communicate()
    await api.write("two", chat=2)
    async with process(settings):
        await api.until(lambda: api.texts(2) and not api.queue)
    assert api.texts(1) in (["You said one"], ["You said one"] * 2)
    assert api.texts(2) == ["You said two"]


async def test_it_stops_while_telegram_does_not_answer(
    api: FakeBotApi, settings: Settings
) -> None:
    api.failures.append(Failure("deleteWebhook", -1))
    async with running(settings):
        await api.until(lambda: not api.failures)


async def test_an_unknown_token_is_one_clear_error(api: FakeBotApi, settings: Settings) -> None:
    with pytest.raises(app.TokenRefused):
        await tiny_bot.run(
            Config.read({**settings, "TELEGRAM_BOT_TOKEN": "1:wrong"}), asyncio.Event()
        )
