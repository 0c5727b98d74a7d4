"""What people, bots, facilitators and hosts ask for: one vocabulary, said by all alike.

Rule 1: an order is frozen, whole-numbered and in the imperative; it may be refused, and a refused
one changes nothing.
Rule 2: `said_by` names who may say it; everything finer (roles, authority, order) is the plan's.
"""

from simulator.journal.commands.base import Command
from simulator.journal.commands.exercise import Decide
from simulator.journal.commands.incident import (
    AddAction,
    Assign,
    BookMeeting,
    Close,
    ConfirmLevel,
    Declare,
    Deviate,
    HoldMeeting,
    MergePage,
    OpenChannel,
    Regrade,
    Resolve,
    SetStatus,
    StandDown,
    SubmitReport,
)
from simulator.journal.commands.paging import Acknowledge, Dismiss, Notify, Page
from simulator.journal.commands.room import (
    AcceptContract,
    AcceptDeviation,
    FireInject,
    GiveHint,
    HandBack,
    IAmStuck,
    InjectFault,
    RealEmergency,
    Skip,
    StepOut,
    TakeChair,
    Waive,
)
from simulator.journal.commands.talk import (
    AskApproval,
    AskColleague,
    Delegate,
    GiveApproval,
    HandOver,
    Note,
    PostFind,
    RefuseApproval,
    Release,
    Say,
    SendMessage,
    TakeOver,
)
from simulator.journal.commands.work import (
    CancelWork,
    Follow,
    Hypothesise,
    Look,
    Mitigate,
    OwnDebt,
    RunStep,
    Type,
    Unfollow,
)

COMMANDS: tuple[type[Command], ...] = (
    Acknowledge, Dismiss, Page, Notify,
    Declare, ConfirmLevel, Regrade, MergePage, OpenChannel, Assign, SetStatus, Resolve, StandDown,
    Close, Deviate, SubmitReport, BookMeeting, HoldMeeting, AddAction,
    Look, Follow, Unfollow, Hypothesise, Mitigate, RunStep, CancelWork, Type, OwnDebt,
    Say, AskColleague, AskApproval, GiveApproval, RefuseApproval, Delegate, HandOver, TakeOver,
    Release, SendMessage, Note, PostFind, Decide,
    Skip, TakeChair, HandBack, StepOut, RealEmergency, IAmStuck, InjectFault, FireInject, GiveHint,
    Waive, AcceptDeviation, AcceptContract,
)  # fmt: skip
"""Every command there is."""

__all__ = [command.__name__ for command in COMMANDS] + ["COMMANDS", "Command"]
