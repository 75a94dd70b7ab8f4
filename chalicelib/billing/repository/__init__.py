"""The only room that knows the rows of money, their keys and index."""

from chalicelib.billing.repository.accounts import reading_account, reading_keys, saving_account
from chalicelib.billing.repository.cards import cards, forgetting_card, keeping_card, reading_card
from chalicelib.billing.repository.ledgers import due_by, keep_token, ledger, saving, token
from chalicelib.billing.repository.links import (
    Telephone,
    count_link,
    count_visit,
    keep_link,
    keeping_link,
    keeping_telephone,
    reading_link,
    reading_telephone,
)
from chalicelib.billing.repository.rows import SHARDS, MoneyRow

__all__ = [
    'SHARDS', 'MoneyRow', 'Telephone', 'cards', 'count_link', 'count_visit', 'due_by', 'forgetting_card',
    'keep_link', 'keep_token', 'keeping_card', 'keeping_link', 'keeping_telephone', 'ledger',
    'reading_account', 'reading_card', 'reading_keys', 'reading_link', 'reading_telephone', 'saving',
    'saving_account', 'token',
]  # fmt: skip
