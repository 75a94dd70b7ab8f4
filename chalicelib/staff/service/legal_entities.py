"""Legal entities: the companies objects belong to and documents are signed by (PRM-010)."""

from chalicelib.kit import clock
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import agree, commit, get
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Page, Paging
from chalicelib.staff.events import Deed, LegalEntityChanged
from chalicelib.staff.model import LegalEntity, LegalEntityChanges, NewLegalEntity
from chalicelib.staff.repository import rows
from chalicelib.staff.rules import cards, requisites


def read(legal_entity_id: str, *, by: Caller) -> LegalEntity:
    """The legal entity, also an archived one; raises LegalEntityNotFound."""
    return get(rows.reading(rows.LEGAL_ENTITIES, by.organisation, legal_entity_id))


def list_by_name(paging: Paging, *, by: Caller) -> Page[LegalEntity]:
    """One page of the legal entities that are not archived."""
    return rows.listed(rows.LEGAL_ENTITIES, by.organisation, paging)


def create(new: NewLegalEntity, *, by: Caller) -> LegalEntity:
    """The legal entity exists; raises InnInvalid, KppInvalid, OgrnInvalid, BankAccountInvalid."""
    made = LegalEntity(id=new_id(), organisation=by.organisation, **new.model_dump())
    entity = requisites.checked(made)
    commit(*rows.keeping(rows.LEGAL_ENTITIES, entity, _changed(entity, Deed.CREATED, by)))
    return entity


def change(legal_entity_id: str, changes: LegalEntityChanges, *, by: Caller) -> LegalEntity:
    """The legal entity has the requisites the caller wishes; raises as `create` does."""
    was = get(rows.reading(rows.LEGAL_ENTITIES, by.organisation, legal_entity_id))
    agree(was.version)
    cards.is_kept(was)
    now = requisites.checked(cards.changed(was, changes))
    if now is not was:
        commit(*rows.keeping(rows.LEGAL_ENTITIES, now, _changed(now, Deed.CHANGED, by, was)))
    return now


def archive(legal_entity_id: str, *, by: Caller) -> None:
    """The legal entity can no longer be chosen; what belongs to it keeps it."""
    was = get(rows.reading(rows.LEGAL_ENTITIES, by.organisation, legal_entity_id))
    agree(was.version)
    cards.is_kept(was)
    now = cards.archived(was)
    commit(*rows.keeping(rows.LEGAL_ENTITIES, now, _changed(now, Deed.ARCHIVED, by)))


def _changed(
    entity: LegalEntity, deed: Deed, by: Caller, was: LegalEntity | None = None
) -> LegalEntityChanged:
    return LegalEntityChanged(
        organisation=entity.organisation,
        at=clock.now(),
        by=Actor.of(by),
        legal_entity_id=entity.id,
        name=entity.name,
        deed=deed,
        differences=cards.differences(was, entity) if was else {},
    )
