"""The only room that knows the rows of money, their keys and index."""

from chalicelib.billing.repository.accounts import reading_account, reading_keys, saving_account
from chalicelib.billing.repository.cards import cards, forgetting_card, keeping_card, reading_card
from chalicelib.billing.repository.ledgers import due_by, keep_token, ledger, saving, token
from chalicelib.billing.repository.rows import SHARDS, MoneyRow

__all__ = [
    'SHARDS', 'MoneyRow', 'cards', 'due_by', 'forgetting_card', 'keep_token', 'keeping_card', 'ledger',
    'reading_account', 'reading_card', 'reading_keys', 'saving', 'saving_account', 'token',
]  # fmt: skip
