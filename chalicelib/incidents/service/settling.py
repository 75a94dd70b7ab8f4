"""An organisation says which changes of an incident its requests follow besides the completion."""

from chalicelib.incidents import repository
from chalicelib.incidents.events import CourseChanged
from chalicelib.incidents.model.doors import CourseChanges, CourseView
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Caller
from chalicelib.kit.outbox import Actor


def read_course(*, by: Caller) -> CourseView:
    """What requests follow; nothing but completion where nobody said otherwise (AMB-15)."""
    return CourseView.of(repository.course_of(by.organisation))


def change_course(changes: CourseChanges, *, by: Caller) -> CourseView:
    """Requests follow what is said here from the next change of an incident on."""
    before = repository.course_of(by.organisation)
    dynamo.agree(before.version)
    wished = {name: getattr(changes, name) for name in changes.model_fields_set}
    after = before.model_copy(update=wished)
    if after == before:
        return CourseView.of(before)
    event = CourseChanged(
        organisation=by.organisation, at=clock.now(), by=Actor.of(by), fields=tuple(sorted(wished))
    )
    dynamo.commit(*repository.saving_course(before, after, event))
    return CourseView.of(after.model_copy(update={'version': before.version + 1}))
