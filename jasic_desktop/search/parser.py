"""Reads the language of questions. Nothing is an error: what does not parse is asked as plain words, with a note."""

from __future__ import annotations

import re
from typing import Final, Literal, cast

import msgspec

from jasic_desktop.search.analysis import JOINERS, clean, has_han, pieces, runs
from jasic_desktop.search.answer import Note
from jasic_desktop.search.dayspan import day_span
from jasic_desktop.search.query import (
    And,
    Dated,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Restrict,
    RestrictField,
    TextField,
    Typed,
    Wildcard,
    Within,
    Word,
)
from jasic_desktop.search.vocabulary import field_of

MAX_LENGTH: Final = 500
MAX_TERMS: Final = 32
MAX_DEPTH: Final = 20
MAX_DISTANCE: Final = 2
MIN_LEADING: Final = 2

_OPERATORS: Final = {"AND", "OR", "NOT"}
_SIGNS: Final = str.maketrans("“”„‟「」『』〝〞＂«»（）：＊～﹡〜", '"""""""""""""()' + ":*~*~")
_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<open>\()
      | (?P<close>\))
      | "(?P<quoted>[^"]*)(?P<end>"?)(?:~\d*)?
      | (?P<minus>-+(?=[^\s)-]))
      | (?P<field>[^\W\d_]+):\s*
      | (?P<chunk>[^\s()"]+)
    )""",
    re.VERBOSE,
)
_VALUE: Final = re.compile(r'"(?P<quoted>[^"]*)(?P<end>"?)|(?P<chunk>[^\s()"]+)')
_FUZZY: Final = re.compile(r"(?P<word>[^~*]+)~(?P<distance>\d*)")
_PATTERN: Final = re.compile(rf"[^\W_](?:[^\W_]|[*{JOINERS}])*")

_Kind = Literal["open", "close", "quoted", "minus", "field", "chunk", "end"]


class _UnparsableError(Exception):
    """The question does not follow the language; `notes` say what else there is to say of it."""

    def __init__(self, *notes: Note) -> None:
        super().__init__()
        self.notes = notes


class Question(msgspec.Struct, frozen=True):
    """A question as it was understood; `node` is None where nothing is left to ask."""

    node: Node | None
    notes: tuple[Note, ...] = ()


class _Token(msgspec.Struct, frozen=True):
    kind: _Kind
    text: str = ""


def parse(text: str, *, live: bool = False) -> Question:
    """What `text` asks. With `live` the last word may be unfinished, and quotes and parentheses still open."""
    notes: list[Note] = []
    if len(text) > MAX_LENGTH:
        text = text[:MAX_LENGTH]
        notes.append(Note("search.too_long", {"limit": MAX_LENGTH}))
    text = clean(text).translate(_SIGNS)[: 2 * MAX_LENGTH]
    try:
        tokens, unknown = _lex(text, live=live)
        notes.extend(Note("search.unknown_field", {"field": field}) for field in unknown)
        parser = _Parser(tokens, live=live)
        node = parser.question()
    except _UnparsableError as error:
        parser = _Parser([], live=live)
        node = parser.conjunction([parser.word(piece) for piece in pieces(text) if piece not in _OPERATORS])
        parser.notes[:0] = [*error.notes, Note("search.asked_plain")]
    notes.extend(parser.notes)
    if node is None and text.strip():
        notes.append(Note("search.nothing_asked"))
    if live and node is not None and text[-1:].isalnum() and text.split()[-1] not in _OPERATORS:
        node = _typed(node)
    return Question(node, tuple(_once(notes)))


def _once(notes: list[Note]) -> list[Note]:
    kept: list[Note] = []
    for note in notes:
        if note not in kept:
            kept.append(note)
    return kept


def _typed(node: Node) -> Node:
    """`node` with its last word as one that is still being typed."""
    match node:
        case Word(text):
            return Typed(text)
        case And(parts):
            return And((*parts[:-1], _typed(parts[-1])))
        case Or(parts):
            return Or((*parts[:-1], _typed(parts[-1])))
        case Not(part):
            return Not(_typed(part))
        case Within(field, part):
            return Within(field, _typed(part))
        case _:
            return node


def _lex(text: str, *, live: bool) -> tuple[list[_Token], list[str]]:
    """The tokens of a question, and what looks like a field but is none of ours."""
    found: list[_Token] = []
    unknown: list[str] = []
    at = 0
    while match := _TOKEN.match(text, at):
        kind = cast("_Kind", "quoted" if match.lastgroup == "end" else match.lastgroup)
        at = match.end()
        if kind == "quoted" and not match["end"] and not live:
            raise _UnparsableError
        before = text[match.start("minus") - 1 : match.start("minus")] if kind == "minus" else ""
        if before in ('"', ")"):
            continue  # a hyphen that joins to what was closed, and no wish to leave something out
        if kind != "field":
            found.append(_Token(kind, match[kind]))
            continue
        field = field_of(match["field"])
        if field is None:
            # A time, an address, a colon between words: what stands on both sides is asked.
            found.append(_Token("chunk", match["field"]))
            if text[at - 1] == ":" and text[at : at + 1].isalnum():
                unknown.append(match["field"])
            continue
        found.append(_Token("field", field))
        if value := _VALUE.match(text, at):
            if value["quoted"] is not None and not value["end"] and not live:
                raise _UnparsableError
            quoted = value["quoted"]
            found.append(_Token("chunk", value["chunk"]) if quoted is None else _Token("quoted", quoted))
            at = value.end()
    return found, unknown


class _Parser:
    """Recursive descent over the tokens of one question, with its limits."""

    def __init__(self, tokens: list[_Token], *, live: bool) -> None:
        self._tokens = tokens
        self._at = 0
        self._live = live
        self._terms = 0
        self.notes: list[Note] = []

    def question(self) -> Node | None:
        node = self._alternatives(0)
        if self._peek().kind != "end":
            raise _UnparsableError
        return node

    def _peek(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("end")

    def _next(self) -> _Token:
        token = self._peek()
        self._at += 1
        return token

    def _is(self, operator: str) -> bool:
        token = self._peek()
        return token.kind == "chunk" and token.text == operator

    def _alternatives(self, depth: int) -> Node | None:
        if depth > MAX_DEPTH:
            raise _UnparsableError(Note("search.too_deep", {"limit": MAX_DEPTH}))
        parts = [self._all(depth)]
        while self._is("OR"):
            self._next()
            if self._live and self._peek().kind == "end":
                break
            parts.append(self._all(depth))
        kept = [p for part in parts if part is not None for p in (part.parts if isinstance(part, Or) else (part,))]
        if len(kept) < 2:
            return kept[0] if kept else None
        return Or(tuple(kept))

    def _all(self, depth: int) -> Node | None:
        parts: list[Node | None] = []
        asked = 0
        while True:
            if self._is("AND"):
                if not asked:
                    raise _UnparsableError
                self._next()
                if self._live and self._peek().kind == "end":
                    break
                parts.append(self._one(depth))
            elif self._peek().kind in ("end", "close") or self._is("OR"):
                break
            else:
                parts.append(self._one(depth))
            asked += 1
        if not asked and not (self._peek().kind == "end" and not self._tokens):
            raise _UnparsableError
        return self.conjunction(parts)

    @staticmethod
    def conjunction(parts: list[Node | None]) -> Node | None:
        kept = [p for part in parts if part is not None for p in (part.parts if isinstance(part, And) else (part,))]
        if len(kept) < 2:
            return kept[0] if kept else None
        return And(tuple(kept))

    def _one(self, depth: int) -> Node | None:
        negative = False
        while self._peek().kind == "minus" or self._is("NOT"):
            self._next()
            negative = not negative
            if self._live and self._peek().kind == "end":
                return None
        part = self._primary(depth)
        if not negative or part is None:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _primary(self, depth: int) -> Node | None:
        token = self._next()
        match token.kind:
            case "open":
                part = self._alternatives(depth + 1)
                if self._peek().kind == "close":
                    self._next()
                elif not self._live:
                    raise _UnparsableError
                return part
            case "quoted":
                return self._phrase(token.text)
            case "field":
                return self._field(token.text, depth)
            case "chunk" if token.text not in _OPERATORS:
                return self._chunk(token.text)
            case _:
                raise _UnparsableError

    def _field(self, field: str, depth: int) -> Node | None:
        token = self._peek()
        if field in ("title", "name"):
            if token.kind not in ("open", "quoted", "chunk"):
                raise _UnparsableError
            part = self._primary(depth)
            if part is None:
                return None
            if _has_fields(part):
                raise _UnparsableError
            return Within(cast("TextField", field), part)
        if token.kind not in ("quoted", "chunk") or not token.text.strip():
            raise _UnparsableError
        value = self._next().text.strip()
        if not self._counts():
            return None
        if field in ("date", "year"):
            span = day_span(value)
            if span is None:
                raise _UnparsableError
            return Dated(span)
        return Restrict(cast("RestrictField", field), value)

    def _counts(self) -> bool:
        """Whether one more term may be asked."""
        self._terms += 1
        if self._terms > MAX_TERMS:
            self.notes.append(Note("search.too_many_terms", {"limit": MAX_TERMS}))
            return False
        return True

    def _phrase(self, text: str) -> Node | None:
        text = " ".join(pieces(text))
        return Phrase(text) if text and self._counts() else None

    def word(self, piece: str) -> Node | None:
        return Word(piece.lower() if piece in _OPERATORS else piece) if self._counts() else None

    def _chunk(self, chunk: str) -> Node | None:
        if fuzzy := _FUZZY.fullmatch(chunk):
            words = pieces(fuzzy["word"])
            if len(words) == 1 and len(list(runs(words[0]))) == 1:
                return self._fuzzy(words[0], fuzzy["distance"])
        if "*" in chunk and not has_han(chunk):
            return self._pattern(chunk)
        return self.conjunction([self.word(piece) for piece in pieces(chunk)])

    def _fuzzy(self, word: str, digits: str) -> Node | None:
        distance = int(digits or 1)
        if distance > MAX_DISTANCE:
            self.notes.append(Note("search.too_fuzzy", {"limit": MAX_DISTANCE}))
        if not self._counts():
            return None
        return Fuzzy(word, min(distance, MAX_DISTANCE)) if distance else Word(word)

    def _pattern(self, chunk: str) -> Node | None:
        """A word with `*` in it; too few letters before the first `*` would be every word there is."""
        pattern = re.sub(r"\*+", "*", chunk)
        leading = pieces(pattern.partition("*")[0])
        if not _PATTERN.fullmatch(pattern) or len(leading) != 1 or len(leading[0]) < MIN_LEADING:
            self.notes.append(Note("search.wildcard_too_wide", {"limit": MIN_LEADING}))
            return self.conjunction([self.word(piece) for piece in pieces(chunk)])
        if not self._counts():
            return None
        return Prefix(pattern[:-1]) if pattern.index("*") == len(pattern) - 1 else Wildcard(pattern)


def _has_fields(node: Node) -> bool:
    match node:
        case Within() | Restrict() | Dated():
            return True
        case And(parts) | Or(parts):
            return any(map(_has_fields, parts))
        case Not(part):
            return _has_fields(part)
        case _:
            return False
