"""News reaches whoever listens, each judged as he stands at this moment."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from chalicelib.identity import service as identity
from chalicelib.identity.events import SessionsEnded
from chalicelib.identity.model import Seat
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Audience
from chalicelib.kit.outbox import Delivered
from chalicelib.live import gateway, repository, rules
from chalicelib.live.gateway import SocketsAway
from chalicelib.live.model import Listener
from chalicelib.live.service.opening import forget
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request

AT_ONCE = 100
THREADS = 8


def tell(delivered: Delivered) -> None:
    """The news is kept for those who ask, and told through every socket that listens and may.

    Raises SocketsAway after all others were told: it comes again, and its id says that it is the same.
    """
    if delivered.type == SessionsEnded.__name__:
        _end(SessionsEnded.model_validate(delivered.event))
        return
    line = rules.LINES.get(delivered.type)
    if line is None:
        return
    organisation, number = str(delivered.event['organisation']), int(delivered.event['number'])
    news, client_id = rules.news_of(delivered, line), rules.client_of(delivered, line)
    of_number, *of_lists = rules.topics_of(organisation, number, client_id)
    for topic in of_lists:
        repository.keep_news(topic, news, clock.now())
    request = dynamo.find(requests.reading(organisation, number))
    if request is None:
        return
    frame = news.model_dump_json(exclude_none=True)
    listeners = _each_once((of_number, *of_lists))
    if sum(_told(some, frame, request, client_id) for some in _by_hundreds(listeners)):
        raise SocketsAway()


def _told(listeners: list[Listener], frame: str, request: Request, client_id: str | None) -> int:
    """Those who may were told, those whose session is over are closed; how many could not be reached."""
    standing = identity.standing(listener.seat for listener in listeners)
    over = [one.socket_id for one in listeners if one.seat not in standing]
    told = [
        one.socket_id
        for one in listeners
        if one.seat in standing and rules.may_hear(standing[one.seat], request, client_id)
    ]
    return _post(told, frame) + _close(over)


def _each_once(topics: Iterable[str]) -> Iterator[Listener]:
    known: set[str] = set()
    for topic in topics:
        for listener in repository.listeners(topic):
            if listener.socket_id not in known:
                known.add(listener.socket_id)
                yield listener


def _by_hundreds(listeners: Iterator[Listener]) -> Iterator[list[Listener]]:
    while some := list(islice(listeners, AT_ONCE)):
        yield some


def _post(socket_ids: list[str], frame: str) -> int:
    """The frame went through the sockets, those that are gone are forgotten; how many were not reached."""

    def one(socket_id: str) -> bool | None:
        try:
            return gateway.post(socket_id, frame)
        except SocketsAway:
            return None

    if not socket_ids:
        return 0
    with ThreadPoolExecutor(min(THREADS, len(socket_ids))) as threads:
        reached = list(threads.map(one, socket_ids))
    for socket_id, was_there in zip(socket_ids, reached, strict=True):
        if was_there is False:
            forget(socket_id)
    return reached.count(None)


def _close(socket_ids: Iterable[str]) -> int:
    """The sockets are closed and forgotten; how many could not be reached, which the sweep tries again."""
    missed = 0
    for socket_id in socket_ids:
        try:
            gateway.close(socket_id)
            forget(socket_id)
        except SocketsAway:
            missed += 1
    return missed


def _end(event: SessionsEnded) -> None:
    """Nobody listens for a session that has ended."""
    if event.audience not in (Audience.STAFF, Audience.RESIDENT):
        return
    person = Seat(
        organisation=event.organisation, audience=event.audience, subject_id=event.subject_id, session_id=''
    )
    opened = repository.sockets_of(person).opened
    found = dynamo.fetch_all(repository.reading_socket(socket_id) for socket_id in opened)
    ended = [one.id for one in found if event.session_id in (None, one.seat.session_id)]
    # A session opened after all others were ended is told from them by asking who still stands.
    standing = identity.standing(one.seat for one in found if one.id in ended)
    if _close(one.id for one in found if one.id in ended and one.seat not in standing):
        raise SocketsAway()
