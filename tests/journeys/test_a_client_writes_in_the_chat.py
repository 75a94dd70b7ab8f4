"""A resident writes about his request, the executor answers, and each sees what the other has read."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Employee, Resident, refused
from tests.journeys.sending import sends

pytestmark = pytest.mark.journey
PHOTO = b'\x89PNG\r\n\x1a\n' + bytes(2000)


def ticks(person: Employee | Resident, number: int) -> list[tuple[str, str]]:
    page = person.call('GET', f'/v1/{person.audience}/requests/{number}/messages')
    return [(line['text'], line['status']) for line in page['items']]


@pytest.mark.proves(
    'CHAT-001', 'CHAT-004', 'CHAT-013', 'CHAT-023', 'CHAT-026', 'CHAT-027', 'NTF-012', 'NTF-028', 'ACTV-001'
)
def test_a_resident_and_an_executor_talk_about_a_request(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    for person in (ivan, pyotr):
        person.takes_push()
    number = pyotr.orders(plumbing)
    darya.starts(number, ivan)

    pyotr.does('messages', number, text='Домофон не работает, позвоните')
    ivan.hears(number, 'chat_message_received', 'Новое сообщение от клиента')
    assert ticks(ivan, number) == [('Домофон не работает, позвоните', 'sent')]
    ivan.does('messages/read', number, until=1)
    assert ticks(pyotr, number) == [('Домофон не работает, позвоните', 'read')]

    said = ivan.does('messages', number, text='Буду в трии')
    place = f'/v1/staff/requests/{number}/messages/{said["position"]}'
    ivan.call('PATCH', place, {'text': 'Буду в три'})
    pyotr.hears(number, 'message_received', 'Новое сообщение в чате')
    changes = pyotr.call('GET', f'/v1/resident/requests/{number}/messages/changes?since=1')
    assert [(line['text'], line['author']) for line in changes['items']] == [('Буду в три', None)]
    assert (changes['unread'], changes['has_more']) == (1, False)
    pyotr.does('messages/read', number, until=said['position'])
    assert ticks(ivan, number)[0] == ('Буду в три', 'read')

    photo = sends(pyotr, PHOTO, name='дверь.png')
    assert (photo['status'], photo['purpose']) == ('clean', 'chat')
    pyotr.does('messages', number, file_id=photo['id'])
    with refused('FileBelongsToAnother'):
        pyotr.does('messages', number, text='Ещё раз', file_id=photo['id'])
    newest = ivan.call('GET', f'/v1/staff/requests/{number}/messages?limit=1')['items'][0]
    assert (newest['text'], newest['file']['name']) == ('', 'дверь.png')
    assert company.http.get(newest['file']['links']['file']).content == PHOTO

    company.passes(minutes=60, seconds=1)
    with refused('MessageTooOld'):
        ivan.call('DELETE', place)
    with refused('NotYourMessage'):
        darya.call('DELETE', place)
    company.settles()
    assert pyotr.pushes(number, 'chat_message_received') == []
    assert ivan.pushes(number, 'message_received') == []
    assert 'три' not in str(pyotr.list_of_notices())

    def activity() -> list[str]:
        lines = darya.call('GET', f'/v1/staff/requests/{number}/activity?only=request')['items']
        return [line['kind'] for line in lines]

    eventually(lambda: activity() == ['message_sent', 'message_sent', 'request_created'])
