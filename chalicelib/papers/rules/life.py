"""What becomes of a package and of a template on trial.

waiting -> ready | failed      a package; a failed one waits again when it is asked for again
waiting -> in force | refused  a trial
waiting -> failed              either, by the sweep, when it has been tried enough
"""

import hashlib
from datetime import datetime, timedelta

from chalicelib.billing.model.invoice import InvoiceStatus
from chalicelib.files.model import Attached
from chalicelib.papers.model import (
    Document,
    Given,
    Package,
    PackageStatus,
    Problem,
    Snapshot,
    Template,
    Trial,
    TrialStatus,
)

UNATTENDED = timedelta(minutes=10)
MOST_ATTEMPTS = 3
MOST_PROBLEMS = 50

WITH_PAPERS = frozenset({InvoiceStatus.ISSUED, InvoiceStatus.PAID_OFFLINE, InvoiceStatus.PAID_ONLINE})
"""Where an invoice stands that has papers (ACT-001, AMB-61)."""


def id_of(snapshot: Snapshot) -> str:
    """The same for papers that say the same by the same templates, another for any others."""
    return hashlib.sha256(snapshot.model_dump_json().encode()).hexdigest()[:32]


def owner_of(template: Template) -> str:
    """Whose the files of a template are, as the house of files knows it."""
    return f'papers/templates/{template.offering_id}/{template.kind}'


def written(package: Package, documents: tuple[Document, ...], archive: Attached, now: datetime) -> Package:
    """The papers can be saved."""
    done = {'documents': documents, 'archive': archive, 'problems': ()}
    return _over(package, PackageStatus.READY, now, **done)


def unwritten(package: Package, problems: tuple[Problem, ...], now: datetime) -> Package:
    """The papers cannot be written so."""
    return _over(package, PackageStatus.FAILED, now, problems=problems[:MOST_PROBLEMS])


def asked_again(package: Package, now: datetime) -> Package:
    """What failed is tried once more."""
    return _next(
        package, status=PackageStatus.WAITING, attempts=1, worked_at=now, finished_at=None, problems=()
    )


def begun_anew(package: Package, now: datetime) -> Package:
    """The papers wait for the next worker."""
    return _next(package, attempts=package.attempts + 1, worked_at=now)


def given(template: Template, new: Given, now: datetime) -> Template:
    """The document is tried; what is in force stays so meanwhile."""
    return _changed(template, trial=Trial(given=new, worked_at=now))


def in_force(template: Template) -> Template:
    """What was tried writes papers from now on."""
    assert template.trial is not None
    return _changed(template, current=template.trial.given, trial=None)


def refused(template: Template, problems: tuple[Problem, ...], now: datetime) -> Template:
    """What was tried cannot be used."""
    ended = {'status': TrialStatus.REFUSED, 'problems': problems[:MOST_PROBLEMS], 'worked_at': now}
    return _tried(template, **ended)


def untried(template: Template, now: datetime) -> Template:
    """It could not be tried, and it is no fault of the document."""
    return _tried(template, status=TrialStatus.FAILED, worked_at=now)


def tried_anew(template: Template, now: datetime) -> Template:
    """The trial waits for the next worker."""
    attempts = template.trial.attempts + 1 if template.trial else 1
    return _tried(template, attempts=attempts, worked_at=now)


def withdrawn(template: Template) -> Template:
    """The preset is in force, and nothing is tried."""
    return _changed(template, current=None, trial=None)


def _tried(template: Template, **changes: object) -> Template:
    assert template.trial is not None
    return _changed(template, trial=template.trial.model_copy(update=changes))


def _changed(template: Template, **changes: object) -> Template:
    return template.model_copy(update={'version': template.version + 1, **changes})


def _over(package: Package, status: PackageStatus, now: datetime, **changes: object) -> Package:
    return _next(package, status=status, worked_at=now, finished_at=now, **changes)


def _next(package: Package, **changes: object) -> Package:
    return package.model_copy(update={'version': package.version + 1, **changes})
