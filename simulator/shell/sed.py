r"""The stream editor in the forms people type: `s/a/b/g`, `-n '5,10p'`, `/x/d`, `$!d`, `q`.

Rule 1: `\1` is what the bracket stood for in the match, by the one engine of `patterns`.
Rule 2: hold space, labels and files are "not simulated".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.shell.flags import flag_table
from simulator.shell.patterns import Pattern
from simulator.shell.posix import basic_to_extended, posix_pattern
from simulator.shell.streams import LONGEST_OUTPUT, Filtered, Misused, lines_of, options, text_of
from simulator.shell.syntax import Unreadable

_TABLE = flag_table("n|quiet silent E|regexp-extended r e|expression= u|unbuffered i|in-place")
_FLAGS: Final = re.compile(r"[gpiI0-9]*")


@dataclass(frozen=True, slots=True)
class _Address:
    line: int = 0
    """0 where a pattern or the last line is meant."""
    last: bool = False
    pattern: Pattern | None = None

    def met(self, number: int, count: int, line: str) -> bool:
        if self.pattern is not None:
            return self.pattern.found(line)
        return number == (count if self.last else self.line)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    verb: str
    first: _Address | None = None
    second: _Address | None = None
    negated: bool = False
    pattern: Pattern | None = None
    replacement: str = ""
    flags: str = ""


def sed(words: Sequence[str], text: str) -> Filtered:
    """The text after every order of the script has been applied to each line."""
    scripted = any(word == "-e" or word.startswith("--expression") for word in words)
    given = options("sed", words, _TABLE, operands=0 if scripted else 1)
    scripts = given.flags.get("expression", (*given.operands, *given.rest)[:1])
    if not scripts:
        raise Misused("Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...")
    extended = given.has("regexp-extended") or given.has("r")
    orders = [order for script in scripts for order in _Reader(script, extended=extended).orders()]
    quiet = given.has("quiet") or given.has("silent")
    return Filtered(text_of(_edited(lines_of(text), orders, quiet=quiet)))


def _edited(lines: list[str], orders: list[_Order], *, quiet: bool) -> list[str]:
    out: list[str] = []
    active = [False] * len(orders)
    written = counted = 0
    for number, original in enumerate(lines, start=1):
        line: str | None = original
        ends = False
        for at, order in enumerate(orders):
            if (
                line is None
                or ends
                or not _applies(order, active, at, number=number, count=len(lines), line=line)
            ):
                continue
            if order.verb == "p":
                out.append(line)
            elif order.verb == "d":
                line = None
            elif order.verb == "q":
                ends = True
            elif order.verb == "=":
                out.append(str(number))
            else:
                changed = _replaced(order, line)
                if "p" in order.flags and changed != line:
                    out.append(changed)
                line = changed
        if line is not None and not quiet:
            out.append(line)
        written += sum(map(len, out[counted:]))
        counted = len(out)
        if written > 2 * LONGEST_OUTPUT:
            raise Unreadable("so much output of sed", simulated=False)
        if ends:
            break
    return out


def _applies(
    order: _Order, active: list[bool], at: int, *, number: int, count: int, line: str
) -> bool:
    if order.first is None:
        return not order.negated
    if order.second is None:
        return order.first.met(number, count, line) != order.negated
    inside = active[at]
    if inside:
        short = order.second.line and number >= order.second.line
        active[at] = not (short or order.second.met(number, count, line))
    elif order.first.met(number, count, line):
        inside = True
        active[at] = not (order.second.line and order.second.line <= number)
    return inside != order.negated


def _replaced(order: _Order, line: str) -> str:
    assert order.pattern is not None, "a substitution has its pattern"
    nth = int("".join(sign for sign in order.flags if sign.isdigit()) or 1)
    out: list[str] = []
    at = 0
    for count, (start, end) in enumerate(order.pattern.spans(line), start=1):
        if count < nth or (count > nth and "g" not in order.flags):
            continue
        out.append(line[at:start])
        out.append(_filled(order, line, start, end))
        at = end
    changed = "".join([*out, line[at:]])
    if len(changed) > LONGEST_OUTPUT:
        raise Unreadable("so long a line of sed", simulated=False)
    return changed


def _filled(order: _Order, line: str, start: int, end: int) -> str:
    r"""The replacement of one match, with what `&` and `\1` stand for."""
    assert order.pattern is not None, "a substitution has its pattern"
    if "\\" not in order.replacement:
        return order.replacement.replace("&", line[start:end])
    groups: tuple[str, ...] | None = None
    out: list[str] = []
    at = 0
    while at < len(order.replacement):
        sign = order.replacement[at]
        if sign == "&":
            out.append(line[start:end])
        elif sign == "\\" and at + 1 < len(order.replacement):
            at += 1
            following = order.replacement[at]
            if following.isdigit():
                if groups is None:
                    groups = (line[start:end], *order.pattern.groups(line, start, end))
                out.append(groups[int(following)])
            else:
                out.append({"n": "\n", "t": "\t"}.get(following, following))
        else:
            out.append(sign)
        at += 1
    return "".join(out)


class _Reader:
    """Lives for one script: the place reached."""

    def __init__(self, script: str, *, extended: bool) -> None:
        self.script = script
        self.extended = extended
        self.at = 0

    def orders(self) -> list[_Order]:
        """Every order of the script."""
        found: list[_Order] = []
        while True:
            self._skip(" \t\n;")
            if self.at >= len(self.script):
                return found
            found.append(self._order())

    def _skip(self, signs: str) -> None:
        while self.at < len(self.script) and self.script[self.at] in signs:
            self.at += 1

    def _peek(self) -> str:
        return self.script[self.at : self.at + 1]

    def _order(self) -> _Order:
        first = self._address()
        second = None
        if first is not None and self._peek() == ",":
            self.at += 1
            second = self._address()
            if second is None:
                raise Misused(f"sed: -e expression #1, char {self.at}: unexpected `,'")
        self._skip(" ")
        negated = self._peek() == "!"
        self.at += negated
        verb = self._peek()
        self.at += 1
        if verb in ("p", "d", "q", "="):
            return _Order(verb=verb, first=first, second=second, negated=negated)
        if verb == "s":
            source, replacement, flags = self._substitution()
            pattern = self._pattern(source, ignore_case="i" in flags.lower())
            self._check_references(replacement, pattern.group_count)
            return _Order(
                verb="s",
                first=first,
                second=second,
                negated=negated,
                pattern=pattern,
                replacement=replacement,
                flags=flags,
            )
        if not verb:
            raise Misused(f"sed: -e expression #1, char {self.at - 1}: missing command")
        if verb in "aicyhHgGxnNDPbtlrw{}:":
            raise Unreadable(f"sed's `{verb}'", simulated=False)
        raise Misused(f"sed: -e expression #1, char {self.at}: unknown command: `{verb}'")

    def _address(self) -> _Address | None:
        if self._peek() == "$":
            self.at += 1
            return _Address(last=True)
        if self._peek() == "/":
            self.at += 1
            return _Address(pattern=self._pattern(self._until("/"), ignore_case=False))
        start = self.at
        self._skip("0123456789")
        digits = self.script[start : self.at]
        return _Address(line=int(digits[:9])) if digits else None

    def _until(self, delimiter: str) -> str:
        out: list[str] = []
        while (sign := self._peek()) != delimiter:
            if not sign:
                raise Misused(
                    f"sed: -e expression #1, char {self.at}: "
                    "unterminated address regex or `s' command"
                )
            if sign == "\\" and self.script[self.at + 1 : self.at + 2] == delimiter:
                out.append(delimiter)
                self.at += 2
            elif sign == "\\":
                out.append(self.script[self.at : self.at + 2])
                self.at += 2
            else:
                out.append(sign)
                self.at += 1
        self.at += 1
        return "".join(out)

    def _substitution(self) -> tuple[str, str, str]:
        delimiter = self._peek()
        if not delimiter or delimiter in "\n\\":
            raise Misused(f"sed: -e expression #1, char {self.at}: unterminated `s' command")
        self.at += 1
        source = self._until(delimiter)
        replacement = self._until(delimiter)
        found = _FLAGS.match(self.script, self.at)
        flags = found.group() if found else ""
        self.at += len(flags)
        self._skip(" ")
        if self._peek() not in ("", ";", "\n", "}"):
            raise Misused(f"sed: -e expression #1, char {self.at + 1}: unknown option to `s'")
        return source, replacement, flags

    def _pattern(self, source: str, *, ignore_case: bool) -> Pattern:
        try:
            extended = source if self.extended else basic_to_extended(source)
            return posix_pattern(extended, ignore_case=ignore_case, escapes="nt")
        except Unreadable as fault:
            if not fault.simulated:
                raise
            raise Misused(f"sed: -e expression #1, char {self.at}: {fault}") from fault

    def _check_references(self, replacement: str, groups: int) -> None:
        for number in re.findall(r"\\(?:[^0-9]|([0-9]))", replacement):
            if number and int(number) > groups:
                raise Misused(
                    f"sed: -e expression #1, char {self.at}: "
                    f"invalid reference \\{number} on `s' command's RHS"
                )
