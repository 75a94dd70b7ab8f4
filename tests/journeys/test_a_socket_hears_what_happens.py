"""Who keeps a socket hears at once what the other side does; who keeps none asks for the changes."""

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.journeys.company import Company
from tests.journeys.listening import PATIENCE, listening
from tests.journeys.patience import eventually

pytestmark = pytest.mark.journey


@pytest.mark.proves('CHAT-013')
def test_both_sides_of_a_request_hear_each_other_at_once(company: Company) -> None:
    plumbing = company.offers()
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    pyotr, sosed = company.resident('Петров', 'Пётр'), company.resident('Сидоров', 'Сидор', '13')
    since = darya.call('GET', '/v1/live/changes')['next']
    with listening(darya) as desk, listening(pyotr) as phone, listening(sosed) as stranger:
        assert desk.asks(action='subscribe', list='requests')['type'] == 'subscribed'
        number = pyotr.orders(plumbing)
        assert desk.hears('request', number=number)['version'] == 1

        assert phone.asks(action='subscribe', number=number)['version'] == 1
        refusal = stranger.asks(action='subscribe', number=number)
        assert (refusal['type'], refusal['code']) == ('refused', 'RequestNotFound')
        stranger.asks(action='subscribe', list='requests')

        pyotr.does('messages', number, text='Домофон не работает')
        assert desk.hears('message', number=number)['position'] == 1
        darya.does('messages/read', number, until=1)
        assert phone.hears('tick', number=number)['until'] == 1
        darya.does('comments', number, text='Ключи у консьержа')
        desk.hears('comment', number=number)
        darya.starts(number, company.hires('Иванов Иван'))
        heard = phone.hears('status', number=number)
        assert heard['status'] == 'in_progress'
        assert desk.hears('status', number=number) == heard

        def told() -> list[str]:
            answer = darya.call('GET', f'/v1/live/changes?since={since}')
            return [news['type'] for news in answer['items'] if news['number'] == number]

        wanted = {'request', 'message', 'tick', 'comment', 'status'}
        eventually(lambda: wanted <= set(told()), lambda: str(told()))

        assert stranger.asks(action='ping')['type'] == 'pong'
        darya.call('POST', '/v1/auth/sign-out')
        assert desk.is_closed()


def test_a_ticket_opens_one_socket(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    url = darya.call('POST', '/v1/live/tickets')['url']
    with connect(url, open_timeout=PATIENCE):
        pass
    with pytest.raises(InvalidStatus):
        connect(url, open_timeout=PATIENCE)


def test_a_silent_socket_is_closed_by_the_clock(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    with listening(darya) as desk:
        assert desk.asks(action='ping')['type'] == 'pong'
        company.passes(minutes=11)
        assert desk.is_closed()
