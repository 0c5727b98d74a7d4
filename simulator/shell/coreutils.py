"""The small filters everybody pipes into: head, tail, wc, sort, uniq, cut, tr, column and kin.

Rule 1: each is a `Filter`; the table in `filters` names them.
Rule 2: work is linear in the text, but for sorting.
"""

from collections.abc import Sequence
from typing import Final

from simulator.shell.flags import Given, flag_table, read_flags
from simulator.shell.streams import Filtered, Misused, aligned, lines_of, options, text_of
from simulator.shell.syntax import Unreadable


def _count(name: str, given: Given, flag: str, default: int) -> int:
    number = given.number(flag, default)
    if number is None:
        raise Misused(f"{name}: invalid number: '{given.value(flag)}'")
    return number


def _with_count(words: Sequence[str]) -> list[str]:
    """`-5` as `-n 5`, but not behind a flag that takes a number."""
    return [
        f"-n{word[1:]}"
        if word[:1] == "-" and word[1:].isdecimal() and before not in ("-n", "-c")
        else word
        for before, word in zip(("", *words), words, strict=False)
    ]


def head(words: Sequence[str], text: str) -> Filtered:
    """The first lines or characters."""
    given = options("head", _with_count(words), flag_table("n|lines= c|bytes= q|quiet"))
    if "bytes" in given.flags:
        return Filtered(text[: _count("head", given, "bytes", 0)])
    count = _count("head", given, "lines", 10)
    return Filtered(text_of(lines_of(text)[:count]))


def tail(words: Sequence[str], text: str) -> Filtered:
    """The last lines, or from a line on (`+N`)."""
    given = options("tail", _with_count(words), flag_table("n|lines= c|bytes= f|follow F q|quiet"))
    if "bytes" in given.flags:
        least = abs(_count("tail", given, "bytes", 0))
        return Filtered(text[-least:] if least else "")
    count = _count("tail", given, "lines", 10)
    lines = lines_of(text)
    if given.value("lines").startswith("+"):
        return Filtered(text_of(lines[max(0, count - 1) :]))
    count = abs(count)
    return Filtered(text_of(lines[-count:] if count else []))


def wc(words: Sequence[str], text: str) -> Filtered:
    """Lines, words and bytes."""
    given = options("wc", words, flag_table("l|lines w|words c|bytes m|chars"))
    sizes = {
        "lines": text.count("\n"),
        "words": len(text.split()),
        "chars": len(text),
        "bytes": len(text.encode(errors="replace")),
    }
    asked = [name for name in sizes if name in given.flags] or ["lines", "words", "bytes"]
    if len(asked) == 1:
        return Filtered(f"{sizes[asked[0]]}\n")
    return Filtered(" ".join(f"{sizes[name]:>7}" for name in asked) + "\n")


def _numeric(text: str) -> float:
    text = text.strip()
    end = 0
    while end < min(len(text), 30) and (
        text[end] in "0123456789." or (end == 0 and text[0] == "-")
    ):
        end += 1
    try:
        return float(text[:end])
    except ValueError:
        return 0.0


_SIZES: Final = {"K": 1e3, "M": 1e6, "G": 1e9, "T": 1e12}


def _human(text: str) -> float:
    unit = next((sign for sign in text.strip().upper() if sign.isalpha()), "")
    return _numeric(text) * _SIZES.get(unit, 1.0)


def sort(words: Sequence[str], text: str) -> Filtered:
    """Lines in order, by column where `-k` says so."""
    table = flag_table(
        "r|reverse n|numeric-sort u|unique k|key= t|field-separator= h|human-numeric-sort "
        "f|ignore-case V|version-sort b|ignore-leading-blanks g|general-numeric-sort s|stable"
    )
    given = options("sort", words, table)
    key = given.value("key")
    first, _, last = key.partition(",")
    column = first.rstrip("nrhfVbg").partition(".")[0]
    letters = first[len(first.rstrip("nrhfVbg")) :] + last.lstrip("0123456789.")
    if key and not (column.isdecimal() and int(column) > 0):
        raise Misused(f"sort: invalid number at field start: invalid count at start of '{key}'")
    separator = given.value("field-separator")

    def part(line: str) -> str:
        if not key:
            return line
        fields = line.split(separator) if separator else line.split()
        end = (
            int(last.rstrip("nrhfVbg") or 0) if last.rstrip("nrhfVbg").isdecimal() else len(fields)
        )
        return (separator or " ").join(fields[int(column) - 1 : max(end, int(column))])

    def order(line: str) -> tuple[float, str, str]:
        value = part(line)
        if given.has("human-numeric-sort") or "h" in letters:
            return _human(value), "", line
        if given.has("numeric-sort") or given.has("general-numeric-sort") or "n" in letters:
            return _numeric(value), "", line
        return 0.0, value.lower() if given.has("ignore-case") else value, line

    lines = sorted(lines_of(text), key=order, reverse=given.has("reverse") or "r" in letters)
    if given.has("unique"):
        lines = list({order(line)[:2]: line for line in reversed(lines)}.values())[::-1]
    return Filtered(text_of(lines))


def uniq(words: Sequence[str], text: str) -> Filtered:
    """Neighbouring equal lines as one."""
    table = flag_table("c|count d|repeated u|unique i|ignore-case")
    given = options("uniq", words, table)
    folded = str.lower if given.has("ignore-case") else str
    groups: list[tuple[str, int]] = []
    for line in lines_of(text):
        same = groups and folded(groups[-1][0]) == folded(line)
        if same:
            groups[-1] = (groups[-1][0], groups[-1][1] + 1)
        else:
            groups.append((line, 1))
    kept = [
        f"{count:>7} {line}" if given.has("count") else line
        for line, count in groups
        if not (given.has("repeated") and count == 1) and not (given.has("unique") and count > 1)
    ]
    return Filtered(text_of(kept))


