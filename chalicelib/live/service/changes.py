"""What a socket would have told, for programs that ask."""

from datetime import datetime

from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.pages import CursorInvalid, opened, sealed
from chalicelib.live import repository, rules
from chalicelib.live.model import Changes, ChangesQuery, SinceForgotten, SinceInvalid
from chalicelib.requests import service as requests


def list_changes(query: ChangesQuery, *, by: Caller) -> Changes:
    """The news of the requests that the caller may see, in the order it was written: two calls.

    News may come twice and is never missed: `next` stays ten seconds behind, for hands that write at the
    same moment. Raises SinceInvalid, SinceForgotten.
    """
    topic, now = rules.topic_of_list(by.organisation, by.audience, by.id), clock.now()
    binding = (by.organisation, 'changes', by.audience, by.id)
    settled = clock.text(now - rules.OVERLAP)
    try:
        since = opened(query.since, binding)
    except CursorInvalid:
        raise SinceInvalid() from None
    if since is None:
        return Changes(items=[], next=sealed({'after': settled}, binding), has_more=False)
    after = str(since['after'])
    if _written_at(after) < now - rules.NEWS_KEPT:
        raise SinceForgotten()
    found = repository.news_since(topic, after, query.limit)
    reading = {news.number: requests.reading(by.organisation, news.number) for _, news in found}
    seen = {request.number: request for request in dynamo.fetch_all(reading.values())}
    items = [
        news for _, news in found if news.number in seen and rules.may_hear(by, seen[news.number], by.id)
    ]
    has_more = len(found) == query.limit
    last = found[-1][0] if found else settled
    # A full page leads on from its end; the last one comes again as far as it is not settled.
    following = last if has_more else min(last, settled)
    return Changes(items=items, next=sealed({'after': following}, binding), has_more=has_more)


def _written_at(place: str) -> datetime:
    return clock.instant(place.partition('#')[0])
