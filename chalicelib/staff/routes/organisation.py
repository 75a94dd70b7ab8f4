"""The organisation's settings, departments, legal entities and SMS centre."""

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.outbox import Actor
from chalicelib.kit.values import Id, Page, Paging
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import SmsBalance, SmsSettingsChange, SmsSettingsView
from chalicelib.staff.model import (
    DepartmentChanges,
    LegalEntityChanges,
    NewDepartment,
    NewLegalEntity,
    OrganisationChanges,
    Permission,
)
from chalicelib.staff.model.answers import (
    DepartmentCard,
    LegalEntityBrief,
    LegalEntityCard,
    SettingsCard,
)
from chalicelib.staff.service import departments, legal_entities, organisations

settings = Api(__name__, '/v1/staff/settings', Audience.STAFF)
of_departments = Api(__name__, '/v1/staff/departments', Audience.STAFF)
of_legal_entities = Api(__name__, '/v1/staff/legal-entities', Audience.STAFF)
doors = [settings, of_departments, of_legal_entities]


@settings.get()
def read_settings(caller: Caller) -> SettingsCard:
    """The organisation, its time zone and its settings; every colleague may see them."""
    return SettingsCard.of(organisations.read(by=caller))


@settings.patch(permission=Permission.SETTINGS_EDIT)
def change_settings(body: OrganisationChanges, caller: Caller) -> SettingsCard:
    """Change the organisation and its settings."""
    return SettingsCard.of(organisations.change(body, by=caller))


@settings.get('/sms', permission=Permission.SETTINGS_EDIT)
def read_sms(caller: Caller) -> SmsSettingsView:
    """The organisation's account at its SMS centre, without the password."""
    return messaging.sms_settings(caller.organisation)


@settings.put('/sms', permission=Permission.SETTINGS_EDIT)
def configure_sms(body: SmsSettingsChange, caller: Caller) -> SmsSettingsView:
    """Set the account at the SMS centre; a password left out stays as it is."""
    return messaging.configure_sms(caller.organisation, body, by=Actor.of(caller))


@settings.post('/sms/check', permission=Permission.SETTINGS_EDIT)
def check_sms(caller: Caller) -> SmsBalance:
    """Ask the SMS centre whether it accepts the account, and what is left on it."""
    return messaging.check_sms(caller.organisation)


@of_departments.get()
def list_departments(query: Paging, caller: Caller) -> Page[DepartmentCard]:
    """Departments by name; every colleague may see them."""
    return departments.list_by_name(query, by=caller).shown_as(DepartmentCard.of)


@of_departments.post(status=201, permission=Permission.STAFF_EDIT)
def create_department(body: NewDepartment, caller: Caller) -> DepartmentCard:
    """Make a department."""
    return DepartmentCard.of(departments.create(body, by=caller))


@of_departments.get('/{department_id}')
def read_department(department_id: Id, caller: Caller) -> DepartmentCard:
    """A department, also an archived one."""
    return DepartmentCard.of(departments.read(department_id, by=caller))


@of_departments.patch('/{department_id}', permission=Permission.STAFF_EDIT)
def change_department(department_id: Id, body: DepartmentChanges, caller: Caller) -> DepartmentCard:
    """Rename a department."""
    return DepartmentCard.of(departments.change(department_id, body, by=caller))


@of_departments.delete('/{department_id}', permission=Permission.STAFF_EDIT)
def archive_department(department_id: Id, caller: Caller) -> None:
    """Archive a department in which nobody works."""
    departments.archive(department_id, by=caller)


@of_legal_entities.get()
def list_legal_entities(query: Paging, caller: Caller) -> Page[LegalEntityBrief]:
    """Legal entities by name; every colleague may see them."""
    return legal_entities.list_by_name(query, by=caller).shown_as(LegalEntityBrief.of)


@of_legal_entities.post(status=201, permission=Permission.SETTINGS_EDIT)
def create_legal_entity(body: NewLegalEntity, caller: Caller) -> LegalEntityCard:
    """Add a legal entity; its requisites must bear their check digits."""
    return LegalEntityCard.of(legal_entities.create(body, by=caller))


@of_legal_entities.get('/{legal_entity_id}', permission=Permission.SETTINGS_EDIT)
def read_legal_entity(legal_entity_id: Id, caller: Caller) -> LegalEntityCard:
    """A legal entity with its requisites, also an archived one."""
    return LegalEntityCard.of(legal_entities.read(legal_entity_id, by=caller))


@of_legal_entities.patch('/{legal_entity_id}', permission=Permission.SETTINGS_EDIT)
def change_legal_entity(legal_entity_id: Id, body: LegalEntityChanges, caller: Caller) -> LegalEntityCard:
    """Change the requisites of a legal entity; a bank account is given whole."""
    return LegalEntityCard.of(legal_entities.change(legal_entity_id, body, by=caller))


@of_legal_entities.delete('/{legal_entity_id}', permission=Permission.SETTINGS_EDIT)
def archive_legal_entity(legal_entity_id: Id, caller: Caller) -> None:
    """Archive a legal entity; what belongs to it keeps it."""
    legal_entities.archive(legal_entity_id, by=caller)
