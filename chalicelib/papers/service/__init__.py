"""The desk of papers: templates are given, tried and taken away; papers are ordered, written and read."""

from chalicelib.papers.service.ordering import order, read
from chalicelib.papers.service.sweeping import sweep
from chalicelib.papers.service.templates import give, list_templates, preset, withdraw
from chalicelib.papers.service.trying import try_template
from chalicelib.papers.service.writing import write

__all__ = [
    'give', 'list_templates', 'order', 'preset', 'read', 'sweep', 'try_template', 'withdraw', 'write',
]  # fmt: skip
