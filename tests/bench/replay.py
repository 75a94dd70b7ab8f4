"""Replays a night of real housing complaints through HTTP, and judges by itself whether all went well.

    python -m tests.bench.replay --csv FILE --api URL [--people N]

FILE has the columns of New York's public service requests (NYC Open Data, `erm2-nwe9`); URL is a local
runtime (`make run`): codes of sign-in and deliveries are read from its outbox, and its clock is moved.

- A building of each address, with a flat and a client who lives there; an offering of each type of complaint,
  with its limits and a form that must be filled.
- PHONE is entered by dispatchers as an incoming call. ONLINE and MOBILE are ordered by residents themselves,
  signed in to the site and to the application. Sign-in gives 20 codes an hour to one network, so there is
  not a resident for each building: three write from the site and one from the application, each settled in
  many flats. N employees (half of them dispatchers) sign in too, all with the code that comes by SMS.
- The complaints are made in their order by as many threads as there are dispatchers, each under its
  `Idempotency-Key`; each tenth is sent twice, as by a phone that did not hear the answer.
- Duplicates are cancelled. Urgent work is done in the night by the executors, while complaints still come;
  all else after the clock has moved to the morning, by when some of it is late: those breaches are counted.

Exits with 1 unless each complaint became one request of its own number that ended as it should.
"""

import argparse
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import Any

from tests.bench.night import NIGHT_HOURS, Complaint, read
from tests.bench.speaking import Api, Said, Trouble
from tests.bench.town import CODES_PER_HOUR, RESIDENTS, Town, Worker

REQUESTS = '/v1/staff/requests'
QUIET_SECONDS, LONGEST_SECONDS = 5, 300
TIMED = ('create', 'list', 'open', 'status change')


@dataclass(frozen=True)
class Made:
    """A complaint that has become a request."""

    complaint: Complaint
    number: int


class Night:
    """One replay of the complaints."""

    def __init__(self, api: Api, complaints: list[Complaint], people: int) -> None:
        self.api, self.complaints = api, complaints
        self.errors: list[str] = []
        self.made: list[Made] = []
        self._lock = Lock()
        self._urgent: SimpleQueue[Made | None] = SimpleQueue()
        self.town = Town(api, complaints, people)
        self._before = {line['number'] for line in self._listed()}
        self._deliveries = api.told('GET', '/outbox.json?since=0')['next']

    def run(self) -> None:
        """Every complaint has been made and driven to its end."""
        town = self.town
        with ThreadPoolExecutor(len(town.executors)) as executors:
            working = [executors.submit(self._work_off, worker) for worker in town.executors]
            with ThreadPoolExecutor(len(town.dispatchers)) as dispatchers:
                for number, complaint in enumerate(self.complaints):
                    dispatcher = town.dispatchers[number % len(town.dispatchers)]
                    dispatchers.submit(self._guarded, self._order, complaint, dispatcher, number)
            for _ in working:
                self._urgent.put(None)
        moved = timedelta(hours=NIGHT_HOURS).total_seconds()
        self.api.told('POST', '/_local/clock', {'advance_seconds': moved})
        later = [
            one for one in self.made if not one.complaint.is_duplicate and not one.complaint.kind.is_urgent
        ]
        with ThreadPoolExecutor(len(town.executors)) as executors:
            for turn, one in enumerate(later):
                executor = town.executors[turn % len(town.executors)]
                executors.submit(self._guarded, self._do, one, executor)

    def _guarded(self, act: Any, *arguments: Any) -> None:
        try:
            act(*arguments)
        except Exception as error:
            with self._lock:
                self.errors.append(f'{type(error).__name__}: {error}')

    def _order(self, complaint: Complaint, dispatcher: Worker, turn: int) -> None:
        home, form = self.town.homes[complaint.place], {'descriptor': complaint.descriptor}
        order = {'offering_id': self.town.offerings[complaint.type], 'premises_id': home.flat, 'form': form}
        path, session = '/v1/resident/requests', dispatcher.session
        if complaint.is_by_staff:
            place = {'building_id': home.building, 'client_id': home.client}
            path, order = REQUESTS, {**order, **place, 'channel': 'incoming_call'}
        else:
            session = home.writers[complaint.channel]

        def send(timed: str = '') -> Said:
            return self.api.call('POST', path, order, session=session, key=complaint.key, timed=timed)

        said = send('create')
        if said.status != 201:
            raise Trouble(f'create {complaint.key}: {said.status} {said.body}')
        made = Made(complaint, int(said.body['number']))
        if turn % 10 == 0:
            again = send()
            if again.body != said.body or again.headers.get('Idempotency-Replayed') != 'true':
                raise Trouble(f'{complaint.key} sent again gave {again.status} {again.body}')
        with self._lock:
            self.made.append(made)
        self.api.told('GET', f'{REQUESTS}?tab=new', session=dispatcher.session, timed='list')
        if complaint.is_duplicate:
            self._move(made, 'cancel', dispatcher, comment='Повтор: первая заявка об этом ещё открыта')
        elif complaint.kind.is_urgent:
            self._urgent.put(made)

    def _work_off(self, worker: Worker) -> None:
        while made := self._urgent.get():
            self._guarded(self._do, made, worker)

    def _do(self, made: Made, worker: Worker) -> None:
        dispatcher = self.town.dispatchers[made.number % len(self.town.dispatchers)]
        self.api.told('GET', f'{REQUESTS}/{made.number}', session=dispatcher.session, timed='open')
        whom = {'department_id': self.town.department, 'assignee_ids': [worker.id]}
        self.api.told('POST', f'{REQUESTS}/{made.number}/assign', whom, session=dispatcher.session)
        self._move(made, 'start', worker)
        if made.complaint.kind.is_suspended:
            self._move(made, 'suspend', worker, resume_until='2099-01-01', comment='Ждём материал')
            self._move(made, 'start', worker)
        self._move(made, 'complete', worker)

    def _move(self, made: Made, action: str, worker: Worker, **step: str) -> None:
        path = f'{REQUESTS}/{made.number}/{action}'
        self.api.told('POST', path, step, session=worker.session, timed='status change')

    def _listed(self) -> list[dict[str, Any]]:
        return list(self.api.pages(f'{REQUESTS}?tab=all', self.town.chief))

    # -- afterwards --------------------------------------------------------------------------------

    def arrived(self) -> list[dict[str, Any]]:
        """The lines of the list that were not there before the night."""
        return [line for line in self._listed() if line['number'] not in self._before]

    def judged(self, lines: list[dict[str, Any]]) -> list[str]:
        """What is not as it should be; nothing, if all went well."""
        numbers = [line['number'] for line in lines]
        by_number = {one.number: one.complaint for one in self.made}
        expected = Counter('cancelled' if one.is_duplicate else 'done' for one in self.complaints)
        channels = Counter(_CHANNELS.get(one.channel, 'incoming_call') for one in self.complaints)
        found = [
            (len(self.complaints), len(lines), 'requests in the list'),
            (len(self.complaints), len(set(numbers)), 'numbers of their own in the list'),
            (len(self.complaints), len({one.complaint.key for one in self.made}), 'complaints answered'),
            (sorted(by_number), sorted(numbers), 'numbers, as answered and as listed'),
            (expected, Counter(line['status']['code'] for line in lines), 'statuses'),
            (channels, Counter(line['channel'] for line in lines), 'channels'),
            (sum(one.is_breach for one in self.complaints), breaches_in(lines), 'SLA breaches'),
        ]
        return [f'{what}: {have}, not {should}' for should, have, what in found if should != have]

    def delivered(self) -> Counter[str]:
        """How much was delivered by each channel, when nothing more has come for a while."""
        count, changed, deadline = -1, 0.0, time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < deadline:
            entries = self.api.told('GET', f'/outbox.json?since={self._deliveries}')['entries']
            if len(entries) != count:
                count, changed = len(entries), time.monotonic()
            elif time.monotonic() - changed > QUIET_SECONDS:
                break
            time.sleep(0.5)
        return Counter(entry['channel'] for entry in entries)


