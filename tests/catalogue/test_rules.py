"""What an order form takes, and how names are searched."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chalicelib.catalogue import rules
from chalicelib.catalogue.model import Allowance, FieldKind, FormField, FormInvalid, NewOffering, Offering
from chalicelib.kit import texts


def offering(*fields: FormField) -> Offering:
    return Offering(id='o1', organisation='demo', name='Поверка счётчиков', fields=fields)


def field(kind: str, code: str = 'a', **changes) -> FormField:
    return FormField(code=code, label='Поле', kind=FieldKind(kind), **changes)


def problems(form: Offering, given_answers: dict) -> dict[str, str]:
    with pytest.raises(FormInvalid) as refusal:
        rules.answers(form, given_answers)
    return {problem.path: problem.code for problem in refusal.value.problems}


WHOLE = offering(
    field('number', 'meters', is_mandatory=True, least=1, most=20),
    field('text', 'words'),
    field('choice', 'when', choices=('утро', 'вечер')),
    field('date', 'on'),
    field('file', 'photo'),
)


@pytest.mark.proves('REQ-056')
def test_a_filled_form_is_taken_in_the_order_of_its_fields():
    answered = rules.answers(
        WHOLE,
        {'photo': 'demo/2026/a.jpg', 'on': '2026-12-01', 'when': 'утро', 'words': '  течёт ', 'meters': 3},
    )
    assert list(answered.items()) == [
        ('meters', 3),
        ('words', 'течёт'),
        ('when', 'утро'),
        ('on', '2026-12-01'),
        ('photo', 'demo/2026/a.jpg'),
    ]


@pytest.mark.proves('REQ-057')
@pytest.mark.parametrize('empty', [{}, {'meters': None}, {'meters': '  '}])
def test_a_mandatory_field_must_be_filled(empty):
    assert problems(WHOLE, empty) == {'body.form.meters': 'FormFieldMissing'}


def test_fields_that_are_not_mandatory_may_stay_empty():
    assert rules.answers(WHOLE, {'meters': 1, 'words': '', 'on': None}) == {'meters': 1}


def test_all_bad_answers_are_told_at_once():
    given_answers = {'words': 5, 'when': 'ночь', 'on': '01.12.2026', 'photo': '../../x', 'colour': 'red'}
    assert problems(WHOLE, given_answers) == {
        'body.form.meters': 'FormFieldMissing',
        'body.form.words': 'FormFieldNotText',
        'body.form.when': 'FormFieldNotOffered',
        'body.form.on': 'FormFieldNotDate',
        'body.form.photo': 'FormFieldNotFile',
        'body.form.colour': 'FormFieldUnknown',
    }


@pytest.mark.parametrize(
    'answer, code',
    [
        (0, 'FormFieldTooSmall'),
        (21, 'FormFieldTooLarge'),
        (10**400, 'FormFieldTooLarge'),
        ('3', 'FormFieldNotNumber'),
        (True, 'FormFieldNotNumber'),
        (float('nan'), 'FormFieldNotNumber'),
        (float('inf'), 'FormFieldNotNumber'),
        ([3], 'FormFieldNotNumber'),
    ],
)
def test_a_number_is_a_number_within_its_bounds(answer, code):
    assert problems(WHOLE, {'meters': answer}) == {'body.form.meters': code}


def test_a_number_without_bounds_is_still_bounded():
    form = offering(field('number'))
    assert rules.answers(form, {'a': -1.5}) == {'a': -1.5}
    assert problems(form, {'a': 1e300}) == {'body.form.a': 'FormFieldTooLarge'}


@pytest.mark.parametrize(
    'answer', ['2026-02-30', '1899-12-31', '2100-01-01', '20261201', '2026-W01-1', '٢٠٢٦-12-01', 7]
)
def test_what_is_no_date_is_refused(answer):
    assert problems(offering(field('date')), {'a': answer}) == {'body.form.a': 'FormFieldNotDate'}


@pytest.mark.parametrize('answer', ['x' * 4001, 'a\x00b', {'a': 1}])
def test_what_is_no_decent_text_is_refused(answer):
    assert problems(offering(field('text')), {'a': answer}) == {'body.form.a': 'FormFieldNotText'}


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@settings(deadline=None)  # the first refusal loads the catalogues of words
@given(
    st.dictionaries(st.sampled_from(['meters', 'words', 'when', 'on', 'photo', 'x']) | st.text(), anything)
)
def test_any_json_is_either_answered_or_refused_with_words(given_answers):
    try:
        answered = rules.answers(WHOLE, given_answers)
    except FormInvalid as refusal:
        for problem in refusal.problems:
            assert texts.say(problem.code, 'ru', **problem.details)
    else:
        assert 1 <= answered['meters'] <= 20
        assert answered.keys() <= given_answers.keys()


@pytest.mark.parametrize(
    'text, span',
    [
        ('PT1M', timedelta(minutes=1)),
        ('PT4H', timedelta(hours=4)),
        ('P1DT4H30M', timedelta(days=1, hours=4, minutes=30)),
        ('P365D', timedelta(days=365)),
    ],
)
def test_a_deadline_reads_and_writes_as_iso_8601(text, span):
    allowance = TypeAdapter(Allowance)
    assert allowance.validate_json(f'"{text}"', strict=True) == span
    assert allowance.dump_json(span) == f'"{text}"'.encode()


@pytest.mark.parametrize(
    'text', ['PT0M', 'PT30S', '-PT4H', 'P366D', 'P1Y', 'P1M', 'P', 'PT', 'P1DT', '4h', '04:00', '']
)
def test_what_is_no_deadline_is_refused(text):
    with pytest.raises(ValidationError):
        TypeAdapter(Allowance).validate_json(f'"{text}"', strict=True)


@pytest.mark.proves('SVC-006')
@pytest.mark.parametrize(
    'fields, code',
    [
        ([{'code': 'a', 'label': 'A', 'kind': 'choice'}], 'choices_misplaced'),
        ([{'code': 'a', 'label': 'A', 'kind': 'text', 'choices': ['x']}], 'choices_misplaced'),
        ([{'code': 'a', 'label': 'A', 'kind': 'choice', 'choices': ['x', 'x']}], 'choices_repeated'),
        ([{'code': 'a', 'label': 'A', 'kind': 'choice', 'choices': ['x'] * 51}], 'too_long'),
        ([{'code': 'a', 'label': 'A', 'kind': 'text', 'least': 1}], 'bounds_misplaced'),
        ([{'code': 'a', 'label': 'A', 'kind': 'number', 'least': 2, 'most': 1}], 'bounds_crossed'),
        ([{'code': 'a', 'label': 'A', 'kind': 'text'}] * 2, 'field_codes_repeated'),
        ([{'code': f'f{i}', 'label': 'A', 'kind': 'file'} for i in range(16)], 'file_fields_too_many'),
        ([{'code': 'A b', 'label': 'A', 'kind': 'text'}], 'string_pattern_mismatch'),
        ([{'code': 'a', 'label': 'A', 'kind': 'colour'}], 'enum'),
        ([{'code': 'a', 'label': 'A', 'kind': 'text', 'colour': 1}], 'extra_forbidden'),
    ],
)
def test_an_incoherent_form_is_refused(fields, code):
    with pytest.raises(ValidationError) as refusal:
        NewOffering.model_validate({'name': 'x', 'fields': fields})
    assert refusal.value.errors()[0]['type'] == code
