"""The shops of legal entities, and the keys of every shop that ever was used."""

from collections.abc import Sequence
from typing import Any

from chalicelib.billing.events import PaymentAccountChanged
from chalicelib.billing.model.account import Account, Keys
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.billing.model.refusals import AccountNotFound, PaymentsNotConfigured
from chalicelib.billing.repository.rows import MoneyRow
from chalicelib.kit.dynamo import Read, Write, creating, putting, replacing
from chalicelib.kit.outbox import announcing


def reading_account(organisation: str, legal_entity_id: str) -> Read[Account]:
    """A look at the shop of the legal entity; `missing` is AccountNotFound."""
    return Read(MoneyRow, (f'{organisation}#accounts', legal_entity_id), _account, AccountNotFound)


def reading_keys(organisation: str, legal_entity_id: str, provider: ProviderCode, shop_id: str) -> Read[Keys]:
    """A look at the keys of a shop; `missing` is PaymentsNotConfigured."""
    key = (f'{organisation}#keys', _shop(legal_entity_id, provider, shop_id))
    return Read(MoneyRow, key, _keys, PaymentsNotConfigured)


def saving_account(
    organisation: str, before: Account | None, after: Account, events: Sequence[PaymentAccountChanged]
) -> list[Write]:
    """The account will be as given in its next version, and its keys kept."""
    saved = after.model_copy(update={'version': after.version + 1})
    keys = saved.keys
    row = MoneyRow(
        pk=f'{organisation}#accounts',
        sk=saved.legal_entity_id,
        version=saved.version,
        body=saved.model_dump_json(),
    )
    kept = MoneyRow(
        pk=f'{organisation}#keys',
        sk=_shop(keys.legal_entity_id, keys.provider, keys.shop_id),
        body=keys.model_dump_json(),
    )
    history = f'{organisation}#account#{saved.legal_entity_id}'
    return [
        creating(row) if before is None else replacing(row, before.version),
        putting(kept),
        *announcing(MoneyRow, history, saved.version, *events),
    ]


def _shop(legal_entity_id: str, provider: ProviderCode, shop_id: str) -> str:
    return f'{legal_entity_id}#{provider}#{shop_id}'


def _account(row: Any) -> Account:
    return Account.model_validate_json(row.body or '')


def _keys(row: Any) -> Keys:
    return Keys.model_validate_json(row.body or '')
