"""The only room that knows the rows of incidents, their keys and indexes."""

from chalicelib.incidents.repository.incidents import (
    course_of,
    history,
    list_newest,
    reading,
    reading_course,
    saving,
    saving_course,
)
from chalicelib.incidents.repository.jobs import beginning, going_on, reading_job, stopping, unattended

__all__ = [
    'beginning', 'course_of', 'going_on', 'history', 'list_newest', 'reading', 'reading_course',
    'reading_job', 'saving', 'saving_course', 'stopping', 'unattended',
]  # fmt: skip
