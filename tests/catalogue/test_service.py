"""What becomes true of offerings and categories, and which events tell it."""

from datetime import timedelta

import pytest

from chalicelib.catalogue import service
from chalicelib.catalogue.model import (
    CategoryChanges,
    CategoryNotActive,
    CategoryQuery,
    NewCategory,
    NewOffering,
    OfferedQuery,
    OfferingChanges,
    OfferingNotActive,
    OfferingNotFound,
    OfferingQuery,
    OfferingReferenceUnknown,
    OfferingState,
)
from chalicelib.catalogue.repository import CatalogueRow
from chalicelib.kit import dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import Delivered
from chalicelib.kit.values import Paging
from chalicelib.premises.model import PremisesNotFound
from tests.catalogue.conftest import resident, staff
from tests.make import catalogue as make
from tests.make import clients as make_clients
from tests.make import premises as make_premises

pytestmark = pytest.mark.usefixtures('world', 'time')


def events_of(offering) -> list[tuple[str, dict]]:
    rows = CatalogueRow.query(f'demo#offering#{offering.id}', CatalogueRow.sk.startswith('event#'))
    told = [Delivered.model_validate_json(row.body) for row in rows]
    return [(delivered.type, delivered.event) for delivered in told]


def names(page) -> list[str]:
    return [offering.name for offering in page.items]


@pytest.mark.proves('SVC-005', 'SVC-007', 'SVC-008', 'SVC-009', 'SVC-010', 'SVC-011', 'SVC-012', 'SVC-019')
@pytest.mark.proves('SLA-002', 'SLA-005')
def test_an_added_offering_is_read_back_as_it_was_described():
    new = NewOffering.model_validate(
        {
            'name': 'Запись на приём',
            'short_description': 'К управляющему',
            'kind': 'appointment',
            'reaction': 'PT4H',
            'execution': 'P3D',
            'assignees_max': 4,
            'is_reopenable_by_resident': False,
            'is_document_required': True,
            'is_routed': True,
            'fields': [{'code': 'why', 'label': 'Повод', 'kind': 'text', 'is_mandatory': True}],
        }
    )
    made = service.create(new, by=staff())
    assert service.get('demo', made.id) == made
    assert (made.reaction, made.execution, made.assignees_max) == (timedelta(hours=4), timedelta(days=3), 4)
    assert (made.is_reopenable_by_resident, made.is_document_required, made.is_routed) == (False, True, True)
    [(kind, event)] = events_of(made)
    assert (kind, event['name'], event['by']['name']) == ('OfferingAdded', 'Запись на приём', 'Анна')


def test_an_offering_of_another_organisation_does_not_exist():
    foreign = make.offering(organisation='other')
    with pytest.raises(OfferingNotFound):
        service.get('demo', foreign.id)


def test_a_change_is_the_next_version_and_tells_what_is_different():
    offering = make.offering(reaction=timedelta(hours=4), name='Сантехник')
    changed = service.change(
        offering.id, OfferingChanges.model_validate({'name': 'Электрик', 'reaction': None}), by=staff()
    )
    assert (changed.name, changed.reaction, changed.version) == ('Электрик', None, 2)
    assert service.get('demo', offering.id) == changed
    [_, (kind, event)] = events_of(changed)
    assert (kind, event['fields']) == ('OfferingChanged', ['name', 'reaction'])


def test_a_change_that_changes_nothing_writes_nothing():
    offering = make.offering(name='Сантехник')
    same = service.change(offering.id, OfferingChanges(name='Сантехник'), by=staff())
    assert (same, len(events_of(offering))) == (offering, 1)


def test_of_two_changes_of_one_version_one_wins():
    offering = make.offering()
    with dynamo.unit_of_work() as first:
        service.change(offering.id, OfferingChanges(name='Первый'), by=staff())
    service.change(offering.id, OfferingChanges(name='Второй'), by=staff())
    with pytest.raises(ChangedMeanwhile):
        dynamo.send(first.writes)
    assert service.get('demo', offering.id).name == 'Второй'


def test_an_archived_offering_is_read_but_neither_changed_nor_archived_again():
    offering = make.offering()
    archived = service.archive(offering.id, by=staff())
    assert service.get('demo', offering.id).state is OfferingState.ARCHIVED
    assert [kind for kind, _ in events_of(archived)] == ['OfferingAdded', 'OfferingArchived']
    with pytest.raises(OfferingNotActive):
        service.change(offering.id, OfferingChanges(name='Другая'), by=staff())
    with pytest.raises(OfferingNotActive):
        service.archive(offering.id, by=staff())


@pytest.mark.parametrize(
    'reference', ['category_id', 'controller_id', 'department_id', 'legal_entity_id', 'building_ids']
)
def test_what_an_offering_names_must_exist(reference):
    named = ['nowhere'] if reference == 'building_ids' else 'nobody'
    with pytest.raises(OfferingReferenceUnknown) as refusal:
        service.create(NewOffering.model_validate({'name': 'x', reference: named}), by=staff())
    assert refusal.value.path == f'body.{reference}'
    assert names(service.find_all(staff(), OfferingQuery())) == []


