"""`gameday`: every command there is, and how each outcome becomes an exit code.

Rule 1: results go to stdout, talk and errors to stderr; an error is one sentence, no traceback.
Rule 2: 0 done; 1 ran, but below a bar or a check found something; 2 usage; 3 a bad document;
4 the environment; 130 and 143 stopped.
Rule 3: nothing but click is imported until a command is chosen.
"""

import importlib
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType
from typing import Any, Final, NoReturn

import click

DONE, FOUND, USAGE, DOCUMENT, ENVIRONMENT = 0, 1, 2, 3, 4
INTERRUPTED, TERMINATED = 130, 143

COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "run": ("tui.commands.drills", "run", "Play a scenario by bots alone, score it, report it."),
    "replay": ("tui.commands.past", "replay", "Tell a past drill, entry by entry."),
    "rerun": ("tui.commands.past", "rerun", "Prove a past drill: run it again, compare each byte."),
    "fork": ("tui.commands.past", "fork", "Play a past drill on from a second, by other hands."),
    "report": ("tui.commands.past", "report", "Write the report of a past drill."),
    "review": ("tui.commands.review", "review", "Sign, contest, amend, seal a past drill's score."),
    "scenarios": ("tui.commands.scenarios", "scenarios", "List, show and check scenarios."),
    "plans": ("tui.commands.plans", "plans", "List, show and check response plans."),
    "archive": ("tui.commands.history", "archive", "The drill history: list, carry, verify."),
    "schema": ("tui.commands.machine", "schema", "JSON Schemas of the documents, for editors."),
    "doctor": ("tui.commands.machine", "doctor", "Check this machine: what works, what to mend."),
    "completion": ("tui.commands.machine", "completion", "Tab completion for your shell."),
}
"""Name -> module, attribute, what it does; in the order help shows them."""


class FrontDoor(click.Group):
    """A group that knows its commands by name and loads each when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, as the table orders them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, its module loaded now."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click, but an unknown command comes with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from simulator.text import clean_line, did_you_mean

            word = clean_line(args[0], longest=80)
            ctx.fail(f"no command is called {word!r}; {did_you_mean(word, COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table alone: help loads nothing."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, _, about) in COMMANDS.items()])


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from simulator import __version__

        click.echo(f"gameday {__version__}")
        ctx.exit()


@click.group(
    cls=FrontDoor,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and stop.",
)  # fmt: skip
@click.pass_context
def gameday(ctx: click.Context) -> None:
    """Practise incidents: play a scenario under your own response plan, and read how it went."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Never raises but for what asks the interpreter to stop."""
    _ready_streams()
    out = sys.stdout
    before = _on_termination()
    try:
        code = gameday.main(
            args=None if arguments is None else list(arguments),
            prog_name="gameday",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except SystemExit as stop:
        if sys.stdout is not out:  # click met a closed pipe, which it calls exit 1
            sys.stdout = out
            return _quietly()
        if stop.code == TERMINATED:
            _say("stopped")
        return stop.code if isinstance(stop.code, int) else FOUND
    except (KeyboardInterrupt, click.Abort):
        _say("stopped")
        return INTERRUPTED
    except BrokenPipeError:
        return _quietly()
    except click.ClickException as error:
        error.show()
        return USAGE
    except Exception as error:  # noqa: BLE001 - the front door, and only here
        return _mapped(error)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return code if isinstance(code, int) else DONE


def _quietly() -> int:
    """Whoever reads us has had enough (`| head`); the interpreter must not complain at exit."""
    from tui.show import unheard

    unheard()
    return DONE


def _mapped(error: Exception) -> int:
    """The one place that turns an error into words and an exit code."""
    from simulator import errors

    match error:
        case errors.BriefError():
            for problem in error.problems:
                _say(str(problem))
            return DOCUMENT
        case errors.UnknownNameError():
            _say(f"error: {error}")
            return USAGE
        case errors.HostError() | errors.JournalError() | errors.SessionError():
            _say(f"error: {error}")
            return ENVIRONMENT
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            _say(f"error: {where}{error.strerror or error}")
            return ENVIRONMENT
    if os.environ.get("GAMEDAY_TRACE"):
        raise error
    ours = "" if isinstance(error, errors.EngineError) else f"{type(error).__name__}: "
    _say(f"error: {ours}{error}")
    _say("This is a mistake of gameday's; GAMEDAY_TRACE=1 shows where it happened.")
    return FOUND


def _say(text: str) -> None:
    from simulator.text import clean

    click.echo(clean(text), err=True)


def _ready_streams() -> None:
    """A terminal that cannot show a letter gets a question mark, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def _on_termination() -> dict[int, Any]:
    """Let a polite end unwind, so that records are closed; the handlers there were before."""
    numbers = [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    return {number: signal.signal(number, _terminated) for number in numbers}


def _terminated(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(TERMINATED)
