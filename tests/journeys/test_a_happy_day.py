"""A tap drips, a plumber comes, the resident is content."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey

DAY = [
    ('RequestCreated', None),
    ('AssigneesChanged', 'Дмитриева Дарья'),
    ('RequestStarted', 'Иванов Иван'),
    ('ReactionObserved', None),
    ('RequestCompleted', 'Иванов Иван'),
    ('ExecutionObserved', None),
    ('RatingAsked', None),
    ('RequestRated', None),
]
"""What the history tells of the day, and by whom: employees have names, residents and the system none."""


@pytest.mark.proves('REQ-009')
@pytest.mark.proves('REQ-008', 'REQ-090', 'REQ-111', 'REQ-123', 'REQ-127', 'REQ-129', 'REQ-141', 'CLI-008')
@pytest.mark.proves('NTF-002', 'NTF-006', 'NTF-013', 'NTF-020', 'NTF-022', 'NTF-032', 'SLA-008')
@pytest.mark.proves('IAM-003', 'R1', 'R7', 'R12')
def test_a_request_goes_from_the_tap_to_a_rating(company: Company) -> None:
    plumbing = company.offers(reaction='PT1H', execution='PT4H')
    company.ticks('executor', request_rated=['push'])
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (darya, ivan, pyotr):
        person.takes_push()

    number = pyotr.orders(plumbing)
    assert pyotr.sees(number)['status'] == {'code': 'waiting', 'colour': 'red'}
    darya.hears(number, 'request_created', f'Новая заявка № {number}')
    assert darya.list_of_notices()['unread'] == 1
    assert (darya.counts_new(), darya.lists('new')) == (1, [number])

    darya.assigns(number, ivan)
    ivan.hears(number, 'assigned', 'Вас назначили ответственным')
    assert ivan.lists('mine') == [number]

    ivan.starts(number)
    pyotr.hears(number, 'request_started', 'ул. Мира, 5')
    assert darya.counts_new() == 0

    ivan.does('complete', number)
    pyotr.hears(number, 'rating_asked', 'оцените нашу работу')

    pyotr.rates(number, 5, 'Быстро и чисто')
    ivan.hears(number, 'request_rated', '5 баллов')
    assert darya.card(number)['rating']['comment'] == 'Быстро и чисто'
    assert [(entry['type'], entry['author']) for entry in darya.history(number)] == DAY

    company.settles()
    # Once each, and nobody of his own deeds.
    assert pyotr.notices(number) == ['request_started', 'rating_asked']
    assert ivan.notices(number) == ['assigned', 'request_rated']
    assert darya.notices(number) == ['request_created']
    for person in (pyotr, ivan, darya):
        assert [push['data']['type'] for push in person.pushes(number)] == person.notices(number)


@pytest.mark.proves('NTF-020', 'AMB-76')
def test_what_was_read_is_no_longer_counted(company: Company) -> None:
    plumbing, pyotr = company.offers(), company.resident('Петров', 'Пётр')
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    for _ in range(3):
        pyotr.orders(plumbing)
    eventually(lambda: darya.list_of_notices()['unread'] == 3)

    newest = darya.list_of_notices()['items'][0]
    for _ in range(2):  # marking what is marked changes nothing
        left = darya.call('POST', '/v1/staff/notifications/read', {'ids': [newest['id']]})
        assert left == {'unread': 2}
    assert [notice['is_read'] for notice in darya.list_of_notices()['items']] == [True, False, False]

    assert darya.reads_all() == 0
    assert darya.list_of_notices()['unread'] == 0
    pyotr.orders(plumbing)
    eventually(lambda: darya.list_of_notices()['unread'] == 1)
    assert company.administrator.list_of_notices()['unread'] == 0
