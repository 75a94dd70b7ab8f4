"""A worker reads the workbook to its end, and only then the list becomes as it says.

All rows are judged before the first is applied, and nobody else changes the list meanwhile. So once it has
begun, nothing can be refused any more: what breaks off is begun anew, the plan made from the list as it is by
then is the rest of the same plan, and two workers at once bring about the same list.
"""

from chalicelib.files import service as files
from chalicelib.kit import clock, dynamo
from chalicelib.kit.dynamo import Write
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import SYSTEM
from chalicelib.prices import events as said
from chalicelib.prices import repository
from chalicelib.prices.model import ImportStatus, Price, PriceImport, Problem
from chalicelib.prices.rules import life, planning, sheet
from chalicelib.prices.rules.planning import Change, Plan
from chalicelib.prices.service import wording

MOST_WRITES = 90
"""Of a hundred that a transaction takes: the words of one price more must still fit."""


def work(asked: said.PriceImportEvent) -> None:
    """The list is as the workbook says, or the import says what is wrong; once, however often asked."""
    made = dynamo.find(repository.reading_import(asked.organisation, asked.import_id))
    if made is None or made.status.is_over:
        return
    plan, problems = _plan(made)
    if made.status is ImportStatus.WAITING:
        if problems:
            _refuse(made, problems)
            return
        if made.is_check:
            _tell_checked(made, plan)
            return
        made = life.applying(made, plan, clock.now())
        dynamo.commit(*repository.changing(made))
    elif problems:
        raise RuntimeError('a workbook that was right is wrong now')
    _apply(made, plan)
    _finish(made)


def _plan(made: PriceImport) -> tuple[Plan, list[Problem]]:
    lines, problems = sheet.read(files.content(made.file), wording.words())
    listed = repository.active_for_import(made.organisation, made.legal_entity_id)
    plan = planning.planned(lines, listed)
    return plan, [*problems, *plan.problems]


def _apply(made: PriceImport, plan: Plan) -> None:
    batch: list[Write] = []
    for change in plan.changes:
        writes = _writing(made, change)
        if len(batch) + len(writes) > MOST_WRITES:
            dynamo.commit(*batch)
            batch = []
        batch += writes
    dynamo.commit(*batch)


def _writing(made: PriceImport, change: Change) -> list[Write]:
    before, line, now = change.before, change.line, clock.now()
    said_of = {'name': line.name, 'unit': line.unit, 'tariff': line.tariff, 'vat': line.vat}
    event: said.PriceEvent
    if before is None:
        owned = {'organisation': made.organisation, 'legal_entity_id': made.legal_entity_id}
        after = Price(id=new_id(), **owned, **said_of)
        event = said.PriceAdded.of(after, made.author, now)
    else:
        after = before.model_copy(update={**said_of, 'version': before.version + 1})
        event = said.PriceChanged.between(before, after, made.author, now)
    return repository.saving(before, after, event, by_import=True)


def _finish(made: PriceImport) -> None:
    now = clock.now()
    counted = {'added': made.added, 'changed': made.changed, 'unchanged': made.unchanged}
    event = said.PriceImportApplied.of(made, made.author, now, **counted)
    dynamo.commit(*repository.changing(life.applied(made, now), event), *_letting_go(made))


def _tell_checked(made: PriceImport, plan: Plan) -> None:
    now = clock.now()
    event = said.PriceImportChecked.of(made, SYSTEM, now)
    dynamo.commit(*repository.changing(life.checked(made, plan, now), event))


def _refuse(made: PriceImport, problems: list[Problem]) -> None:
    now = clock.now()
    event = said.PriceImportRefused.of(made, SYSTEM, now, problems=len(problems))
    dynamo.commit(*repository.changing(life.refused(made, problems, now), event), *_letting_go(made))


def give_up(made: PriceImport) -> None:
    """It was tried often enough, and changed nothing; the list is free again."""
    now = clock.now()
    event = said.PriceImportFailed.of(made, SYSTEM, now)
    dynamo.commit(*repository.changing(life.failed(made, now), event), *_letting_go(made))


def _letting_go(made: PriceImport) -> list[Write]:
    if made.is_check:
        return []  # it was never taken
    return files.releasing(made.organisation, made.file.file_id, life.owner_of(made.id), by=SYSTEM)
