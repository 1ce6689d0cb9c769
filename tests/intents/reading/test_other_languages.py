"""Which language a message is in, and the dangers that it names in plain words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from intents.content.faq import Faq
from intents.languages.language import Language
from intents.languages.loading import load_language
from intents.languages.other_languages import Danger, OtherLanguage, load_others
from intents.reading.other_languages import OtherLanguageReader
from intents.reading.text import clean
from tests.conftest import QUESTIONS

LABELLED = ("seen", "unseen", "fresh", "second", "last", "real")
OTHERS = load_others("en")
MOSTLY = 0.6  # of the words of an English line are common in English
# These lines of the corpora are not English, although most of their words are common there too.
NOT_ENGLISH = {
    "hay que comer hoy en madrid",
    "che tempo fa a milano",
    "als ik kan dutch translation",
}


@pytest.fixture(name="english", scope="module")
def _english() -> Language:
    return load_language("en")


@pytest.fixture(name="elsewhere", scope="module")
def _elsewhere(english: Language) -> OtherLanguageReader:
    return OtherLanguageReader(OTHERS, english)


@pytest.mark.parametrize(
    ("text", "code", "danger"),
    [
        ("me duele el pecho", "es", Danger.CHEST_PAIN),
        ("Me duele mucho el pecho!!! y el brazo", "es", Danger.CHEST_PAIN),
        ("je ne peux pas respirer", "fr", Danger.BREATHING),
        ("j'ai mal à la poitrine", "fr", Danger.CHEST_PAIN),
        ("Schmerzen in der Brust seit einer Stunde", "de", Danger.CHEST_PAIN),
        ("er ist bewusstlos", "de", Danger.COLLAPSE),
        ("socorro", "es", Danger.HELP),
        ("ele desmaiou e não acorda", "pt", Danger.COLLAPSE),
        ("sta avendo un ictus", "it", Danger.STROKE),
        ("göğsüm ağrıyor", "tr", Danger.CHEST_PAIN),
        ("gogsum agriyor", "tr", Danger.CHEST_PAIN),
        ("seene me dard ho raha hai", "hi_latin", Danger.CHEST_PAIN),
        ("मेरे सीने में दर्द है", "hi", Danger.CHEST_PAIN),
        ("छातीत दुखत आहे", "mr", Danger.CHEST_PAIN),
        ("не могу дышать", "ru", Danger.BREATHING),
        ("мне трудно дышать", "ru", Danger.BREATHING),
        ("ne mogu dyshat", "ru", Danger.BREATHING),
        ("не можу дихати", "uk", Danger.BREATHING),
        ("أريد أن أموت", "ar", Danger.SUICIDE),
        ("نمی‌توانم نفس بکشم", "fa", Danger.BREATHING),
        ("سینے میں درد ہے", "ur", Danger.CHEST_PAIN),
        ("救命", "zh", Danger.HELP),
        ("胸が痛いです", "ja", Danger.CHEST_PAIN),
        ("가슴이 아파요", "ko", Danger.CHEST_PAIN),
        ("বুকে ব্যথা করছে", "bn", Danger.CHEST_PAIN),
        ("ਛਾਤੀ ਵਿੱਚ ਦਰਦ", "pa", Danger.CHEST_PAIN),
        ("நெஞ்சு வலிக்குது", "ta", Danger.CHEST_PAIN),
        ("గుండె నొప్పిగా ఉంది", "te", Danger.CHEST_PAIN),
        ("tôi không thở được", "vi", Danger.BREATHING),
        ("dada saya sakit", "id", Danger.CHEST_PAIN),
        ("hindi ako makahinga", "tl", Danger.BREATHING),
        ("siwezi kupumua", "sw", Danger.BREATHING),
        ("nie mogę oddychać", "pl", Danger.BREATHING),
        ("ik krijg geen lucht", "nl", Danger.BREATHING),
        ("hilfe", "de", Danger.HELP),
        ("मदद", "hi", Danger.HELP),
        ("ayuda ayuda", "es", Danger.HELP),
    ],
)
def test_a_plain_danger_is_known(
    elsewhere: OtherLanguageReader, text: str, code: str, danger: Danger
) -> None:
    read = elsewhere.read(clean(text))
    assert (read.language and read.language.code) == code
    assert danger in [told.danger for told in read.dangers]


@pytest.mark.parametrize("other", OTHERS, ids=lambda one: one.code)
def test_each_phrase_is_found_by_itself(
    elsewhere: OtherLanguageReader, other: OtherLanguage
) -> None:
    told = {
        (danger, " ".join(phrase))
        for danger, phrases in other.dangers.items()
        for phrase in phrases
    }
    missed = {
        (danger, phrase)
        for danger, phrase in told
        if danger not in [one.danger for one in elsewhere.read(clean(phrase)).dangers]
    }
    assert missed == set()


@pytest.mark.parametrize(
    "text",
    [
        "no tengo dolor en el pecho",
        "ich habe keine schmerzen in der brust",
        "non ho dolore al petto",
        "¿el magnesio ayuda con los calambres?",
        "brauche hilfe bei meinem training",
        "क्या मैग्नीशियम मदद करता है",
        "今天天气怎么样",
        "今天不想活动",
        "我没有胸痛",
        "у меня нет инфаркта, не болит сердце",
        "je respire plus facilement après le sport",
        "근육이 간질간질해요",
        "운동 후 근육 경련이 있어요",
        "mi corazón va bien, solo me salta el muslo",
        "mein Muskel krampft und zuckt",
        "j'ai peur d'avoir une sla",
        "у меня судороги в икрах после бега",
        "спасибо за помощь",
        "عندي تشنج في عضلة الساق بعد الرياضة",
        "पैर में ऐंठन होती है जिम के बाद",
        "দৌড়ানোর পর পায়ের পেশি কাঁপে",
        "yardımın için çok teşekkürler",
        "terima kasih atas bantuannya ya",
        "bắp chân tôi bị chuột rút",
        "ふくらはぎがけいれんします",
        "运动后小腿抽搐",
    ],
)
def test_what_is_denied_or_harmless_is_no_danger(
    elsewhere: OtherLanguageReader, text: str
) -> None:
    read = elsewhere.read(text)
    assert (read.is_other, read.dangers) == (True, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("¿por qué me tiembla la pierna después de entrenar?", "es"),
        ("no entiendo la pregunta", "es"),
        ("por que minha panturrilha treme depois do treino", "pt"),
        ("pourquoi mon mollet tremble après le sport", "fr"),
        ("warum zuckt meine Wade nach dem Training?", "de"),
        ("perché mi trema il polpaccio dopo la corsa?", "it"),
        ("waarom trilt mijn kuit na het sporten", "nl"),
        ("dlaczego drga mi łydka po bieganiu", "pl"),
        ("baldırım neden antrenmandan sonra seğiriyor", "tr"),
        ("tại sao bắp chân tôi giật sau khi tập", "vi"),
        ("kenapa betis saya berkedut setelah olahraga?", "id"),
        ("bakit kumikibot ang binti ko pagkatapos mag gym", "tl"),
        ("kwa nini misuli yangu inacheza baada ya mazoezi", "sw"),
        ("mera pair kyu kaap raha hai gym ke baad", "hi_latin"),
        ("почему дёргается икра после бега", "ru"),
        ("чому тіпається литка після бігу", "uk"),
        ("لماذا ترتعش ساقي بعد التمرين", "ar"),
        ("运动后小腿抽动正常吗", "zh"),
        ("運動後にふくらはぎがピクピクします", "ja"),
        ("สวัสดี ขาของฉันกระตุก", None),
    ],
)
def test_a_question_tells_its_language(
    elsewhere: OtherLanguageReader, text: str, code: str | None
) -> None:
    read = elsewhere.read(text)
    assert read.is_other
    assert (read.language and read.language.code) == code


@pytest.mark.parametrize(
    "text",
    [
        "my calf is zuckend since training",
        "hola my leg keeps jumping after gym",
        "José García",
        "ça va",
        "no",
        "Das Bench",
        "my Wade zuckt after the run",
        "die in a bin",
        "delts lats quads glutes tris bis",
        "my clf twtches aftr sqts plz hlp",
        "ツ",
        "¯\\_(ツ)_/¯ my calf",
        "",
        "...",
        "42",
    ],
)
def test_english_names_and_single_words_are_not_another_language(
    elsewhere: OtherLanguageReader, text: str
) -> None:
    assert elsewhere.read(text) == elsewhere.read("")


def lines(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            labelled = json.loads(line)
            if not labelled.get("warnings"):
                yield labelled["text"]


@pytest.mark.parametrize("name", LABELLED)
def test_no_english_line_that_people_wrote_is_taken_for_another_language(
    elsewhere: OtherLanguageReader, english: Language, name: str
) -> None:
    found = [*lines(QUESTIONS / name)]
    assert found
    wrong = [text for text in found if is_english(english, text) and is_hit(elsewhere, text)]
    assert wrong == []


@pytest.mark.fitted
def test_no_english_example_of_the_content_is_taken_for_another_language(
    elsewhere: OtherLanguageReader, english: Language, faq: Faq
) -> None:
    texts = [text for intent in faq.intents for text in intent.asked]
    texts += [*faq.out_of_scope, *faq.ordinary, *faq.dangers]
    wrong = [text for text in texts if is_english(english, text) and is_hit(elsewhere, text)]
    assert wrong == []


def is_english(english: Language, text: str) -> bool:
    return text not in NOT_ENGLISH and english.share_known(text)[1] >= MOSTLY


def is_hit(elsewhere: OtherLanguageReader, text: str) -> bool:
    read = elsewhere.read(clean(text))
    return read.is_other or bool(read.dangers)
