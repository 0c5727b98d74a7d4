"""What people settle with the drill itself before they take their seat: the safety contract.

Rule 1: it is accepted once a seat, in the version that holds; nothing of the incident moves.
Rule 2: whoever accepted nothing may still step out or call a real emergency.
"""

from simulator.brief.contract import VERSION
from simulator.journal.commands.room import AcceptContract
from simulator.journal.entry import Entry
from simulator.journal.events.room import ContractAccepted
from simulator.response.orders import refuse
from simulator.stage import Stage


def accept_contract(stage: Stage, entry: Entry) -> None:
    """Record that somebody plays knowing what is recorded and who sees it."""
    order = entry.what
    assert isinstance(order, AcceptContract)
    if order.version != VERSION:
        refuse(
            stage,
            entry,
            "overtaken",
            f"the safety contract that holds is version {VERSION}, not {order.version}: read that",
        )
    elif stage.situation.contract.get(entry.by) == VERSION:
        refuse(stage, entry, "lifecycle", "you have accepted the safety contract already")
    else:
        stage.emit(ContractAccepted(person=entry.by, version=VERSION))
