"""The saved cards of clients."""

from typing import Any

from chalicelib.billing.model.card import MOST_CARDS, Card
from chalicelib.billing.model.refusals import CardNotFound
from chalicelib.billing.repository.rows import MoneyRow
from chalicelib.kit.dynamo import Read, Write, putting, removing


def cards(organisation: str, client_id: str) -> list[Card]:
    """The client's cards, the last saved first: one query."""
    rows = MoneyRow.query(_pk(organisation, client_id), consistent_read=True)
    return sorted((_card(row) for row in rows), key=lambda card: card.saved_at, reverse=True)


def reading_card(organisation: str, client_id: str, card_id: str) -> Read[Card]:
    """A look at one of the client's cards; `missing` is CardNotFound."""
    return Read(MoneyRow, (_pk(organisation, client_id), card_id), _card, CardNotFound)


def keeping_card(organisation: str, card: Card) -> list[Write]:
    """The client will have the card, and at most MOST_CARDS: the first saved make room."""
    others = [one for one in cards(organisation, card.client_id) if one.id != card.id]
    row = MoneyRow(pk=_pk(organisation, card.client_id), sk=card.id, body=card.model_dump_json())
    return [putting(row), *(forgetting_card(organisation, one) for one in others[MOST_CARDS - 1 :])]


def forgetting_card(organisation: str, card: Card) -> Write:
    """The client will have the card no more."""
    return removing(MoneyRow(pk=_pk(organisation, card.client_id), sk=card.id))


def _pk(organisation: str, client_id: str) -> str:
    return f'{organisation}#cards#{client_id}'


def _card(row: Any) -> Card:
    return Card.model_validate_json(row.body or '')
