"""The only room that knows the rows of calls, their keys and indexes."""

from chalicelib.calls.repository.calls import (
    Made,
    calls_at_desk,
    due_by,
    forgetting_made,
    hearing_once,
    made_at_desk,
    reading,
    reading_heard,
    remember_made,
    saving,
)
from chalicelib.calls.repository.lists import list_about_request, list_calls
from chalicelib.calls.repository.rows import SHARDS
from chalicelib.calls.repository.settings import (
    freeing,
    list_lines,
    reading_line,
    reading_settings,
    seating,
    settings_of,
    settling,
)

__all__ = [
    'SHARDS',
    'Made',
    'calls_at_desk',
    'due_by',
    'forgetting_made',
    'freeing',
    'hearing_once',
    'list_about_request',
    'list_calls',
    'list_lines',
    'made_at_desk',
    'reading',
    'reading_heard',
    'reading_line',
    'reading_settings',
    'remember_made',
    'saving',
    'seating',
    'settings_of',
    'settling',
]