_CHANNELS = {'ONLINE': 'site', 'MOBILE': 'app'}


def breaches_in(lines: list[dict[str, Any]]) -> int:
    """How many labels of a breached SLA the lines bear."""
    return sum(len(line['labels']) for line in lines)


def replay(csv: Path, url: str, people: int) -> int:
    """The exit code; what happened is printed."""
    began = time.monotonic()
    night = Night(Api(url), read(csv), people)
    print(f'town: {len(night.town.homes)} buildings in {time.monotonic() - began:.1f} s')
    began = time.monotonic()
    night.run()
    spent = time.monotonic() - began
    began = time.monotonic()
    deliveries = night.delivered()
    quiet = max(0.0, time.monotonic() - began - QUIET_SECONDS)
    lines = night.arrived()
    faults = night.judged(lines)
    print(f'requests created: {len(lines)} of {len(night.complaints)} in {spent:.1f} s')
    for title, counted in (
        ('status', Counter(line['status']['code'] for line in lines)),
        ('channel', Counter(line['channel'] for line in lines)),
        ('notifications', deliveries),
    ):
        print(f'{title}: ' + ', '.join(f'{name} {number}' for name, number in sorted(counted.items())))
    print(f'the last notification came {quiet:.1f} s after the last change')
    print(f'SLA breaches: {breaches_in(lines)}')
    print(f'errors: {len(night.errors)}')
    print(f'{"ms":14}{"calls":>7}{"p50":>8}{"p95":>8}{"p99":>8}')
    for name in TIMED:
        figures = ''.join(f'{figure:8.1f}' for figure in night.api.times.percentiles(name, 50, 95, 99))
        print(f'{name:14}{night.api.times.count(name):7}{figures}')
    for fault in [*night.errors[:10], *faults]:
        print(f'WRONG: {fault}')
    print('FAILED' if night.errors or faults else 'every complaint arrived once and ended as it should')
    return 1 if night.errors or faults else 0


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        prog='python -m tests.bench.replay', description=(__doc__ or '').partition('\n')[0]
    )
    parser.add_argument('--csv', type=Path, required=True)
    parser.add_argument('--api', required=True)
    most = CODES_PER_HOUR - 1 - sum(number for _, number in RESIDENTS.values())
    parser.add_argument('--people', type=int, default=6, choices=range(2, most + 1), metavar=f'2..{most}')
    chosen = parser.parse_args(arguments)
    try:
        return replay(chosen.csv, chosen.api, chosen.people)
    except Trouble as trouble:
        print(f'WRONG: {trouble}')
        return 1


if __name__ == '__main__':
    sys.exit(main())
