"""Rules on texts: no longer than they need, British spelling, one kind of quotation mark, nothing said twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from jasic_desktop.core.records import Document, Record, Topic
from jasic_desktop.packs.source import Loaded
from jasic_desktop.packs.texts import iter_texts

_LONGEST: Final = {"title": 240, "short": 28, "summary": 400, "text": 500, "question": 200, "scope_note": 500}
"""Characters of a text by its field; a Chinese character counts as two."""
_SHORT_FACT: Final = 80
_OURS: Final = ("summary", "statements", "accounts", "narrative", "scope_note", "abstract", "note", "seen")
_QUOTED: Final = re.compile(r"“[^”]*”|\"[^\"]*\"|‘[^’]*’(?!\w)")
_WORD: Final = re.compile(r"(?<![\w-])[a-z]+(?![\w-])")
# American spellings, by the letters that differ; only words written small are looked at, because names keep theirs.
_ENDINGS: Final = re.compile(
    r"(?:(?:organ|recogn|real|critic|public|emphas|summar|apolog|author|mobil|union|penal|special|legal|minim|final)"
    r"iz(?:e|es|ed|er|ers|ing|ation|ations))"
    r"|(?:labor|favor|honor|neighbor|behavior|harbor|color|endeavor|rumor|humor)(?:s|ed|ing|er|ers|ite|able|hood)?"
    r"|(?:center|theater|meter|fiber)(?:s|ed)?|(?:defense|offense|license plate|pretense)s?"
    r"|(?:travel|cancel|label|counsel|model|signal)(?:ed|ing|er|ers)|(?:analyz|paralyz|catalyz)(?:e|es|ed|ing)"
    r"|fulfill|fulfillment|enroll|enrollment|enrollments|skillful|jewelry|gray|program(?:me)?ing|judgement"
)
_RIGHT_AS_IT_IS: Final = frozenset({"programming", "programing", "judgement"})


def examine(loaded: Loaded) -> None:
    """Add what is too long, missing, said twice or spelled otherwise than the rest."""
    for file, record in loaded.written:
        if not _summed_up(record):
            loaded.problems.add(file, "summary", "no_summary", "warning")
        _repeated(loaded, file, record)
        straight = curly = False
        for field, text, language in iter_texts(record):
            _length(loaded, file, field, text)
            if language != "en" or not field.startswith(_OURS):
                continue
            straight = straight or bool(re.search(r"['\"]", text))
            curly = curly or bool(re.search(r"[‘’“”]", text))
            _spelling(loaded, file, field, text)
        if straight and curly:
            loaded.problems.add(file, "", "mixed_quotes", "warning")


def _summed_up(record: Record) -> bool:
    match record:
        case Topic():
            return True
        case Document():
            return bool(record.summary or record.abstract or record.note)
    return record.summary is not None


def _length(loaded: Loaded, file: str, field: str, text: str) -> None:
    name = field.rsplit(".", 1)[-1]
    most = _LONGEST.get(name)
    if most is None or field.startswith("narrative"):
        return
    if name == "short" and "." in field:
        most = _SHORT_FACT
    width = sum(2 if "\u2e80" <= char <= "\uffef" else 1 for char in text)
    if width > most:
        loaded.problems.add(file, field, "text_long", "warning", length=width, most=most)


def _spelling(loaded: Loaded, file: str, field: str, text: str) -> None:
    for word in _WORD.findall(_QUOTED.sub(" ", text)):
        if _ENDINGS.fullmatch(word) and word not in _RIGHT_AS_IT_IS:
            loaded.problems.add(file, field, "american", "warning", word=word)


def _repeated(loaded: Loaded, file: str, record: Record) -> None:
    texts = Counter(statement.text for statement in record.statements)
    for index, statement in enumerate(record.statements):
        if texts[statement.text] > 1:
            loaded.problems.add(file, f"statements[{index}].text", "said_twice", "warning", id=statement.id)
    for index, account in enumerate(record.accounts):
        answers = Counter(answer.text for answer in account.answers)
        if len(answers) < len(account.answers):
            loaded.problems.add(file, f"accounts[{index}].answers", "same_answers", id=account.id)
