"""What a message mentions is told apart by whether it is affirmed of the patient, now."""

from __future__ import annotations

from time import process_time

import pytest

from intents.reading.context import AFFIRMED, ASKED, NEGATED, OTHER, OVER, PAST
from intents.reading.reading import Reader


def marks_of(reader: Reader, text: str, word: str) -> list[int]:
    """Return the marks of a word wherever it stands in a text."""
    reading = reader.read(text)
    return [m for w, m in zip(reading.plain, reading.marks, strict=True) if w == word]


AFFIRMED_CASES = [
    pytest.param("my leg is numb", "numb", id="plain"),
    pytest.param("not only numb but weak too", "numb", id="pseudo-negation: not only"),
    pytest.param("not just numb, weak as well", "numb", id="pseudo-negation: not just"),
    pytest.param("no change, still numb", "numb", id="pseudo-negation: no change"),
    pytest.param("there's no feeling in my foot", "feeling", id="no feeling is a sign"),
    pytest.param("I can't feel my foot", "feel", id="can't feel is a sign"),
    pytest.param("i cannot move my arm", "move", id="cannot move is a sign"),
    pytest.param("i dont feel my toes", "toes", id="don't feel is a sign"),
    pytest.param("the numbness hasn't gone away", "numbness", id="not gone away"),
    pytest.param("no doubt it is swollen", "swollen", id="no doubt"),
    pytest.param("no pain but numb", "numb", id="scope ends at but"),
    pytest.param("no pain though my toes are numb", "numb", id="scope ends at though"),
    pytest.param("nothing hurts apart from a numb toe", "numb", id="scope ends at apart from"),
    pytest.param("no swelling except the ankle is red", "red", id="scope ends at except"),
    pytest.param("no pain. numb foot", "numb", id="scope ends at a full stop"),
    pytest.param("no pain, my foot is numb", "numb", id="scope ends at a clause of its own"),
    pytest.param("no pain and my foot is numb", "numb", id="scope ends at a new subject"),
    pytest.param("not without pain", "pain", id="double negation: not without"),
    pytest.param("can't say it doesn't hurt", "hurt", id="double negation: can't say it doesn't"),
    pytest.param("can't deny the pain", "pain", id="double negation: can't deny"),
    pytest.param("no idea why my leg is numb", "numb", id="no idea"),
    pytest.param("is it bad that my leg is numb?", "numb", id="a question about the writer's own"),
    pytest.param("why is my calf swollen", "swollen", id="why is mine"),
    pytest.param("should i worry about my numb leg", "numb", id="worry about mine"),
    pytest.param("numb since last year", "numb", id="long ago, up to the present"),
    pytest.param("my knee was sore years ago, now it is swollen", "swollen", id="past, then now"),
    pytest.param("I told my wife my arm is numb", "numb", id="somebody else listens"),
    pytest.param("my husband says my face droops", "droops", id="somebody else tells"),
    pytest.param("my son cannot breathe", "breathe", id="the writer's child is the patient"),
    pytest.param("my friend collapsed, what do i do", "collapsed", id="somebody is helped now"),
    pytest.param("my dad has cramps. my own leg is numb", "numb", id="the writer again"),
    pytest.param("half of my face don't move any more", "move", id="any more after a sign"),
    pytest.param("my leg is numb. dark wee, none of that", "numb", id="denied up to the writer"),
    pytest.param("numb leg, none of those stretches help", "numb", id="none of what follows"),
    pytest.param("", "numb", id="nothing written"),
]


@pytest.mark.parametrize(("text", "word"), AFFIRMED_CASES)
def test_affirmed(reader: Reader, text: str, word: str) -> None:
    assert all(mark == AFFIRMED for mark in marks_of(reader, text, word))


