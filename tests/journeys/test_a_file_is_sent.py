"""Files go straight to the bucket by a form, past the scanner, and come back by links."""

import io

import pytest
from PIL import Image

from tests.journeys.company import Company
from tests.journeys.people import Employee, refused
from tests.journeys.sending import post, sends, settled

pytestmark = pytest.mark.journey

# In two pieces, so that a real scanner does not take this file for the virus.
EICAR = rb'X5O!P%@AP[4\PZX54(P^)7CC)7}$' + b'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
UPLOADS = '/v1/staff/uploads'


def photo() -> bytes:
    """A photograph of a tap."""
    written = io.BytesIO()
    Image.new('RGB', (1600, 1200), 'grey').save(written, 'JPEG')
    return written.getvalue()


def asks(employee: Employee, size: int) -> dict:
    """The employee has a form for a file of that size."""
    return employee.call('POST', UPLOADS, {'name': 'кран.jpg', 'size': size, 'purpose': 'document'})


def test_a_photograph_goes_up_by_a_form_and_comes_back_by_a_link(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    card = sends(darya, photo(), name='Кран "течёт".png')
    assert (card['status'], card['content_type']) == ('clean', 'image/jpeg')
    back = company.http.get(card['links']['file'])
    assert (back.status_code, back.content) == (200, photo())
    assert back.headers['content-type'] == 'image/jpeg'
    assert back.headers['content-disposition'].startswith('attachment; ')
    small = company.http.get(card['links']['thumbnail'])
    assert Image.open(io.BytesIO(small.content)).size == (480, 360)


def test_a_form_takes_the_file_it_was_asked_for_and_nothing_else(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ticket = asks(darya, 10)
    assert post(company, ticket['form'], b'x' * 11).status_code == 400
    assert post(company, ticket['form'], b'x' * 9).status_code == 400
    elsewhere = {**ticket['form']['fields'], 'key': 'kept/other/x'}
    assert post(company, {**ticket['form'], 'fields': elsewhere}, b'x' * 10).status_code == 403
    assert darya.call('GET', f'{UPLOADS}/{ticket["id"]}')['status'] == 'awaiting'
    assert post(company, ticket['form'], b'x' * 10).status_code == 201
    assert settled(darya, ticket['id'])['status'] == 'clean'


@pytest.mark.proves('CHAT-005', 'AMB-43')
def test_forty_megabytes_go_and_one_byte_more_does_not(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    most = 41_943_040
    with refused('FileTooLarge'):
        asks(darya, most + 1)
    assert sends(darya, b'x' * most)['status'] == 'clean'


def test_the_virus_that_is_none_is_found_plain_and_packed(company: Company) -> None:
    import zipfile

    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('акт.txt', EICAR)
    for body in (EICAR, packed.getvalue()):
        card = sends(darya, body)
        assert (card['status'], card['links']) == ('infected', None)
