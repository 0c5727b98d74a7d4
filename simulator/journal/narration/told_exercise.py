"""What an exercise asks for and what people answer, one sentence each."""

from simulator.journal.commands import exercise as orders
from simulator.journal.commands.base import Command
from simulator.journal.events import exercise
from simulator.journal.events.base import Event
from simulator.journal.narration.names import Names, lasting, quoted


def of_exercise(event: Event, names: Names) -> str:
    """Items opened, decided, done."""
    match event:
        case exercise.ItemOpened(item=item, within_s=within):
            return f"asked for{lasting(within)}: {names.item(item)}"
        case exercise.ItemDecided(item=item, choice=choice, by=by, because=because):
            answer = names.choice(item, choice)
            return f"{names.person(by)} decides on {names.item(item)}: {answer}{quoted(because)}"
        case exercise.ItemDone(item=item, by=by):
            who = f" by {names.person(by)}" if by else ""
            return f"done{who}: {names.item(item)}"
    raise AssertionError(f"no sentence for {type(event).__name__}")


def exercise_order(order: Command, names: Names) -> str:
    """What somebody wants to answer."""
    assert isinstance(order, orders.Decide)
    answer = names.choice(order.item, order.choice)
    return f"decide on {names.item(order.item)}: {answer}{quoted(order.because)}"
