"""The characters of a line become tokens: words, operators, redirections, here-documents.

Rule 1: one pass over the characters; a quote or bracket left open is refused in bash's words.
Rule 2: only `grammar` reads tokens.
"""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, NoReturn

from simulator.shell.syntax import Piece, Unreadable, Word

_OPERATORS: Final = ("&&", "||", "|&", "&>>", "&>", ";;", "|", ";", "&", "(", ")", "\n")
_REDIRECT: Final = re.compile(r"(\d?)(<<<|<<-|<<|>>|>&|<&|>\||<>|>|<)")
_SINGLE: Final = re.compile(r"\$'((?:[^'\\]|\\.)*)'|'([^']*)'", re.DOTALL)
_ANSI: Final = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES: Final = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", "'": "'", '"': '"'}
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[?$!#@*0-9-]")
_BRACED: Final = re.compile(r"([A-Za-z_][A-Za-z0-9_]*|[?$!#@*0-9])(:?-[^}]*)?\}")


@dataclass(slots=True)
class Token:
    """One token and where it stands in the line."""

    kind: Literal["word", "op", "redirect"]
    text: str
    start: int
    end: int
    word: Word = field(default_factory=lambda: Word(()))
    heredoc: bool = False


def unexpected(text: str) -> NoReturn:
    """Refuse a token where it stands, as bash does."""
    shown = "newline" if text == "\n" else text
    raise Unreadable(f"-bash: syntax error near unexpected token `{shown}'")


class Lexer:
    """Lives for one line: the place reached and the here-documents still to be read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: list[Token] = []
        self.pending: list[tuple[Token, bool]] = []

    def tokens(self) -> list[Token]:
        """Every token of the text."""
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign == "\\" and self.text[self.at + 1 : self.at + 2] == "\n":
                self.at += 2
            elif sign in " \t":
                self.at += 1
            elif sign == "#":
                end = self.text.find("\n", self.at)
                self.at = len(self.text) if end < 0 else end
            elif not self._redirect() and not self._operator():
                self._word()
        self._heredocs()
        return self.found

    def _operator(self) -> bool:
        for operator in _OPERATORS:
            if self.text.startswith(operator, self.at):
                start, self.at = self.at, self.at + len(operator)
                if operator in ("&>", "&>>"):
                    self._target("&", ">", start)
                    return True
                self.found.append(Token("op", operator, start, self.at))
                if operator == "\n":
                    self._heredocs()
                return True
        return False

    def _redirect(self) -> bool:
        found = _REDIRECT.match(self.text, self.at)
        if found is None:
            return False
        start, self.at = self.at, found.end()
        self._target(found[1], found[2], start)
        return True

    def _target(self, descriptor: str, operator: str, start: int) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\t"):
            self.at += 1
        before = len(self.found)
        if self.at < len(self.text) and self.text[self.at] not in "\n;|&()<>":
            self._word()
        if len(self.found) == before:
            unexpected(self.text[self.at : self.at + 1] or "\n")
        target = self.found.pop()
        token = Token("redirect", descriptor + operator, start, self.at, target.word)
        self.found.append(token)
        if operator in ("<<", "<<-"):
            token.heredoc = True
            self.pending.append((token, operator == "<<-"))

    def _heredocs(self) -> None:
        for token, dedented in self.pending:
            delimiter = "".join(piece.text for piece in token.word.pieces)
            raw = any(piece.quoted for piece in token.word.pieces)
            lines: list[str] = []
            while self.at < len(self.text):
                end = self.text.find("\n", self.at)
                end = len(self.text) if end < 0 else end
                line = self.text[self.at : end]
                self.at = min(len(self.text), end + 1)
                line = line.lstrip("\t") if dedented else line
                if line == delimiter:
                    break
                lines.append(line)
            body = "".join(f"{line}\n" for line in lines)
            token.word = Word((Piece("text", body, quoted=True),) if raw else _inside(body))
        self.pending = []

    def _word(self) -> None:
        start = self.at
        pieces: list[Piece] = []
        while self.at < len(self.text):
            sign = self.text[self.at]
            if sign in " \t\n;|&()<>":
                break
            pieces.extend(self._pieces(sign))
        self.found.append(
            Token("word", self.text[start : self.at], start, self.at, Word(_merged(pieces)))
        )

    def _pieces(self, sign: str) -> tuple[Piece, ...]:
        if sign == "'" or self.text.startswith("$'", self.at):
            found = _SINGLE.match(self.text, self.at)
            if found is None:
                _unclosed("'")
            self.at = found.end()
            text = found[2] if found[1] is None else _ANSI.sub(_meant, found[1])
            return (Piece("text", text, quoted=True),)
        if sign == '"':
            end = _closing_quote(self.text, self.at + 1)
            body = self.text[self.at + 1 : end]
            self.at = end + 1
            return _inside(body) or (Piece("text", "", quoted=True),)
        if sign in "$`":
            piece, self.at = _dollar(self.text, self.at, quoted=False)
            return (piece,)
        if sign == "\\":
            self.at += 2
            return (Piece("text", self.text[self.at - 1 : self.at], quoted=True),)
        self.at += 1
        return (Piece("text", sign),)


def _meant(found: re.Match[str]) -> str:
    """What an escape stands for between `$'` and `'`."""
    return _ESCAPES.get(found[1], found[0])


def _merged(pieces: list[Piece]) -> tuple[Piece, ...]:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and last.kind == piece.kind == "text" and last.quoted == piece.quoted:
            merged[-1] = Piece("text", last.text + piece.text, piece.quoted)
        else:
            merged.append(piece)
    return tuple(merged)


def _unclosed(sign: str) -> NoReturn:
    raise Unreadable(
        f"-bash: unexpected EOF while looking for matching `{sign}'\n"
        "-bash: syntax error: unexpected end of file"
    )


def _closing_quote(text: str, at: int) -> int:
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text.startswith("$(", at):
            at = _closing_bracket(text, at + 2) + 1
        elif text[at] == '"':
            return at
        else:
            at += 1
    _unclosed('"')


def _closing_bracket(text: str, at: int) -> int:
    """Where the `)` stands that closes a `$(`; iterative, so that depth costs no stack."""
    depth = 1
    quote = ""
    while at < len(text):
        sign = text[at]
        if sign == "\\" and quote != "'":
            at += 1
        elif quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
            if depth == 0:
                return at
        at += 1
    _unclosed(")")


def _dollar(text: str, at: int, *, quoted: bool) -> tuple[Piece, int]:
    """The value that begins at a `$` or a backtick, and where the text goes on."""
    if text[at] == "`":
        end = text.find("`", at + 1)
        if end < 0:
            _unclosed("`")
        return Piece("command", text[at + 1 : end], quoted), end + 1
    if text.startswith("$((", at):
        raise Unreadable("arithmetic expansion", simulated=False)
    if text.startswith("$(", at):
        end = _closing_bracket(text, at + 2)
        return Piece("command", text[at + 2 : end], quoted), end + 1
    if text.startswith("${", at):
        braced = _BRACED.match(text, at + 2)
        if braced is None:
            raise Unreadable("parameter expansion", simulated=False)
        default = (braced[2] or "").lstrip(":").removeprefix("-")
        return Piece("variable", f"{braced[1]}:-{default}", quoted), braced.end()
    found = _VARIABLE.match(text, at + 1)
    if found is None:
        return Piece("text", "$", quoted), at + 1
    return Piece("variable", found.group(), quoted), found.end()


def _inside(body: str) -> tuple[Piece, ...]:
    """The pieces between double quotes, or of an unquoted here-document."""
    pieces: list[Piece] = []
    at = 0
    while at < len(body):
        if body[at] == "\\" and body[at + 1 : at + 2] in ("$", "`", '"', "\\", "\n"):
            kept = "" if body[at + 1] == "\n" else body[at + 1]
            pieces.append(Piece("text", kept, quoted=True))
            at += 2
        elif body[at] in "$`":
            piece, at = _dollar(body, at, quoted=True)
            pieces.append(piece)
        else:
            pieces.append(Piece("text", body[at], quoted=True))
            at += 1
    return _merged(pieces)
