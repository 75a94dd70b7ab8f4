"""Who takes part in a journey: each signs in, calls and listens as the programs of people do."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from tests.journeys.patience import eventually

if TYPE_CHECKING:
    from tests.journeys.company import Company

Answer = dict[str, Any]

CODE = re.compile(r'\b\d{6}\b')


class Refusal(Exception):
    """The API said no."""

    def __init__(self, answer: httpx.Response) -> None:
        told = answer.json()
        self.status, self.code, self.problem = answer.status_code, told.get('code'), told
        super().__init__(f'{answer.request.method} {answer.request.url.path}: {answer.status_code} {told}')


@contextmanager
def refused(code: str) -> Iterator[None]:
    """Inside the block a call is refused so."""
    try:
        yield
    except Refusal as refusal:
        assert refusal.code == code, refusal
        return
    raise AssertionError(f'nothing was refused as {code}')


class Person:
    """Somebody with a telephone, and with the program of his audience."""

    audience = program = ''

    def __init__(self, company: 'Company', identity: str, name: str, phone: str, email: str = '') -> None:
        self.company, self.id, self.name, self.phone, self.email = company, identity, name, phone, email
        self.tokens: Answer = {}
        self.push_token = f'{company.id}-{phone}'

    # -- sign-in -----------------------------------------------------------------------------------

    def signs_in(self, *, by: str = 'phone') -> Answer:
        """He has typed the code that came to his phone, or e-mail address, and holds new tokens."""
        runtime, address = self.company.runtime, getattr(self, by)
        channel = {'phone': 'sms', 'email': 'email'}[by]
        before = len(runtime.outbox(channel=channel, to=address))
        wanted = {'organisation': self.company.id, 'audience': self.audience, by: address}
        challenge = self.exchange('POST', '/v1/auth/otp', wanted)['challenge_id']
        message = eventually(lambda: runtime.outbox(channel=channel, to=address)[before:])[0]
        found = CODE.search(message['text'])
        assert found, message
        entered = {'challenge_id': challenge, 'code': found[0], 'client': self.program}
        self.tokens = self.exchange('POST', '/v1/auth/otp/verify', entered)
        return self.tokens

    def takes_push(self) -> None:
        """His program has registered his phone for push."""
        device = {'platform': 'android', 'token': self.push_token}
        self.call('PUT', '/v1/auth/devices/phone', device)

    # -- calls -------------------------------------------------------------------------------------

    def call(self, method: str, path: str, body: Answer | None = None) -> Any:
        """What the door answers; a program that is told its token has aged gets the next one by itself."""
        if not self.tokens:
            self.signs_in()
        try:
            return self.exchange(method, path, body, self.tokens['access_token'])
        except Refusal as refusal:
            if refusal.code != 'TokenExpired':
                raise
        self._renews()
        return self.exchange(method, path, body, self.tokens['access_token'])

    def _renews(self) -> None:
        try:
            self.tokens = self.exchange(
                'POST', '/v1/auth/refresh', {'refresh_token': self.tokens['refresh_token']}
            )
        except Refusal as refusal:
            if refusal.code != 'SessionEnded':
                raise
            self.signs_in()

    def exchange(self, method: str, path: str, body: Answer | None = None, token: str = '') -> Any:
        """One call, with the token given or none; raises Refusal."""
        headers = {'Authorization': f'Bearer {token}'} if token else {}
        answer = self.company.http.request(
            method, self.company.runtime.api + path, json=body, headers=headers
        )
        if answer.is_error:
            raise Refusal(answer)
        return answer.json() if answer.content else None

    # -- what he hears -----------------------------------------------------------------------------

    def list_of_notices(self) -> Answer:
        """His list, newest first, with the number of unread ones."""
        answer: Answer = self.call('GET', f'/v1/{self.audience}/notifications?limit=100')
        return answer

    def notices(self, number: int) -> list[str]:
        """The kinds of what his list says of the request, oldest first."""
        told = self.list_of_notices()['items']
        return [notice['kind'] for notice in reversed(told) if notice['number'] == number]

    def pushes(self, number: int, kind: str = '') -> list[Answer]:
        """What came to his phone about the request, oldest first."""
        return _about(self.company.runtime.outbox(channel='push', to=self.push_token), number, kind)

    def letters(self, number: int) -> list[Answer]:
        """What came by e-mail about the request, oldest first."""
        letters = self.company.runtime.outbox(channel='email', to=self.email)
        return [letter for letter in letters if f'№ {number}' in letter['text']]

    def hears(self, number: int, kind: str, words: str = '') -> str:
        """The newest push about the request that says the words, once it has come: its text."""

        def heard() -> list[str]:
            return [push['text'] for push in self.pushes(number, kind) if words in push['text']]

        return eventually(heard)[-1]

    def reads_all(self) -> int:
        """Everything in his list is read; how much is left unread."""
        left: int = self.call('POST', f'/v1/{self.audience}/notifications/read', {'all': True})['unread']
        return left


class Resident(Person):
    """A client with the application of residents."""

    audience, program = 'resident', 'resident-app'

    flat: str = ''

    def orders(self, offering: str, problem: str = 'Течёт кран') -> int:
        """A request is made for his flat; its number."""
        wanted = {'offering_id': offering, 'premises_id': self.flat, 'form': {'problem': problem}}
        number: int = self.call('POST', '/v1/resident/requests', wanted)['number']
        return number

    def sees(self, number: int) -> Answer:
        """His request as the application shows it."""
        seen: Answer = self.call('GET', f'/v1/resident/requests/{number}')
        return seen

    def does(self, deed: str, number: int, **body: Any) -> Answer:
        """`cancel`, `reopen`, `answer` or `rate`."""
        done: Answer = self.call('POST', f'/v1/resident/requests/{number}/{deed}', body or None)
        return done

    def rates(self, number: int, points: int, comment: str = '') -> None:
        """The completed work has his opinion."""
        self.does('rate', number, points=points, comment=comment)


class Employee(Person):
    """A colleague with the CRM."""

    audience, program = 'staff', 'crm'

    def does(self, deed: str, number: int, **body: Any) -> Answer:
        """A move of the request, by the name of its door."""
        done: Answer = self.call('POST', f'/v1/staff/requests/{number}/{deed}', body)
        return done

    def assigns(self, number: int, *people: 'Employee', **more: Any) -> Answer:
        """The people do the work, the responsible first."""
        return self.does('assign', number, **_crew(*people), **more)

    def starts(self, number: int, *people: 'Employee', **more: Any) -> Answer:
        """The request is in work, of the people if they are named."""
        return self.does('start', number, **(_crew(*people) if people else {}), **more)

    def card(self, number: int) -> Answer:
        """All that staff see of the request."""
        seen: Answer = self.call('GET', f'/v1/staff/requests/{number}')
        return seen

    def status_of(self, number: int) -> str:
        """Where the request stands."""
        code: str = self.card(number)['status']['code']
        return code

    def history(self, number: int) -> list[Answer]:
        """What happened to the request, oldest first."""
        told: list[Answer] = self.call('GET', f'/v1/staff/requests/{number}/history?limit=100')['items']
        return told[::-1]

    def happened(self, number: int, kind: str) -> list[Answer]:
        """The entries of that kind in the history, oldest first."""
        return [entry for entry in self.history(number) if entry['type'] == kind]

    def lists(self, tab: str) -> list[int]:
        """The numbers on a tab of the list, the latest change first."""
        listed = self.call('GET', f'/v1/staff/requests?tab={tab}&limit=100')['items']
        return [brief['number'] for brief in listed]

    def counts_new(self) -> int:
        """The number beside «Все заявки»."""
        new: int = self.call('GET', '/v1/staff/requests/counters')['new']
        return new


def _crew(*people: Employee) -> Answer:
    company = people[0].company
    return {'department_id': company.department, 'assignee_ids': [person.id for person in people]}


def _about(entries: list[Answer], number: int, kind: str) -> list[Answer]:
    found = [entry for entry in entries if entry['data'].get('number') == str(number)]
    return [entry for entry in found if kind in ('', entry['data']['type'])]
