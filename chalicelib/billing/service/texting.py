"""«Отправить СМС»: the link of an issued invoice for a client who is not registered (SMS-001..008).

The text is made from what is there, so that the window shows to the letter what is sent. It leaves by the
outbox: what is written down is sent, once, and no row tells the link.
"""

from dataclasses import replace
from datetime import timedelta

from chalicelib.billing import repository
from chalicelib.billing.events import InvoiceLinkTexted
from chalicelib.billing.model.account import Account
from chalicelib.billing.model.invoice import Invoice, Texted
from chalicelib.billing.model.ledger import Ledger
from chalicelib.billing.model.link import (
    Link,
    LinkedStatus,
    SmsInput,
    SmsOnItsWay,
    SmsPreview,
    SmsQuery,
    TextedLine,
)
from chalicelib.billing.model.refusals import PaymentsNotConfigured, SmsBalanceTooLow, SmsPhoneNeeded
from chalicelib.billing.repository import Telephone
from chalicelib.billing.rules import linking
from chalicelib.billing.service.addressing import address_of, words_of
from chalicelib.billing.service.opening import opened
from chalicelib.kit import clock, dynamo, telemetry, texts
from chalicelib.kit.caller import Caller
from chalicelib.kit.dynamo import Read
from chalicelib.kit.ids import new_id
from chalicelib.kit.outbox import Actor
from chalicelib.messaging import service as messaging
from chalicelib.messaging.model import Channel, Message
from chalicelib.requests import service as requests
from chalicelib.requests.model.request import Request
from chalicelib.staff import service as staff
from chalicelib.staff.model import Organisation

PLACE = '{link}'
"""Stands in the words where the link belongs."""
WORTH_SENDING = timedelta(days=1)


def preview_link(invoice_id: str, query: SmsQuery, *, by: Caller) -> SmsPreview:
    """The window «Отправить СМС», by the SMS centre's word; nothing is sent or written (SMS-004, SMS-007).

    Without a telephone it shows everything but the cost, so that one can be added. Raises SmsNotConfigured,
    what `linking.must_be_textable` refuses, PaymentsNotConfigured, and what the centre refuses.
    """
    request, _, invoice = _opened(invoice_id, by)
    phone = query.phone or _phone_of(request)
    _, organisation = dynamo.fetch(*_readings(invoice, by))
    words = _words(invoice, organisation)
    text = _text(words, linking.link_of(invoice, by.organisation))
    estimate = messaging.estimate_sms(by.organisation, phone, text) if phone else None
    sent = messaging.outcomes(by.organisation, [_message_id(one.id) for one in invoice.texted])
    return SmsPreview(
        phone=phone,
        text=text,
        total=invoice.total,
        segments=estimate.segments if estimate else None,
        cost=estimate.cost if estimate else None,
        balance=estimate.balance if estimate else messaging.sms_balance(by.organisation).balance,
        is_enough=estimate.is_enough if estimate else None,
        texted=tuple(
            TextedLine(**dict(one), outcome=sent.get(_message_id(one.id))) for one in invoice.texted
        ),
        version=invoice.version,
    )


def send_link(invoice_id: str, wanted: SmsInput, *, by: Caller) -> SmsOnItsWay:
    """The SMS is on its way to the telephone, which the request keeps (SMS-006, SMS-008).

    Raises what `preview_link` does, SmsPhoneNeeded, SmsBalanceTooLow, TextedTooOften.
    """
    request, ledger, invoice = _opened(invoice_id, by)
    phone = wanted.phone or _phone_of(request)
    if phone is None:
        raise SmsPhoneNeeded()
    _, organisation, telephone = dynamo.fetch(
        *_readings(invoice, by), repository.reading_telephone(by.organisation, phone)
    )
    words, link = _words(invoice, organisation), linking.link_of(invoice, by.organisation)
    now, telephone = clock.now(), telephone or Telephone([])
    sent_at = linking.sent_again(telephone.sent_at, now)
    estimate = messaging.estimate_sms(by.organisation, phone, _text(words, link))
    if not estimate.is_enough:
        raise SmsBalanceTooLow(cost=estimate.cost.minor, balance=estimate.balance.minor)
    sms, actor = Texted(id=new_id(), phone=phone, at=now), Actor.of(by)
    after = linking.texted(invoice, sms)
    known = {'texted_id': sms.id, 'turn': invoice.turn, 'phone': phone, 'words': words}
    event = InvoiceLinkTexted.about(after, request, actor, now, **known)
    dynamo.commit(
        *repository.saving(ledger, ledger.replaced(after), [event]),
        *requests.noting_link(request, invoice.id, phone=phone, by=actor),
        repository.keeping_link(linking.digest_of(words_of(link)), link),
        repository.keeping_telephone(by.organisation, phone, telephone, sent_at, now + linking.REMEMBERED),
    )
    return SmsOnItsWay(
        id=sms.id,
        phone=phone,
        total=invoice.total,
        segments=estimate.segments,
        cost=estimate.cost,
        sent_at=now,
        version=after.version,
    )


def deliver_link(told: InvoiceLinkTexted) -> None:
    """The SMS is with the SMS centre, once however often it is told; none leads to what was taken back."""
    link = Link(
        organisation=told.organisation, number=told.number, invoice_id=told.invoice_id, turn=told.turn
    )
    invoice = repository.ledger(told.organisation, told.number).invoice(told.invoice_id)
    if linking.status_of(link, invoice) is not LinkedStatus.AWAITING_PAYMENT:
        telemetry.log.info('the invoice was faster than its SMS', invoice=told.invoice_id)
        return
    # Another key may have come since: then it is another link, which must be known before it is read.
    repository.keep_link(linking.digest_of(words_of(link)), link)
    sms = Message(
        id=_message_id(told.texted_id),
        organisation=told.organisation,
        channel=Channel.SMS,
        to=told.phone,
        text=_text(told.words, link),
        expires_at=told.at + WORTH_SENDING,
    )
    messaging.send(sms)


def _opened(invoice_id: str, by: Caller) -> tuple[Request, Ledger, Invoice]:
    found = request, _, invoice = opened(invoice_id, by)
    linking.must_be_textable(invoice, request)
    messaging.need_sms(by.organisation)
    return found


def _readings(invoice: Invoice, by: Caller) -> tuple[Read[Account], Read[Organisation]]:
    shop = repository.reading_account(by.organisation, invoice.legal_entity_id)
    return replace(shop, missing=PaymentsNotConfigured), staff.reading_organisation(by.organisation)


def _words(invoice: Invoice, organisation: Organisation) -> str:
    amount = texts.spelled(invoice.total, organisation.locale)
    return texts.say(
        'invoice-link-sms',
        organisation.locale,
        organisation=linking.short(organisation.name),
        number=str(invoice.number),
        # The alphabet of SMS has no such space: it alone would make an English text twice as dear.
        amount=amount.replace(texts.NO_BREAK, ' '),
        link=PLACE,
    )


def _text(words: str, link: Link) -> str:
    return words.replace(PLACE, address_of(words_of(link)))


def _phone_of(request: Request) -> str | None:
    return request.customer.phone if request.customer else None


def _message_id(texted_id: str) -> str:
    return f'invoice-link:{texted_id}'
