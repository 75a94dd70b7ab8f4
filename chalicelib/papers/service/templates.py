"""Staff give an offering a template of its own, look at it, and go back to the preset (ACT-005, SVC-017)."""

from chalicelib.catalogue import service as catalogue
from chalicelib.files import service as files
from chalicelib.files.model import Purpose
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import Actor
from chalicelib.papers import events as said
from chalicelib.papers import repository
from chalicelib.papers.model import (
    Given,
    GivenTemplate,
    Kind,
    PresetCard,
    Template,
    TemplateCard,
    TemplateField,
    TemplateIsPreset,
    TemplateList,
)
from chalicelib.papers.rules import fields, life
from chalicelib.papers.service import presets, wording


def list_templates(offering_id: str, *, by: Caller) -> TemplateList:
    """What writes the papers of the offering's requests. Raises OfferingNotFound."""
    catalogue.get(by.organisation, offering_id)
    reads = (repository.reading_template(by.organisation, offering_id, kind) for kind in Kind)
    known = {one.kind: one for one in dynamo.fetch_all(reads)}
    shown = (known.get(kind) or _none_yet(offering_id, kind, by) for kind in Kind)
    return TemplateList(items=[wording.template_card(one, by.locale) for one in shown])


def give(offering_id: str, kind: Kind, new: GivenTemplate, *, by: Caller) -> TemplateCard:
    """The document is tried in the sandbox, and writes the paper once it has passed (ACT-005).

    What is in force stays so until then. A document that is there already stays as it is. Raises
    OfferingNotFound and what `files.taking` raises.
    """
    before = _opened(offering_id, kind, by)
    owner, author, now = life.owner_of(before), Actor.of(by), clock.now()
    file, taking = files.taking(new.file_id, Purpose.TEMPLATE, owner, by=by, field='body.file_id')
    if not taking:
        return wording.template_card(before, by.locale)
    given = Given(file=file, author_id=by.id, author=by.name, at=now)
    after = life.given(before, given, now)
    event = said.PaperTemplateGiven.of(after, author, now)
    dynamo.commit(*repository.saving_template(after, event), *taking, *releasing_trial(before, author))
    return wording.template_card(after, by.locale)


def withdraw(offering_id: str, kind: Kind, *, by: Caller) -> None:
    """The preset writes the paper again. Raises OfferingNotFound and TemplateIsPreset."""
    before = _opened(offering_id, kind, by)
    if before.current is None and before.trial is None:
        raise TemplateIsPreset()
    author, now = Actor.of(by), clock.now()
    after = life.withdrawn(before)
    event = said.PaperTemplateWithdrawn.of(after, author, now)
    dynamo.commit(
        *repository.saving_template(after, event),
        *releasing_current(before, author),
        *releasing_trial(before, author),
    )


def preset(kind: Kind, *, by: Caller) -> PresetCard:
    """The template that comes with the house, and what a template may ask for."""
    lent, name = f'{kind}-{presets.digest(kind)[:16]}', wording.preset_name(kind)
    body = presets.body(kind)
    file = files.lend(by.organisation, 'papers', lent, name, files.Kind.DOCX, body)
    named = [TemplateField(name=name, example=value) for name, value in fields.named(fields.example())]
    return PresetCard(kind=kind, fields=named, **dict(files.shown(file)))


def releasing_trial(template: Template, by: Actor) -> list[Write]:
    """The writes by which what was tried is let go."""
    return _releasing(template, template.trial.given if template.trial else None, by)


def releasing_current(template: Template, by: Actor) -> list[Write]:
    """The writes by which what was in force is let go; papers that wait for it fail and are asked anew."""
    return _releasing(template, template.current, by)


def _releasing(template: Template, given: Given | None, by: Actor) -> list[Write]:
    if given is None:
        return []
    owner = life.owner_of(template)
    return files.releasing(template.organisation, given.file.file_id, owner, by=by)


def _opened(offering_id: str, kind: Kind, by: Caller) -> Template:
    catalogue.get(by.organisation, offering_id)
    read = repository.reading_template(by.organisation, offering_id, kind)
    template = dynamo.find(read) or _none_yet(offering_id, kind, by)
    dynamo.agree(template.version)
    return template


def _none_yet(offering_id: str, kind: Kind, by: Caller) -> Template:
    return Template(organisation=by.organisation, offering_id=offering_id, kind=kind)
