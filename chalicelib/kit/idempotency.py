"""The same key means the same deed: the first answer is written in the transaction of the deed itself.

There is no moment in which the deed is done and its answer unknown, and the good case costs no call more.
"""

import hashlib
from datetime import timedelta

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.kit import clock, settings
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Row, TableMeta, Write, putting
from chalicelib.kit.errors import Malformed, Refused

REMEMBERED = timedelta(hours=24)
LONGEST_KEY = 255


class IdempotencyKeyReused(Refused):
    """The key was used before with another body, or another query."""


class IdempotencyKeyInvalid(Malformed):
    """The key is empty or longer than 255 characters."""

    field = 'header.Idempotency-Key'


class AlreadyAnswered(Exception):
    """The deed of this key was done before; its answer is in the row."""


class AnswerRow(Row):
    """The first answer given under a key."""

    class Meta(TableMeta):
        table_name = settings.table('answers')

    digest = UnicodeAttribute()
    status = NumberAttribute()
    until = UnicodeAttribute()


class Key:
    """One caller's key at one door; the organisation and the caller are part of it."""

    def __init__(self, text: str, caller: Caller, door: str, body: bytes) -> None:
        if not 0 < len(text) <= LONGEST_KEY or not text.isprintable():
            raise IdempotencyKeyInvalid()
        whole = '\x1f'.join([caller.organisation, caller.audience, caller.id, door, text])
        self._pk = f'{caller.organisation}#{hashlib.sha256(whole.encode()).hexdigest()}'
        self._digest = hashlib.sha256(body).hexdigest()

    def remembering(self, status: int, answer: str) -> Write:
        """The answer will be kept for 24 hours, unless one is kept already (AlreadyAnswered)."""
        now = clock.now()
        row = AnswerRow(
            pk=self._pk,
            sk='answer',
            digest=self._digest,
            status=status,
            body=answer,
            until=clock.text(now + REMEMBERED),
            ttl=int((now + REMEMBERED).timestamp()),
        )
        free = AnswerRow.pk.does_not_exist() | (AnswerRow.until < clock.text(now))
        return putting(row, free, AlreadyAnswered)

    def answer(self) -> tuple[int, str] | None:
        """The status and body given before, or None. Raises IdempotencyKeyReused for another deed."""
        try:
            row = AnswerRow.get(self._pk, 'answer', consistent_read=True)
        except AnswerRow.DoesNotExist:
            return None
        if row.until < clock.text(clock.now()):
            return None
        if row.digest != self._digest:
            raise IdempotencyKeyReused()
        return int(row.status), row.body or ''