MARKED_CASES = [
    pytest.param("no numbness", "numbness", NEGATED, id="negation before"),
    pytest.param("I don't have any swelling", "swelling", NEGATED, id="don't have any"),
    pytest.param("denies weakness", "weakness", NEGATED, id="denies"),
    pytest.param("the opposite of worse", "worse", NEGATED, id="opposite of"),
    pytest.param("swelling: none", "swelling", NEGATED, id="negation after a colon"),
    pytest.param("pain? nope", "pain", NEGATED, id="question and answer"),
    pytest.param("numbness, not at all", "numbness", NEGATED, id="negation after"),
    pytest.param("chest is fine", "chest", NEGATED, id="is fine"),
    pytest.param("nop not swell", "swell", NEGATED, id="misspelt: nop"),
    pytest.param("dont hav pain", "pain", NEGATED, id="misspelt: dont hav"),
    pytest.param("dosent hurt", "hurt", NEGATED, id="misspelt: dosent"),
    pytest.param("havnt got any numbness", "numbness", NEGATED, id="misspelt: havnt"),
    pytest.param("no pain, numbness or swelling", "swelling", NEGATED, id="list, its end"),
    pytest.param("no pain, numbness or swelling", "numbness", NEGATED, id="list, its middle"),
    pytest.param(
        "no weakness, numbness or loss of bladder control", "control", NEGATED, id="list, long end"
    ),
    pytest.param(
        "no chest pain, sudden weakness, shortness of breath or trouble swallowing",
        "swallowing",
        NEGATED,
        id="list, of many words",
    ),
    pytest.param(
        "no fever, left arm numb and face drooping", "face", AFFIRMED, id="list, and no list"
    ),
    pytest.param(
        "she read a list: chest pain, dark wee, passing out: nope to the lot",
        "pain",
        NEGATED,
        id="a list, denied after it",
    ),
    pytest.param("dark wee, passing out. none of that.", "wee", NEGATED, id="…, in a sentence"),
    pytest.param("doesn't spread, doesn't burn, doesn't ache", "ache", NEGATED, id="verbs"),
    pytest.param("neither numb nor weak", "numb", NEGATED, id="neither"),
    pytest.param("neither numb nor weak", "weak", NEGATED, id="nor"),
    pytest.param("the pain is gone", "pain", OVER, id="is gone"),
    pytest.param("numbness went away", "numbness", OVER, id="went away"),
    pytest.param("my knee was swollen years ago", "swollen", PAST, id="years ago"),
    pytest.param("used to faint as a kid", "faint", PAST, id="used to"),
    pytest.param("swollen back in school, fine today", "swollen", PAST, id="past, fine today"),
    pytest.param("my dad's feet are numb", "numb", OTHER, id="somebody else's"),
    pytest.param("my nan had a stroke last week", "stroke", OTHER, id="kin"),
    pytest.param("the dog is limping", "limping", OTHER, id="an animal"),
    pytest.param("my mate tore his pec, the pain was unreal", "pain", OTHER, id="told on"),
    pytest.param("what if my leg goes numb", "numb", ASKED, id="hypothetical"),
    pytest.param("would it get worse if i run", "worse", ASKED, id="would"),
    pytest.param("is numbness a bad sign?", "numbness", ASKED, id="asked in general"),
    pytest.param("what is numbness", "numbness", ASKED, id="asked what it is"),
    pytest.param("are breathing problems a red flag?", "breathing", ASKED, id="asked about"),
    pytest.param("can you get numb from a saddle", "numb", ASKED, id="can you"),
]


@pytest.mark.parametrize(("text", "word", "mark"), MARKED_CASES)
def test_marked(reader: Reader, text: str, word: str, mark: int) -> None:
    found = marks_of(reader, text, word)
    assert found
    assert all(one & mark or one == mark for one in found)


