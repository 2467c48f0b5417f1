"""What the window and its search worker say to each other, and how it is written down."""

from __future__ import annotations

from typing import Final

import msgspec

from jasic_desktop.core.folding import without_surrogates
from jasic_desktop.core.languages import Language
from jasic_desktop.core.process import MalformedFrameError
from jasic_desktop.search.answer import Answer, Suggestion
from jasic_desktop.search.request import Request

LONGEST: Final = 2000
"""Characters of a question that are sent on; the language of questions reads fewer, and says so."""


class _Message(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """One message; `number` is that of the question it asks or answers."""

    number: int


class Open(_Message, frozen=True):
    """What a worker that was started ahead is to open: the paths of a store and its index, as the system has them."""

    store: bytes
    index: bytes


class Ask(_Message, frozen=True):
    """A question; it supersedes all that were asked before it."""

    request: Request


class More(_Message, frozen=True):
    """Further hits of a question that was answered; superseded by any later question and by a later More."""

    request: Request


class Every(_Message, frozen=True):
    """The ids of all that a question finds; superseded by a later one of its kind."""

    request: Request


class Complete(_Message, frozen=True):
    """What may the person be about to type? Superseded by a later Complete."""

    text: str
    limit: int
    language: Language


class Ready(_Message, frozen=True):
    """The worker has opened everything and answered its first question; `number` is 0."""


class Answered(_Message, frozen=True):
    """The answer to an Ask or a More."""

    answer: Answer


class Listed(_Message, frozen=True):
    """The answer to an Every."""

    ids: tuple[str, ...]


class Completed(_Message, frozen=True):
    """The answer to a Complete."""

    suggestions: tuple[Suggestion, ...]


class Dropped(_Message, frozen=True):
    """The question was superseded before it was answered."""


class Refused(_Message, frozen=True):
    """The question could not be answered: a key of the catalogue and its values. With `number` 0, none can be."""

    key: str
    values: dict[str, str]


Question = Ask | More | Every | Complete
Reply = Ready | Answered | Listed | Completed | Dropped | Refused

_encoder: Final = msgspec.msgpack.Encoder()
_questions: Final = msgspec.msgpack.Decoder(Question)
_replies: Final = msgspec.msgpack.Decoder(Reply)


def encode(message: Open | Question | Reply) -> bytes:
    """The message as bytes."""
    return _encoder.encode(message)


def decode_open(body: bytes) -> Open:
    """The first message to a worker that was started ahead. Raises MalformedFrameError."""
    try:
        return msgspec.msgpack.decode(body, type=Open)
    except msgspec.DecodeError as error:
        raise MalformedFrameError(str(error)) from error


def decode_question(body: bytes) -> Question:
    """The question. Raises MalformedFrameError."""
    try:
        question: Question = _questions.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedFrameError(str(error)) from error
    return question


def decode_reply(body: bytes) -> Reply:
    """The reply. Raises MalformedFrameError."""
    try:
        reply: Reply = _replies.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise MalformedFrameError(str(error)) from error
    return reply


def sendable(text: str) -> str:
    """`text` as it can be sent: cut where no question is read any more, and without halves of characters."""
    return without_surrogates(text[:LONGEST])
