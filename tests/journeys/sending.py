"""How a program sends a file: it asks for a form, posts it to the bucket, and waits for the scanner."""

from typing import Any

import httpx

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Answer, Person


def post(company: Company, form: Answer, body: bytes) -> httpx.Response:
    """What the bucket answers to the form with the file in it."""
    return company.http.post(form['url'], data=form['fields'], files={'file': ('файл', body)}, timeout=60)


def settled(person: Person, file_id: str) -> Answer:
    """The file, once the scanner has spoken of it."""

    def judged() -> Answer | None:
        card: Answer = person.call('GET', f'/v1/{person.audience}/uploads/{file_id}')
        return card if card['status'] not in ('awaiting', 'uploaded') else None

    return eventually(judged)


def sends(person: Person, body: bytes, **changes: Any) -> Answer:
    """A file of the person lies in the bucket and was looked into; an employee's is meant as a document."""
    wanted = {'name': 'файл', 'size': len(body), **changes}
    if person.audience == 'staff':
        wanted.setdefault('purpose', 'document')
    ticket = person.call('POST', f'/v1/{person.audience}/uploads', wanted)
    assert post(person.company, ticket['form'], body).status_code == 201
    return settled(person, ticket['id'])
