"""Complaints of a night as they stand in the CSV, and what they are in our words."""

import csv
from dataclasses import dataclass
from pathlib import Path

NIGHT_HOURS = 9
"""From the last complaint to the morning in which everything that could wait is done."""


@dataclass(frozen=True)
class Kind:
    """How a type of complaint is promised; hours to begin and, once begun, to end."""

    reaction: int
    execution: int
    is_urgent: bool = False
    is_suspended: bool = False

    @property
    def is_late_by_morning(self) -> bool:
        """Whether work that begins in the morning begins too late."""
        return not self.is_urgent and self.reaction < NIGHT_HOURS


KINDS = {
    'HEAT/HOT WATER': Kind(1, 24, is_urgent=True),
    'WATER LEAK': Kind(1, 8, is_urgent=True),
    'ELECTRIC': Kind(2, 24, is_urgent=True),
    'SAFETY': Kind(1, 12, is_urgent=True),
    'PLUMBING': Kind(4, 24),
    'APPLIANCE': Kind(8, 72),
    'PAINT/PLASTER': Kind(48, 240, is_suspended=True),
    'FLOORING/STAIRS': Kind(48, 240, is_suspended=True),
}
OTHERS = Kind(24, 72)


@dataclass(frozen=True)
class Complaint:
    """One row of the file."""

    key: str
    type: str
    descriptor: str
    address: str
    zip: str
    city: str
    channel: str
    is_duplicate: bool

    @property
    def kind(self) -> Kind:
        """What is promised."""
        return KINDS.get(self.type, OTHERS)

    @property
    def place(self) -> tuple[str, str]:
        """What tells buildings apart."""
        return self.address, self.zip

    @property
    def is_by_staff(self) -> bool:
        """Whether somebody called, rather than wrote it himself on the site or in the application."""
        return self.channel not in ('ONLINE', 'MOBILE')

    @property
    def is_breach(self) -> bool:
        """Whether its reaction is late when the night is over."""
        return not self.is_duplicate and self.kind.is_late_by_morning


def read(path: Path) -> list[Complaint]:
    """The complaints in the order in which they were made."""
    with path.open(encoding='utf-8', newline='') as file:
        rows = sorted(csv.DictReader(file), key=lambda row: row['created_date'])
    return [
        Complaint(
            key=row['unique_key'],
            type=row['complaint_type'],
            descriptor=row['descriptor'] or row['complaint_type'],
            address=row['incident_address'],
            zip=row['incident_zip'],
            city=row['city'],
            channel=row['open_data_channel_type'],
            is_duplicate='is a duplicate of' in row['resolution_description'],
        )
        for row in rows
    ]
