"""How talk changes the picture."""

from dataclasses import replace
from typing import Final

from simulator.journal.entry import Entry
from simulator.journal.events import talk
from simulator.journal.situation.anew import anew
from simulator.journal.situation.notes import noted, with_item
from simulator.journal.situation.parts import Approval, Message, Question, Task
from simulator.journal.situation.picture import Picture

ASKED_S: Final = 30
"""What a question costs somebody at work, as people reckon: the middle of 20 to 40 s (assumed)."""


def fold_talk(now: Picture, entry: Entry) -> Picture:
    """Messages, notes, questions, approvals, tasks, hand-overs and voices."""
    match entry.what:
        case talk.MessageSent() as sent:
            return _sent(now, entry, sent)
        case talk.Noted(by=by, text=text, decision=decision):
            now = noted(now, entry, "note", text, by=by)
            return noted(now, entry, "decision", text, by=by) if decision else now
        case talk.Said(by=by) | talk.SaidTo(by=by):
            return noted(now, entry, "say", by=by)
        case talk.HandedOver(role=role, person=person, before=before, seized=seized, along=along):
            kind = "take_over" if seized else "hand_over"
            now = anew(now, chairs={**now.chairs, **dict.fromkeys(along, person)})
            now = noted(now, entry, f"{kind}:{role}", person, by=before)
            if now.incident is None:
                return anew(now, chairs=with_item(now.chairs, role, person))
            roles = with_item(now.incident.roles, role, person)
            return anew(now, incident=anew(now.incident, roles=roles))
        case talk.Released(person=person, by=by):
            now = noted(now, entry, "release", person, by=by)
            joined = {name: at for name, at in now.joined.items() if name != person}
            return anew(now, joined=joined)
        case talk.Voice() as voice:
            heard = (entry.seq, entry.at, voice.sender, voice.wants, voice.text)
            tickets = (*now.talk.tickets, entry.at) if voice.ticket else now.talk.tickets
            spoken = anew(now.talk, voices=(*now.talk.voices, heard), tickets=tickets)
            return anew(now, talk=spoken)
    return _fold_requests(now, entry)


def _fold_requests(now: Picture, entry: Entry) -> Picture:
    said = now.talk
    match entry.what:
        case talk.QuestionAsked(by=by, to=to, text=text, question=question):
            asked = Question(by=by, to=to, text=text, at=entry.at)
            now = _held_up(noted(now, entry, "ask", to, by=by), to)
            return anew(now, talk=anew(said, questions=with_item(said.questions, question, asked)))
        case talk.QuestionAnswered(question=question) as answer:
            return _answered(now, entry, question, answer)
        case talk.Delegated(by=by, to=to, what=what, order=order, task=task, within_s=within):
            given = Task(by=by, to=to, what=what, order=order, at=entry.at, within_s=within)
            now = noted(now, entry, "delegate", to, by=by)
            return anew(now, talk=anew(said, tasks=with_item(said.tasks, task, given)))
        case talk.TaskDone(task=task) if task in said.tasks:
            finished = replace(said.tasks[task], done=True)
            return anew(now, talk=anew(said, tasks=with_item(said.tasks, task, finished)))
        case talk.ApprovalAsked() as ask:
            asked_for = Approval(
                by=ask.by,
                of=ask.of,
                action=ask.action,
                at=entry.at,
                reason=ask.reason,
                risk=ask.risk,
                way_back=ask.way_back,
            )
            now = noted(now, entry, "ask_approval", ask.action, by=ask.by)
            approvals = with_item(said.approvals, ask.request, asked_for)
            return anew(now, talk=anew(said, approvals=approvals))
        case talk.ApprovalGiven(request=request, by=by, words=words):
            now = noted(now, entry, "approve", request, by=by)
            return _settled(now, entry, request, "given", words, asks_back=False)
        case talk.ApprovalRefused(request=request, words=words, asks_back=back, by=by):
            now = noted(now, entry, "refuse", request, by=by)
            return _settled(now, entry, request, "refused", words, asks_back=back)
        case talk.ApprovalLapsed(request=request):
            return _settled(now, entry, request, "lapsed", "", asks_back=False)
    return now


def _held_up(now: Picture, person: str) -> Picture:
    """Whoever is asked at work will be so much later; two who hand over let nobody in."""
    work = now.work.get(person)
    if work is None or work.kind == "handover":
        return now
    later = replace(work, looks_until=work.looks_until + ASKED_S)
    return anew(now, work=with_item(now.work, person, later))


def _sent(now: Picture, entry: Entry, sent: talk.MessageSent) -> Picture:
    message = Message(
        seq=entry.seq,
        at=entry.at,
        by=sent.by,
        use=sent.use,
        template=sent.template,
        audience_of=sent.audience_of,
        fields=sent.fields,
        honest=sent.honest,
        filled=sent.filled,
        required=sent.required,
        authorised=sent.authorised,
        next_update_s=sent.next_update_s,
    )
    now = noted(now, entry, f"message:{sent.use}", sent.template, by=sent.by)
    return anew(now, talk=anew(now.talk, messages=(*now.talk.messages, message)))


def _answered(now: Picture, entry: Entry, question: str, answer: talk.QuestionAnswered) -> Picture:
    now = noted(now, entry, "look:colleague", f"ask.{answer.by}", by=answer.to)
    fresh = {clue: entry.seq for clue in answer.clues if clue not in now.known.clues}
    known = anew(now.known, clues={**now.known.clues, **fresh})
    questions = dict(now.talk.questions)
    if question in questions:
        questions[question] = replace(questions[question], answered=True)
    return anew(now, known=known, talk=anew(now.talk, questions=questions))


def _settled(
    now: Picture, entry: Entry, request: str, state: str, words: str, *, asks_back: bool
) -> Picture:
    before = now.talk.approvals.get(request)
    if before is None:
        return now
    after = replace(before, state=state, words=words, asks_back=asks_back, answered_at=entry.at)
    approvals = with_item(now.talk.approvals, request, after)
    return anew(now, talk=anew(now.talk, approvals=approvals))
