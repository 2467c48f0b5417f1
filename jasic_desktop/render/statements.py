"""The statements of a record in order of date, each followed by the accounts that put it in doubt."""

from __future__ import annotations

from collections.abc import Iterator

from jasic_desktop.core.blocks import AccountsBlock, Block, Sign, StatementBlock
from jasic_desktop.core.dates import LAST_DAY
from jasic_desktop.core.records import Account, Event, Record, Statement
from jasic_desktop.packs.store import Store
from jasic_desktop.render.wording import Words, cited


def in_order(record: Record) -> tuple[Statement, ...]:
    """The statements of `record` in order of date; without a date one of an event stands at the event's, others last.

    What has the same date keeps the order in which the record has it.
    """
    undated = record.date.sort_key if isinstance(record, Event) else (LAST_DAY, LAST_DAY, "")
    return tuple(sorted(record.statements, key=lambda s: (s.date.sort_key if s.date else undated)[0]))


def statements(store: Store, record: Record, words: Words) -> Iterator[Block]:
    """Each statement with its citations and sign; each account after the last statement it concerns."""
    signs = store.certainties(record.id)
    ordered = in_order(record)
    place = {statement.id: index for index, statement in enumerate(ordered)}
    after: dict[int, list[Account]] = {}
    for account in record.accounts:
        # A question that puts no statement in doubt stands at the end, after all of them.
        last = max((place[statement] for statement in account.statements), default=len(ordered))
        after.setdefault(last, []).append(account)
    none = "" if any(statement.date for statement in ordered) else None
    all_fall_back = bool(words.mark(*(s.text for s in ordered)))
    for index, statement in enumerate(ordered):
        text = words.bare(statement.text) if all_fall_back else words.text(statement.text)
        sign = signs[statement.id]
        yield StatementBlock(
            id=statement.id,
            date=statement.date.phrase.show(words.language) if statement.date else none,
            inlines=(*text, *cited(statement.sources), Sign(sign)),
            certainty=sign,
        )
        yield from (accounts(account, words) for account in after.get(index, ()))
    yield from (accounts(account, words) for account in after.get(len(ordered), ()))


def accounts(account: Account, words: Words) -> AccountsBlock:
    """Accounts that differ; the mark of a fallback stands once, at the question, where all are in that language."""
    texts = (account.question, *(answer.text for answer in account.answers))
    together = bool(words.mark(*texts))
    question, language = account.question.pick(words.language)
    mark = "".join(words.say(f"in_language.{language}") for _ in range(language != words.language))
    return AccountsBlock(
        id=account.id,
        question=question + mark,
        answers=tuple(
            (*(words.bare(answer.text) if together else words.text(answer.text)), *cited(answer.sources))
            for answer in account.answers
        ),
        language=language if language != words.language else None,
    )
