"""Filters of event sources let through what Lambda's filters let through."""

import json
from typing import Any

import pytest

from infra.local.patterns import PatternNotSupported, matches, parsed

RECORD: dict[str, Any] = {
    'eventName': 'INSERT',
    'dynamodb': {
        'Keys': {'pk': {'S': 'org#1'}, 'sk': {'S': 'event#001'}},
        'NewImage': {'sk': {'S': 'event#001'}, 'size': {'N': '3'}, 'done': {'BOOL': True}},
    },
}


def criteria(*patterns: dict[str, Any]) -> dict[str, Any]:
    return {'Filters': [{'Pattern': json.dumps(pattern)} for pattern in patterns]}


def sk(*wanted: Any) -> dict[str, Any]:
    return {'dynamodb': {'NewImage': {'sk': {'S': list(wanted)}}}}


@pytest.mark.parametrize(
    'pattern',
    [
        {},
        {'eventName': ['INSERT', 'MODIFY']},
        sk('event#001'),
        sk({'prefix': 'event#'}),
        sk({'suffix': '001'}),
        sk({'exists': True}),
        sk({'anything-but': ['card']}),
        sk({'anything-but': {'prefix': 'card'}}),
        sk({'equals-ignore-case': 'EVENT#001'}),
        sk('card', {'prefix': 'event#'}),
        {'dynamodb': {'NewImage': {'done': {'BOOL': [True]}}}},
        {'dynamodb': {'OldImage': {'sk': {'S': [{'exists': False}]}}}},
        {'eventName': ['INSERT'], 'dynamodb': {'Keys': {'pk': {'S': [{'prefix': 'org#'}]}}}},
        {'$or': [{'eventName': ['REMOVE']}, sk({'prefix': 'event#'})]},
    ],
)
def test_a_record_passes(pattern: dict[str, Any]) -> None:
    assert matches(RECORD, parsed(criteria(pattern)))


@pytest.mark.parametrize(
    'pattern',
    [
        {'eventName': ['REMOVE']},
        {'eventName': []},
        sk('event'),
        sk({'prefix': 'card#'}),
        sk({'exists': False}),
        sk({'anything-but': ['event#001']}),
        {'dynamodb': {'NewImage': {'size': {'N': [3]}}}},
        {'dynamodb': {'OldImage': {'sk': {'S': [{'exists': True}]}}}},
        {'eventName': ['INSERT'], 'dynamodb': {'Keys': {'pk': {'S': ['org#2']}}}},
        {'$or': [{'eventName': ['REMOVE']}, sk('card')]},
    ],
)
def test_a_record_is_left_out(pattern: dict[str, Any]) -> None:
    assert not matches(RECORD, parsed(criteria(pattern)))


def test_any_of_several_filters_is_enough() -> None:
    assert matches(RECORD, parsed(criteria({'eventName': ['REMOVE']}, sk({'prefix': 'event#'}))))


def test_without_filters_everything_passes() -> None:
    assert matches(RECORD, parsed(None))


@pytest.mark.parametrize(
    'pattern', [sk({'numeric': ['>', 1]}), sk({'prefix': 'a', 'suffix': 'b'}), {'eventName': 'INSERT'}]
)
def test_a_pattern_that_would_be_misread_is_refused_at_the_start(pattern: dict[str, Any]) -> None:
    with pytest.raises(PatternNotSupported):
        parsed(criteria(pattern))