TOLD_CASES = [
    # other people, by shape
    pytest.param(
        "my bf gets numb hands when he cycles, me I just have a jumpy calf since spin",
        "numb",
        OTHER,
        id="other: bf",
    ),
    pytest.param(
        "so my gf was limping after the same class and her foot went numb for a bit",
        "numb",
        OTHER,
        id="other: gf, her",
    ),
    pytest.param(
        "our goalie passed out last month at training and now everyone is paranoid",
        "passed",
        OTHER,
        id="other: our goalie",
    ),
    pytest.param(
        "the lad next to me in the changing room said his chest was tight",
        "tight",
        OTHER,
        id="other: the lad next to me",
    ),
    pytest.param(
        "a girl in my class collapsed in PE once so the teacher is strict about water",
        "collapsed",
        OTHER,
        id="other: a girl in my class",
    ),
    pytest.param(
        "some bloke at work had a stroke at 40 and it freaked us all out",
        "stroke",
        OTHER,
        id="other: some bloke at work",
    ),
    pytest.param(
        "the instructor fainted halfway through which was awkward lol",
        "fainted",
        OTHER,
        id="other: the instructor",
    ),
    pytest.param(
        "a woman on reddit lost the feeling in both legs after squats",
        "feeling",
        OTHER,
        id="other: a woman on reddit",
    ),
    pytest.param(
        "the girl in front of me was sick and dizzy by the end of it",
        "dizzy",
        OTHER,
        id="other: the girl in front of me",
    ),
    pytest.param(
        "people in the group get swollen ankles from this all the time apparently",
        "swollen",
        OTHER,
        id="other: people in the group",
    ),
    pytest.param(
        "my flatmate's brother had rhabdo with brown pee and everything",
        "brown",
        OTHER,
        id="other: flatmate's brother",
    ),
    pytest.param(
        "my cousin's friend went numb down one side and it was MS",
        "numb",
        OTHER,
        id="other: cousin's friend",
    ),
    pytest.param(
        "one of the guys on my team tore his calf, it went black and swollen",
        "swollen",
        OTHER,
        id="other: one of the guys on my team",
    ),
    pytest.param(
        "my old PE teacher had chest pain for weeks and ignored it",
        "pain",
        OTHER,
        id="other: my old PE teacher",
    ),
    pytest.param(
        "this random dude at the gym was puking and couldnt stand up",
        "stand",
        OTHER,
        id="other: this random dude",
    ),
    pytest.param(
        "that poor woman in the lane beside mine got chest pains in the pool",
        "pains",
        OTHER,
        id="other: that poor woman",
    ),
    pytest.param(
        "everyone in my spin class was dizzy afterwards, it was 30 degrees in there",
        "dizzy",
        OTHER,
        id="other: everyone in my class",
    ),
    pytest.param(
        "My training partner's calf swelled up like a balloon last summer",
        "swelled",
        OTHER,
        id="other: partner's calf",
    ),
    pytest.param(
        "another runner fell over with heat stroke at mile nine, poor thing",
        "stroke",
        OTHER,
        id="other: another runner",
    ),
    pytest.param(
        "two of my colleagues are off with weak legs and a fever",
        "weak",
        OTHER,
        id="other: two of my colleagues",
    ),
    pytest.param(
        "her dad has parkinsons and shakes, i've got none of it",
        "shakes",
        OTHER,
        id="other: her dad",
    ),
    pytest.param(
        "my ex-boyfriend's mum lost her speech one morning",
        "speech",
        OTHER,
        id="other: ex boyfriend's mum",
    ),
    # chains of he and she
    pytest.param(
        "my mate did the same race. He was dizzy after. Had to lie down and was numb all over",
        "numb",
        OTHER,
        id="chain: no subject goes on",
    ),
    pytest.param(
        "my brother told me his arm went numb after deadlifts",
        "numb",
        OTHER,
        id="chain: told me his",
    ),
    pytest.param(
        "I know a guy who went weak on one side, scary stuff",
        "weak",
        OTHER,
        id="chain: I know a guy who",
    ),
    pytest.param(
        "I watched a bloke faint at the bus stop this morning",
        "faint",
        OTHER,
        id="chain: I watched a bloke",
    ),
    pytest.param(
        "i was running with my mate and he collapsed near the end",
        "collapsed",
        OTHER,
        id="chain: and he",
    ),
    pytest.param(
        "she beat me by a minute and then went all dizzy and sick",
        "dizzy",
        OTHER,
        id="chain: beat me",
    ),
    pytest.param(
        "My sister in Hull had a clot after an operation and now sees clots everywhere",
        "clot",
        OTHER,
        id="chain: sister in Hull",
    ),
    pytest.param(
        "a girl I train with fainted in the showers, her face went grey",
        "grey",
        OTHER,
        id="chain: a girl I train with",
    ),
    pytest.param(
        "there was this old fella in my ward whose legs were paralysed",
        "paralysed",
        OTHER,
        id="chain: whose",
    ),
    # the writer's own, though others are spoken of
    pytest.param(
        "my doctor says my leg is swollen and sent me for a scan",
        "swollen",
        AFFIRMED,
        id="own: doctor says my leg",
    ),
    pytest.param(
        "my PT noticed that I'm weak on one side", "weak", AFFIRMED, id="own: PT noticed I'm"
    ),
    pytest.param(
        "the instructor told me to stop because I was slurring my words",
        "slurring",
        AFFIRMED,
        id="own: told me I was",
    ),
    pytest.param(
        "my mate is fine but my own foot is numb", "numb", AFFIRMED, id="own: mate fine, my own"
    ),
    pytest.param(
        "he had cramps all night. Mine is swollen and hot", "swollen", AFFIRMED, id="own: mine"
    ),
    pytest.param(
        "my friend only had cramp, me: numb toes and a weak ankle",
        "numb",
        AFFIRMED,
        id="own: me with a colon",
    ),
    pytest.param(
        "my mate and I both went dizzy on the last climb",
        "dizzy",
        AFFIRMED,
        id="own: my mate and I both",
    ),
    pytest.param(
        "me and my girlfriend both got numb feet after the hike",
        "numb",
        AFFIRMED,
        id="own: me and my girlfriend",
    ),
    pytest.param(
        "my wife can see it, half of my face is drooping",
        "drooping",
        AFFIRMED,
        id="own: wife sees my face",
    ),
    pytest.param(
        "my coach reckons it's nothing but the calf is swollen and red since yesterday",
        "swollen",
        AFFIRMED,
        id="own: coach reckons it",
    ),
    pytest.param(
        "my legs feel odd, theyre numb and heavy", "numb", AFFIRMED, id="own: they are the legs"
    ),
    pytest.param(
        "stretched both calves, rubbed them, numb now",
        "numb",
        AFFIRMED,
        id="own: them are the calves",
    ),
    pytest.param(
        "my mum says it looks swollen compared to the other one",
        "swollen",
        AFFIRMED,
        id="own: mum says it looks",
    ),
    pytest.param(
        "everyone at the club says I look pale and I keep passing out",
        "passing",
        AFFIRMED,
        id="own: everyone says I",
    ),
    pytest.param(
        "went for a run with my dog and now I can't lift my foot, it's floppy",
        "floppy",
        AFFIRMED,
        id="own: a run with the dog",
    ),
    # somebody else who needs help now
    pytest.param(
        "my daughter is 9 and since gymnastics her arm is weak",
        "weak",
        AFFIRMED,
        id="patient: my daughter",
    ),
    pytest.param(
        "my husband just collapsed in the kitchen",
        "collapsed",
        AFFIRMED,
        id="patient: just collapsed",
    ),
    pytest.param(
        "he's on the floor and his lips are blue", "blue", AFFIRMED, id="patient: on the floor"
    ),
    pytest.param(
        "my mate has chest pain what should i do", "pain", AFFIRMED, id="patient: what should i do"
    ),
    pytest.param(
        "my son came back from football, his pee is brown",
        "brown",
        AFFIRMED,
        id="patient: my son, his",
    ),
    pytest.param(
        "the man in front of me in the queue has just passed out, do i call 999",
        "passed",
        AFFIRMED,
        id="patient: do i call",
    ),
    pytest.param(
        "my nan had a stroke years back, my son now has a droopy face",
        "droopy",
        AFFIRMED,
        id="patient: after another",
    ),
    pytest.param(
        "ran with my son today. my nan had a stroke at his age lol",
        "stroke",
        OTHER,
        id="patient: only a companion",
    ),
    # the past
    pytest.param(
        "had it last year, my whole leg was numb and everything, turned out fine",
        "numb",
        PAST | OVER,
        id="past: had it last year, list",
    ),
    pytest.param(
        "when I was younger, I fainted at the sight of blood",
        "fainted",
        PAST,
        id="past: when I was younger",
    ),
    pytest.param(
        "back in March I had a swollen knee from a fall", "swollen", PAST, id="past: back in March"
    ),
    pytest.param(
        "two years ago I lost the feeling in my foot after a disc thing",
        "feeling",
        PAST,
        id="past: two years ago I",
    ),
    pytest.param("I used to get numb fingers on long rides", "numb", PAST, id="past: used to"),
    pytest.param(
        "I fainted once at school in assembly, never again",
        "fainted",
        PAST,
        id="past: once at school",
    ),
    pytest.param(
        "broke my wrist in 2009 and it was numb for a month", "numb", PAST, id="past: in 2009"
    ),
    pytest.param(
        "had a clot in my twenties so i know what thats like",
        "clot",
        PAST,
        id="past: in my twenties",
    ),
    pytest.param(
        "After my surgery 14 months ago the whole leg was weak",
        "weak",
        PAST,
        id="past: 14 months ago",
    ),
    pytest.param(
        "during lockdown i had chest pains from anxiety", "pains", PAST, id="past: during lockdown"
    ),
    pytest.param(
        "as a student I passed out giving blood", "passed", PAST, id="past: as a student"
    ),
    pytest.param(
        "a few years back my arm went dead for a week", "dead", PAST, id="past: a few years back"
    ),
    pytest.param(
        "it was swollen on sunday but it calmed down",
        "swollen",
        OVER,
        id="over: but it calmed down",
    ),
    pytest.param(
        "toes were numb in the ski boots but it went after a day",
        "numb",
        OVER,
        id="over: it went after a day",
    ),
    pytest.param(
        "my ankle was swollen, gone by the morning",
        "swollen",
        OVER,
        id="over: gone by the morning",
    ),
    pytest.param(
        "bit numb at first and then sorted itself out", "numb", OVER, id="over: sorted itself out"
    ),
    pytest.param(
        "my hand was tingly on monday, fine since", "tingly", OVER, id="over: fine since"
    ),
    pytest.param(
        "it hurt for ten minutes and that was it, all gone now",
        "hurt",
        OVER,
        id="over: all gone now",
    ),
    pytest.param(
        "the swelling has gone down completely", "swelling", OVER, id="over: gone down completely"
    ),
    pytest.param(
        "felt weak after the race, right as rain after a sandwich",
        "weak",
        OVER,
        id="over: right as rain",
    ),
    pytest.param(
        "was swollen this morning and still is",
        "swollen",
        AFFIRMED,
        id="now: this morning and still",
    ),
    pytest.param(
        "the numbness started last week and hasn't stopped",
        "numbness",
        AFFIRMED,
        id="now: hasn't stopped",
    ),
    pytest.param(
        "i passed out an hour ago at the end of the race",
        "passed",
        AFFIRMED,
        id="now: an hour ago",
    ),
    pytest.param(
        "fainted yesterday at the finish line but feel fine now",
        "fainted",
        AFFIRMED,
        id="now: fainted yesterday",
    ),
    pytest.param(
        "passed out at the end of the race today but ok now",
        "passed",
        AFFIRMED,
        id="now: passed out today",
    ),
    pytest.param(
        "my speech went funny for five minutes this morning, back to normal now",
        "speech",
        AFFIRMED,
        id="now: speech this morning",
    ),
    pytest.param(
        "years ago I tore my hamstring and now my calf is numb",
        "numb",
        AFFIRMED,
        id="now: an old tear, and now",
    ),
    pytest.param(
        "I tore it years ago and my calf is numb", "numb", AFFIRMED, id="now: an old tear, and is"
    ),
    pytest.param(
        "the pain is gone but my foot is numb", "numb", AFFIRMED, id="now: pain gone, foot numb"
    ),
    pytest.param("it went away and came back, numb again", "numb", AFFIRMED, id="now: came back"),
    pytest.param(
        "it got better then worse, the arm is weak", "weak", AFFIRMED, id="now: better, then worse"
    ),
    # forms and dialogue
    pytest.param("chest pain? yes", "pain", AFFIRMED, id="form: question, yes"),
    pytest.param("chest pain - no", "pain", NEGATED, id="form: dash, no"),
    pytest.param("Chest pain: N / numbness: N / dark urine: none", "pain", NEGATED, id="form: N"),
    pytest.param(
        "Chest pain: N / numbness: N / dark urine: none",
        "numbness",
        NEGATED,
        id="form: N in the middle",
    ),
    pytest.param(
        "Chest pain: N / numbness: N / dark urine: none",
        "urine",
        NEGATED,
        id="form: none at the end",
    ),
    pytest.param(
        "Chest pain: N / numbness: Y / dark urine: N", "numbness", AFFIRMED, id="form: Y between"
    ),
    pytest.param("numb? nope. weak? nah. swollen? nah mate", "weak", NEGATED, id="form: nah"),
    pytest.param(
        "numb? nope. weak? nah. swollen? nah mate", "swollen", NEGATED, id="form: nah mate"
    ),
    pytest.param(
        "❌ chest pain ✅ twitching ❌ numbness", "pain", NEGATED, id="form: cross before"
    ),
    pytest.param(
        "❌ chest pain ✅ twitching ❌ numbness", "twitching", AFFIRMED, id="form: tick before"
    ),
    pytest.param(
        "❌ chest pain ✅ twitching ❌ numbness", "numbness", NEGATED, id="form: last cross before"
    ),
    pytest.param("✅ no swelling", "swelling", NEGATED, id="form: tick and no"),
    pytest.param("chest pain ❌ numbness ✅", "pain", NEGATED, id="form: cross after"),
    pytest.param("chest pain ❌ numbness ✅", "numbness", AFFIRMED, id="form: tick after"),
    pytest.param(
        "twitching ✔️\nswelling ✗\nnumbness ✗", "swelling", NEGATED, id="form: a line each"
    ),
    pytest.param(
        "twitching ✔️\nswelling ✗\nnumbness ✗", "twitching", AFFIRMED, id="form: a line each, tick"
    ),
    pytest.param("I can't feel my leg ❌❌", "feel", AFFIRMED, id="form: crosses for emphasis"),
    pytest.param("no to chest pain, no to fever", "fever", NEGATED, id="form: no to"),
    pytest.param(
        "calf jumping after squats (no numbness) for two days",
        "numbness",
        NEGATED,
        id="form: in brackets",
    ),
    pytest.param(
        "calf jumping after squats (no numbness) weak ankle",
        "weak",
        AFFIRMED,
        id="form: after brackets",
    ),
    pytest.param(
        "they said they can't rule out a heart attack",
        "attack",
        AFFIRMED,
        id="form: can't rule out",
    ),
    pytest.param("doctor ruled out a clot", "clot", NEGATED, id="form: ruled out"),
    pytest.param("pt denies chest pain, sob or weakness", "weakness", NEGATED, id="form: denies"),
    pytest.param("not a single bit numb", "numb", NEGATED, id="form: not a single bit"),
    pytest.param("numbness is zero, strength is good", "numbness", NEGATED, id="form: is zero"),
    pytest.param("nothing swollen, nothing red", "red", NEGATED, id="form: nothing"),
    pytest.param("I wouldn't say it hurts, just weird", "hurts", NEGATED, id="form: wouldn't say"),
    pytest.param("doesn't really hurt tbh", "hurt", NEGATED, id="form: doesn't really"),
    pytest.param("hardly any pain", "pain", NEGATED, id="form: hardly any"),
    pytest.param("swelling no, pain no, numbness yes", "swelling", NEGATED, id="form: no after"),
    pytest.param("swelling no, pain no, numbness yes", "numbness", AFFIRMED, id="form: yes after"),
    pytest.param(
        "no pain, no swelling, numbness yes",
        "numbness",
        AFFIRMED,
        id="form: yes after a list of no",
    ),
    pytest.param(
        "chest pain - no, numbness - yes, fever - no", "numbness", AFFIRMED, id="form: dashes, yes"
    ),
    pytest.param(
        "chest pain - no, numbness - yes, fever - no", "fever", NEGATED, id="form: dashes, no"
    ),
    pytest.param(
        "any chest pain? no. any numbness? yes since this morning",
        "numbness",
        AFFIRMED,
        id="form: yes and more",
    ),
    pytest.param("My leg is numb - no, really", "numb", AFFIRMED, id="form: no, really"),
    pytest.param(
        "Is it swollen? Not at all. Painful? Not really", "painful", NEGATED, id="form: not really"
    ),
    pytest.param("pain 0/10, swelling 0, weakness nil", "pain", NEGATED, id="form: 0 of 10"),
    pytest.param("pain 0/10, swelling 0, weakness nil", "weakness", NEGATED, id="form: nil"),
    pytest.param(
        "there is no swelling there, no redness there",
        "redness",
        NEGATED,
        id="form: no redness there",
    ),
    pytest.param(
        "numbness isn't there anymore and i never had weakness",
        "weakness",
        NEGATED,
        id="form: never had",
    ),
    # asked, imagined, feared, read
    pytest.param("I read that it can cause numbness", "numbness", ASKED, id="asked: I read that"),
    pytest.param("scared it's a stroke", "stroke", ASKED, id="asked: scared it's"),
    pytest.param("what if my legs go weak during the race", "weak", ASKED, id="asked: what if my"),
    pytest.param("google says rhabdo or a blood clot", "clot", ASKED, id="asked: google says"),
    pytest.param("should I look out for swelling?", "swelling", ASKED, id="asked: look out for"),
    pytest.param("is it the same as chest pain", "pain", ASKED, id="asked: the same as"),
    pytest.param("worried I might faint", "faint", ASKED, id="asked: worried I might"),
    pytest.param("I keep checking for weakness", "weakness", ASKED, id="asked: checking for"),
    pytest.param(
        "the physio told me to come back if it swells", "swells", ASKED, id="asked: come back if"
    ),
    pytest.param(
        "chatgpt said it could be kidney failure which doesnt help",
        "failure",
        ASKED,
        id="asked: chatgpt said",
    ),
    pytest.param(
        "went down a rabbit hole about strokes last night",
        "strokes",
        ASKED,
        id="asked: rabbit hole about",
    ),
    pytest.param(
        "the leaflet lists chest pain and fainting as side effects",
        "fainting",
        ASKED,
        id="asked: the leaflet lists",
    ),
    pytest.param(
        "i was told to call an ambulance if i get chest pain", "pain", ASKED, id="asked: call if"
    ),
    pytest.param(
        "can this turn into weakness later on", "weakness", ASKED, id="asked: can this turn into"
    ),
    pytest.param(
        "paranoid about blood clots after the flight", "clots", ASKED, id="asked: paranoid about"
    ),
    pytest.param(
        "just want to rule out a stroke", "stroke", ASKED | NEGATED, id="asked: want to rule out"
    ),
    pytest.param(
        "should I worry that my leg is numb", "numb", AFFIRMED, id="real: worry that my leg"
    ),
    pytest.param(
        "is it normal that I can't lift my arm?", "lift", AFFIRMED, id="real: normal that I can't"
    ),
    pytest.param(
        "I think I might be having a stroke", "stroke", AFFIRMED, id="real: I might be having"
    ),
    pytest.param(
        "i feel like i might faint any second",
        "faint",
        AFFIRMED,
        id="real: feel like I might faint",
    ),
    pytest.param(
        "scared because my arm is weak and won't lift", "weak", AFFIRMED, id="real: scared because"
    ),
    pytest.param(
        "not sure if it matters my arm is numb",
        "numb",
        AFFIRMED,
        id="real: not sure if it matters",
    ),
    pytest.param(
        "google says its fine but my chest hurts", "hurts", AFFIRMED, id="real: google says, but"
    ),
    pytest.param(
        "what should i do about my swollen calf",
        "swollen",
        AFFIRMED,
        id="real: what should I do about",
    ),
    pytest.param(
        "wondering if anyone can help, my foot is numb",
        "numb",
        AFFIRMED,
        id="real: wondering if anyone",
    ),
]


