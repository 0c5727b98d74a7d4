"""`aws <service> <operation> [--flags]`: the cloud's own command line, over the documents.

Rule 1: usage errors leave with 252, errors of the service with 254, a query that fails on the
    response with 255, as version 2 of the CLI does.
Rule 2: what changes something comes back as an act with the response of the accepted call.
"""

import json
from typing import Any, Final

import jmespath

from simulator.shell.aws_calls import CHANGES, SERVICES, SPECIAL, operations_of
from simulator.shell.aws_change import changed, missing_flags
from simulator.shell.aws_flags import GLOBAL, USAGE, ParamError, Request, read_request
from simulator.shell.aws_look import looked
from simulator.shell.aws_looks import LOOKS, Look
from simulator.shell.aws_messages import AwsError
from simulator.shell.aws_output import printable, rendered
from simulator.shell.aws_special import listed, special
from simulator.shell.documents import Documents
from simulator.shell.reply import Act, Reply, Terminal, Way
from simulator.shell.syntax import Simple
from simulator.shell.text_names import camel, nearest_three

_TAKES: Final = (8, 15)
_FORMS: Final = ("json", "text", "table", "yaml", "yaml-stream")
_LOOKING: Final = ("describe-", "list-", "get-", "lookup-", "search-")
_REQUIRED: Final = {
    "cloudwatch get-metric-statistics": (
        "namespace", "metric-name", "start-time", "end-time", "period",
    ),
    "rds download-db-log-file-portion": ("db-instance-identifier", "log-file-name"),
}  # fmt: skip


def answer(command: Simple, documents: Documents, terminal: Terminal, piped: str | None) -> Reply:
    """What the line prints and would change; never raises."""
    del piped
    words = command.words[1:]
    if "--version" in words[:1]:
        return Reply(way="normal", out="aws-cli/2.17.9 Python/3.11.8 Linux/6.1 exe/x86_64\n")
    request = read_request(words)
    if not request.service or "help" in (request.service, request.operation, *request.words[:1]):
        return _help(request)
    if request.service not in SERVICES and not documents.kinds(f"aws/{request.service}/"):
        return _usage(_invalid("command", request.service, sorted(SERVICES)))
    form = request.flag("output") or "json"
    if form not in _FORMS:
        return _usage(_invalid("--output", form, _FORMS))
    try:
        _check_query(request)
        return _done(request, form, command, documents, terminal)
    except ParamError as error:
        return Reply(way="refused", err=f"\n{error}\n", status=252, takes_s=(1, 3))
    except AwsError as error:
        err = (
            f"\nAn error occurred ({error.code}) when calling the {request.api} operation:"
            f" {error.message}\n"
        )
        return Reply(
            way="refused", err=err, status=254, takes_s=_TAKES, reads=_reads(request, documents)
        )


def _reads(request: Request, documents: Documents) -> tuple[str, ...]:
    """The kinds a request touches whatever it finds."""
    if request.name in LOOKS:
        return (f"aws/{LOOKS[request.name].kind}",)
    if request.name in CHANGES and CHANGES[request.name].kind:
        return (f"aws/{CHANGES[request.name].kind}",)
    return tuple(documents.kinds(f"aws/{request.service}/"))


def _done(
    request: Request, form: str, command: Simple, documents: Documents, terminal: Terminal
) -> Reply:
    if request.name == "s3 ls":
        out, err, reads = listed(request, documents)
        way: Way = "refused" if err else "answered"
        return Reply(
            way=way, out=out, err=err, status=254 if err else 0, takes_s=_TAKES, reads=reads
        )
    acts: tuple[Act, ...] = ()
    look = LOOKS.get(request.name) or _unlisted(request, documents)
    change = CHANGES.get(request.name)
    if look is None and change is None and request.name not in SPECIAL:
        return _unknown(request)
    needed = (
        look.required if look else (change.required if change else _REQUIRED.get(request.name, ()))
    )
    if missing := missing_flags(needed, change.target if change else "", request):
        return _usage(f"aws: error: the following arguments are required: {', '.join(missing)}")
    if look is not None and (stray := _stray(request, look)):
        return _usage(f"Unknown options: {', '.join((f'--{stray}', *request.flags[stray]))}")
    reads = _reads(request, documents)
    if change is not None:
        response, act = changed(request, change, documents, command.line)
        acts = (act,)
    elif look is not None:
        response, reads = looked(request, look, documents), (f"aws/{look.kind}",)
    else:
        response, reads = special(request, documents, terminal)
    return _printed(request, form, response, acts, reads)


