"""A record leaves the engine's stream only when everybody who reads that table has passed it."""

import contextlib
import sqlite3

import pytest

from infra.local.pump import Checkpoint
from infra.local.trimming import KEPT, Trimmer, passed_by_all


@pytest.fixture
def checkpoints(tmp_path):
    """Two readers of one table, the second far behind, and a reader of another that has seen nothing."""
    made = [
        ('requests', Checkpoint(tmp_path / 'outbox')),
        ('requests', Checkpoint(tmp_path / 'index')),
        ('bills', Checkpoint(tmp_path / 'bills')),
    ]
    made[0][1].move('900')
    made[1][1].move(str(KEPT + 10))
    return made


def test_a_table_is_passed_as_far_as_its_slowest_reader(checkpoints):
    assert passed_by_all(checkpoints) == {'requests': KEPT + 10, 'bills': 0}
    assert passed_by_all(reversed(checkpoints)) == {'requests': KEPT + 10, 'bills': 0}


def test_what_a_slow_reader_has_not_passed_stays(checkpoints, tmp_path):
    path = tmp_path / 'engine.db'
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute(
            'CREATE TABLE _stream_records (id INTEGER PRIMARY KEY, table_name TEXT, sequence_number TEXT)'
        )
        for table in ('requests', 'bills'):
            database.executemany(
                'INSERT INTO _stream_records (table_name, sequence_number) VALUES (?, ?)',
                [(table, str(number)) for number in range(1, 901)],
            )
    trimmer = Trimmer(path)
    trimmer.trim(checkpoints)
    with contextlib.closing(sqlite3.connect(path)) as database:
        left = database.execute(
            'SELECT table_name, MIN(CAST(sequence_number AS INTEGER)), COUNT(*) FROM _stream_records'
            ' GROUP BY table_name ORDER BY table_name'
        ).fetchall()
    assert left == [('bills', 1, 900), ('requests', 11, 890)]
