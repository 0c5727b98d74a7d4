"""A typed line becomes steps of pipelines: read as bash would read it, run never.

Rule 1: one pass over the tokens; length and nesting are bounded.
Rule 2: a message is bash's own; what bash could and we cannot is marked `simulated=False`.
"""

from functools import lru_cache
from typing import Final, Literal, TypeAlias

from simulator.shell.lexer import Lexer, Token, unexpected
from simulator.shell.syntax import (
    Command,
    Loop,
    Piece,
    Redirect,
    Script,
    Step,
    Unreadable,
    Word,
    assignment_of,
)

LONGEST_LINE: Final = 4000
"""Characters; a longer line is refused."""
_DEEPEST: Final = 8
_ENDS: Final = {";", "\n", "&"}
_CLOSERS: Final = frozenset({"do", "done", "}", "then", "fi", "esac", "else", "elif"})
_NOT_SIMULATED: Final = frozenset({"while", "until", "if", "case", "function", "select", "[["})
_Stage: TypeAlias = Command | Loop


@lru_cache(maxsize=1024)
def parse(line: str) -> Script:
    """The line as steps of pipelines; an author's lines are read once, though each is compared.

    Raises:
        Unreadable: with bash's words where bash would refuse it too.
    """
    if len(line) > LONGEST_LINE:
        raise Unreadable("-bash: line too long")
    text = line.replace("\r\n", "\n")
    tokens = Lexer(text).tokens()
    reader = _Reader(text, tokens)
    return reader.script(closing=frozenset(), depth=0)


class _Reader:
    """Lives for one line: the tokens and the one to be read next."""

    def __init__(self, text: str, tokens: list[Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.position = 0

    def peek(self) -> Token | None:
        """The next token."""
        return self.tokens[self.position] if self.position < len(self.tokens) else None

    def script(self, *, closing: frozenset[str], depth: int) -> Script:
        """Steps up to a closing word or bracket, which is left standing."""
        if depth > _DEEPEST:
            raise Unreadable("deep nesting", simulated=False)
        steps: list[Step] = []
        after: Literal[";", "&&", "||"] = ";"
        owed = False
        while (token := self.peek()) is not None:
            if token.kind == "op" and token.text in _ENDS:
                if token.text != "\n" and (owed or not steps):
                    unexpected(token.text)
                self.position += 1
                continue
            if self._closes(token, closing):
                break
            pipeline = self._pipeline(depth)
            steps.append(Step(after, pipeline))
            follower = self.peek()
            after, owed = ";", False
            if follower and follower.kind == "op":
                if follower.text == "&&":
                    after, owed = "&&", True
                elif follower.text == "||":
                    after, owed = "||", True
                if owed or follower.text in _ENDS:
                    self.position += 1
        if owed:
            raise Unreadable("-bash: syntax error: unexpected end of file")
        return tuple(steps)

    def _closes(self, token: Token, closing: frozenset[str]) -> bool:
        if token.kind == "op":
            return token.text == ")" and ")" in closing
        return token.kind == "word" and token.word.plain in closing

    def _pipeline(self, depth: int) -> tuple[_Stage, ...]:
        stages = [self._stage(depth)]
        while (token := self.peek()) and token.kind == "op" and token.text in ("|", "|&"):
            self.position += 1
            if token.text == "|&" and isinstance(stages[-1], Command):
                stages[-1] = _with_errors(stages[-1])
            while (following := self.peek()) and following.text == "\n":
                self.position += 1
            if self.peek() is None:
                raise Unreadable("-bash: syntax error: unexpected end of file")
            stages.append(self._stage(depth))
        return tuple(stages)

    def _stage(self, depth: int) -> _Stage:
        token = self.tokens[self.position]
        if token.kind == "op":
            if token.text != "(":
                unexpected(token.text)
            return self._group(")", depth)
        plain = token.word.plain if token.kind == "word" else None
        if plain == "{":
            return self._group("}", depth)
        if plain == "for":
            return self._loop(depth)
        if plain in _NOT_SIMULATED:
            raise Unreadable(f"`{plain}'", simulated=False)
        if plain in _CLOSERS:
            unexpected(plain or "")
        return self._command()

    def _group(self, closer: str, depth: int) -> Loop:
        self.position += 1
        body = self.script(closing=frozenset({closer}), depth=depth + 1)
        self._expect(closer)
        return Loop(name="", words=(), body=body)

    def _loop(self, depth: int) -> Loop:
        self.position += 1
        name = self._expect_word()
        self._expect("in")
        words: list[Word] = []
        while (token := self.peek()) and token.kind == "word":
            words.append(token.word)
            self.position += 1
        while (token := self.peek()) and token.kind == "op" and token.text in (";", "\n"):
            self.position += 1
        self._expect("do")
        body = self.script(closing=frozenset({"done"}), depth=depth + 1)
        self._expect("done")
        return Loop(name=name, words=tuple(words), body=body)

    def _expect(self, text: str) -> None:
        token = self.peek()
        if token is None:
            raise Unreadable("-bash: syntax error: unexpected end of file")
        if token.text != text:
            unexpected(token.text)
        self.position += 1

    def _expect_word(self) -> str:
        token = self.peek()
        if token is None or token.kind != "word" or token.word.plain is None:
            unexpected(token.text if token else "\n")
        self.position += 1
        return token.word.plain

    def _command(self) -> Command:
        words: list[Word] = []
        assignments: list[tuple[str, Word]] = []
        redirects: list[Redirect] = []
        heredoc: Word | None = None
        start = end = self.tokens[self.position].start
        while (token := self.peek()) is not None and token.kind != "op":
            self.position += 1
            if token.kind == "word":
                assigned = None if words else assignment_of(token.word)
                if assigned:
                    assignments.append(assigned)
                else:
                    words.append(token.word)
                end = token.end
            elif token.heredoc:
                heredoc = token.word
            elif token.text.endswith("<<<"):
                heredoc = Word((*token.word.pieces, Piece("text", "\n", quoted=True)))
            else:
                descriptor = token.text.rstrip("<>&|") or token.text[:1] * (token.text[0] == "&")
                operator = token.text[len(descriptor) :]
                redirects.append(Redirect(descriptor, operator, token.word))
        return Command(
            words=tuple(words),
            assignments=tuple(assignments),
            redirects=tuple(redirects),
            heredoc=heredoc,
            line=self.text[start:end],
        )


def _with_errors(command: Command) -> Command:
    merged = Redirect("2", ">&", Word((Piece("text", "1"),)))
    return Command(
        words=command.words,
        assignments=command.assignments,
        redirects=(*command.redirects, merged),
        heredoc=command.heredoc,
        line=command.line,
    )
