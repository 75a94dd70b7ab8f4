"""Who is told of tasks: of a new one all who tick it and see the place, of its end who is to do it."""

import pytest

from chalicelib.staff.model import NotificationKind, Permission
from chalicelib.tasks.events import TaskCreated, TaskDeadlineNear, TaskHandedOver
from tests.make import notifications as make
from tests.make import requests as make_requests
from tests.make import staff as make_staff
from tests.notifications.conftest import inbox, kinds

NEW, NEAR = NotificationKind.TASK_CREATED, NotificationKind.TASK_DEADLINE_NEAR
VIEWING = (Permission.REQUESTS_VIEW,)


@pytest.mark.proves('NTF-007', 'AMB-75')
def test_of_a_new_task_all_who_tick_it_and_see_the_place_are_told_and_its_author_is_not(who_ticks, announce):
    place = make_requests.request().place.building_id
    near, far = (who_ticks(NEW, permissions=VIEWING, places=(where,)) for where in (place, 'elsewhere'))
    executor = who_ticks(NEW, places=('elsewhere',))
    author, deaf = who_ticks(NEW, permissions=VIEWING), who_ticks(NEAR, permissions=VIEWING)
    announce(TaskCreated, executor_id=executor.id, by=make.employee_actor(author.id))
    assert kinds(near.id) == kinds(executor.id) == ['task_created']
    assert kinds(far.id) == kinds(author.id) == kinds(deaf.id) == []
    [notice] = inbox(near.id).items
    assert (notice.number, notice.title) == (17, 'Заявка № 17: новая задача')
    assert notice.text.startswith('Новая задача «Проверить стояк» по заявке № 17. Исполнитель: Иванов Иван')


@pytest.mark.proves('NTF-007', 'AMB-75')
def test_a_task_alone_has_no_place_and_no_number(who_ticks, announce):
    anywhere = who_ticks(NEW, permissions=VIEWING, places=('elsewhere',))
    announce(TaskCreated, number=None)
    [notice] = inbox(anywhere.id).items
    assert (notice.number, notice.title) == (None, 'Новая задача')


@pytest.mark.proves('NTF-007', 'AMB-75')
@pytest.mark.parametrize('number', [17, None])
def test_who_cannot_see_a_task_is_not_told_its_title_and_the_seeded_executor_hears_of_his_own(
    organisation, announce, number
):
    place = make_requests.request().place.building_id
    [his, anothers] = [make_staff.employee(role_id='executor', places=(place,)) for _ in range(2)]
    dispatcher = make_staff.employee(role_id='dispatcher', places=(place,))
    announce(TaskCreated, number=number, executor_id=his.id)
    assert kinds(his.id) == kinds(dispatcher.id) == ['task_created']
    assert kinds(anothers.id) == []


def test_who_gets_a_task_of_another_is_told_of_it_as_of_a_new_one(who_ticks, announce):
    executor, other = who_ticks(NEW), who_ticks(NEW)
    announce(TaskHandedOver, executor_id=executor.id)
    assert (kinds(executor.id), kinds(other.id)) == (['task_created'], [])


@pytest.mark.proves('NTF-017', 'SLA-012')
def test_only_who_is_to_do_it_is_reminded(who_ticks, announce):
    executor, other = who_ticks(NEAR), who_ticks(NEAR)
    for _ in range(2):
        announce(TaskDeadlineNear, executor_id=executor.id, event_id='demo#task#t@2.0')
    assert (kinds(executor.id), kinds(other.id)) == (['task_deadline_near'], [])
    [notice] = inbox(executor.id).items
    assert notice.title == 'Заявка № 17: истекает срок выполнения задачи'
