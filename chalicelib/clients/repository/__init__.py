"""The only room that knows the rows of clients, their keys and indexes."""

from chalicelib.clients.repository.changes import (
    SeenAlready,
    adding,
    changing,
    noting_read,
    resettling,
    seeing,
    settling,
    tagging,
    unsettling,
)
from chalicelib.clients.repository.lists import (
    find_all,
    find_by_external_id,
    get_whole,
    history,
    list_by_name,
    list_in_building,
    list_in_premises,
    list_tags,
    list_tenures,
    search,
)
from chalicelib.clients.repository.rows import reading_client, reading_tenure

__all__ = [
    'SeenAlready',
    'adding',
    'changing',
    'find_all',
    'find_by_external_id',
    'get_whole',
    'history',
    'list_by_name',
    'list_in_building',
    'list_in_premises',
    'list_tags',
    'list_tenures',
    'noting_read',
    'reading_client',
    'reading_tenure',
    'resettling',
    'search',
    'seeing',
    'settling',
    'tagging',
    'unsettling',
]