_MOST_RANGES: Final = 50


def _ranges(name: str, text: str) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for part in text.split(",")[:_MOST_RANGES]:
        low, dash, high = part.partition("-")
        if not f"{low}{high}".isdecimal() or low == "0" or len(part) > 12:
            raise Misused(f"{name}: invalid field value '{text}'")
        begins = int(low or 1)
        ranges.append((begins, int(high) if high else (1 << 30 if dash else begins)))
    return ranges


def cut(words: Sequence[str], text: str) -> Filtered:
    """Chosen fields or characters of each line."""
    table = flag_table("d|delimiter= f|fields= c|characters= b|bytes= s|only-delimited")
    given = options("cut", words, table)
    wanted = given.value("fields") or given.value("characters") or given.value("bytes")
    if not wanted:
        raise Misused("cut: you must specify a list of bytes, characters, or fields")
    ranges = _ranges("cut", wanted)
    delimiter = given.value("delimiter", "\t")
    if len(delimiter) != 1:
        raise Misused("cut: the delimiter must be a single character")
    kept: list[str] = []
    for line in lines_of(text):
        if "fields" not in given.flags:
            kept.append("".join(_chosen(list(line), ranges)))
        elif delimiter in line:
            kept.append(delimiter.join(_chosen(line.split(delimiter), ranges)))
        elif not given.has("only-delimited"):
            kept.append(line)
    return Filtered(text_of(kept))


def _chosen(parts: Sequence[str], ranges: Sequence[tuple[int, int]]) -> list[str]:
    return [
        part
        for number, part in enumerate(parts, start=1)
        if any(low <= number <= high for low, high in ranges)
    ]


_SETS: Final = {
    "[:lower:]": "abcdefghijklmnopqrstuvwxyz",
    "[:upper:]": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "[:digit:]": "0123456789",
    "[:space:]": " \t\n\r\v\f",
    "[:blank:]": " \t",
    "[:punct:]": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
}


def _signs(text: str) -> str:
    for name, signs in _SETS.items():
        text = text.replace(name, signs)
    text = text.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
    out: list[str] = []
    at = 0
    while at < len(text):
        high = text[at + 2 : at + 3]
        if text[at + 1 : at + 2] == "-" and high and 0 <= ord(high) - ord(text[at]) < 256:
            out.extend(chr(code) for code in range(ord(text[at]), ord(high) + 1))
            at += 3
        else:
            out.append(text[at])
            at += 1
    return "".join(out)


def tr(words: Sequence[str], text: str) -> Filtered:
    """Signs exchanged, deleted or squeezed."""
    table = flag_table("d|delete s|squeeze-repeats c|complement C")
    given = options("tr", words, table, operands=2)
    if not given.operands:
        raise Misused("tr: missing operand")
    first, second = (_signs(word) for word in (*given.operands, "")[:2])
    complement = given.has("complement") or given.has("C")
    places: dict[str, int] = {}
    for place, sign in enumerate(first):
        places.setdefault(sign, place)
    into = set(second)

    def meant(sign: str) -> bool:
        return (sign in places) != complement

    if given.has("delete"):
        return Filtered("".join(sign for sign in text if not meant(sign)))
    out: list[str] = []
    for sign in text:
        new = sign
        if second and meant(sign):
            new = second[-1 if complement else min(places[sign], len(second) - 1)]
        squeezed = given.has("squeeze-repeats") and (new in into if second else meant(new))
        if not (squeezed and out and out[-1] == new):
            out.append(new)
    return Filtered("".join(out))


def column(words: Sequence[str], text: str) -> Filtered:
    """Words in columns, for `-t` alone."""
    table = flag_table("t|table s|separator= o|output-separator= n")
    given = options("column", words, table)
    if not given.has("table"):
        raise Unreadable("filling columns", simulated=False)
    separator = given.value("separator")
    rows = [line.split(separator) if separator else line.split() for line in lines_of(text)]
    gap = given.value("output-separator", "  ")
    return Filtered(text_of(aligned(rows, gap=gap)))


def cat(words: Sequence[str], text: str) -> Filtered:
    """The text, numbered with `-n`."""
    given = options("cat", words, flag_table("n|number A|show-all v e t s|squeeze-blank b"))
    if given.has("number"):
        numbered = enumerate(lines_of(text), start=1)
        return Filtered(text_of([f"{number:>6}\t{line}" for number, line in numbered]))
    return Filtered(text)


def tee(words: Sequence[str], text: str) -> Filtered:
    """The text passed on; no file can be written."""
    given = read_flags(words, flag_table("a|append i"))
    files = [file for file in given.operands if file not in ("/dev/null", "/dev/stderr")]
    errors = [f"tee: {file}: Read-only file system" for file in files]
    return Filtered(text, text_of(errors), 1 if errors else 0)


def rev(words: Sequence[str], text: str) -> Filtered:
    """Each line backwards."""
    options("rev", words, flag_table(""))
    return Filtered(text_of([line[::-1] for line in lines_of(text)]))


def tac(words: Sequence[str], text: str) -> Filtered:
    """The lines in reverse order."""
    options("tac", words, flag_table(""))
    return Filtered(text_of(lines_of(text)[::-1]))


def nl(words: Sequence[str], text: str) -> Filtered:
    """The lines numbered."""
    return cat(["-n", *words], text)


def less(words: Sequence[str], text: str) -> Filtered:
    """The whole text: a pager with nothing to turn."""
    operands = [word for word in words if not word.startswith(("-", "+"))]
    if operands:
        raise Misused(f"{operands[0]}: No such file or directory")
    return Filtered(text)
