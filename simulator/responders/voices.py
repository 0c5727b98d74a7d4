"""Voices from outside that want a word: one of those they spoke to gives it, from what is known.

Rule 1: a word comes after 30 to 120 s, and "not known yet" is one, with the time of the next.
Rule 2: each word said answers the oldest voice its speaker was asked by; nobody is told twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from simulator.brief.vocabulary import ROLES
from simulator.clock import instant
from simulator.journal.commands.talk import Say
from simulator.journal.events.base import EVERYONE
from simulator.responders.impact import stated
from simulator.responders.mind import Mind
from simulator.responders.phrases import OUTSIDE, gap_s
from simulator.responders.wish import Wish

SPEAKERS: Final = ("comms_lead", "support_lead", "commander", "manager", "on_call")
"""Who answers what was said to everybody; the first present one."""
FORGOTTEN_S: Final = 600
"""Somebody who overlooked a voice comes back to it so much later."""
PAST_S: Final = 1800
"""A voice older than this expects no word any more."""
WAITS_S: Final = 120
"""Whoever is at work for longer leaves the word to the next."""
_DATA: Final = {
    "ok": "no loss of data is known",
    "at_risk": "data may be lost, we are checking which",
    "lost": "yes, data is lost",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    at: int
    sender: str
    wants: str
    to: tuple[str, ...]


def replying(mind: Mind) -> Iterator[Wish]:
    """The word this person owes to a voice, the oldest first."""
    if not mind.memory.heard:
        return
    for voice in _open(mind):
        if voice.at < mind.now - PAST_S or _speaker(mind, voice) != mind.person:
            continue
        missed = mind.skips("misses", mind.habits.misses, f"voice:{voice.sender}", n=voice.at)
        yield Wish(
            order=Say(text=f"To {voice.sender}"),
            draft=partial(_word, voice=voice),
            kind="answer",
            pace="reply",
            asked_at=voice.at + (FORGOTTEN_S if missed else 0),
        )
        return


def _open(mind: Mind) -> list[_Heard]:
    """Voices nobody has answered yet, oldest first."""
    heard = [
        _Heard(at=at, sender=sender, wants=wants, to=mind.memory.heard[seq])
        for seq, at, sender, wants, _ in mind.picture.talk.voices
        if seq in mind.memory.heard
    ]
    for at, by in mind.memory.said:
        meant = (v for v in heard if v.at <= at and by in (*v.to, *_everybody(mind, v)))
        if (answered := next(meant, None)) is not None:
            heard.remove(answered)
    return heard


def _everybody(mind: Mind, voice: _Heard) -> Sequence[str]:
    return tuple(mind.here) if EVERYONE in voice.to else ()


def _speaker(mind: Mind, voice: _Heard) -> str:
    """Who answers: the first of those spoken to who is here and free, hands on the fix last."""
    to = mind.owing(SPEAKERS) if EVERYONE in voice.to else voice.to
    about = [person for person in to if person in mind.here]
    free = [person for person in about if not _tied_up(mind, person)] or about
    return next((person for person in free if person != mind.actor), next(iter(free), ""))


def _tied_up(mind: Mind, person: str) -> bool:
    work = mind.picture.busy(person)
    return work is not None and work.looks_until > mind.now + WAITS_S


def _word(mind: Mind, voice: _Heard) -> Say:
    """What is known and when there is more; a decision nobody prepared is not taken in passing."""
    outside = voice.sender not in ROLES
    at = instant(mind.brief.scenario.begins, _next_word(mind, outside=outside))
    fact = mind.picture.known.facts.get("data")
    data = _DATA.get(str(fact.value) if fact else "", "whether data is lost is not known yet")
    stands = stated(mind, outside=outside)
    if voice.wants == "decision":
        stands = "We stay with what is agreed"
    return Say(
        text=f"To {_called(mind, voice.sender)}: {stands}; {data}. Next word at {at:%H:%M UTC}."
    )


def _called(mind: Mind, sender: str) -> str:
    """The person behind a role by name, else the sender as they are known."""
    person = mind.picture.holder(sender) if sender in ROLES else ""
    seat = mind.brief.roster.people.get(person)
    return seat.name if seat is not None else sender


def _next_word(mind: Mind, *, outside: bool) -> int:
    """When these readers were promised the next word last, else when the plan would have one."""
    templates = mind.brief.plan.templates
    promised = [
        message.next_update_s
        for message in mind.picture.talk.messages
        if message.next_update_s
        and message.template in templates
        and (templates[message.template].audience in OUTSIDE) == outside
    ]
    newest = next(reversed(promised), 0)
    audience = OUTSIDE[0] if outside else "internal"
    return newest if newest > mind.now else mind.now + gap_s(mind, audience)
