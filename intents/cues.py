"""English words that change what a mention means: the lists of the ConText algorithm.

After NegEx (Chapman et al. 2001) and ConText (Harkema et al. 2009), widened for chat: no apostrophes,
slang, second-language forms. Each entry is a phrase of folded words; longer ones win.
"""

from __future__ import annotations

from typing import Final


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(part.split()) for part in text.replace("\n", ",").split(",") if part.strip())


# What follows does not hold.
NEGATION: Final = _phrases("""
no, not, never, none, nor, neither, without, nothing, nowhere, nobody, zero, nil, nope, nah, nop, nae
dont, doesnt, didnt, isnt, arent, wasnt, werent, havent, hasnt, hadnt, wouldnt, shouldnt, aint, dnt
do not, does not, did not, is not, are not, was not, have not, has not, not any, not a, no more, no longer
free of, free from, clear of, lack of, absence of, instead of, rather than, ruled out, rule out, wo
not had, not have, not got, no sign of, no signs of, no hint of, no trace of, not even, hardly any, barely any
""")

# These look like negations and are none: the words round them are meant.
PSEUDO_NEGATION: Final = _phrases("""
not only, not just, not sure, not certain, no idea, no clue, dont know, dunno, no wonder, no doubt, no matter
no change, no better, not better, not any better, not getting better, no improvement, not improving, not improved
not normal, not right, not good, not ok, not okay, not well, not great, not fine, not nice, not the good
doesnt stop, dont stop, wont stop, not stop, never stops, not stopping, hasnt stopped, no stopping, doesnt go away
dont understand, didnt think, dont think its normal, not a joke, no joke, not lying, not kidding, no kidding, no exaggeration
not to mention, no less, why not, if not, whether or not, not like me, no matter what, cannot, not able, not being able
didnt do anything, did nothing, doing nothing, do nothing, no sport, no exercise, no reason, no cause, nothing helps
dont remember, not remember, no memory, dont recall, didnt recognise, not recognise, not recognize, not making sense, no sense
dont feel my, dont feel the, not feel my, not feel the, no feeling, no strength, no power, no grip, no sensation, no control
not sweating, no sweat, stopped sweating, not settling, not easing, didnt settle, isnt settling, not responding, not waking
not doing, not obey, wont do, not listening, doesnt listen, not working, doesnt work, stopped working, isnt working
not eased, hasnt eased, not calm, no pee, no wee, not peed, havent peed, not gone away, hasnt gone, no let up, doesnt let up
not the same, not as strong, not how, isnt normal, isnt right, cant not, not hold, doesnt hold, not move, doesnt move, dont move
""")

# What went before does not hold ("swelling: none", "pain? nope", "numbness, not at all").
NEGATED_BEFORE: Final = _phrases("""
none, nope, nah, nop, negative, absent, free, zero, nil, not at all, no way, neither, fine, is fine, normal, is normal, all normal
are fine, is ok, are ok, all good, is good, all clear, unaffected, not present, not there, i dont, i havent, not me, not for me
""")

# What went before is over; an emergency that passed still counts.
OVER: Final = _phrases("""
is gone, has gone, all gone, are gone, went away, gone away, cleared up, has passed, has settled, settled down, wore off, has stopped
no longer, not anymore, not any more, any more, anymore, long healed, healed, recovered, is better, fine now, ok now, okay now, finished
better now, back to normal, gone now, all better, sorted, long gone, has cleared, turned out, no problem since
""")

# It was long ago.
PAST: Final = _phrases("""
years ago, year ago, months ago, last year, last summer, last winter, last spring, last autumn, last season, last month, last christmas
back in, used to, years back, a while back, when i was, as a kid, as a child, as a teenager, in my twenties, in my youth, in school
once, previously, in the past, ages ago, decades ago, long ago, at school, at uni, pre covid, before covid, the other year, yesterday yes
had a history, history of, childhood, in hospital for, i had, ive had, we had, weeks ago, week ago, last week, ago i
""")

# It is about somebody else; kin that people write on behalf of are in WARDS.
OTHERS: Final = _phrases("""
my dad, my mum, my mom, my mother, my father, my gran, my grandma, my grandmother, my grandad, my grandfather, my granddad, my nan
my uncle, my aunt, my aunty, my auntie, my cousin, my brother, my sister, my sis, my bro, my boss, my colleague, my coworker, my neighbour
my neighbor, my friend, my mate, my best mate, my buddy, my flatmate, my roommate, roommate, flatmate, my housemate, my coach, my trainer
my ex, my girlfriend, my boyfriend, my wife, my husband, my partner, my hubby, my fella, gym buddy, training partner, my cat, my dog
the cat, the dog, my teacher, my doctor, my physio, a friend, a mate, a guy, a woman, a man, some guy, some bloke, a bloke, a lady
somebody, someone, some people, people, celebrity, an actor, a footballer, a player, a runner, tiktok, youtube, a video, the news
on tv, a film, a movie, a book, reddit, a podcast, a post, the guy, the girl, this guy, the man, the lady, they, their, everyone
others, other people, my team mate, my teammate, a teammate, teammate, my workmate, his, her, he, she, him, shes, hes, my late
my in law, mother in law, father in law, my stepdad, my client, a client, my horse, the horse, my hamster, my rabbit, hamster
""")

# People who are asked for: what is said of them holds of the patient.
WARDS: Final = _phrases("""
my son, my daughter, my sons, my daughters, my kid, my kids, my child, my boy, my girl, my lad, my lads, my baby, my toddler, my teenager
my teen, my grandson, my granddaughter, my grandchild, my athlete, my swimmer, my gymnast, my runner, my student, our son, our daughter
year old, yr old, yo, with me now, with me, next to me, beside me, here with me, in front of me, on the floor, right now he, right now she
my patient, my lodger, my pupil
""")

# The writer speaks of themselves again.
SELF: Final = _phrases("""
i, im, ive, id, ill, me, my, mine, mines, myself, am, our, we, us
""")

# It is asked about in general, or imagined.
ASKED: Final = _phrases("""
if, what if, would, could it, should it, in case, suppose, supposing, imagine, were to, was to, when should, can it, can this, might it
does it, do they, why do, why does, how does, how do, what does, is there, are there, can too, can you, can a, can people, does a, does the
what happens, what is, whats, what are, whats the, is that a, would that, should i worry about, how likely, chance of, risk of, causes of
signs of, symptoms of, symptom of, mean by, difference between, worried about, scared of, afraid of, fear of, heard that, heard about
i read, read that, read about, googled, looked up, told to watch, watch for, watch out for, look out for, list says, says to, leaflet
cause, lead to, leads to, result in, in general, normally, usually, prevent, avoid, at what point, how will i know, will it, could i get
""")

# A scope ends here.
SCOPE_END: Final = _phrases("""
but, though, although, however, except, apart from, other than, aside from, besides, yet, still, only, just, because, cos, coz, bc, since
while, whereas, anyway, so, then, now, today, plus, also, tho, and now, and my, and i, and im, and the, until, which, who, unless, despite
""")
