"""A dispatcher answers from a template, plans a message for the morning, and the clock sends it once."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Resident, refused

pytestmark = pytest.mark.journey


def chat(pyotr: Resident, number: int) -> list[tuple[str, str]]:
    page = pyotr.call('GET', f'/v1/resident/requests/{number}/messages')
    return [(line['text'], line['status']) for line in page['items']]


@pytest.mark.proves(
    'CHAT-008', 'CHAT-014', 'CHAT-015', 'CHAT-016', 'CHAT-017', 'CHAT-018', 'CHAT-019', 'SET-008'
)
def test_what_a_dispatcher_plans_in_the_evening_the_resident_reads_in_the_morning(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr = company.resident('Петров', 'Пётр')
    pyotr.takes_push()
    number = pyotr.orders(plumbing)
    pyotr.does('messages', number, text='Когда ждать мастера?')
    words = '{client}, заявка № {number} «{offering}» принята.'
    with refused('PlaceholderUnknown'):
        company.made('reply-templates', name='Принята', text=words + ' {подпись}')
    template = company.made('reply-templates', name='Принята', text=words)
    reply = darya.call('GET', f'/v1/staff/requests/{number}/reply-templates/{template["id"]}')['text']
    darya.does('messages', number, text=reply)
    assert chat(pyotr, number)[0] == (f'Петров Пётр, заявка № {number} «Вызов сантехника» принята.', 'sent')

    morning = (company.now() + timedelta(days=1)).astimezone(ZoneInfo('Europe/Moscow'))
    day = f'{morning:%Y-%m-%d}'
    with refused('SendingTimePast'):
        darya.does('deferred-messages', number, text='Вчера', send_on='2020-01-01', send_time='09:00')
    planned, other = (
        darya.does('deferred-messages', number, text=text, send_on=day, send_time=at)
        for text, at in (('Мастер выехал', '09:00'), ('Лишнее', '08:00'))
    )
    darya.call('DELETE', f'/v1/staff/requests/{number}/deferred-messages/{other["id"]}')
    waiting = darya.call('GET', f'/v1/staff/requests/{number}/deferred-messages')['items']
    assert [line['text'] for line in waiting] == ['Мастер выехал']
    assert len(chat(pyotr, number)) == 2

    company.passes(until=planned['send_at'])
    eventually(lambda: len(chat(pyotr, number)) == 3)
    assert chat(pyotr, number)[0] == ('Мастер выехал', 'sent')
    eventually(lambda: len(pyotr.pushes(number, 'message_received')) == 2)
    pyotr.does('messages/read', number, until=3)
    page = darya.call('GET', f'/v1/staff/requests/{number}/messages')
    assert [line['status'] for line in page['items']] == ['read', 'read', 'sent']
    company.passes(minutes=5)
    company.settles()
    assert len(chat(pyotr, number)) == 3
    assert darya.call('GET', f'/v1/staff/requests/{number}/deferred-messages')['items'] == []
