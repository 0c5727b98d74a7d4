"""What commands do: pages taken, incidents steered, work done, words said, a drill ended.

May import stage, journal, brief, shell and ground; a stranger to world and responders. The world
hears of what is done here only through the journal, and answers there.
"""

from collections.abc import Callable, Mapping
from typing import Final

from simulator.journal.commands import exercise as exercise_orders
from simulator.journal.commands import incident as incident_orders
from simulator.journal.commands import paging as paging_orders
from simulator.journal.commands import room as room_orders
from simulator.journal.commands import talk as talk_orders
from simulator.journal.commands import work as work_orders
from simulator.journal.commands.base import Command
from simulator.journal.entry import Entry
from simulator.response import (
    acting,
    afterpart,
    approvals,
    comms,
    ending,
    exercise,
    facilitation,
    handing,
    incident,
    joining,
    looking,
    paging,
    seating,
    skipping,
    talk,
    terminal,
)
from simulator.stage import Stage

HANDLERS: Final[Mapping[type[Command], Callable[[Stage, Entry], None]]] = {
    paging_orders.Acknowledge: paging.acknowledge,
    paging_orders.Dismiss: paging.dismiss,
    paging_orders.Page: joining.page,
    paging_orders.Notify: joining.notify,
    talk_orders.Release: joining.release,
    incident_orders.Declare: incident.declare,
    incident_orders.ConfirmLevel: incident.confirm_level,
    incident_orders.Regrade: incident.regrade,
    incident_orders.MergePage: incident.merge_page,
    incident_orders.OpenChannel: incident.open_channel,
    incident_orders.Assign: incident.assign,
    incident_orders.SetStatus: incident.set_status,
    incident_orders.Deviate: incident.deviate,
    incident_orders.Resolve: ending.resolve,
    incident_orders.StandDown: ending.stand_down,
    incident_orders.Close: ending.close,
    incident_orders.SubmitReport: afterpart.submit_report,
    incident_orders.BookMeeting: afterpart.book_meeting,
    incident_orders.HoldMeeting: afterpart.hold_meeting,
    incident_orders.AddAction: afterpart.add_action,
    work_orders.Look: looking.look,
    work_orders.Follow: looking.follow,
    work_orders.Unfollow: looking.unfollow,
    work_orders.Hypothesise: looking.hypothesise,
    work_orders.Mitigate: acting.mitigate,
    work_orders.RunStep: acting.run_step,
    work_orders.CancelWork: acting.cancel_work,
    work_orders.OwnDebt: acting.own_debt,
    work_orders.Type: terminal.type_line,
    talk_orders.Say: comms.say,
    talk_orders.SendMessage: incident.send_message,
    talk_orders.Note: comms.note,
    talk_orders.PostFind: comms.post_find,
    talk_orders.AskColleague: talk.ask_colleague,
    talk_orders.Delegate: talk.delegate,
    talk_orders.AskApproval: approvals.ask_approval,
    talk_orders.GiveApproval: approvals.give_approval,
    talk_orders.RefuseApproval: approvals.refuse_approval,
    talk_orders.HandOver: handing.hand_over,
    talk_orders.TakeOver: handing.take_over,
    exercise_orders.Decide: exercise.decide,
    room_orders.Skip: skipping.skip,
    room_orders.StepOut: facilitation.step_out,
    room_orders.RealEmergency: facilitation.real_emergency,
    room_orders.IAmStuck: facilitation.i_am_stuck,
    room_orders.InjectFault: facilitation.inject_fault,
    room_orders.FireInject: facilitation.fire_inject,
    room_orders.GiveHint: facilitation.give_hint,
    room_orders.Waive: facilitation.waive,
    room_orders.AcceptDeviation: facilitation.accept_deviation,
    room_orders.AcceptContract: seating.accept_contract,
}
"""Every order but those about chairs, which are the drill's own."""
