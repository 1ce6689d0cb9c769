"""English words that change what a mention means: the lists of the ConText algorithm.

After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009), widened for chat: no
apostrophes, slang, slips of the keyboard, second-language forms. Words are folded: "don't" stands
as "dont".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final


class Cue(IntEnum):
    """What a cue says of the words near it."""

    NEGATION = 0  # what follows does not hold
    PSEUDO = 1  # looks like a negation and is none
    NEGATED_BEFORE = 2  # what went before does not hold
    OVER = 3  # what went before has ended
    PAST = 4  # the clause tells of long ago …
    CURRENT = 5  # … unless it reaches into the present
    OTHER = 6  # somebody else is spoken of
    PATIENT = 7  # somebody else is spoken of, and is the one who needs help
    SELF = 8  # the writer speaks of themselves
    ASKED = 9  # what follows is asked, up to a word about the writer
    HYPOTHETICAL = 10  # what follows is imagined, the writer included
    SCOPE_END = 11  # a scope does not reach beyond


# Verbs and auxiliaries that carry "not", as they are typed.
_NOT_VERBS: Final = """
dont, dnt, dont have, dont hav, doesnt, dosent, dosnt, doesent, doesnot, didnt, didt,
didnot, isnt, isnot, arent, arnt, wasnt, werent, havent, havnt, havent got, hasnt, hasent, hadnt,
wouldnt, shouldnt, aint, int, do not, donot, does not, did not, is not, are not, was not,
were not, have not, has not, had not, would not, im not, its not, thats not, theres no,
theres not, there isnt, there arent, there was no, there is no, there are no
"""

_LISTS: Final = {
    Cue.NEGATION: f"""
no, not, never, none, nor, neither, without, witout, wihout, nothing, nowhere, nobody, zero, nil,
nope, nah, nop, nae, noo, nuffin, nuthin, nothin, non, minus, sans, not any, not a, no more,
no longer, free of, free from, clear of, lack of, absence of, instead of, rather than, ruled out,
rule out, no kind of, not had, not have, not got, no sign of, no signs of, no hint of, no trace of,
not even, hardly any, barely any, nowhere near, far from, denies, denied, deny, negative for,
opposite of, as opposed to, anything but, stopped being, without any, w o, nothing like,
unable to find any,
{_NOT_VERBS}
""",
    Cue.PSEUDO: """
