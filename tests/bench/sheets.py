"""Prints what a workbook costs beside the same cells written by openpyxl's write-only mode.

    python -m tests.bench.sheets [--rows 100000] [--rounds 3]

Each workbook is written by a process of its own, in turns, so that both meet the same weather: CPU seconds
of the writing alone, and the most memory the process ever had. openpyxl gets its values as it likes them
best: local times without a zone, money as floats. Exits with 1 where a promise is not kept.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import IO, Any
from zoneinfo import ZoneInfo

from chalicelib.kit.xlsx import Column, Kind, Workbook

MOST_TIMES, MOST_MEGABYTES = 0.35, 256
"""CPU time beside openpyxl's, and memory of the process that writes."""

AT_ONCE = 1000
ZONE = ZoneInfo('Europe/Moscow')
COLUMNS = [
    Column('Номер', Kind.INTEGER),
    Column('Статус'),
    Column('Услуга', width=24),
    Column('Адрес', width=40),
    Column('Заявитель', width=24),
    Column('Телефон', width=16),
    Column('Создана', Kind.INSTANT, 16),
    Column('Взята в работу', Kind.INSTANT, 16),
    Column('Выполнена', Kind.INSTANT, 16),
    Column('Отменена', Kind.INSTANT, 16),
    Column('Назначена на', Kind.DAY),
    Column('Время реакции', Kind.DURATION),
    Column('Время выполнения', Kind.DURATION),
    Column('Оплачено', Kind.MONEY),
    Column('Сообщений', Kind.INTEGER),
    Column('Нагрузка', Kind.NUMBER),
    Column('Описание', width=60),
    Column('Канал'),
    Column('Просрочена'),
    Column('Комментарий', width=40),
]
Add = Callable[[Sequence[Any]], None]


def main() -> int:
    """The exit code: 1 where a promise is not kept."""
    parser = argparse.ArgumentParser(prog='python -m tests.bench.sheets')
    parser.add_argument('--rows', type=int, default=100_000)
    parser.add_argument('--rounds', type=int, default=3, help='how often each writes its workbook')
    parser.add_argument('--writer', choices=WRITERS, help='write one workbook and print its figures')
    chosen = parser.parse_args()
    if chosen.writer:
        print(json.dumps(_figures(chosen.writer, chosen.rows)))
        return 0
    return _table(chosen.rows, chosen.rounds)


def _table(rows: int, rounds: int) -> int:
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in WRITERS}
    for _ in range(rounds):
        for name, figures in seen.items():
            figures.append(_in_a_process(name, rows))
    print(f'{rows} rows of {len(COLUMNS)} cells{"CPU s":>12}{"peak MB":>10}{"file MB":>10}')
    for name, figures in seen.items():
        seconds, peak, size = (_median(figures, what) for what in ('seconds', 'peak', 'size'))
        print(f'{name:26}{seconds:12.2f}{peak:10.0f}{size:10.1f}')
    times = _median(seen['ours'], 'seconds') / _median(seen['openpyxl'], 'seconds')
    peak = max(figures['peak'] for figures in seen['ours'])
    print(f'ratio {times:.2f}, promised at most {MOST_TIMES}; memory at most {MOST_MEGABYTES} MB')
    if times > MOST_TIMES or peak > MOST_MEGABYTES:
        print('A PROMISE IS BROKEN')
        return 1
    return 0


def _median(figures: list[dict[str, float]], what: str) -> float:
    return statistics.median(one[what] for one in figures)


def _in_a_process(name: str, rows: int) -> dict[str, float]:
    command = [sys.executable, '-m', 'tests.bench.sheets', '--writer', name, '--rows', str(rows)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    figures: dict[str, float] = json.loads(printed)
    return figures


def _figures(name: str, rows: int) -> dict[str, float]:
    with tempfile.TemporaryFile() as file:
        seconds = WRITERS[name](file, rows)
        size = file.seek(0, 2)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {'seconds': seconds, 'peak': peak / 1024, 'size': size / 1e6}


def _by_ours(file: IO[bytes], rows: int) -> float:
    began = time.process_time()
    with Workbook(file, zone=ZONE, sheet='Заявки', columns=COLUMNS) as book:
        making = _added(rows, book.add, lambda row: row)
    return time.process_time() - began - making


def _by_openpyxl(file: IO[bytes], rows: int) -> float:
    from openpyxl import Workbook as Peer

    began = time.process_time()
    book = Peer(write_only=True)
    sheet = book.create_sheet('Заявки')
    sheet.append([column.title for column in COLUMNS])
    making = _added(rows, sheet.append, _as_openpyxl_likes)
    book.save(file)
    return time.process_time() - began - making


WRITERS = {'ours': _by_ours, 'openpyxl': _by_openpyxl}


def _added(rows: int, add: Add, made: Callable[[Sequence[Any]], Sequence[Any]]) -> float:
    """The rows are written; the CPU seconds it took to make them, which are nobody's cost."""
    making = 0.0
    sown = _rows(rows)
    for _ in range(0, rows, AT_ONCE):
        began = time.process_time()
        some = [made(row) for _, row in zip(range(AT_ONCE), sown, strict=False)]
        making += time.process_time() - began
        for row in some:
            add(row)
    return making


def _as_openpyxl_likes(row: Sequence[Any]) -> list[Any]:
    liked = []
    for column, value in zip(COLUMNS, row, strict=True):
        if isinstance(value, datetime):
            value = value.astimezone(ZONE).replace(tzinfo=None)
        liked.append(value / 100 if column.kind is Kind.MONEY else value)
    return liked


def _rows(number: int) -> Iterator[Sequence[Any]]:
    dice = random.Random(1)
    opened = datetime(2026, 1, 1, tzinfo=UTC)
    for n in range(1, number + 1):
        opened += timedelta(milliseconds=dice.randrange(600_000))
        reaction, execution = timedelta(seconds=dice.randrange(7200)), timedelta(minutes=dice.randrange(6000))
        yield (
            n,
            dice.choice(('Ожидание', 'В работе', 'Выполнено')),
            dice.choice(('Сантехник', 'Электрик: розетки & щитки', 'Уборка подъезда', 'Лифт')),
            f'г. Москва, ул. Лесная, д. {dice.randrange(200)}, кв. {dice.randrange(400)}',
            f'Иванов Иван {dice.randrange(10_000)}',
            f'+7900{dice.randrange(10**7):07d}',
            opened,
            opened + reaction,
            opened + reaction + execution,
            None,
            (opened + timedelta(days=1)).date(),
            reaction,
            execution,
            dice.randrange(1_000_000),
            dice.randrange(100),
            dice.random() * 10,
            f'Не закрывается дверь подъезда {dice.randrange(9)}, код {dice.randrange(10**6)}. Пришлите',
            dice.choice(('Телефон', 'Мобильное приложение', 'Сайт')),
            'да' if dice.random() < 0.1 else 'нет',
            f'Перезвонить после {dice.randrange(24)}:00, ключи у консьержа {dice.randrange(1000)}',
        )


if __name__ == '__main__':
    sys.exit(main())
