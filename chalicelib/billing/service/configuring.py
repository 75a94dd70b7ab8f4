"""Through which shop a legal entity is paid. Its secret key goes in and never comes out."""

import secrets

from chalicelib.billing import repository
from chalicelib.billing.events import PaymentAccountChanged
from chalicelib.billing.gateway import choice
from chalicelib.billing.gateway.port import CredentialsWrong
from chalicelib.billing.model.account import Account, AccountCard, AccountCheck, AccountInput
from chalicelib.billing.model.provider import Shop
from chalicelib.billing.model.refusals import SecretKeyNeeded, TaxSystemNeeded
from chalicelib.kit import clock, dynamo, sealing
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor
from chalicelib.staff import service as staff

HOOKS = '/v1/hooks/{provider}/{organisation}/{legal_entity_id}/{token}'
TOKEN_BYTES = 24


def account(legal_entity_id: str, *, by: Caller) -> AccountCard:
    """The shop of the legal entity. Raises AccountNotFound."""
    return _card(_read(legal_entity_id, by), by)


def configure(legal_entity_id: str, wanted: AccountInput, *, by: Caller) -> AccountCard:
    """The legal entity is paid through this shop, which the provider knows by this key.

    Payments that were begun in another shop are asked about and returned there. Raises LegalEntityNotFound,
    TaxSystemNeeded, SecretKeyNeeded, CredentialsWrong, ProviderAway, SealsAway.
    """
    before = dynamo.find(repository.reading_account(by.organisation, legal_entity_id))
    dynamo.agree(before.version if before else 0)
    dynamo.get(staff.reading_legal_entity(by.organisation, legal_entity_id))
    is_lacking = wanted.tax_system is None and wanted.are_receipts_made
    if is_lacking and choice.needs_tax_system(wanted.provider):
        raise TaxSystemNeeded()
    known = repository.reading_keys(by.organisation, legal_entity_id, wanted.provider, wanted.shop_id)
    if wanted.secret_key is not None:
        secret = wanted.secret_key
        sealed = sealing.seal(secret, use='payments', organisation=by.organisation, shop=wanted.shop_id)
    else:
        keys = dynamo.find(known)
        if keys is None:
            raise SecretKeyNeeded()
        sealed = keys.sealed
        secret = _secret(by, wanted.shop_id, sealed)
    shop = choice.provider_for(wanted.provider, wanted.shop_id, secret).check()
    if shop.shop_id != wanted.shop_id:
        raise CredentialsWrong(field='body.shop_id')
    after = Account(
        legal_entity_id=legal_entity_id,
        sealed=sealed,
        hook_token=before.hook_token if before else secrets.token_urlsafe(TOKEN_BYTES),
        is_test=shop.is_test,
        checked_at=clock.now(),
        version=before.version if before else 0,
        **wanted.model_dump(exclude={'secret_key'}),
    )
    return _card(_saved(before, after, by), by)


def check(legal_entity_id: str, *, by: Caller) -> AccountCheck:
    """What the provider says of the shop now, and when he was asked is kept.

    Raises AccountNotFound, CredentialsWrong, ProviderAway, SealsAway.
    """
    kept = _read(legal_entity_id, by)
    dynamo.agree(kept.version)
    shop = _shop(kept, by)
    asked = kept.model_copy(update={'is_test': shop.is_test, 'checked_at': clock.now()})
    dynamo.commit(*repository.saving_account(by.organisation, kept, asked, []))
    return AccountCheck(**shop.model_dump(include=set(AccountCheck.model_fields)))


def renew_address(legal_entity_id: str, *, by: Caller) -> AccountCard:
    """Notices are taken at another address from now on, at the old one no more. Raises AccountNotFound."""
    before = _read(legal_entity_id, by)
    dynamo.agree(before.version)
    renewed = before.model_copy(update={'hook_token': secrets.token_urlsafe(TOKEN_BYTES)})
    return _card(_saved(before, renewed, by), by)


def _read(legal_entity_id: str, by: Caller) -> Account:
    return dynamo.get(repository.reading_account(by.organisation, legal_entity_id))


def _saved(before: Account | None, after: Account, by: Caller) -> Account:
    changed = PaymentAccountChanged(
        organisation=by.organisation,
        at=clock.now(),
        by=Actor.of(by),
        legal_entity_id=after.legal_entity_id,
        provider=after.provider,
        shop_id=after.shop_id,
    )
    dynamo.commit(*repository.saving_account(by.organisation, before, after, [changed]))
    return after.model_copy(update={'version': after.version + 1})


def _shop(kept: Account, by: Caller) -> Shop:
    secret = _secret(by, kept.shop_id, kept.sealed)
    return choice.provider_for(kept.provider, kept.shop_id, secret).check()


def _secret(by: Caller, shop_id: str, sealed: str) -> str:
    return sealing.unseal(sealed, use='payments', organisation=by.organisation, shop=shop_id)


def _card(kept: Account, by: Caller) -> AccountCard:
    path = HOOKS.format(
        provider=kept.provider,
        organisation=by.organisation,
        legal_entity_id=kept.legal_entity_id,
        token=kept.hook_token,
    )
    shown = kept.model_dump(include=set(AccountCard.model_fields) - {'hook_path'})
    return AccountCard(hook_path=path, **shown)