not only, not just, not sure, not certain, no idea, no clue, dont know, dunno, dont no,
no wonder, no doubt, no matter, not to mention, no less, no change, no better, not better,
not any better, not getting better, no improvement, not improving, not improved, no relief,
no let up, no rest, not normal, not right, not good, not ok, not okay, not well, not great,
not fine, not nice, not the good, not usual, not natural, not funny, isnt normal, isnt right,
aint right, isnt good, doesnt look right, doesnt feel right, not like me, not like normal,
not the same, not as strong, doesnt stop, dont stop, wont stop, not stop, never stops,
never stop, not stopping, hasnt stopped, havent stopped, no stopping, without stopping,
without stop, without pause, without a break, without break, without rest, without end,
no breaks, no pause, no break, no end, no stop, nonstop, non stop, doesnt go away, dont go away,
not go away, not going away, wont go away, not gone away, hasnt gone, hasnt gone away,
havent gone away, not going down, doesnt let up, hasnt let up, not let up, never lets up,
doesnt settle, didnt settle, isnt settling, not settling, hasnt settled, not easing, not eased,
hasnt eased, doesnt ease, not calm, doesnt calm, not calming, not responding, doesnt respond,
wont respond, not waking, not answering, doesnt answer, didnt answer, not wake, dont understand,
didnt think, dont think its normal, dont think this is normal, dont like, didnt like, not a joke,
no joke, not lying, not kidding, no kidding, no exaggeration, not exaggerating, not gonna lie,
not going to lie, dont want, didnt want, why not, if not, whether or not, dont worry, dont mind,
cannot, can not, can no longer, could no longer, not able, not being able, no longer able,
no longer can, no longer hold, no longer feel, no longer move, didnt do anything, did nothing,
doing nothing, do nothing, done nothing, not done anything, havent done anything,
havent done any, havent exercised, dont exercise, dont do any sport, doesnt do any sport,
dont do sport, not sporty, no sport, no sports, no exercise, no workout, no gym, no training,
without sport, without exercise, without doing anything, without any exercise, no reason,
no cause, no trigger, no explanation, no warning, without warning, without reason,
without any reason, without cause, without apparent, no apparent, no obvious, no particular,
no pattern, no rhyme, for nothing, nothing helps, nothing works, nothing special,
nothing different, dont remember, not remember, didnt remember, doesnt remember, no memory,
dont recall, no recollection, didnt recognise, doesnt recognise, not recognise, not recognize,
not making sense, not making any sense, no sense, not make sense, doesnt make sense,
makes no sense, doesnt know where, doesnt know who, doesnt know what, doesnt know the,
dont know where i am, didnt know where, didnt know who, not know where, dont feel my,
dont feel the, dont feel it, not feel my, not feel the, not feel it, doesnt feel my,
didnt feel my, didnt feel the, dont feel anything, not feel anything, feel nothing, felt nothing,
feels nothing, no feeling, no sensation, no sense of touch, no strength, no power, no grip,
no control, no force, no push, no balance, no zip, no oomph, no coordination, without strength,
without power, without force, without feeling, without control, no air, no breath, no pulse,
no voice, no energy left, not sweating, no sweat, not sweating anymore, stopped sweating,
not sweat, doesnt sweat, isnt sweating, not breathing, isnt breathing, doesnt breathe,
aint breathing, not doing, not obey, doesnt obey, wont do, not listening, doesnt listen,
not working, doesnt work, dont work, isnt working, arent working, stopped working, not work,
not hold, doesnt hold, not move, doesnt move, dont move, isnt moving, arent moving, not moving,
didnt move, not lift, doesnt lift, not bend, doesnt bend, not close, dont close, no pee, no wee,
no urine, not peed, havent peed, not peeing, hasnt peed, havent passed, not pass, not passed,
no water since, not passing, doesnt come out, nothing comes out, nothing came out,
nothing comes in, nothing goes in, not enough air, not getting enough, not get air,
not getting air, doesnt fit, dont fit, not fit, wont fit, not going in, havent woken up,
hasnt woken up, not woken up, hasnt come back, havent come back, not come back, didnt come back,
not coming back, never came back, not without, never without, not free of, not free from,
cant say i dont, cant say there isnt, cant say there arent, cant say its not, cant say it isnt,
cant say it doesnt, cant say no, cant deny, wont deny, not deny, not denying, not saying i dont,
not saying it doesnt, isnt nothing, not nothing, not that i dont, not that it doesnt,
not that it isnt, its not that i dont, never had, never felt, never been, never known,
never experienced, not felt anything, never ever had, never this, never so, not had it this,
not used to, no i, no im, no my, no it, no its, nope i, nope its, no theres, no sorry,
no actually, no but, not yet gone, no doctor, no where, not one day, not a day, not a second,
not a minute, not an hour, not for a, not long, not better yet, not a moment, no peace
""",
    Cue.NEGATED_BEFORE: """
none, nope, nah, nop, no, negative, absent, zero, nil, not at all, no way, neither, normal,
is normal, all normal, intact, symmetrical, none at all, fine, is fine, are fine, feels fine,
works fine, totally fine, just fine, perfectly fine, is ok, are ok, all good, is good, are good,
all clear, clear, unaffected, not present, not there, i dont, i havent, i didnt, not me,
not for me, no problem, no issue, no issues, 0, not really, not a bit, never, not
""",
    Cue.OVER: """