def test_an_offering_may_be_limited_to_buildings_of_the_callers_scope():
    building = make_premises.building()
    new = NewOffering(name='Домофон', building_ids=(building.id,))
    assert service.create(new, by=staff(places=[building.id])).building_ids == (building.id,)
    with pytest.raises(OfferingReferenceUnknown):
        service.create(new, by=staff(places=['elsewhere']))


@pytest.mark.proves('SVC-020')
def test_an_offering_stands_in_a_category_that_is_not_archived():
    category = service.create_category(NewCategory(name='Ремонт'), by=staff())
    offering = service.create(NewOffering(name='Кран', category_id=category.id), by=staff())
    service.archive_category(category.id, by=staff())
    with pytest.raises(CategoryNotActive):
        service.create(NewOffering(name='Душ', category_id=category.id), by=staff())
    assert service.change(offering.id, OfferingChanges(name='Смеситель'), by=staff()).version == 2


def test_offerings_are_listed_by_name_and_searched_by_beginnings_of_words():
    for name in ('Вызов сантехника', 'Поверка счётчиков', 'вызов электрика'):
        make.offering(name=name)
    make.offering(organisation='other', name='Вызов чужого')
    everything = service.find_all(staff(), OfferingQuery())
    assert names(everything) == ['Вызов сантехника', 'вызов электрика', 'Поверка счётчиков']
    assert names(service.find_all(staff(), OfferingQuery(search='СЧЕТ'))) == ['Поверка счётчиков']
    assert names(service.find_all(staff(), OfferingQuery(search='элек выз'))) == ['вызов электрика']
    assert names(service.find_all(staff(), OfferingQuery(search='лектрика'))) == []


def test_a_list_continues_where_its_page_ended():
    for number in range(5):
        make.offering(name=f'Услуга {number}')
    first = service.find_all(staff(), OfferingQuery(limit=2, search='услуга'))
    second = service.find_all(staff(), OfferingQuery(limit=3, search='услуга', cursor=first.next_cursor))
    assert names(first) + names(second) == [f'Услуга {number}' for number in range(5)]
    assert second.next_cursor is None


def test_offerings_are_listed_by_state_kind_and_category():
    category = make.category()
    make.offering(name='Кран', category_id=category.id)
    make.offering(name='Приём', kind='appointment')
    service.archive(make.offering(name='Старая').id, by=staff())
    assert names(service.find_all(staff(), OfferingQuery(state='archived'))) == ['Старая']
    assert names(service.find_all(staff(), OfferingQuery(kind='appointment'))) == ['Приём']
    assert names(service.find_all(staff(), OfferingQuery(category_id=category.id))) == ['Кран']


@pytest.mark.proves('SVC-004')
def test_residents_are_offered_what_is_active_open_to_them_and_available_in_the_building():
    make.offering(name='Везде')
    make.offering(name='Здесь', building_ids=('b1', 'b2'))
    make.offering(name='Не здесь', building_ids=('b2',))
    make.offering(name='Только персоналу', is_offered_to_residents=False)
    service.archive(make.offering(name='Бывшая').id, by=staff())
    assert names(service.offered_in('demo', 'b1', Paging())) == ['Везде', 'Здесь']
    assert names(service.offered_in('demo', 'b1', Paging(), search='зде')) == ['Здесь']
    assert names(service.offered_in('other', 'b1', Paging())) == []


def test_a_resident_looks_for_his_own_premises_only():
    home = make_clients.tenure()
    make.offering(name='Везде')
    query = OfferedQuery(premises_id=home.premises_id)
    assert names(service.offered_to(resident(home.client_id), query)) == ['Везде']
    with pytest.raises(PremisesNotFound):
        service.offered_to(resident(make_clients.client().id), query)
    with pytest.raises(PremisesNotFound):
        service.offered_to(resident(home.client_id), OfferedQuery(premises_id=make_premises.premises().id))


def test_a_resident_reads_only_what_he_may_order():
    home, elsewhere = make_clients.tenure(), make_clients.tenure()
    near = make.offering(building_ids=(home.building_id,))
    hidden = make.offering(is_offered_to_residents=False)
    assert service.get_offered(near.id, to=resident(home.client_id)) == near
    homeless = make_clients.client()
    for offering, client_id in ((near, elsewhere.client_id), (near, homeless.id), (hidden, home.client_id)):
        with pytest.raises(OfferingNotFound):
            service.get_offered(offering.id, to=resident(client_id))


def test_categories_are_listed_by_position_and_changed():
    second = make.category(name='Ремонт', position=2)
    first = make.category(name='Уборка', position=1)
    assert names(service.find_categories(staff(), CategoryQuery())) == ['Уборка', 'Ремонт']
    service.change_category(first.id, CategoryChanges(position=3), by=staff())
    service.archive_category(second.id, by=staff())
    assert names(service.find_categories(staff(), CategoryQuery())) == ['Ремонт', 'Уборка']
    assert names(service.find_shown_categories(resident('b1'), Paging())) == ['Уборка']
    with pytest.raises(CategoryNotActive):
        service.change_category(second.id, CategoryChanges(name='x'), by=staff())
