"""Papers and templates as their readers see them."""

from chalicelib.files import service as files
from chalicelib.kit import texts
from chalicelib.papers.model import (
    Kind,
    Package,
    PackageCard,
    PackageDocument,
    Problem,
    ProblemCard,
    Template,
    TemplateCard,
    TrialCard,
)
from chalicelib.papers.rules import inside

PAPERS = 'ru'
"""The language of papers, whoever asks for them."""


def file_name(kind: Kind, number: str) -> str:
    """What a paper is called when it is saved."""
    return texts.say(f'paper-{kind}', PAPERS, number=number) + '.docx'


def preset_name(kind: Kind) -> str:
    """What the template that comes with the house is called when it is saved."""
    return texts.say(f'paper-preset-{kind}', PAPERS) + '.docx'


def archive_name(number: str) -> str:
    """What all of them are called together."""
    return texts.say('paper-archive', PAPERS, number=number) + '.zip'


def template_card(template: Template, locale: str) -> TemplateCard:
    """What writes a paper for the offering, with a link to it."""
    current, trial = template.current, template.trial
    return TemplateCard(
        offering_id=template.offering_id,
        kind=template.kind,
        version=template.version,
        is_preset=current is None,
        file=files.shown(current.file) if current else None,
        author=current.author if current else None,
        given_at=current.at if current else None,
        trial=trial
        and TrialCard(
            name=trial.given.file.name,
            status=trial.status,
            problems=[_problem(one, locale) for one in trial.problems],
        ),
    )


def package_card(package: Package, locale: str) -> PackageCard:
    """The papers, with links to those that are written."""
    return PackageCard(
        id=package.id,
        invoice_id=package.invoice_id,
        version=package.version,
        status=package.status,
        created_at=package.created_at,
        finished_at=package.finished_at,
        archive=files.shown(package.archive) if package.archive else None,
        documents=[
            PackageDocument(kind=one.kind, **dict(files.shown(one.file))) for one in package.documents
        ],
        problems=[_problem(one, locale) for one in package.problems],
    )


def _problem(problem: Problem, locale: str) -> ProblemCard:
    size = inside.MOST_PACKED // 1024**2
    message = texts.say(f'paper-problem-{problem.code}', locale, text=problem.text, size=size)
    return ProblemCard(code=problem.code, text=problem.text, message=message)
