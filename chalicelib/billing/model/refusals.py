"""What the house of money refuses, each by a name of its own."""

from chalicelib.kit.errors import (
    Conflict,
    Forbidden,
    NotFound,
    Refused,
    Throttled,
    Unauthenticated,
    Unavailable,
)


class InvoiceNotFound(NotFound):
    """The request has no such invoice."""


class InvoiceMoveNotAllowed(Conflict):
    """An invoice in `status` cannot be `action`."""


class InvoiceEmpty(Refused):
    """An invoice without positions is neither issued nor paid (INV-011, AMB-58)."""


class PositionUnknown(Refused):
    """The invoice has no such position to keep."""


class PriceNotInList(Refused):
    """The price list of the offering's legal entity has no such price that can be chosen (INV-013)."""


class PriceListChanged(Conflict):
    """The request has another service since, whose prices are of another list than the draft's (REQ-086)."""


class TotalTooLarge(Refused):
    """The invoice is above what its request can still cost at all, `most` roubles."""


class LegalEntityNotChosen(Refused):
    """The offering names no legal entity, so there is no price list to choose from (INV-009, PRC-002)."""


class NobodyPays(Refused):
    """The request has no client: nobody would get the invoice."""


class RequestIsCancelled(Refused):
    """Nobody pays for a cancelled request (I1, AMB-55)."""


class RequestNotInWork(Refused):
    """For a client who is not registered the request is put in work before it is paid (SMS-003, AMB-60)."""


class EarlierInvoiceUnpaid(Refused):
    """An additional invoice is made when all earlier ones are paid, and one waits at a time (I13, AMB-53)."""


class ClientNotRegistered(Refused):
    """A client who is not registered gets one invoice, no additional ones (INV-031, SMS-010)."""


class ClientIsRegistered(Refused):
    """A link is sent to who is not registered; a client pays in the application (SMS-012)."""


class SmsPhoneNeeded(Refused):
    """Nobody has said to which telephone the SMS shall go (SMS-006)."""

    field = 'body.phone'


class SmsBalanceTooLow(Refused):
    """The SMS costs `cost` kopecks, and the account at the SMS centre has `balance`."""


class TextedTooOften(Throttled):
    """The telephone had an SMS with a link a moment ago, or very many."""


class LinkUnknown(NotFound):
    """No invoice has this link."""


class LinkDead(Conflict):
    """The invoice of this link was taken back: another link comes by another SMS (AMB-60)."""


class LinkTriedTooOften(Throttled):
    """The link, or the address that follows links, was here too often."""


class TooManyInvoices(Refused):
    """A request has at most `limit` invoices."""


class OnlyInCrm(Forbidden):
    """The employee app cannot do this, the CRM can (INV-032, AMB-63)."""


class PaymentNotFound(NotFound):
    """There is no such payment, or it is not the caller's."""


class PaymentMoveNotAllowed(Conflict):
    """Nothing of the payment is stuck so that `action` would help."""


class CardNotFound(NotFound):
    """The client has no such saved card."""


class CardOfAnotherShop(Refused):
    """The card was saved in the shop of another legal entity, or in one that is used no more."""

    field = 'body.card_id'


class PaymentInProgress(Conflict):
    """The client is paying: what he pays is not marked paid by hand meanwhile (I8, AMB-50)."""


class NothingToPay(Refused):
    """The invoice comes to nothing: it is marked paid by an employee (AMB-58)."""


class TooManyPayments(Refused):
    """An invoice's request was tried to be paid `limit` times."""


class EmailNeeded(Refused):
    """The fiscal receipt needs an e-mail or a telephone to go to (54-ФЗ)."""

    field = 'body.email'


class PaymentsNotConfigured(Refused):
    """The legal entity has no shop at a payment provider yet."""


class ShopKeysRefused(Refused):
    """The provider does not take the key of the shop, or there is none: its settings have to be seen to."""


class PaymentsAway(Unavailable):
    """The payment provider does not answer; asking again with the same words pays once."""


class AccountNotFound(NotFound):
    """The legal entity has no shop at a payment provider."""


class SecretKeyNeeded(Refused):
    """A shop that was not used before needs its secret key."""

    field = 'body.secret_key'


class HookUnknown(NotFound):
    """No provider sends its notices here."""


class HookSenderUnknown(Unauthenticated):
    """The notice does not come from an address of the provider."""


class NoticeForged(Unauthenticated):
    """The notice is not signed by the password of the terminal it names."""


class NoticeTerminalUnknown(NotFound):
    """The notice names a terminal that the legal entity never had."""


class NoticeRefused(Refused):
    """The provider himself tells of what is not ours: he is answered so that he does not tell it again."""


class NoticeOrderUnknown(NoticeRefused):
    """We never asked for such an order, or he himself has none."""


class NoticeTerminalDiffers(NoticeRefused):
    """The order was asked for at another terminal."""


class NoticeAmountDiffers(NoticeRefused):
    """Another sum was to be paid."""


class TaxSystemNeeded(Refused):
    """The provider makes no receipts without knowing how the legal entity is taxed."""

    field = 'body.tax_system'


class RefundNotFound(NotFound):
    """The request has no refund."""


class RefundNotOffered(Refused):
    """The offering lets no client ask for his money back (REF-013)."""


class SeveralInvoices(Refused):
    """Of a request with more than one issued invoice employees refund (REF-013, AMB-67)."""


class NothingToRefund(Refused):
    """Nothing of the request was paid online (REF-002)."""


class RefundAboveLimit(Refused):
    """More than was paid: at most `most` kopecks go back (REF-030)."""


class RefundEmpty(Refused):
    """A refund of nothing."""


class PositionTwice(Refused):
    """A position is refunded once in a refund."""


class AlreadyRefunded(Conflict):
    """Money of a request goes back once, and is asked for once (REF-009, REF-022)."""


class RefundAsksForDecision(Conflict):
    """The client has asked for a refund: it is approved or rejected (F3, F4)."""


class RefundMoveNotAllowed(Conflict):
    """A refund in `status` cannot be `action`."""


class RefundNeedsWork(Refused):
    """What a client asks for is decided while his request is in work (REF-018, AMB-65)."""
