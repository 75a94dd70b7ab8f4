"""Who holds a key, and how it stops opening."""

import pytest

from tests.journeys.company import Company
from tests.journeys.patience import eventually
from tests.journeys.people import Employee, Person, refused

pytestmark = pytest.mark.journey

ME = '/v1/auth/me'


def renewed(person: Person, token: str) -> dict[str, str]:
    tokens: dict[str, str] = person.exchange('POST', '/v1/auth/refresh', {'refresh_token': token})
    return tokens


def employee(company: Company) -> Employee:
    return company.hires('Дмитриева Дарья', 'dispatcher', email=f'darya@{company.id}.example')


def test_staff_sign_in_by_a_letter_and_out_everywhere(company: Company) -> None:
    darya = employee(company)
    at_home = darya.signs_in(by='email')['access_token']
    at_work = darya.signs_in()['access_token']
    me = darya.exchange('GET', ME, token=at_home)
    assert (me['name'], me['organisation'], me['client']) == (darya.name, company.id, 'crm')
    assert len(darya.call('GET', '/v1/auth/sessions')['items']) == 2

    darya.call('POST', '/v1/auth/sign-out-everywhere')
    for token in (at_home, at_work):
        with refused('SessionEnded'):
            darya.exchange('GET', ME, token=token)
    with refused('SessionEnded'):
        renewed(darya, darya.tokens['refresh_token'])
    company.passes(minutes=2)
    darya.signs_in()
    assert len(darya.call('GET', '/v1/auth/sessions')['items']) == 1


def test_a_refresh_token_that_comes_twice_ends_its_session(company: Company) -> None:
    darya = employee(company)
    stolen = darya.signs_in()['refresh_token']
    first = renewed(darya, stolen)
    # The answer may have been lost on the way: for some seconds the same token gives the same successor.
    assert renewed(darya, stolen)['refresh_token'] == first['refresh_token']

    company.passes(seconds=21)
    assert darya.exchange('GET', ME, token=first['access_token'])['id'] == darya.id
    with refused('RefreshTokenSpent'):
        renewed(darya, stolen)
    with refused('SessionEnded'):
        darya.exchange('GET', ME, token=first['access_token'])
    with refused('SessionEnded'):
        renewed(darya, first['refresh_token'])


@pytest.mark.proves('IAM-001')
def test_who_is_dismissed_or_demoted_feels_it_at_the_next_call(company: Company) -> None:
    darya, anna = employee(company), company.administrator
    assert darya.counts_new() == 0
    anna.call('PATCH', f'/v1/staff/employees/{darya.id}', {'role_id': 'executor'})
    with refused('PermissionMissing'):
        darya.counts_new()
    anna.call('POST', f'/v1/staff/employees/{darya.id}/dismiss')
    with refused('SessionEnded'):
        darya.exchange('GET', ME, token=darya.tokens['access_token'])
    # No code goes to who may not sign in, and the answer does not tell.
    company.passes(minutes=2)
    sent = len(company.runtime.outbox(to=darya.phone))
    wanted = {'organisation': company.id, 'audience': 'staff', 'phone': darya.phone}
    assert darya.exchange('POST', '/v1/auth/otp', wanted)['challenge_id']
    company.settles()
    assert len(company.runtime.outbox(to=darya.phone)) == sent


@pytest.mark.proves('CLI-004', 'AMB-78')
def test_a_blocked_client_reads_and_may_do_no_more(company: Company) -> None:
    plumbing, pyotr = company.offers(), company.resident('Петров', 'Пётр')
    ivan = company.hires('Иванов Иван')
    waiting, done = pyotr.orders(plumbing), pyotr.orders(plumbing)
    company.administrator.starts(done, ivan)
    ivan.does('complete', done)

    company.administrator.call('POST', f'/v1/staff/clients/{pyotr.id}/block')
    with refused('SessionEnded'):
        pyotr.exchange('GET', ME, token=pyotr.tokens['access_token'])
    company.passes(minutes=2)
    pyotr.signs_in()
    assert pyotr.call('GET', ME)['is_blocked']
    assert (pyotr.sees(waiting)['status']['code'], pyotr.sees(done)['status']['code']) == ('waiting', 'done')
    with refused('ClientBlocked'):
        pyotr.orders(plumbing)
    with refused('ClientBlocked'):
        pyotr.does('reopen', done)
    with refused('ClientBlocked'):
        pyotr.rates(done, 5)

    company.administrator.call('POST', f'/v1/staff/clients/{pyotr.id}/unblock')
    eventually(lambda: not pyotr.call('GET', ME)['is_blocked'])
    pyotr.rates(done, 5)
