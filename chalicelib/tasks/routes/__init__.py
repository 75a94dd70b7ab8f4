"""The doors of tasks and checklists."""

from chalicelib.tasks.routes import checklists, tasks

doors = [
    tasks.staff,
    tasks.staff_requests,
    checklists.staff_requests,
    checklists.staff_offerings,
    checklists.staff,
]
