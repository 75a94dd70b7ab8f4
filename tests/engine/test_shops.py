"""Many hands at the shop of a legal entity: each change is whole, told once, and forgets no shop's key."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from chalicelib.billing import repository, service
from chalicelib.billing.gateway import tbank_wire
from chalicelib.billing.model.payment import PaymentState
from chalicelib.billing.model.provider import ProviderCode
from chalicelib.catalogue import service as catalogue
from chalicelib.kit import clock, dynamo, sealing
from infra.local.tbank import TBank
from tests.engine.desk import ORGANISATION, Said, at_once, call
from tests.engine.till import Till
from tests.make import staff as make_staff

SETTINGS = '/v1/staff/settings/payments'

TOLD = ('provider', 'shop_id', 'return_url', 'tax_system')
LOST = {(409, 'ChangedMeanwhile'), (503, 'Contended')}

Hand = Callable[[], Said]


@pytest.fixture
def counter(till: Till, monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """A till beside the sandbox of T-Bank. What is sealed names its shop, and opens for that one alone."""

    def unseal(sealed: str, *, shop: str, **_: str) -> str:
        whose, _, secret = sealed.partition(' ')
        assert whose == shop
        return secret

    monkeypatch.setattr(sealing, 'seal', lambda secret, *, shop, **_: f'{shop} {secret}')
    monkeypatch.setattr(sealing, 'unseal', unseal)
    with TBank(now=lambda: clock.now().timestamp(), sends=False) as bank:
        monkeypatch.setenv('SANDBOX_TBANK_URL', bank.url)
        tbank_wire._client.cache_clear()
        yield till
    tbank_wire._client.cache_clear()


def wish(turn: int, provider: str, shop_id: str, secret: str) -> dict[str, Any]:
    """The body of a change in which everything says whose it is."""
    return {
        'provider': provider, 'shop_id': shop_id, 'secret_key': secret, 'tax_system': 'income',
        'return_url': f'https://app.example/{turn}',
    }  # fmt: skip


WISHES = [
    *(wish(turn, 'yookassa', f'{turn}00500', f'test_key_{turn}') for turn in range(1, 5)),
    *(wish(turn, 'tbank', f'Domovoy{turn}', f'pa55-Domovoy{turn}') for turn in range(5, 8)),
    *(wish(turn, 'yookassa', '777', f'test_key_{turn}') for turn in range(8, 10)),
]
"""Seven shops at two providers, and one that two hands give keys of their own."""


def puts(till: Till, entity: str, body: dict[str, Any], **headers: str) -> Hand:
    """A hand that sets the shop of the legal entity."""
    return lambda: call('PUT', f'{SETTINGS}/{entity}', body, token=till.desk.token, **headers)


def renews(till: Till, entity: str) -> Hand:
    """A hand that renews the address of notices."""
    return lambda: call('PUT', f'{SETTINGS}/{entity}/address', {}, token=till.desk.token)


def told(entity: str) -> dict[int, str]:
    """Which shop was told of, by the version of the account that it was told with."""
    rows = repository.MoneyRow.query(f'{ORGANISATION}#account#{entity}', consistent_read=True)
    events = [(row.sk, json.loads(row.body or '')) for row in rows]
    assert {event['type'] for _, event in events} == {'PaymentAccountChanged'}
    assert all(key.endswith('.00') for key, _ in events)
    return {int(key.removeprefix('event#')[:9]): event['event']['shop_id'] for key, event in events}


def key_of(entity: str, provider: str, shop_id: str) -> str | None:
    """The key by which we speak for the shop, None where none is kept."""
    kept = dynamo.find(repository.reading_keys(ORGANISATION, entity, ProviderCode(provider), shop_id))
    return kept.sealed.removeprefix(f'{shop_id} ') if kept else None


def token_in(card: dict[str, Any]) -> str:
    """What is secret in the address of notices."""
    return str(card['hook_path'].rpartition('/')[2])


@pytest.mark.proves('PAY-006')
def test_of_ten_hands_at_one_shop_each_change_is_whole_and_told_once(counter: Till) -> None:
    entity = str(catalogue.get(ORGANISATION, counter.desk.offering).legal_entity_id)
    first = puts(counter, entity, wish(0, 'yookassa', '100500', 'test_first'))()
    invoice_id = counter.invoice()
    assert counter.pays(invoice_id).status == 201
    said = at_once([*(puts(counter, entity, body) for body in WISHES), renews(counter, entity)])
    assert {(one.status, one.body.get('code')) for one in said} <= {(200, None), *LOST}
    won = sorted((one.body['version'], hand, one.body) for hand, one in enumerate(said) if one.status == 200)
    assert [version for version, _, _ in won] == list(range(3, 3 + len(won)))
    before, keys, shops = first.body, {('yookassa', '100500'): 'test_first'}, {1: '100500', 2: '100500'}
    for version, hand, card in won:
        is_renewal = hand == len(WISHES)
        wished = before if is_renewal else WISHES[hand]
        assert {name: card[name] for name in TOLD} == {name: wished[name] for name in TOLD}
        assert (token_in(card) != token_in(before)) is is_renewal
        if not is_renewal:
            keys[wished['provider'], wished['shop_id']] = wished['secret_key']
        before, shops[version] = card, card['shop_id']
    assert call('GET', f'{SETTINGS}/{entity}', token=counter.desk.token).body == before
    for shop in {(one['provider'], one['shop_id']) for one in WISHES} | set(keys):
        assert key_of(entity, *shop) == keys.get(shop)
    assert told(entity) == shops
    number = int(invoice_id.partition('-')[0])
    [payment] = repository.ledger(ORGANISATION, number).payments
    counter.clicks(number)
    service.ask(ORGANISATION, payment.id)
    assert repository.ledger(ORGANISATION, number).payments[0].state is PaymentState.PAID


def test_of_ten_hands_that_name_the_version_they_saw_one_sets_the_shop(counter: Till) -> None:
    entity = make_staff.legal_entity(ORGANISATION).id
    assert puts(counter, entity, WISHES[0])().body['version'] == 1
    said = at_once([puts(counter, entity, body, if_match='"1"') for body in WISHES])
    codes = [one.body.get('code') for one in said]
    assert (codes.count(None), codes.count('StaleVersion')) == (1, len(WISHES) - 1)
    assert sorted(told(entity)) == [1, 2]
    [winner] = [hand for hand, code in enumerate(codes) if code is None]
    kept = [key_of(entity, body['provider'], body['shop_id']) for body in (WISHES[0], WISHES[winner])]
    assert kept == [WISHES[0]['secret_key'], WISHES[winner]['secret_key']]
    others = {(body['provider'], body['shop_id']) for body in WISHES[1:]}
    others.discard((WISHES[winner]['provider'], WISHES[winner]['shop_id']))
    assert not any(key_of(entity, *shop) for shop in others)


def test_ten_hands_at_a_legal_entity_without_a_shop_make_one_account(counter: Till) -> None:
    entity = make_staff.legal_entity(ORGANISATION).id
    said = at_once([puts(counter, entity, body) for body in WISHES])
    cards = [one.body for one in said if one.status == 200]
    assert {(one.status, one.body.get('code')) for one in said} <= {(200, None), *LOST}
    assert sorted(card['version'] for card in cards) == list(range(1, 1 + len(cards)))
    assert len({token_in(card) for card in cards}) == 1
    assert told(entity) == {card['version']: card['shop_id'] for card in cards}


def test_two_legal_entities_with_the_same_shop_have_keys_of_their_own(counter: Till) -> None:
    entities = [make_staff.legal_entity(ORGANISATION, name=name).id for name in ('Левая', 'Правая')]
    secrets = [f'test_key_{turn}' for turn in range(2)]
    hands = [
        puts(counter, entity, wish(turn, 'yookassa', '888', secrets[turn]))
        for turn, entity in enumerate(entities)
    ]
    said = at_once(hands * 5)
    assert {(one.status, one.body.get('code')) for one in said} <= {(200, None), *LOST}
    for turn, entity in enumerate(entities):
        cards = [one.body for one in said[turn::2] if one.status == 200]
        assert {card['legal_entity_id'] for card in cards} == {entity}
        assert {card['return_url'] for card in cards} == {f'https://app.example/{turn}'}
        assert key_of(entity, 'yookassa', '888') == secrets[turn]
        assert told(entity) == {version: '888' for version in range(1, 1 + len(cards))}
