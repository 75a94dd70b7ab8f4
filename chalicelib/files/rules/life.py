"""What becomes of a file, from its form to its end.

    awaiting -> uploaded -> clean | infected | uncheckable
    clean -> taken by an owner -> released
    anything that nobody owns -> gone, a day after it was asked for; what was released, at once

`due_at` is when the sweep has to look at a file: every change sets it, and nothing with an owner has one.
"""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.files.model import File, FileStatus, Verdict
from chalicelib.files.rules.kinds import Kind

FORM_LIVES = timedelta(hours=1)
"""How long a form lets its file in."""

NOBODYS_LIVES = timedelta(days=1)
"""How long a file waits for an owner."""

LOOKED_AT_EVERY = timedelta(minutes=5)
"""How often the sweep asks again for a verdict that was not heard of."""

OUTCOMES = {
    Verdict.NO_THREATS_FOUND: FileStatus.CLEAN,
    Verdict.THREATS_FOUND: FileStatus.INFECTED,
    Verdict.UNSUPPORTED: FileStatus.UNCHECKABLE,
    Verdict.ACCESS_DENIED: FileStatus.UNCHECKABLE,
    Verdict.FAILED: FileStatus.UNCHECKABLE,
}


def expires_at(file: File) -> datetime | None:
    """When the file is thrown away if nothing takes it; None if something did."""
    return None if file.owner else file.asked_at + NOBODYS_LIVES


def received(file: File, key: str, kind: Kind, sha256: str, now: datetime) -> File:
    """Its bytes lie under the key."""
    found = {'key': key, 'content_type': str(kind), 'sha256': sha256}
    return _changed(file, status=FileStatus.UPLOADED, due_at=now + LOOKED_AT_EVERY, **found)


def judged(file: File, verdict: Verdict, thumbnail_key: str | None) -> File:
    """The scanner has spoken."""
    return _changed(
        file, status=OUTCOMES[verdict], thumbnail_key=thumbnail_key, due_at=file.asked_at + NOBODYS_LIVES
    )


def taken(file: File, owner: str) -> File:
    """The file has its owner."""
    return _changed(file, owner=owner, due_at=None)


def released(file: File, now: datetime) -> File:
    """Its owner does not want it: the next sweep throws it away."""
    return _changed(file, is_released=True, due_at=now)


def is_over(file: File, now: datetime) -> bool:
    """Whether the file is to be thrown away."""
    return file.is_released or (file.owner is None and now >= file.asked_at + NOBODYS_LIVES)


def waiting(file: File, now: datetime) -> File:
    """Nothing was found out: the sweep looks again later, at the latest when the file's day is over."""
    last = file.asked_at + NOBODYS_LIVES
    again = last if file.status is FileStatus.AWAITING else min(now + LOOKED_AT_EVERY, last)
    return _changed(file, due_at=again)


def _changed(file: File, **changes: Any) -> File:
    return file.model_copy(update={**changes, 'version': file.version + 1})