is gone, has gone, all gone, are gone, it went away, went away, gone away, cleared up,
has passed, has settled, settled down, wore off, worn off, has stopped, its stopped, long healed,
healed, recovered, is better, fine now, ok now, okay now, good now, finished, all good since,
perfect again, warmed up, right as rain, better now, back to normal, normal again, fine again,
gone now, all better, sorted, long gone, has cleared, turned out, no problem since, behind me,
nearly gone, fine within, ok within, gone within, gone after, went after, stopped after,
sorts it, disappeared, vanished, ok as soon as, fine as soon as, fine after, ok after
""",
    Cue.PAST: """
years ago, year ago, months ago, last year, last summer, last winter, last spring, last autumn,
last season, last christmas, yrs ago, last time, back in, used to, years back, a while back,
when i was, as a kid, as a child, as a teenager, in my twenties, in my youth, in school,
back then, back when, previously, in the past, ages ago, decades ago, long ago, at school,
at uni, pre covid, before covid, the other year, long time ago, once had, i once, once at,
once in, had a history, history of, childhood, weeks ago, at christmas, that was in, in january,
in 2010, in 2011, in 2012, in 2013, in 2014, in 2015, in 2016, in 2017, in 2018, in 2019,
in 2020, in 2021, in 2022, in 2023, in 2024, that year, earlier this year, my old injury,
old injury, long before, another time, during the war
""",
    Cue.CURRENT: """
since, still, now, today, tonight, just now, right now, at the moment, started, began, begun,
this morning, this evening, keeps, again, ever since, until now, and counting, going strong,
still going, till now, til now, so far
""",
    Cue.PATIENT: """
my son, my daughter, my kid, my child, my boy, my girl, my lad, my baby, my toddler, my teenager,
my little one, my little boy, my little girl, our kid, our lad, my teen, my grandson,
my granddaughter, my grandchild, my athlete, my swimmer, my gymnast, my runner, my student,
our son, our daughter, my player, our midfielder, year old, yr old, yo, with me now, next to me,
beside me, here with me, in front of me, on the floor, right now he, right now she, hes on,
shes on, im with him, im with her, my patient, my lodger, my pupil, what do i do,
what should i do, what to do, what shall i do, do i call, should i call, shall i call,
do i take him, do i take her, do we call, should we call, how do i help, can i help him,
can i help her, do i let him, do i let her, he wont, she wont, he cant, she cant, he just,
she just, right now, tell me what
""",
    Cue.SELF: """
i, im, ive, id, ill, me, my, mine, mines, myself, am, we
""",
    Cue.ASKED: """
can it, can this, does it, do they, why do, why does, how does, how do, what does, is there,
are there, can too, can you, can a, can people, does a, does the, can u, do u, what is, whats,
what are, whats the, is that a, is it a, should i worry about, how likely, chance of, risk of,
causes of, is it possible to, possible to, how you, how u, how can you, signs of, symptoms of,
symptom of, mean by, difference between, worried about, scared of, afraid of, fear of,
heard that, heard about, is it true, which, how to know, how to tell, i read, read that,
read about, googled, looked up, told to watch, watch for, watch out for, look out for, list says,
says to, leaflet, what do you mean, what do u mean, explain, cause, can cause, causes, lead to,
leads to, result in, in general, normally, prevent, avoid, at what point, how will i know,
how do i know if, what makes, any link between, do people, how dark, how hot, how red, how bad is,
how swollen, could a, could people, could someone, could anyone, can someone, can anyone,
can exercise, at what, do women, do men, do runners, does anyone, do old, does exercise
""",
    Cue.HYPOTHETICAL: """
if, what if, would, woulda, could it, should it, in case, suppose, supposing, imagine, were to,
was to, when should, might it, will it, will i, will my, could i get, can i get, could this,
what happens, what would, would that, should my, could my, might my, may i, until it, before it,
so i dont, so that i dont, dont want to, hope it doesnt, hope i dont, to avoid, shed, hed, theyd,
youd, itd
""",
    Cue.SCOPE_END: """