BLIND_CASES = [
    pytest.param(
        "Went to spin with my roommate on Saturday. Couldn't feel my legs getting off the bike",
        "feel",
        AFFIRMED,
        id="own: with my roommate",
    ),
    pytest.param(
        "the best man fainted in the middle of the vows, I only got a jumpy calf",
        "fainted",
        OTHER,
        id="other: the best man",
    ),
    pytest.param(
        "a colleague keeled over doing the bleep test a few years back so they watched us",
        "keeled",
        OTHER | PAST,
        id="other: a colleague, years back",
    ),
    pytest.param(
        "one of the boys threw up and his pee was like coke, they sent him to A&E",
        "coke",
        OTHER,
        id="other: one of the boys, him",
    ),
    pytest.param(
        "my grandmother had dreadful gout in that toe and screamed, mine doesn't hurt",
        "screamed",
        OTHER,
        id="other: grandmother",
    ),
    pytest.param(
        "my running buddy had blood in his pee after his marathon, should I expect that?",
        "blood",
        OTHER,
        id="other: running buddy",
    ),
    pytest.param(
        "My sister has MS and her legs are weak. I'm 30 and fine",
        "weak",
        OTHER,
        id="other: sister with MS",
    ),
    pytest.param(
        "the other lad is off with his gallbladder, my arm is numb from plastering",
        "numb",
        AFFIRMED,
        id="own: the other lad is off",
    ),
    pytest.param(
        "half of my husband's face is drooping, should he lie down?",
        "drooping",
        AFFIRMED,
        id="patient: should he",
    ),
    pytest.param(
        "physio said bulging disc, leg numb since", "numb", AFFIRMED, id="own: the physio said"
    ),
    pytest.param(
        "nurse noticed my ankle is swollen", "swollen", AFFIRMED, id="own: the nurse noticed"
    ),
    pytest.param(
        "doctor said to go to A&E if I lose feeling",
        "feeling",
        ASKED,
        id="asked: doctor said to go if",
    ),
    pytest.param(
        "my voice has gone squeaky and my throat is tight",
        "voice",
        AFFIRMED,
        id="now: has gone squeaky",
    ),
    pytest.param("my toes have gone numb", "toes", AFFIRMED, id="now: gone numb"),
    pytest.param("the numbness has gone", "numbness", OVER, id="over: has gone"),
    pytest.param(
        "I was dizzy for a second on the bus but it passed",
        "dizzy",
        OVER,
        id="over: but it passed",
    ),
    pytest.param(
        "arm is numb but i feel fine now otherwise", "numb", AFFIRMED, id="now: is numb but fine"
    ),
    pytest.param(
        "collapsed after the finish line about 3 hours ago, all good now though",
        "collapsed",
        AFFIRMED,
        id="now: collapsed three hours ago",
    ),
    pytest.param(
        "Back in 2019 my hamstring pinged, proper tear, numb for weeks, never a peep since",
        "numb",
        PAST | OVER,
        id="past: a list after 2019",
    ),
    pytest.param(
        "years ago I had a clot, my calf is swollen again",
        "swollen",
        AFFIRMED,
        id="now: swollen again",
    ),
    pytest.param(
        "numbness - no\nweakness - no\ntwitching - yes",
        "weakness",
        NEGATED,
        id="form: dashed lines",
    ),
    pytest.param(
        "any numbness ? no , weakness ? no , just twitches",
        "numbness",
        NEGATED,
        id="form: spaced marks",
    ),
    pytest.param("Q: weakness? A: none", "weakness", NEGATED, id="form: Q and A"),
    pytest.param("pain = none, swelling = none", "swelling", NEGATED, id="form: equals"),
    pytest.param(
        "chest pain nope, numbness nope, dark pee nope",
        "numbness",
        NEGATED,
        id="form: nope after each",
    ),
    pytest.param("🚫 numbness 🚫 weakness", "weakness", NEGATED, id="form: no entry"),
    pytest.param("numbness 👎 twitching 👍", "numbness", NEGATED, id="form: thumbs"),
    pytest.param("never been numb, never been weak", "weak", NEGATED, id="form: never been"),
    pytest.param(
        "I haven't noticed any swelling or redness so far",
        "redness",
        NEGATED,
        id="form: haven't noticed any",
    ),
    pytest.param(
        "it is weird which is why I ask, foot went floppy which scared me",
        "floppy",
        AFFIRMED,
        id="real: which",
    ),
    pytest.param(
        "could numbness follow? just wondering", "numbness", ASKED, id="asked: could it follow"
    ),
    pytest.param(
        "been reading about rhabdo and dark urine all night",
        "urine",
        ASKED,
        id="asked: reading about",
    ),
]


