"""What other houses may ask of this one: looks at places, who administers them, who moves in and out."""

from chalicelib.premises.repository import reading_building, reading_group, reading_premises, reading_quarter
from chalicelib.premises.service.areas import in_groups
from chalicelib.premises.service.buildings import administration_of, place_all
from chalicelib.premises.service.dwellings import find_placed, moving_in, moving_out

__all__ = [
    'administration_of',
    'find_placed',
    'in_groups',
    'moving_in',
    'moving_out',
    'place_all',
    'reading_building',
    'reading_group',
    'reading_premises',
    'reading_quarter',
]