but, though, although, however, except, except for, apart from, other than, aside from, besides,
yet, still, only, just, because, cos, coz, bc, since, as, cause i, while, whereas, anyway, so,
then, now, today, plus, also, tho, and now, and my, and i, and im, and its, and the, and cant,
and then, until, which, who, unless, despite, even though, bar, save for, after, from, when
""",
}

# Kin, friends and strangers; also with a possessive s, which folding has joined to the word.
_PEOPLE: Final = """
my dad, my mum, my mom, my mother, my father, my gran, my grandma, my grandmother, my grandad,
my grandfather, my granddad, my nan, mum, dad, nan, grandma, grandad, my uncle, my aunt,
my aunty, my auntie, my cousin, my brother, my sister, my sis, my bro, my boss, my colleague,
my coworker, my neighbour, hubby, missus, my missus, my neighbor, my friend, my mate,
my best mate, my best friend, my buddy, my flatmate, my roommate, roommate, flatmate,
my housemate, my coach, my trainer, a colleague, my ex, my girlfriend, my boyfriend, my gf,
my bf, my wife, my husband, my partner, my hubby, my fella, gym buddy, training partner, my cat,
my dog, wife, husband, the cat, the dog, my teacher, my doctor, my physio, a friend, a mate,
a guy, a woman, a man, some guy, some bloke, a bloke, a lady, one guy, neighbour, neighbor,
somebody, someone, celebrity, an actor, a footballer, a player, a runner, tiktok, youtube,
a video, the news, teammate, team mate, workmate, climber i know, guy i know, girl i know,
the guy, the girl, this guy, the man, the lady, everyone, my team mate, my teammate, a teammate,
my workmate, the patient, a patient, character, someone i know, my in law, mother in law,
father in law, my stepdad, my client, a client, my horse, the horse, my hamster, my rabbit,
hamster, tortoise, my brother in law, my great aunt
"""
_LISTS[Cue.OTHER] = """
he, she, they, him, his, her, hers, their, hes, shes, theyre, people, some people, other people,
others, on tv, a film, a movie, a book, reddit, a podcast, a post, my late, friends, my parents,
my mates, my friends, celebrities, footballers
"""


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that lists them."""
    return frozenset(text.split())


def _phrases(text: str) -> list[tuple[str, ...]]:
    return [tuple(part.split()) for part in text.split(",") if part.strip()]


_NONE: Final[dict[Cue, int]] = {}  # at most words no cue begins


class CueTree:
    """Cue phrases by their first word, then their second …: one walk finds all that begin here."""

    __slots__ = ("_next", "ends")

    def __init__(self) -> None:
        self._next: dict[str, CueTree] = {}
        self.ends: list[Cue] = []  # the kinds of the phrases that end at this word

    def add(self, cue: Cue, phrases: Iterable[Sequence[str]]) -> None:
        """Put phrases of one kind into the tree."""
        for phrase in phrases:
            node = self
            for word in phrase:
                node = node._next.setdefault(word, CueTree())
            if cue not in node.ends:
                node.ends.append(cue)

    def at(self, words: Sequence[str], start: int) -> dict[Cue, int]:
        """Return the length, in words, of the longest cue of each kind that begins here."""
        tree = self._next.get(words[start])
        if tree is None:
            return _NONE
        found: dict[Cue, int] = {}
        end = start + 1
        while tree is not None:
            for cue in tree.ends:
                found[cue] = end - start
            tree = tree._next.get(words[end]) if end < len(words) else None
            end += 1
        return found


def _tree() -> CueTree:
    tree = CueTree()
    for cue, text in _LISTS.items():
        tree.add(cue, _phrases(text))
    people = _phrases(_PEOPLE)
    tree.add(Cue.OTHER, [*people, *((*p[:-1], p[-1] + "s") for p in people)])
    return tree


CUES: Final = _tree()
