"""Filter patterns of event source mappings: the part of EventBridge's language streams are filtered by."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

Pattern = Mapping[str, Any]


class PatternNotSupported(ValueError):
    """The pattern uses a comparison that is not known here; in the cloud it would mean something."""


def parsed(criteria: Mapping[str, Any] | None) -> list[Pattern]:
    """The patterns of a `FilterCriteria`. Raises PatternNotSupported at once, not at the first record."""
    patterns = [json.loads(one['Pattern']) for one in (criteria or {}).get('Filters', [])]
    for pattern in patterns:
        _check(pattern)
    return patterns


def matches(record: Mapping[str, Any], patterns: Sequence[Pattern]) -> bool:
    """Whether any pattern fits the record; without patterns every record fits."""
    return not patterns or any(_fits(record, pattern) for pattern in patterns)


def _fits(value: Any, pattern: Any) -> bool:
    if isinstance(pattern, Mapping):
        if '$or' in pattern:
            rest = {key: inner for key, inner in pattern.items() if key != '$or'}
            return _fits(value, rest) and any(_fits(value, one) for one in pattern['$or'])
        held = value if isinstance(value, Mapping) else {}
        return all(_fits(held.get(key), inner) for key, inner in pattern.items())
    return any(_one(value, wanted) for wanted in pattern)


def _one(value: Any, wanted: Any) -> bool:
    if isinstance(value, list) and not (isinstance(wanted, Mapping) and 'exists' in wanted):
        return any(_one(item, wanted) for item in value)
    if not isinstance(wanted, Mapping):
        return value == wanted and type(value) is type(wanted)
    comparison, operand = next(iter(wanted.items()))
    return bool(COMPARISONS[comparison](value, operand))


def _excluded(value: Any, operand: Any) -> bool:
    if value is None:
        return False
    if isinstance(operand, Mapping):
        return not _one(value, operand)
    return value not in (operand if isinstance(operand, list) else [operand])


def _prefixed(value: Any, operand: Any) -> bool:
    return isinstance(value, str) and value.startswith(operand)


def _suffixed(value: Any, operand: Any) -> bool:
    return isinstance(value, str) and value.endswith(operand)


def _same_letters(value: Any, operand: Any) -> bool:
    return isinstance(value, str) and value.casefold() == operand.casefold()


COMPARISONS = {
    'prefix': _prefixed,
    'suffix': _suffixed,
    # Attributes are leaves here: an empty map in their place does not exist either, as in the cloud.
    'exists': lambda value, operand: (value is not None and not isinstance(value, Mapping)) == operand,
    'anything-but': _excluded,
    'equals-ignore-case': _same_letters,
}


def _check(pattern: Any) -> None:
    if isinstance(pattern, Mapping):
        for key, inner in pattern.items():
            for one in inner if key == '$or' else [inner]:
                _check(one)
        return
    if not isinstance(pattern, list):
        raise PatternNotSupported(f'a pattern ends in a list of values, not in {pattern!r}')
    for wanted in pattern:
        if isinstance(wanted, Mapping) and (len(wanted) != 1 or next(iter(wanted)) not in COMPARISONS):
            raise PatternNotSupported(f'{json.dumps(wanted)}: known here are {", ".join(COMPARISONS)}')
