"""Whether an order form is filled."""

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chalicelib.catalogue.model import (
    LARGEST_NUMBER,
    LONGEST_TEXT_ANSWER,
    Answers,
    FieldKind,
    FormField,
    FormFieldMissing,
    FormFieldNotDate,
    FormFieldNotFile,
    FormFieldNotNumber,
    FormFieldNotOffered,
    FormFieldNotText,
    FormFieldTooLarge,
    FormFieldTooSmall,
    FormFieldUnknown,
    FormInvalid,
    Offering,
)
from chalicelib.kit.errors import Malformed
from chalicelib.kit.values import EARLIEST_YEAR, LATEST_YEAR

_ISO_DATE = re.compile(r'\d{4}-\d{2}-\d{2}', re.ASCII)
_FILE_KEY = re.compile(r'[A-Za-z0-9][A-Za-z0-9._/-]{0,499}')
_LINE_ENDS = '\n\r\t'
LONGEST_CODE_TOLD = 40


def answers(offering: Offering, given: Mapping[str, Any]) -> Answers:
    """The answers to the offering's order form, in its order, trimmed and of the right types (REQ-056).

    Raises FormInvalid naming every field that is missing (REQ-057), unknown or wrong, each as
    `body.form.<code>`. An empty text and null are no answer.
    """
    judged: Answers = {}
    problems: list[Malformed] = []
    for field in offering.fields:
        answer = given.get(field.code)
        path = f'body.form.{field.code}'
        if answer is None or (isinstance(answer, str) and not answer.strip()):
            if field.is_mandatory:
                problems.append(FormFieldMissing(field=path, label=field.label))
            continue
        try:
            judged[field.code] = _JUDGES[field.kind](field, answer, path)
        except Malformed as problem:
            problems.append(problem)
    known = {field.code for field in offering.fields}
    for code in given:
        if code not in known:
            told = code[:LONGEST_CODE_TOLD]
            problems.append(FormFieldUnknown(field=f'body.form.{told}', code=told))
    if problems:
        raise FormInvalid(*problems)
    return judged


def _text(field: FormField, answer: Any, path: str) -> str:
    if not isinstance(answer, str) or len(answer.strip()) > LONGEST_TEXT_ANSWER or _has_controls(answer):
        raise FormFieldNotText(field=path, most=LONGEST_TEXT_ANSWER)
    return unicodedata.normalize('NFC', answer.strip())


def _number(field: FormField, answer: Any, path: str) -> int | float:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        raise FormFieldNotNumber(field=path)
    if isinstance(answer, float) and not math.isfinite(answer):
        raise FormFieldNotNumber(field=path)
    least = -LARGEST_NUMBER if field.least is None else field.least
    most = LARGEST_NUMBER if field.most is None else field.most
    if answer < least:
        raise FormFieldTooSmall(field=path, least=least)
    if answer > most:
        raise FormFieldTooLarge(field=path, most=most)
    return answer


def _choice(field: FormField, answer: Any, path: str) -> str:
    if not isinstance(answer, str) or answer not in field.choices:
        raise FormFieldNotOffered(field=path, choices=', '.join(field.choices))
    return answer


def _date(field: FormField, answer: Any, path: str) -> str:
    try:
        if not isinstance(answer, str) or not _ISO_DATE.fullmatch(answer):
            raise ValueError(answer)
        if not EARLIEST_YEAR <= date.fromisoformat(answer).year <= LATEST_YEAR:
            raise ValueError(answer)
    except ValueError:
        raise FormFieldNotDate(field=path) from None
    return answer


def _file(field: FormField, answer: Any, path: str) -> str:
    if not isinstance(answer, str) or not _FILE_KEY.fullmatch(answer):
        raise FormFieldNotFile(field=path)
    return answer


_JUDGES: dict[FieldKind, Callable[[FormField, Any, str], str | int | float]] = {
    FieldKind.TEXT: _text,
    FieldKind.NUMBER: _number,
    FieldKind.CHOICE: _choice,
    FieldKind.DATE: _date,
    FieldKind.FILE: _file,
}


def _has_controls(text: str) -> bool:
    return any(unicodedata.category(c) in ('Cc', 'Cs') and c not in _LINE_ENDS for c in text)
