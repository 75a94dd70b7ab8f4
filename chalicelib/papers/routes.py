"""The doors of papers: templates in the settings of an offering, papers by the invoice."""

from http import HTTPStatus

from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Id
from chalicelib.papers import service
from chalicelib.papers.model import (
    GivenTemplate,
    Kind,
    PackageCard,
    PresetCard,
    TemplateCard,
    TemplateList,
)
from chalicelib.staff.model import Permission

staff_invoices = Api(__name__, '/v1/staff/invoices', Audience.STAFF)
staff_offerings = Api(__name__, '/v1/staff/offerings', Audience.STAFF)
staff_templates = Api(__name__, '/v1/staff/paper-templates', Audience.STAFF)
doors = [staff_invoices, staff_offerings, staff_templates]


@staff_invoices.post('/{invoice_id}/papers', status=HTTPStatus.ACCEPTED)
def order(invoice_id: Id, caller: Caller) -> PackageCard:
    """Ask for the contract and the act of an invoice that is issued or paid.

    They say what the invoice says now, by the templates of now, and never change afterwards. Read them until
    their status is `ready`, then save them by their links. While nothing changes they are the same papers.
    """
    return service.order(invoice_id, by=caller)


@staff_invoices.get('/{invoice_id}/papers/{package_id}')
def read(invoice_id: Id, package_id: Id, caller: Caller) -> PackageCard:
    """Read how far the papers are; the links give them for 15 minutes."""
    return service.read(invoice_id, package_id, by=caller)


@staff_offerings.get('/{offering_id}/paper-templates')
def list_templates(offering_id: Id, caller: Caller) -> TemplateList:
    """List what writes the contract and the act for requests of an offering."""
    return service.list_templates(offering_id, by=caller)


@staff_offerings.put('/{offering_id}/paper-templates/{paper}', permission=Permission.OFFERINGS_EDIT)
def give(offering_id: Id, paper: Kind, body: GivenTemplate, caller: Caller) -> TemplateCard:
    """Give an offering a template of its own.

    Send the document first: `POST /v1/staff/uploads` with the purpose `template`. It is tried with example
    values; until it has passed, what was in force stays so. Problems stand in `trial`.
    """
    return service.give(offering_id, paper, body, by=caller)


@staff_offerings.delete('/{offering_id}/paper-templates/{paper}', permission=Permission.OFFERINGS_EDIT)
def withdraw(offering_id: Id, paper: Kind, caller: Caller) -> None:
    """Take an offering's own template away: the preset writes the paper again."""
    service.withdraw(offering_id, paper, by=caller)


@staff_templates.get('/{paper}')
def preset(paper: Kind, caller: Caller) -> PresetCard:
    """Save the template that comes with the house, and read what a template may ask for."""
    return service.preset(paper, by=caller)
