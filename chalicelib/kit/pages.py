"""Pages of a list: bounded work, signed cursors, and honesty about what follows."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from pynamodb.attributes import Attribute
from pynamodb.expressions.condition import Condition
from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.kit import settings
from chalicelib.kit.dynamo import Row
from chalicelib.kit.errors import Malformed
from chalicelib.kit.values import Page, Paging

R = TypeVar('R', bound=Row)
T = TypeVar('T')

QUERIES_PER_PAGE = 4
"""A page with filters looks at no more than this many answers of DynamoDB; the cursor leads on."""

EVALUATED_PER_QUERY = 100


class CursorInvalid(Malformed):
    """The cursor was not made by us, or for another list."""

    field = 'query.cursor'


def page(
    row: type[R],
    entity: Callable[[R], T],
    hash_key: str,
    *,
    paging: Paging,
    binding: Sequence[str],
    index: GlobalSecondaryIndex[Any] | None = None,
    condition: Condition | None = None,
    filters: Condition | None = None,
    fitting: Callable[[list[T]], list[bool]] | None = None,
    forward: bool = False,
) -> Page[T]:
    """At most `paging.limit` entities under `hash_key`, newest first unless `forward`.

    `binding` names the list the cursor belongs to (organisation first); a cursor of another is refused.
    With `filters` at most QUERIES_PER_PAGE answers are read: a page may be short, or empty, and still
    have a next cursor. `fitting` judges what no index can, an answer at a time: the first is as long as the
    page, the others, should some not fit, look at EVALUATED_PER_QUERY each.
    """
    start = opened(paging.cursor, binding)
    attributes = _key_attributes(row, index)
    found: list[tuple[dict[str, Any], T]] = []
    for turn in range(QUERIES_PER_PAGE):
        is_sparse = filters is not None or (fitting is not None and turn > 0)
        wanted = paging.limit + 1 - len(found)
        answer = row._get_connection().query(
            hash_key,
            range_key_condition=condition,
            filter_condition=filters,
            exclusive_start_key=start,
            index_name=index.Meta.index_name if index else None,
            limit=EVALUATED_PER_QUERY if is_sparse else wanted,
            scan_index_forward=forward,
            consistent_read=index is None,
        )
        read = [(item, entity(row.from_raw_data(item))) for item in answer['Items']]
        fits = [True] * len(read) if fitting is None else fitting([one for _, one in read])
        found += [pair for pair, is_in in zip(read, fits, strict=True) if is_in]
        start = answer.get('LastEvaluatedKey')
        if start is None or len(found) > paging.limit:
            break
    if len(found) > paging.limit:
        found = found[: paging.limit]
        start = {name: found[-1][0][name] for name in attributes}
    return Page(items=[one for _, one in found], next_cursor=start and sealed(start, binding))


def _key_attributes(row: type[Row], index: GlobalSecondaryIndex[Any] | None) -> set[str]:
    of_index: dict[str, Attribute[Any]] = index.Meta.attributes if index else {}
    return {'pk', 'sk'} | {a.attr_name for a in of_index.values() if a.is_hash_key or a.is_range_key}


def _signer(binding: Sequence[str]) -> Any:
    from itsdangerous import URLSafeSerializer  # only lists with a second page need it

    return URLSafeSerializer(settings.required('CURSOR_KEY'), salt='\x1f'.join(binding))


def sealed(key: dict[str, Any], binding: Sequence[str]) -> str:
    """A cursor that only `opened` with the same binding understands."""
    return str(_signer(binding).dumps(key))


def opened(cursor: str | None, binding: Sequence[str]) -> dict[str, Any] | None:
    """What the cursor holds, None where there is none; raises CursorInvalid for one of another list."""
    if cursor is None:
        return None
    from itsdangerous import BadData

    try:
        key: dict[str, Any] = _signer(binding).loads(cursor)
    except BadData:
        raise CursorInvalid() from None
    return key
