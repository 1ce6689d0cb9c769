"""The loader: what a content says, and every fault in it with file, line, what and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from intents.content.faq import (
    CheckFirst,
    FaqError,
    Intent,
    LevelWay,
    Source,
    Thresholds,
    WarningSign,
)
from intents.content.loader import load, load_text
from intents.languages.loading import load_language
from intents.yaml_files.faults import Fault
from tests.conftest import SMALL, TODAY
from tests.intents.content.refused import LEVEL, SIGN, TOPIC, faults, one_fault, small

SENTENCES = dict(load_language("en").sentences)


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """Return a folder with example files that fit `in_folder`."""
    files = {
        "hours.txt": "# when we are open\nwhen do you open\n\n  opening times pls\n",
        "out_of_scope.txt": "who won the match\n",
        "concepts.yaml": "# words for one idea\nopen: [open, unlocked]\n",
        "signs/pain.txt": "it hurts\n",
        "signs/not_affirmed.txt": "no pain at all\n",
    }
    for name, text in files.items():
        path = tmp_path / "say" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def in_folder(*lines: str) -> str:
    return "\n".join(
        [
            "name: Desk",
            "examples: say",
            f"levels: [{LEVEL[2:]}]",
            "signs: [{id: pain, title: pain, level: soon}]",
            "intents:",
            "  - {id: hours, title: Hours, answer: Nine to six.}",
            *lines,
        ]
    )


class TestWhatIsRead:
    def test_small_content_on_another_topic(self) -> None:
        faq = load(SMALL, TODAY)
        assert faq.name == "Library desk"
        assert faq.intents == (
            Intent(
                id="hours",
                title="Opening hours",
                question="When is the library open?",
                answer="We are open from Tuesday to Saturday, nine to six.",
                examples=("when do you open", "are you open on Sundays?"),
                sources=("board",),
                follow_ups=("renewing",),
            ),
            Intent(
                id="renewing",
                title="Renewing a loan",
                question="",
                answer="Write your card number to the desk before the date on the slip.",
                examples=("how do I renew my books", "can I keep it longer"),
            ),
        )
        assert faq.sources == (
            Source("board", "Town library", "Notice board", None, None, date(2027, 6, 30)),
        )
        assert faq.words == SENTENCES
        assert faq.thresholds == Thresholds()
        assert (faq.check, faq.signs, faq.reviewed_by, faq.warnings) == (None, (), None, ())

    def test_level_with_ways_on(self) -> None:
        way = "{label: I've done it, signs: [pain], says: Call., words: [done]}"
        ways = f"crisis: true, emergency: true, again: Stay., ways: [{way}]"
        faq = load_text(small("levels:", LEVEL.replace("}", f", {ways}}}"), "signs:", SIGN))
        (level,) = faq.levels
        assert (level.crisis, level.emergency, level.advice, level.again) == (
            True,
            True,
            False,
            "Stay.",
        )
        assert level.ways == (LevelWay("I've done it", ("pain",), "Call.", ("done",)),)

    def test_sign(self) -> None:
        more = "you: it hurts, ask: Does it hurt?, first_aid: Sit down., in_words_only: true}"
        faq = load_text(small("levels:", LEVEL, "signs:", SIGN.replace("}", f", {more}")))
        assert faq.signs == (
            WarningSign(
                "pain",
                "pain",
                "soon",
                ("it hurts",),
                you="it hurts",
                ask="Does it hurt?",
                first_aid="Sit down.",
                in_words_only=True,
            ),
        )

    def test_topic_that_is_part_of_another_and_one_that_ends(self) -> None:
        text = small("- {id: sundays, title: Sundays, answer: No., part_of: [hours], ends: true,")
        text = text.replace(f"intents: [{TOPIC[2:]}]", f"intents:\n{TOPIC}")
        faq = load_text(f"{text} examples: [open on sundays]}}")
        assert [(i.part_of, i.ends) for i in faq.intents] == [((), False), (("hours",), True)]

    def test_example_files(self, folder: Path) -> None:
        faq = load_text(in_folder(), "faq.yaml", folder)
        assert faq.intents[0].examples == ("when do you open", "opening times pls")
        assert faq.signs[0].phrases == ("it hurts",)
        assert faq.out_of_scope == ("who won the match",)
        assert faq.not_affirmed == ("no pain at all",)
        assert [(c.id, c.words) for c in faq.concepts] == [("open", ("open", "unlocked"))]

    def test_own_words_stand_before_the_defaults(self) -> None:
        words = load_text(small("words: {stop: Enough}")).words
        assert words == {**SENTENCES, "stop": "Enough"}

    def test_thresholds(self) -> None:
        read = load_text(small("thresholds: {match: 0.7}")).thresholds
        assert read == Thresholds(match=0.7)

    def test_an_example_said_twice_counts_once(self) -> None:
        text = small().replace("[when do you open]", '["When do you open?", "when do you open ?"]')
        assert load_text(text).intents[0].examples == ("When do you open?",)

    def test_when_the_check_comes(self) -> None:
        text = small().replace("title: Hours", "title: Hours, check: offer")
        assert load_text(text).intents[0].check is CheckFirst.OFFER

    def test_file_with_a_byte_order_mark_and_windows_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "faq.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + small().replace("\n", "\r\n").encode())
        assert load(path, None).name == "Desk"


@pytest.mark.parametrize(
    ("text", "line", "what", "remedy"),
    [
        pytest.param(
            small("hours: 9"),
            3,
            '"hours" is not known here.',
            "Remove it, or look for the right name in the README.",
            id="unknown name",
        ),
        pytest.param(
            small("sorces: []"),
            3,
            '"sorces" is not known here.',
            'Did you mean "sources"?',
            id="misspelt name",
        ),
        pytest.param(
            small("name: Other"),
            3,
            '"name" stands here twice.',
            "Keep one of them.",
            id="doubled name",
        ),
        pytest.param(
            f"name: Desk\nintents:\n{TOPIC}\n{TOPIC.replace('when', 'at what time')}",
            4,
            'The topic "hours" stands here twice; the first is on line 3.',
            "Give this one another id, or remove it.",
            id="doubled id",
        ),
        pytest.param(
            f"name: Desk\nintents:\n{TOPIC}\n{TOPIC.replace('hours', 'times')}",
            4,
            '"when do you open" also stands under "hours" (faq.yaml:3).',
            "Keep it where it fits best, and word the other one differently.",
            id="example under two topics",
        ),
        pytest.param(
            small().replace("title: Hours", "title: Hours, follow_ups: [hors]"),
            2,
            '"follow_ups" names the topic "hors", which does not exist.',
            'Did you mean "hours"?',
            id="follow-up that does not exist",
        ),
        pytest.param(
            small().replace("title: Hours", "title: Hours, sources: [nhs]"),
            2,
            '"sources" names the source "nhs", which does not exist.',
            'Add it, or remove it from "sources".',
            id="source that does not exist",
        ),
        pytest.param(
            small().replace("title: Hours", "title: Hours, group: basics"),
            2,
            '"group" names the group "basics", which does not exist.',
            'Add it, or remove it from "group".',
            id="group that does not exist",
        ),
        pytest.param(
            small("signs:", SIGN),
            4,
            '"level" names the level "soon", which does not exist.',
            'Add it, or remove it from "level".',
            id="level that does not exist",
        ),
        pytest.param(
            small(
                "levels:", LEVEL, "signs:", SIGN.replace("it hurts]", "it hurts], implies: [x]")
            ),
            6,
            '"implies" names the sign "x", which does not exist.',
            'Add it, or remove it from "implies".',
            id="sign that does not exist",
        ),
        pytest.param(
            small().replace("Nine to six.", "x" * 903),
            2,
            '"answer" must be at most 900 characters.',
            "Shorten it by 3.",
            id="answer over the limit",
        ),
        pytest.param(
            small().replace("title: Hours", f"title: {'x' * 41}"),
            2,
            '"title" must be at most 40 characters.',
            "Shorten it by 1.",
            id="title over the limit",
        ),
        pytest.param(
            small("levels:", "- {id: soon, title: Soon}"),
            4,
            '"text" is missing.',
            'Add a line "text: …" to this block.',
            id="level without text",
        ),
        pytest.param(
            small().replace("Nine to six.", '" "'),
            2,
            '"answer" must be a text, and it is empty.',
            'Write one behind "answer:".',
            id="empty answer",
        ),
        pytest.param(
            "name: Desk",
            1,
            'There are no "intents".',
            "Add at least one topic under it.",
            id="no topics",
        ),
        pytest.param(
            "name: Desk\nintents: hours",
            2,
            '"intents" must be a list.',
            'Write each item under "intents:" on a line that starts with "- ".',
            id="not a list",
        ),
        pytest.param(
            "name: Desk\nintents:\n- hours\n" + TOPIC,
            3,
            '"intents" has an item that is not a block.',
            'Start each with "- " and a name, such as "- id: …".',
            id="not a block",
        ),
        pytest.param(
            small().replace("when do you open", "when, open: now"),
            2,
            '"examples" has an item that is not a text.',
            'Put a text with ": " in it into quotes.',
            id="example with a colon",
        ),
        pytest.param(
            small().replace(", examples: [when do you open]", ""),
            2,
            'The topic "hours" has no examples.',
            'Add "examples:" with messages people would write.',
            id="topic without examples",
        ),
        pytest.param(
            small("levels:", LEVEL, "signs:", SIGN.replace(", phrases: [it hurts]", "")),
            6,
            'The sign "pain" has no phrases.',
            'Add "phrases:" with the words people use for it.',
            id="sign without phrases",
        ),
        pytest.param(
            small().replace("id: hours", "id: Opening Hours"),
            2,
            '"id" must be an id, and "Opening Hours" is none.',
            "Use at most 32 small letters, digits and underscores, a letter first.",
            id="id with spaces",
        ),
        pytest.param(
            small().replace("title: Hours", "title: Hours, check: maybe"),
            2,
            '"check" must be one of first, offer, none.',
            'Write one of them behind "check:".',
            id="unknown choice",
        ),
        pytest.param(
            small("thresholds: {match: 80}"),
            3,
            '"match" must be a number from 0 to 1.',
            "Write it with digits and a point, such as 0.5.",
            id="threshold out of range",
        ),
        pytest.param(
            small("sources: [{id: a, publisher: b, title: c, checked: 3 May}]"),
            3,
            '"checked" must be a date.',
            "Write it as year-month-day, such as 2027-01-31.",
            id="not a date",
        ),
        pytest.param(
            small("sources: [{id: a, publisher: b, title: c, link: nhs.uk}]"),
            3,
            '"link" must be a web address.',
            "Start it with https://, or remove it.",
            id="not a link",
        ),
        pytest.param(
            small("levels:", LEVEL.replace("}", ", emergency: perhaps}")),
            4,
            '"emergency" must be true or false.',
            "Write true or false.",
            id="neither true nor false",
        ),
        pytest.param(
            small().replace("Nine to six.", "'{nmae} is open'"),
            2,
            '"answer" holds "{nmae}", which the program cannot fill in.',
            "Use one of {check_button}, {emergency_number}, {name}, or remove it.",
            id="unknown word to fill in",
        ),
        pytest.param(
            small("words: {short_description: " + "x" * 121 + "}"),
            3,
            '"short_description" must be at most 120 characters.',
            "Shorten it by 1.",
            id="description over the limit",
        ),
        pytest.param(
            small("words: {stpo: Enough}"),
            3,
            '"stpo" is not known here.',
            'Did you mean "stop"?',
            id="misspelt sentence",
        ),
        pytest.param(
            small("levels:", LEVEL, "signs:", SIGN, "combinations:")
            + "\n- {signs: [pain, pain], level: soon, because: both}",
            8,
            "A combination needs two signs or more, or a sign and a risk.",
            'Write them as "signs: [one, two]".',
            id="combination of one sign",
        ),
        pytest.param(
            small("examples: say"),
            3,
            'The examples folder "say" does not exist.',
            'Mend the path behind "examples:"; it starts from this file\'s folder.',
            id="no examples folder",
        ),
        pytest.param(
            small().replace("title: Hours", "title: Hours, part_of: [openings]"),
            2,
            '"part_of" names the topic "openings", which does not exist.',
            'Add it, or remove it from "part_of".',
            id="wider topic that does not exist",
        ),
        pytest.param(
            small("levels:", LEVEL.replace("}", ", ways: [{label: Done, signs: [x]}]}")),
            4,
            '"signs" names the sign "x", which does not exist.',
            'Add it, or remove it from "signs".',
            id="sign of a way on that does not exist",
        ),
        pytest.param(
            small("levels:", LEVEL.replace("}", ", ways: [{says: Good.}]}")),
            4,
            '"label" is missing.',
            'Add a line "label: …" to this block.',
            id="way on without a label",
        ),
    ],
)
def test_one_fault(text: str, line: int, what: str, remedy: str) -> None:
    assert one_fault(text) == Fault("faq.yaml", line, what, remedy)


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        pytest.param("name: a: b", 1, "colon", id="colon in a text"),
        pytest.param("name: x\nintents: 'a\nb: c\n", 2, "quotes is not closed", id="open quote"),
        pytest.param("name: x\n\t- a: b", 2, "tab", id="tab"),
        pytest.param("name: @desk", 1, "sign that means something else", id="sign at the start"),
        pytest.param("name: {x\n", 1, "{ is not closed", id="open brace"),
        pytest.param("name: [x\n", 1, "[ is not closed", id="open bracket"),
        pytest.param("name: *Hi* you", 1, "starts with *", id="star at the start"),
        pytest.param("name: - x", 1, "starts with -", id="dash at the start"),
        pytest.param("name: |x\n y", 1, "Behind | or >", id="text behind a bar"),
        pytest.param("name: x\nintents:\n  - a: b\n   c: d", 4, "does not fit", id="column"),
        pytest.param("name: x\nintents\n  - id: a", 3, "without a colon", id="missing colon"),
        pytest.param("name: x\n---\nname: y", 2, "second document", id="second document"),
        pytest.param("name: x\nintents: \x07", 2, "cannot be shown", id="odd character"),
        pytest.param("name: x\nintents: " + "[" * 99, 2, "inside each other", id="deep nesting"),
        pytest.param("", 1, "holds no names", id="empty file"),
        pytest.param("name:Desk", 1, "holds no names", id="no space behind the colon"),
    ],
)
def test_what_is_not_yaml_is_told_in_plain_words(text: str, line: int, part: str) -> None:
    fault = one_fault(text)
    assert fault.line == line
    assert part in fault.what
    assert fault.remedy


def test_all_faults_at_once_in_order_of_place() -> None:
    text = "\n".join(
        [
            "nmae: Desk",
            "intents:",
            "- {id: Hours, title: Hours, answer: Nine to six., examples: [when do you open]}",
            "- {id: loans, answer: Two weeks., sources: [board], examples: [when do you open]}",
            "thresholds: {match: high}",
        ]
    )
    assert [(fault.line, fault.what) for fault in faults(text)] == [
        (1, '"name" is missing.'),
        (1, '"nmae" is not known here.'),
        (3, '"id" must be an id, and "Hours" is none.'),
        (4, '"sources" names the source "board", which does not exist.'),
        (4, '"title" is missing.'),
        (4, '"when do you open" also stands under "Hours" (faq.yaml:3).'),
        (5, '"match" must be a number from 0 to 1.'),
    ]


def test_a_fault_reads_as_one_line() -> None:
    assert str(one_fault("name: Desk")) == (
        'faq.yaml:1: There are no "intents". Add at least one topic under it.'
    )


class TestExampleFiles:
    def test_file_without_a_topic(self, folder: Path) -> None:
        stranger = folder / "say" / "houres.txt"
        stranger.write_text("x\n", encoding="utf-8")
        assert one_fault(in_folder(), folder) == Fault(
            str(stranger),
            1,
            'There is no topic "houres" in faq.yaml.',
            "Add that topic, or rename or remove this file.",
        )

    def test_file_without_a_sign(self, folder: Path) -> None:
        (folder / "say" / "signs" / "ache.txt").write_text("x\n", encoding="utf-8")
        assert one_fault(in_folder(), folder).what == 'There is no sign "ache" in faq.yaml.'

    def test_topic_without_a_file(self, folder: Path) -> None:
        path = folder / "say" / "loans.txt"
        text = in_folder("  - {id: loans, title: Loans, answer: Two weeks.}")
        assert one_fault(text, folder) == Fault(
            "faq.yaml",
            7,
            'The topic "loans" has no examples.',
            f'Add "examples:" with messages people would write, or make the file {path}.',
        )

    def test_example_in_two_files(self, folder: Path) -> None:
        say = folder / "say"
        (say / "loans.txt").write_text("how long\nWhen do you open?!\n", encoding="utf-8")
        (say / "hours.txt").write_text("when do you open ?!\n", encoding="utf-8")
        text = in_folder("  - {id: loans, title: Loans, answer: Two weeks.}")
        assert one_fault(text, folder) == Fault(
            str(say / "loans.txt"),
            2,
            f'"When do you open?!" also stands under "hours" ({say / "hours.txt"}:1).',
            "Keep it where it fits best, and word the other one differently.",
        )

    def test_file_that_is_not_utf_8(self, folder: Path) -> None:
        path = folder / "say" / "out_of_scope.txt"
        path.write_bytes("späße\n".encode("latin-1"))
        assert one_fault(in_folder(), folder) == Fault(
            str(path), 1, "This file is not text in UTF-8.", "Save it again as UTF-8."
        )

    def test_folder_in_place_of_a_file(self, folder: Path) -> None:
        (folder / "say" / "out_of_scope.txt").unlink()
        (folder / "say" / "out_of_scope.txt").mkdir()
        assert one_fault(in_folder(), folder).what.startswith("This file cannot be read: ")

    def test_fault_in_the_concepts(self, folder: Path) -> None:
        path = folder / "say" / "concepts.yaml"
        path.write_text("open: [open]\nclosed: shut\n", encoding="utf-8")
        fault = one_fault(in_folder(), folder)
        assert (fault.file, fault.line, fault.what) == (str(path), 2, '"closed" must be a list.')

    @pytest.mark.parametrize("id", ["out_of_scope", "not_affirmed"])
    def test_id_that_is_the_name_of_another_file(self, folder: Path, id: str) -> None:
        text = in_folder(f"  - {{id: {id}, title: X, answer: Y., examples: [z]}}")
        fault = one_fault(text, folder)
        assert (fault.line, fault.remedy) == (7, "Choose another id.")

    def test_line_numbers_are_those_of_an_editor(self, folder: Path) -> None:
        """A form feed or a Unicode line separator starts no new line there."""
        path = folder / "say" / "hours.txt"
        path.write_text("a\x0cb\u2028c\nd\n", encoding="utf-8")
        faq = load_text(in_folder(), "faq.yaml", folder)
        assert faq.intents[0].examples == ("a\x0cb\u2028c", "d")


class TestWarnings:
    @pytest.mark.parametrize(
        ("today", "passed"),
        [
            pytest.param(date(2027, 6, 30), False, id="on the day"),
            pytest.param(date(2027, 7, 1), True, id="the day after"),
            pytest.param(None, False, id="no day given"),
        ],
    )
    def test_review_date(self, today: date | None, passed: bool) -> None:
        expected = Fault(
            str(SMALL),
            5,
            'The source "board" was to be read again by 2027-06-30.',
            "Read it, mend what changed, and set new dates.",
        )
        assert load(SMALL, today).warnings == ((expected,) if passed else ())

    def test_message_both_out_of_scope_and_an_example(self, folder: Path) -> None:
        path = folder / "say" / "out_of_scope.txt"
        path.write_text("who won\nWhen do you open\n", encoding="utf-8")
        faq = load_text(in_folder(), "faq.yaml", folder)
        assert faq.out_of_scope == ("who won",)
        (warning,) = faq.warnings
        assert (warning.file, warning.line) == (str(path), 2)


class TestFilesThatCannotBeRead:
    def test_missing(self, tmp_path: Path) -> None:
        path = tmp_path / "faq.yaml"
        with pytest.raises(FaqError) as caught:
            load(path, None)
        assert str(caught.value) == (
            f"{path}:1: This file cannot be read: No such file or directory. "
            "Check its name and place."
        )

    def test_not_utf_8(self, tmp_path: Path) -> None:
        path = tmp_path / "faq.yaml"
        path.write_bytes(small().encode("utf-16"))
        with pytest.raises(FaqError) as caught:
            load(path, None)
        assert str(caught.value) == (
            f"{path}:1: This file is not text in UTF-8. Save it again as UTF-8."
        )


def test_default_sentences_can_be_shown() -> None:
    assert all(SENTENCES.values())


def test_a_language_that_cannot_be_read_is_a_fault() -> None:
    fault = one_fault(small("language: xx"))
    assert (fault.line, fault.what) == (3, 'There is no language "xx" here.')
    assert fault.remedy.startswith('Write one of these behind "language:": en.')


def test_a_content_in_another_language_is_a_fault() -> None:
    """Its "no lo sé" would be read as a no, on the emergency screen as well."""
    answer = (
        "Los tirones después del ejercicio suelen ser inofensivos y pasan solos. Bebe un poco de"
        " agua con sal, descansa y estira el músculo con suavidad. Si tienes dolor en el pecho o"
        " no puedes respirar llama al número de emergencias ahora mismo."
    )
    text = small().replace("Nine to six.", f"'{answer}'")
    assert one_fault(text).what == 'Most words of the answers are not in the language "en".'


def test_months_are_twelve() -> None:
    fault = one_fault(small("words: {months: 'Jan, Feb'}"))
    assert (fault.line, fault.what) == (3, '"months" must name 12 months.')
