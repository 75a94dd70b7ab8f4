"""Files among the answers of an order form: the request keeps them, and who may see it may open them."""

from chalicelib.catalogue.model import FieldKind, Offering
from chalicelib.files import service as files
from chalicelib.files.model import Purpose
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.dynamo import Write
from chalicelib.kit.outbox import Actor
from chalicelib.requests.model.request import Request
from chalicelib.requests.model.views import AnswerView


def with_files(
    before: Request | None, after: Request, offering: Offering, *, by: Caller
) -> tuple[Request, list[Write]]:
    """The request with the files that its form names, and the writes by which they are its own (REQ-056).

    What it had and is named no more goes; an answer that stays as it was is not judged again. Raises what
    `files.taking` raises, blaming the field of the form.
    """
    asked = {field.code for field in offering.fields if field.kind is FieldKind.FILE}
    owner = f'requests/{after.number}/form'
    # Residents send one kind of files; what staff attach to a request are documents wherever they stand.
    purpose = Purpose.CHAT if by.audience is Audience.RESIDENT else Purpose.DOCUMENT
    kept = {str(one.value): one.file for one in before.form if one.code in asked} if before else {}
    wanted: dict[str, str | None] = {}
    for answer in after.form:
        if answer.code in asked and str(answer.value) not in kept:
            wanted.setdefault(str(answer.value), f'body.form.{answer.code}')
    taken, writes = files.taking_all(wanted, purpose, owner, by=by)
    kept |= taken
    form = [
        answer.model_copy(update={'file': kept[str(answer.value)]}) if answer.code in asked else answer
        for answer in after.form
    ]
    are = {answer.file.file_id for answer in form if answer.file}
    were = {answer.file.file_id for answer in before.form if answer.file} if before else set()
    for gone in sorted(were - are):
        writes += files.releasing(after.organisation, gone, owner, by=Actor.of(by))
    return after.model_copy(update={'form': tuple(form)}), writes


def answers_of(request: Request) -> tuple[AnswerView, ...]:
    """The filled order form with links to its files; nothing is looked up."""
    return tuple(
        AnswerView(
            code=answer.code,
            label=answer.label,
            value=answer.value,
            file=files.shown(answer.file) if answer.file else None,
        )
        for answer in request.form
    )
