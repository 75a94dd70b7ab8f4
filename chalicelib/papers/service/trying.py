"""A worker looks into a template and fills it with an example; only what passes writes papers."""

from chalicelib.files import service as files
from chalicelib.kit import clock, dynamo
from chalicelib.kit.errors import ChangedMeanwhile
from chalicelib.kit.outbox import SYSTEM
from chalicelib.papers import events as said
from chalicelib.papers import gateway, repository
from chalicelib.papers.model import Problem, Template, TemplateRejected
from chalicelib.papers.rules import fields, inside, life
from chalicelib.papers.service.templates import releasing_current, releasing_trial


def try_template(asked: said.TemplateEvent) -> None:
    """The template is in force, or says why it cannot be; once, however often this is asked."""
    read = repository.reading_template(asked.organisation, asked.offering_id, asked.kind)
    template = dynamo.find(read)
    if template is None or template.trial is None or not template.is_tried:
        return
    problems = _problems(files.content(template.trial.given.file))
    try:
        if problems:
            _refuse(template, problems)
        else:
            _put_in_force(template)
    except ChangedMeanwhile:
        return  # another was given meanwhile and has a message of its own, or another worker was quicker


def _problems(body: bytes) -> tuple[Problem, ...]:
    found = inside.problems(body)
    if found:
        return tuple(found)
    try:
        document = gateway.judge(body, fields.example())
    except TemplateRejected as rejected:
        return rejected.problems
    return tuple(inside.acting(document))


def _put_in_force(template: Template) -> None:
    after = life.in_force(template)
    event = said.PaperTemplateAccepted.of(after, SYSTEM, clock.now())
    dynamo.commit(*repository.saving_template(after, event), *releasing_current(template, SYSTEM))


def _refuse(template: Template, problems: tuple[Problem, ...]) -> None:
    now = clock.now()
    after = life.refused(template, problems, now)
    event = said.PaperTemplateRefused.of(after, SYSTEM, now, problems=len(problems))
    dynamo.commit(*repository.saving_template(after, event), *releasing_trial(template, SYSTEM))
