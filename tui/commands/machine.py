"""What concerns the machine: schemas for editors, a look at its health, completion."""

import click

from tui import show
from tui.options import archive_option, json_option

DOCUMENTS = ("scenario", "plan", "roster", "system")
SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="JSON Schemas for editors.")
@click.argument("document", type=click.Choice(DOCUMENTS), required=False)
def schema(document: str | None) -> None:
    """Print the JSON Schema of a kind of DOCUMENT; without one, of all."""
    from simulator.brief.published import published, schema_of

    if document is None:
        show.as_json({kind: schema_of(kind) for kind in DOCUMENTS})
    else:
        show.result(published(document).rstrip("\n"))


@click.command(short_help="Check this machine.")
@archive_option
@json_option
def doctor(archive: str | None, json_: bool) -> int:
    """Look at this machine: Python, SQLite, folders, rights, terminal. Exit 1 if it must mend."""
    from dataclasses import asdict

    from tui.health import examined

    found = examined(archive)
    if json_:
        show.as_json([asdict(one) for one in found])
    else:
        for one in found:
            show.result(f"{one.verdict:<5} {one.what}: {one.found}")
            if one.mend:
                show.result(f"      {one.mend}")
    return 1 if any(one.verdict == "BAD" for one in found) else 0


@click.command(short_help="Tab completion for your shell.")
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script of SHELL; the first line says where to put it."""
    from click.shell_completion import get_completion_class

    from tui.command_line import gameday

    found = get_completion_class(shell)
    assert found is not None, "click knows these shells"
    script = found(gameday, {}, "gameday", "_GAMEDAY_COMPLETE")
    show.result(_WHERE[shell])
    # Built from click's own template: `source()` would ask bash its version and talk on stdout.
    show.result(script.source_template % script.source_vars())


_WHERE = {
    "bash": "# gameday completion bash > ~/.local/share/bash-completion/completions/gameday",
    "zsh": "# gameday completion zsh > ~/.zfunc/_gameday, with fpath+=~/.zfunc before compinit",
    "fish": "# gameday completion fish > ~/.config/fish/completions/gameday.fish",
}