@pytest.mark.parametrize(("text", "word", "mark"), [*TOLD_CASES, *BLIND_CASES])
def test_told(reader: Reader, text: str, word: str, mark: int) -> None:
    """Of real messages: whose it is, when it was, whether it is said at all."""
    found = marks_of(reader, text, word)
    assert found
    assert all(bool(one & mark) if mark else one == AFFIRMED for one in found)


@pytest.mark.parametrize("joint", [". ", " — ", " – ", "… ", "\n", "; "], ids=repr)
def test_a_scope_ends_with_its_sentence(reader: Reader, joint: str) -> None:
    assert marks_of(reader, f"no pain{joint}my foot numb", "numb") == [AFFIRMED]


def test_every_word_is_marked(reader: Reader) -> None:
    reading = reader.read("no pain, but my leg (the left one) is numb!? since when... 3 days")
    assert len(reading.marks) == len(reading.words)


def test_of_three_faints_the_last_counts(reader: Reader) -> None:
    said = "in 2015 i fainted, in 2016 i fainted, this morning i fainted"
    assert marks_of(reader, said, "fainted") == [PAST, PAST, AFFIRMED]


UNITS = [
    "a, ", "and ", "my mate's ", "x ❌ ", "no, ", "pain? no ", "but it calmed down ", "he ",
    "my her ", "what do i do my mum ", "years ago, ", "i know a ", "x: n / ", "and that was it ",
    "if ", '"numb" ',
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_long_messages_take_time_in_proportion(reader: Reader, unit: str) -> None:
    def seconds(characters: int) -> float:
        text = (unit * characters)[:characters]
        times = []
        for _ in range(3):
            start = process_time()
            reader.read(text, mend=False)
            times.append(process_time() - start)
        return min(times)

    # Eight times the length: were each word compared with each other one, it would cost 64 times.
    assert seconds(16_000) <= 24 * max(seconds(2_000), 0.002)
