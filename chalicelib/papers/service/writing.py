"""A worker writes the papers from what was settled when they were asked for, and from nothing else."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from chalicelib.files import service as files
from chalicelib.files.model import Attached, FileNotFound
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.papers import events as said
from chalicelib.papers import gateway, repository
from chalicelib.papers.model import (
    Document,
    Package,
    PackageStatus,
    Problem,
    ProblemCode,
    Source,
    TemplateRejected,
)
from chalicelib.papers.rules import fields, inside, life
from chalicelib.papers.service import presets, wording

EPOCH = (1980, 1, 1, 0, 0, 0)


def write(asked: said.PackageEvent) -> None:
    """The papers lie in the bucket and can be saved, or say why not; once, however often this is asked.

    The same order makes the same bytes, so whoever writes them twice changes nothing.
    """
    read = repository.reading_package(asked.organisation, asked.invoice_id, asked.package_id)
    package = dynamo.find(read)
    if package is None or package.status is not PackageStatus.WAITING:
        return
    try:
        bodies = [(source, _filled(package, source)) for source in package.snapshot.sources]
    except TemplateRejected as rejected:
        _fail(package, rejected)
        return
    documents = tuple(
        Document(kind=source.kind, file=_kept(package, source, body)) for source, body in bodies
    )
    archive = _archived(package, documents, [body for _, body in bodies])
    now = clock.now()
    written = life.written(package, documents, archive, now)
    try:
        dynamo.commit(*repository.saving_package(written, said.PapersReady.of(written, SYSTEM, now)))
    except ChangedMeanwhile:
        return  # another worker has written the same


def _filled(package: Package, source: Source) -> bytes:
    try:
        template = files.content(source.file) if source.file else presets.body(source.kind)
    except FileNotFound as gone:
        raise TemplateRejected(Problem(code=ProblemCode.GONE)) from gone
    document = gateway.fill(template, fields.of(package.snapshot))
    if acting := inside.acting(document):
        raise TemplateRejected(*acting)
    return document


def _kept(package: Package, source: Source, body: bytes) -> Attached:
    name = wording.file_name(source.kind, package.invoice_id)
    made = f'{package.invoice_id}/{package.id}/{source.kind}'
    return files.keep(package.organisation, 'papers', made, name, files.Kind.DOCX, body)


def _archived(package: Package, documents: Sequence[Document], bodies: Sequence[bytes]) -> Attached:
    written = BytesIO()
    with zipfile.ZipFile(written, 'w', zipfile.ZIP_DEFLATED) as archive:
        for document, body in zip(documents, bodies, strict=True):
            archive.writestr(zipfile.ZipInfo(document.file.name, EPOCH), body)
    name, made = wording.archive_name(package.invoice_id), f'{package.invoice_id}/{package.id}/archive'
    return files.keep(package.organisation, 'papers', made, name, files.Kind.ZIP, written.getvalue())


def _fail(package: Package, rejected: TemplateRejected) -> None:
    now = clock.now()
    failed = life.unwritten(package, rejected.problems, now)
    event = said.PapersFailed.of(failed, SYSTEM, now, problems=len(rejected.problems))
    dynamo.commit(*repository.saving_package(failed, event))
