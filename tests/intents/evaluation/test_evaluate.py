"""Evaluation: labelled messages, slips, figures, thresholds, the report."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from intents.content.faq import Faq, Thresholds
from intents.content.loader import load
from intents.content.thresholds import with_thresholds, write_thresholds
from intents.evaluation import report
from intents.evaluation import text as evaluation_text
from intents.evaluation.calibrate import Aims, calibrate
from intents.evaluation.crossvalidation import STRANGER, Scored, held_out
from intents.evaluation.evaluate import Evaluation, by_intent, confusions, evaluate, gaps, matrix
from intents.evaluation.figures import Share, counted
from intents.evaluation.judged import judge
from intents.evaluation.labelled import LabelFaults, Labelled, read_labelled
from intents.evaluation.slips import with_slips
from intents.understanding import Understanding
from tests.conftest import SHIPPED, SMALL, TODAY


@pytest.fixture(name="desk", scope="module")
def _desk() -> Understanding:
    """Return a small content as fitted: no signs, no check."""
    return Understanding(load(SMALL, TODAY))


@pytest.fixture(name="evaluation", scope="module")
def _evaluation(faq: Faq, understanding: Understanding) -> Evaluation:
    messages = (
        Labelled("how long does it last", ("duration",), ()),
        Labelled("what foods help <b>&", ("caffeine",), ()),
        Labelled("who won the football yesterday", (), ()),
        Labelled("crushing chest pain since my run", None, ("emergency",), emergency=True),
        Labelled("my grandad's toes go numb", None, (), hard=True),
    )
    return evaluate(faq, understanding, messages)


# Labelled messages


def labelled(tmp_path: Path, faq: Faq, *lines: str) -> tuple[Labelled, ...]:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return read_labelled([file], faq)


def test_labels_are_read(tmp_path: Path, faq: Faq) -> None:
    line = {"text": "a", "intents": ["normal", "duration"], "multi": True, "warnings": ["pain"]}
    hard = {"text": "b", "warnings": [], "why": "negated"}
    dire = {"text": "c", "warnings": ["emergency", "pain"], "level": "emergency"}
    crisis = {"text": "d", "level": "crisis"}
    lines = map(json.dumps, (line, hard, dire, crisis))
    read = labelled(tmp_path, faq, *lines, "")
    assert read == (
        Labelled("a", ("normal", "duration"), ("pain",), multi=True),
        Labelled("b", None, (), hard=True),
        Labelled(
            "c",
            None,
            ("emergency", "pain"),
            emergency=True,
            emergencies=frozenset({"emergency"}),
            danger=True,
            is_mild=False,
        ),
        Labelled("d", None, (), emergency=True, danger=True, is_mild=False),
    )


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "This line is not JSON"),
        ("[" * 100_000, "This line is not JSON"),
        ("[1]", "not a JSON object"),
        ('{"intents": []}', '"text"'),
        ('{"text": "a"}', 'no "intents", "warnings" or "level"'),
        ('{"text": "a", "intents": ["nonsense"]}', 'no topic "nonsense"'),
        ('{"text": "a", "warnings": ["nonsense"]}', 'no sign "nonsense"'),
        ('{"text": "a", "intents": "normal"}', "must be a list"),
        ('{"text": "a", "intents": [], "intent": []}', 'no field "intent"'),
        ('{"text": "a", "intents": ["normal"], "multi": true}', "fewer than two"),
        ('{"text": "a", "intents": [], "multi": 1}', "must be true or false"),
        ('{"text": "a", "intents": [], "kind": 1}', "must be a text"),
    ],
)
def test_each_bad_line_is_named(tmp_path: Path, faq: Faq, line: str, what: str) -> None:
    with pytest.raises(LabelFaults) as caught:
        labelled(tmp_path, faq, '{"text": "fine", "intents": []}', line, line)
    assert [fault.line for fault in caught.value.faults] == [2, 3]
    assert all(what in fault.what and fault.remedy for fault in caught.value.faults)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xff\xfe"])
def test_a_file_without_messages_is_named(tmp_path: Path, faq: Faq, content: bytes) -> None:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(content)
    with pytest.raises(LabelFaults) as caught:
        read_labelled([file, tmp_path / "missing.jsonl", tmp_path], faq)
    assert len(caught.value.faults) == 3


# Slips


@given(st.text(), st.integers(0, 3))
def test_slips_are_the_same_on_every_run(text: str, count: int) -> None:
    assert with_slips(text, count) == with_slips(text, count)


@given(st.text(st.sampled_from("abcdefghij zAB"), min_size=3), st.integers(1, 2))
def test_a_slip_changes_one_word_and_keeps_the_rest(text: str, count: int) -> None:
    before, after = text.split(" "), with_slips(text, count).split(" ")
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    long = [word for word in before if len(word) >= 3]
    assert len(changed) <= min(count, len(long))
    assert all(abs(len(old) - len(new)) <= count for old, new in changed)
    assert changed or not long or count == 2  # a second slip may undo the first


@pytest.mark.parametrize("text", ["", "a", "👍 12345", "مرحبا"])
def test_what_has_no_word_has_no_slip(text: str) -> None:
    assert with_slips(text, 2) == text


# Figures


def test_wilson_interval_is_the_published_one() -> None:
    """Wilson's interval for 81 of 263, as in Newcombe (1998), table I."""
    low, high = Share(81, 263).interval
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share(count: int, more: int) -> None:
    share = Share(count, count + more)
    low, high = share.interval
    assert 0 <= low <= share.value + 1e-9
    assert share.value <= high + 1e-9 <= 1 + 2e-9


