"""Lines that match: grep and its two cousins.

Rule 1: matching is `patterns`': linear, never backtracking.
"""

from collections.abc import Sequence

from simulator.shell.flags import Given, flag_table
from simulator.shell.patterns import Pattern
from simulator.shell.posix import IN_BRACKETS, basic_to_extended, fixed_pattern, posix_pattern
from simulator.shell.streams import Filtered, Misused, lines_of, options, text_of
from simulator.shell.syntax import Unreadable

_MOST_PATTERNS = 20
_TABLE = flag_table(
    "v|invert-match i|ignore-case c|count E|extended-regexp F|fixed-strings P|perl-regexp "
    "n|line-number o|only-matching w|word-regexp x|line-regexp q|quiet s|no-messages h|no-filename "
    "l|files-with-matches a|text line-buffered color colour e|regexp= m|max-count= "
    "A|after-context= B|before-context= C|context= G|basic-regexp"
)


def grep(words: Sequence[str], text: str) -> Filtered:
    """The lines a pattern is found in; status 1 where there is none."""
    expressions = ("-e" in words) or any(word.startswith("--regexp") for word in words)
    counted = [f"-C{word[1:]}" if _is_context(word) else word for word in words]
    given = options("grep", counted, _TABLE, operands=0 if expressions else 1)
    sources = given.flags.get("regexp", (*given.operands, *given.rest)[:1])
    if not sources:
        raise Misused(
            "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information."
        )
    parts = [part for source in sources for part in source.split("\n")]
    if len(parts) > _MOST_PATTERNS:
        raise Unreadable("so many patterns", simulated=False)
    try:
        patterns = [_pattern(part, given) for part in parts]
    except Unreadable as fault:
        if not fault.simulated:
            raise
        raise Misused(f"grep: {fault}") from fault
    return _searched(lines_of(text), patterns, given)


def egrep(words: Sequence[str], text: str) -> Filtered:
    """As `grep -E`."""
    return grep(["-E", *words], text)


def fgrep(words: Sequence[str], text: str) -> Filtered:
    """As `grep -F`."""
    return grep(["-F", *words], text)


def _is_context(word: str) -> bool:
    return word.startswith("-") and word[1:].isdecimal()


def _pattern(source: str, given: Given) -> Pattern:
    if given.has("fixed-strings"):
        return fixed_pattern(source, ignore_case=given.has("ignore-case"))
    perl = given.has("perl-regexp")
    if not (given.has("extended-regexp") or perl):
        source = basic_to_extended(source)
    if given.has("word-regexp"):
        source = rf"\b({source})\b"
    if given.has("line-regexp"):
        source = f"^({source})$"
    escapes = IN_BRACKETS if perl else ""
    return posix_pattern(source, ignore_case=given.has("ignore-case"), escapes=escapes)


def _searched(lines: list[str], patterns: list[Pattern], given: Given) -> Filtered:
    inverted = given.has("invert-match")
    hits = [
        number
        for number, line in enumerate(lines)
        if any(pattern.found(line) for pattern in patterns) != inverted
    ]
    most = _number(given, "max-count", len(lines))
    hits = hits[:most]
    status = 0 if hits else 1
    if given.has("quiet"):
        return Filtered("", "", status)
    if given.has("count"):
        return Filtered(f"{len(hits)}\n", "", status)
    if given.has("files-with-matches"):
        return Filtered("(standard input)\n" if hits else "", "", status)
    if given.has("only-matching"):
        found = [
            (number, lines[number][start:end])
            for number in hits
            for pattern in patterns
            for start, end in pattern.spans(lines[number])
            if end > start
        ]
        shown = [
            f"{number + 1}:{part}" if given.has("line-number") else part for number, part in found
        ]
        return Filtered(text_of(shown), "", status)
    return Filtered(text_of(_with_context(lines, hits, given)), "", status)


def _with_context(lines: list[str], hits: list[int], given: Given) -> list[str]:
    around = _number(given, "context", 0)
    before = _number(given, "before-context", around)
    after = _number(given, "after-context", around)
    chosen = set(hits)
    shown: list[str] = []
    last = -1
    for hit in hits:
        begins = max(hit - before, last + 1)
        if shown and begins > last + 1 and (before or after):
            shown.append("--")
        for number in range(begins, min(hit + after, len(lines) - 1) + 1):
            mark = ":" if number in chosen else "-"
            prefix = f"{number + 1}{mark}" if given.has("line-number") else ""
            shown.append(prefix + lines[number])
            last = number
    return shown


def _number(given: Given, flag: str, default: int) -> int:
    number = given.number(flag, default)
    if number is None or number < 0:
        raise Misused(f"grep: {given.value(flag)}: invalid context length argument")
    return number
