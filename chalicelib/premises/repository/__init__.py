"""The only room that knows the rows of places, their keys and indexes."""

from chalicelib.premises.repository.changes import adding, changing, inhabiting, removing, tagging
from chalicelib.premises.repository.lists import (
    find_all,
    list_buildings_of,
    list_by_name,
    list_tags,
    search,
    search_numbers,
)
from chalicelib.premises.repository.rows import (
    reading,
    reading_building,
    reading_group,
    reading_premises,
    reading_quarter,
)

__all__ = [
    'adding',
    'changing',
    'find_all',
    'inhabiting',
    'list_buildings_of',
    'list_by_name',
    'list_tags',
    'reading',
    'reading_building',
    'reading_group',
    'reading_premises',
    'reading_quarter',
    'removing',
    'search',
    'search_numbers',
    'tagging',
]