def test_figures_count_what_they_say(evaluation: Evaluation) -> None:
    shares = {id: (s.count, s.of) for id, s in counted(evaluation.as_written).items()}
    assert shares["direct_right"] == (1, 2)
    assert shares["direct_wrong"][1] == 2
    assert shares["out_of_scope_answered"] == (0, 1)
    assert shares["emergency_named"] == shares["emergency_met"] == (1, 1)
    assert shares["false_alarms"][1] == 1
    assert "both_answered" not in shares  # nothing here asks two things


def test_messages_inside_the_check_count_for_their_signs_only(
    understanding: Understanding,
) -> None:
    faq = understanding.faq
    message = Labelled("how long does it last", ("duration",), (), kind="check")
    understood = understanding.understand(message.text)
    assert "direct_right" not in counted([judge(message, understood, faq)])
    assert "harmless_alarms" in counted([judge(message, understood, faq)])
    assert counted([judge(message, understood, faq, count_all=True)])["direct_right"].count == 1


def test_both_answers_to_two_questions_count(understanding: Understanding) -> None:
    text = "is it normal? how long does it last?"
    message = Labelled(text, ("normal", "duration"), (), multi=True)
    other = Labelled(text, ("normal", "foods"), (), multi=True)
    faq, understood = understanding.faq, understanding.understand(text)
    assert counted([judge(message, understood, faq)])["both_answered"] == Share(1, 1)
    assert counted([judge(other, understood, faq)])["both_answered"] == Share(0, 1)


def test_what_goes_wrong_is_listed(evaluation: Evaluation) -> None:
    rows = {row.id: row for row in by_intent(evaluation)}
    assert (rows["duration"].asked, rows["duration"].right) == (1, 1)
    assert rows["caffeine"].asked == 1
    assert rows["caffeine"].right == 0
    assert [(pair.wanted, pair.got) for pair in confusions(evaluation)] == [("caffeine", "foods")]
    assert "caffeine.txt" in [gap.file for gap in gaps(evaluation)]
    cells = matrix(evaluation)
    assert cells["duration", "duration"] == 1
    assert sum(cells.values()) == 3


def test_text_and_json_tell_the_same(evaluation: Evaluation) -> None:
    values = evaluation_text.values(evaluation)
    assert json.loads(json.dumps(values)) == values
    assert values["figures"]["direct_right"] == {
        "share": 0.5, "low": 0.0945, "high": 0.9055, "count": 1, "n": 2,
    }  # fmt: skip
    assert set(values["typos"]) == {"1", "2"}
    lines = "\n".join(evaluation_text.lines(evaluation, misses=True))
    assert "50.0 % (9-91) of 2" in lines
    assert "caffeine -> foods" in lines


# Thresholds


