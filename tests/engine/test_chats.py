"""Conversations on the engine: many hands in one chat, and what its newest page costs however long it is."""

from collections.abc import Callable

import pytest

from chalicelib.conversations import repository
from chalicelib.conversations.model.chat import Conversation, Message, Side, Totals
from chalicelib.conversations.repository.rows import CONVERSATION, WITH, ConversationRow, pk_of
from chalicelib.files.model import Purpose
from chalicelib.kit import clock
from chalicelib.kit.outbox import Delivered
from tests.engine.desk import ORGANISATION, REQUESTS, Desk, Said, at_once, call
from tests.engine.watching import watched
from tests.make import files

OWN = '/v1/resident/requests'
LONG = 10_000


def until_told(act: Callable[[str], Said], key: str) -> Said:
    """The answer to a call that a lost race does not stop, as clients make it: again under the same key."""
    for _ in range(10):
        said = act(key)
        if (said.status, said.body.get('code')) not in ((409, 'ChangedMeanwhile'), (503, 'Contended')):
            return said
    raise AssertionError('ten times in a row another was first')


def lengthen(desk: Desk, number: int, messages: int) -> None:
    """So many messages of the client stand in the conversation, as if they had been sent one by one."""
    whole = Conversation(
        organisation=ORGANISATION, number=number, client_id=desk.client,
        version=messages, sent=Totals(client=messages),
    )  # fmt: skip
    pk = pk_of(ORGANISATION, number, desk.client)
    with ConversationRow.batch_write() as batch:
        for position in range(1, messages + 1):
            message = Message(
                organisation=ORGANISATION, number=number, client_id=desk.client, position=position,
                side=Side.CLIENT, author_id=desk.client, author='Петров Пётр', text=f'Сообщение {position}',
                sent_at=clock.now(), totals=Totals(client=position),
            )  # fmt: skip
            batch.save(
                ConversationRow(
                    pk=pk, sk=f'message#{position:09d}', version=1, body=message.model_dump_json()
                )
            )
        batch.save(ConversationRow(pk=pk, sk=CONVERSATION, version=messages, body=whole.model_dump_json()))
        batch.save(ConversationRow(pk=pk_of(ORGANISATION, number), sk=WITH + desk.client))


@pytest.mark.proves('CHAT-026')
def test_twenty_who_write_read_and_poll_at_once_lose_and_double_nothing(desk):
    number = desk.create()
    polled: list[list[int]] = []

    def write(turn: int) -> Callable[[], int]:
        by_staff = turn % 2 == 0
        place, token = (REQUESTS, desk.token) if by_staff else (OWN, desk.resident_token)

        def act(key: str) -> Said:
            body = {'text': f'Слово {turn}'}
            return call('POST', f'{place}/{number}/messages', body, token=token, idempotency_key=key)

        def written() -> int:
            said = until_told(act, f'turn {turn}')
            assert said.status == 201, said
            return int(said.body['position'])

        return written

    def poll() -> int:
        known, seen = 0, []
        for _ in range(40):
            told = call(
                'GET', f'{OWN}/{number}/messages/changes?since={known}', token=desk.resident_token
            ).body
            seen += [line['position'] for line in told['items']]
            known = told['as_of']
            if known:
                read = {'until': known}
                call('POST', f'{OWN}/{number}/messages/read', read, token=desk.resident_token)
        polled.append([*seen, -known])
        return 0

    writers = [write(turn) for turn in range(28)]
    positions = [one for one in at_once([*writers, *[poll] * 4], threads=20) if one]
    assert sorted(positions) == list(range(1, 29))
    page = call('GET', f'{REQUESTS}/{number}/messages?limit=100', token=desk.token).body
    assert [line['position'] for line in page['items']] == list(range(28, 0, -1))
    assert (len({line['text'] for line in page['items']}), page['unread']) == (28, 14)
    for *seen, known in polled:
        assert seen == list(range(1, -known + 1))
    key = (ORGANISATION, number, desk.client)
    assert [event.event['position'] for event in repository.events_of(key)] == list(range(1, 29))


def test_ticks_and_counts_agree_after_a_race_of_messages_readings_and_deletions(desk):
    number = desk.create()
    place = f'{REQUESTS}/{number}/messages'
    for turn in range(10):
        assert call('POST', place, {'text': str(turn)}, token=desk.token).status == 201

    def delete(position: int) -> Callable[[], int]:
        return lambda: (
            until_told(lambda _: call('DELETE', f'{place}/{position}', token=desk.token), '').status
        )

    def read(position: int) -> Callable[[], int]:
        own = f'{OWN}/{number}/messages/read'
        return lambda: (
            until_told(lambda _: call('POST', own, {'until': position}, token=desk.resident_token), '').status
        )

    doings = [*map(delete, range(2, 11, 2)), *map(read, (3, 5, 7))]
    assert set(at_once(doings)) == {204, 200}
    own = call('GET', f'{OWN}/{number}/messages', token=desk.resident_token).body
    # Read up to 7; of 8, 9 and 10 only 9 is left.
    assert own['unread'] == 1
    assert sorted(line['position'] for line in own['items'] if line['is_deleted']) == [2, 4, 6, 8, 10]
    assert call('GET', place, token=desk.token).body['read_until'] == 7


def test_the_newest_page_of_ten_thousand_messages_is_one_query(desk):
    short, long = desk.create(), desk.create()
    lengthen(desk, short, 100)
    lengthen(desk, long, LONG)
    units = []
    for number in (short, long):
        with watched() as seen:
            page = call('GET', f'{REQUESTS}/{number}/messages', token=desk.token).body
        # Who is calling, the request, and the page with everything that its ticks need.
        assert seen.calls == ['BatchGetItem', 'GetItem', 'Query']
        assert (len(page['items']), page['unread']) == (25, page['as_of'])
        units.append(seen.read_units)
    assert units[1] <= units[0] * 1.1
    with watched() as seen:
        call('POST', f'{REQUESTS}/{long}/messages', {'text': 'Ещё одно'}, token=desk.token)
    assert seen.calls == ['BatchGetItem', 'GetItem', 'BatchGetItem', 'TransactWriteItems']


def test_of_ten_messages_with_one_file_one_is_sent(desk):
    numbers = [desk.create() for _ in range(10)]
    file_id = files.clean(desk.dispatcher, Purpose.CHAT).id

    def send(number: int) -> Callable[[], Said]:
        body = {'file_id': file_id}
        return lambda: call('POST', f'{REQUESTS}/{number}/messages', body, token=desk.token)

    answers = at_once([send(number) for number in numbers])
    refused = [said.body['code'] for said in answers if said.status != 201]
    assert (len(refused), set(refused)) == (9, {'FileBelongsToAnother'})
    sent = [
        call('GET', f'{REQUESTS}/{number}/messages', token=desk.token).body['items'] for number in numbers
    ]
    assert sum(map(len, sent)) == 1


def test_what_is_announced_has_the_order_of_the_conversation(desk):
    number = desk.create()
    place = f'{REQUESTS}/{number}/messages'
    first = call('POST', place, {'text': 'Раз'}, token=desk.token).body['position']
    call('PATCH', f'{place}/{first}', {'text': 'Два'}, token=desk.token)
    call('DELETE', f'{place}/{first}', token=desk.token)
    told: list[Delivered] = list(repository.events_of((ORGANISATION, number, desk.client)))
    assert [one.type for one in told] == ['MessageSent', 'MessageEdited', 'MessageDeleted']