def _check_query(request: Request) -> None:
    """Read the query before anything is asked, as the CLI does; raises `ParamError`."""
    query = request.flag("query")
    try:
        jmespath.compile(query or "@")
    except (ValueError, RecursionError) as error:
        raise ParamError(f"Bad value for --query {query}: {error}") from None


def _printed(
    request: Request, form: str, response: Any, acts: tuple[Act, ...], reads: tuple[str, ...]
) -> Reply:
    response = printable(response)
    query = request.flag("query")
    if query and response != {}:
        try:
            response = jmespath.search(query, response)
            json.dumps(response)
        except (ValueError, TypeError, RecursionError, AttributeError) as error:
            return Reply(way="refused", err=f"\n{error}\n", status=255, takes_s=_TAKES, reads=reads)
        if response is None and form == "json":
            out = "null\n"
            return Reply(way="answered", out=out, takes_s=_TAKES, acts=acts, reads=reads)
    elif form == "text" and request.name == "rds download-db-log-file-portion":
        response = response.get("LogFileData", "")
    out = rendered(response, form, request.api)
    empty = not acts and _is_empty(response)
    return Reply(
        way="normal" if empty else "answered", out=out, takes_s=_TAKES, acts=acts, reads=reads
    )


def _is_empty(response: Any) -> bool:
    if isinstance(response, dict):
        return all(value == [] for value in response.values())
    return response in (None, [], "")


def _unlisted(request: Request, documents: Documents) -> Look | None:
    """A look nobody listed, over documents of its name."""
    for verb in _LOOKING:
        if request.operation.startswith(verb):
            collection = request.operation.removeprefix(verb)
            kind = f"aws/{request.service}/{collection}"
            if kind in documents.kinds(kind):
                return Look(kind=f"{request.service}/{collection}", key=camel(collection))
    return None


def _stray(request: Request, look: Look) -> str:
    """A flag that is a misspelt one of this operation's."""
    known = {*look.filters, *look.required, *GLOBAL, "filters", "max-results", "max-records"}
    known |= {"start-time", "end-time", "duration", "lookup-attributes", "attribute-names"}
    known |= {"next-token", "marker", "scope", "include", "rule-number"}
    for flag in request.flags:
        if flag not in known and nearest_three(flag, known, cutoff=0.85):
            return flag
    return ""


def _unknown(request: Request) -> Reply:
    known = operations_of(request.service)
    if not request.operation:
        return _usage("aws: error: the following arguments are required: operation")
    close = nearest_three(request.operation, known, cutoff=0.75)
    if close:
        return _usage(_invalid("operation", request.operation, known))
    examples = nearest_three(request.operation, known, cutoff=0.0)
    return Reply(
        way="not_simulated",
        err=f"aws: not simulated here: {request.name}\n",
        status=252,
        nearest=tuple(f"aws {request.service} {one}" for one in examples),
    )


def _invalid(what: str, word: str, known: tuple[str, ...] | list[str]) -> str:
    choices = "\n".join(" | ".join(f"{one:<40}" for one in known[i : i + 2])
                        for i in range(0, len(known), 2))  # fmt: skip
    text = f"aws: error: argument {what}: Invalid choice, valid choices are:\n\n{choices}"
    if close := nearest_three(word, known, cutoff=0.6):
        suggestions = "\n".join(f"  * {one}" for one in close)
        text += f"\n\n\nInvalid choice: '{word}', maybe you meant:\n\n{suggestions}"
    return text


def _usage(text: str) -> Reply:
    return Reply(way="refused", err=f"\n{USAGE}\n{text}\n", status=252, takes_s=(1, 3))


def _help(request: Request) -> Reply:
    if not request.service:
        text = f"\n{USAGE}\naws: error: the following arguments are required: command\n"
        return Reply(way="refused", err=text, status=252)
    known = operations_of(request.service)
    if request.service == "help" or not known:
        names = "\n".join(f"       o {one}" for one in sorted(SERVICES))
        return Reply(way="answered", out=f"AVAILABLE SERVICES\n{names}\n")
    if request.operation == "help":
        names = "\n".join(f"       o {one}" for one in known)
        return Reply(way="answered", out=f"AVAILABLE COMMANDS\n{names}\n")
    look, change = LOOKS.get(request.name), CHANGES.get(request.name)
    flags = [*look.filters, *look.required] if look else []
    flags += [change.target, *change.required] if change else []
    listed_flags = "".join(
        f"          [--{flag} <value>]\n" for flag in dict.fromkeys(flags) if flag
    )
    return Reply(
        way="answered",
        out=f"SYNOPSIS\n            {request.operation}\n{listed_flags}"
        "          [--query <value>] [--output json|text|table] [--region <value>]\n",
    )