def test_held_out_examples_are_read_by_what_has_not_seen_them(desk: Understanding) -> None:
    scored = held_out(desk.faq)
    assert len(scored) == sum(len(intent.examples) for intent in desk.faq.intents)
    assert all(0 <= one.place < len(desk.faq.intents) for one in scored)


def test_calibration_answers_as_much_as_the_aims_allow() -> None:
    scored = [Scored(0.9, 0.8, 0)] * 90 + [Scored(0.5, 0.3, 0)] * 10
    scored += [Scored(0.4, 0.3, 1)] * 20 + [Scored(0.45, 0.4, STRANGER)] * 10
    scored += [Scored(0.02, 0.01, STRANGER)] * 90
    found = calibrate(Thresholds(), scored, Aims(harder=1))
    chosen = found.thresholds
    assert 0.45 < chosen.match <= 0.5
    assert 0.02 < chosen.offer <= 0.4
    assert all(figure.is_reached for figure in found.reached)


def test_calibration_prefers_to_be_sure_where_the_aims_are_out_of_reach() -> None:
    scored = [Scored(0.9, 0.8, 1)] * 50 + [Scored(0.5, 0.3, 0)] * 50
    found = calibrate(Thresholds(), scored, Aims(harder=1))
    assert not all(figure.is_reached for figure in found.reached)


def test_signs_keep_their_thresholds() -> None:
    before = Thresholds(sure=0.33, suspicion=0.07)
    after = calibrate(before, [Scored(0.9, 0.8, 0), Scored(0.1, 0.1, STRANGER)], Aims()).thresholds
    assert (after.sure, after.suspicion) == (0.33, 0.07)


def test_only_the_numbers_change(tmp_path: Path) -> None:
    text = "\ufeff# A\r\nname: Desk # ü\r\nthresholds:   # b\r\n  match:  0.5 # c\r\n\r\nx: 1\r\n"
    file = tmp_path / "faq.yaml"
    file.write_bytes(text.encode())
    write_thresholds(file, {"match": 0.61})
    assert file.read_bytes().decode() == text.replace("0.5 #", "0.61 #")
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("name: Desk", "name: Desk\n\nthresholds:\n  match: 0.61\n  offer: 0.20\n"),
        ("thresholds: {match: 1}", "thresholds: {match: 0.61, offer: 0.20}"),
        (
            "thresholds:\n  match: 1 # so\nx: 1\n",
            "thresholds:\n  match: 0.61 # so\n  offer: 0.20\nx: 1\n",
        ),
        ('thresholds: {"offer": 0.5, match: .5}', 'thresholds: {"offer": 0.20, match: 0.61}'),
    ],
)
def test_missing_thresholds_are_added(text: str, after: str) -> None:
    assert with_thresholds(text, {"match": 0.61, "offer": 0.2}) == after


def test_shipped_content_takes_its_thresholds_back() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    before = yaml.safe_load(text)
    changed = with_thresholds(text, dict.fromkeys(before["thresholds"], 0.31))
    after = yaml.safe_load(changed)
    assert set(after.pop("thresholds").values()) == {0.31}
    assert with_thresholds(changed, before.pop("thresholds")) == text
    assert after == before


# The report


class Page(HTMLParser):
    """Counts tags, and notes which never close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attrs:
            assert name not in ("src", "href", "onclick"), value
        if tag not in ("meta", "br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_report_is_one_sound_page_that_needs_no_other(evaluation: Evaluation) -> None:
    html = report.page(evaluation)
    page = Page()
    page.feed(html)
    assert page.open == []
    assert {"svg", "table", "details"} <= page.seen
    assert not {"script", "link", "img"} & page.seen
    assert "url(" not in html
    assert "prefers-color-scheme: dark" in html


def test_report_escapes_what_people_wrote(evaluation: Evaluation) -> None:
    html = report.page(evaluation)
    assert "what foods help &lt;b&gt;&amp;" in html
    assert "help <b>" not in html


def test_report_on_a_content_without_signs(desk: Understanding) -> None:
    messages = (Labelled("when do you open", ("hours",), ()),)
    html = report.page(evaluate(desk.faq, desk, messages))
    assert "Answered right, at once" in html
    assert "Warning signs</h3>" not in html


def test_a_word_worn_down_by_slips_is_left_alone() -> None:
    assert len(with_slips("1iVn00\U000eaa58@1AË", 3)) > 3
