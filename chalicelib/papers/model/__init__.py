"""The nouns of papers: kinds, templates, packages, what doors take and give, what may be refused."""

from chalicelib.papers.model.doors import (
    GivenTemplate,
    PackageCard,
    PackageDocument,
    PresetCard,
    ProblemCard,
    TemplateCard,
    TemplateField,
    TemplateList,
    TrialCard,
)
from chalicelib.papers.model.package import (
    Bank,
    Document,
    Line,
    Package,
    PackageStatus,
    Seller,
    Snapshot,
    Source,
)
from chalicelib.papers.model.refusals import (
    InvoiceNotIssued,
    PackageNotFound,
    TemplateIsPreset,
    TemplateRejected,
)
from chalicelib.papers.model.template import (
    Given,
    Kind,
    Problem,
    ProblemCode,
    Template,
    Trial,
    TrialStatus,
)

__all__ = [
    'Bank', 'Document', 'Given', 'GivenTemplate', 'InvoiceNotIssued', 'Kind', 'Line', 'Package',
    'PackageCard', 'PackageDocument', 'PackageNotFound', 'PackageStatus', 'PresetCard', 'Problem',
    'ProblemCard', 'ProblemCode', 'Seller', 'Snapshot', 'Source', 'Template', 'TemplateCard',
    'TemplateField', 'TemplateIsPreset', 'TemplateList', 'TemplateRejected', 'Trial', 'TrialCard',
    'TrialStatus',
]  # fmt: skip
