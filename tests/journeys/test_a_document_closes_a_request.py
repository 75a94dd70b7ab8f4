"""A plumber photographs what he has done: only then is a strict request completed. A virus does not help."""

import io

import pytest
from PIL import Image

from tests.journeys.company import Company
from tests.journeys.people import Employee, refused
from tests.journeys.sending import post, sends
from tests.journeys.test_a_file_is_sent import EICAR, photo

pytestmark = pytest.mark.journey


def documents(employee: Employee, number: int) -> list[dict]:
    """The documents as the employee sees them."""
    return employee.call('GET', f'/v1/staff/requests/{number}/documents')['items']


def attaches(employee: Employee, number: int, file_id: str) -> dict:
    """The employee has pressed «Приложить»."""
    return employee.call('POST', f'/v1/staff/requests/{number}/documents', {'file_id': file_id})


@pytest.mark.proves('REQ-099', 'DOC-003', 'DOC-004', 'DOC-005', 'DOC-006', 'DOC-009', 'DOC-010')
def test_a_strict_request_is_completed_with_the_photograph_of_the_work(company: Company) -> None:
    strict = company.offers(is_document_required=True)
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    ivan = company.hires('Иванов Иван')
    pyotr = company.resident('Петров', 'Пётр')
    number = pyotr.orders(strict)
    darya.starts(number, ivan)
    with refused('DocumentNeeded'):
        ivan.does('complete', number)

    # Nothing that is not looked into, and nothing with a virus in it, is a document.
    ticket = ivan.call(
        'POST', '/v1/staff/uploads', {'name': 'акт.pdf', 'size': len(EICAR), 'purpose': 'document'}
    )
    with refused('FileNotUploaded'):
        attaches(ivan, number, ticket['id'])
    assert post(company, ticket['form'], EICAR).status_code == 201
    infected = sends(ivan, EICAR, name='акт.pdf')
    with refused('FileInfected'):
        attaches(ivan, number, infected['id'])
    with refused('DocumentNeeded'):
        ivan.does('complete', number)
    assert documents(ivan, number) == []

    sent = sends(ivan, photo(), name='После ремонта.jpg')
    with refused('FileNotFound'):
        attaches(darya, number, sent['id'])
    attaches(ivan, number, sent['id'])
    [seen] = documents(darya, number)
    assert (seen['name'], seen['author'], seen['content_type']) == (
        'После ремонта.jpg',
        'Иванов Иван',
        'image/jpeg',
    )
    assert company.http.get(seen['links']['file']).content == photo()
    small = company.http.get(seen['links']['thumbnail'])
    assert max(Image.open(io.BytesIO(small.content)).size) == 480
    assert 'document' not in str(pyotr.sees(number))
    assert ivan.does('complete', number)['status']['code'] == 'done'

    # What is deleted is gone for everybody, its bytes too.
    darya.call('DELETE', f'/v1/staff/requests/{number}/documents/{seen["id"]}')
    assert documents(ivan, number) == []
    company.runtime.advance(61)
    assert company.http.get(seen['links']['file']).status_code == 404
    assert [entry['details']['is_set'] for entry in darya.happened(number, 'RequestMarked')] == [True, False]


def test_what_nobody_attached_is_gone_after_a_day(company: Company) -> None:
    darya = company.hires('Дмитриева Дарья', 'dispatcher')
    sent = sends(darya, photo())
    assert company.http.get(sent['links']['file']).status_code == 200
    company.runtime.advance(24 * 3600)
    assert company.http.get(sent['links']['file']).status_code == 404
    with refused('FileNotFound'):
        darya.call('GET', f'/v1/staff/uploads/{sent["id"]}')
