"""What the house of papers refuses."""

from chalicelib.kit.errors import Conflict, NotFound
from chalicelib.papers.model.template import Problem


class PackageNotFound(NotFound):
    """The invoice has no such papers."""


class InvoiceNotIssued(Conflict):
    """Papers are made of an invoice that is issued or paid (ACT-001, AMB-61)."""


class TemplateIsPreset(Conflict):
    """The offering has no template of its own that could be taken away."""


class TemplateRejected(Exception):
    """By such a template nothing is written, however often it is tried."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems
