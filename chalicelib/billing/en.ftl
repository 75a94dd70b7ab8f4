# Money: invoices, refusals.

InvoiceNotFound = The invoice was not found.
InvoiceMoveNotAllowed = { $action ->
    [edit] Only a draft can be changed. Withdraw an issued invoice first.
    [issue] Only a draft can be issued.
    [withdraw] Only an invoice that is issued and not yet paid can be withdrawn.
    [sms] The link can be sent of an issued invoice that is not paid yet.
    [pay] Only an issued invoice can be paid.
    [mark_paid] Only a draft or an issued invoice can be marked paid.
   *[other] Only an invoice that was marked paid by hand can be made unpaid.
}
InvoiceEmpty = The invoice has no positions.
PositionUnknown = The invoice has no such position.
PriceListChanged = The request has another service since, with another price list: choose the positions anew.
PriceNotInList = The price list of the legal entity has no such item.
TotalTooLarge = The invoice comes to more than { $most } roubles.
LegalEntityNotChosen = The offering names no legal entity, so there is no price list.
NobodyPays = The request has no client to send an invoice to.
RequestIsCancelled = The request is cancelled: no invoice is issued, nor paid.
RequestNotInWork = The client is not registered: put the request in work first.
EarlierInvoiceUnpaid = An additional invoice can be added when all earlier ones are paid.
ClientNotRegistered = A client who is not registered cannot be sent an additional invoice.
ClientIsRegistered = The client is registered and pays in the application. Links go by SMS to those who are not.
SmsPhoneNeeded = Say to which telephone the SMS shall go.
SmsBalanceTooLow = The account at the SMS centre has too little for this message. Top it up.
TextedTooOften = This telephone had links already. Try again in { $retry_after } s.
LinkUnknown = There is no such link. Check that it was copied from the SMS as a whole.
LinkDead = The invoice was taken back and its link leads nowhere. If it is issued again, another SMS comes.
LinkTriedTooOften = Too often. Try again in { $retry_after } s.
TooManyInvoices = A request cannot have more than { $limit } invoices.
OnlyInCrm = This can be done in the CRM only.

input-position-unnamed = Give the id of a position of the invoice or a price_id of the price list.

# The payment provider.

ProviderRefused = The payment provider refused: { $reason }.
SentElsewhere = A part of this payment was refunded without us, in the cabinet of the payment provider.
CredentialsWrong = The payment provider did not accept the shop id or the secret key. Check the payment settings.
ProviderAway = The payment provider does not answer. Try again a little later.
ProviderBusy = The payment provider is overloaded. Try again a little later.
Ambiguous = The payment provider did not answer in time. We are finding out what became of it.

PaymentNotFound = There is no such payment.
PaymentMoveNotAllowed = { $action ->
    [retry_return] Only a return that the payment provider refused can be retried.
   *[other] Nothing has to be done about the second receipt of this payment.
}
CardNotFound = There is no such saved card.
CardOfAnotherShop = This card cannot pay an invoice of another legal entity. Choose another way to pay.
PaymentInProgress = The client is paying this invoice now. Wait for the outcome.
NothingToPay = The invoice comes to nothing, so there is nothing to pay online.
TooManyPayments = The request was tried to be paid { $limit } times already. Ask the managing company.
EmailNeeded = Give an e-mail that the receipt can be sent to.
ShopKeysRefused = The payment provider does not accept the key of this shop. Check the payment settings.
PaymentsNotConfigured = Online payment is not set up for this legal entity.
PaymentsAway = The payment provider does not answer. Try again a little later; you will not be charged twice.
AccountNotFound = Online payment is not set up for this legal entity.
SecretKeyNeeded = Give the secret key of the shop.
HookUnknown = No notices are taken here.
HookSenderUnknown = The notice does not come from the payment provider.
NoticeForged = The notice is not signed by the password of the terminal.
NoticeTerminalUnknown = The legal entity has no such terminal.
NoticeRefused = The notice is not about a payment of ours.
NoticeOrderUnknown = There is no such order.
NoticeTerminalDiffers = The order was made at another terminal.
NoticeAmountDiffers = The notice tells of another sum than that of the payment.
TaxSystemNeeded = Name the tax system: the bank makes no receipt without it.
RefundNotFound = The request has no refund.
RefundNotOffered = For this service only the managing company makes refunds.
SeveralInvoices = The request has several invoices: an employee makes the refund.
NothingToRefund = Nothing of the request was paid online, so there is nothing to refund.
RefundAboveLimit = The refund is more than what was paid.
RefundEmpty = The refund comes to nothing.
PositionTwice = This position is named twice in the refund.
AlreadyRefunded = The money of a request is refunded only once.
RefundAsksForDecision = The client has already asked for a refund: approve or reject it.
RefundMoveNotAllowed = { $action ->
    [retry] Only a refund that the payment provider failed to make can be retried.
   *[other] Only a refund that was asked for can be decided on.
}
RefundNeedsWork = Put the request in work before deciding on its refund.

input-url-not-https = An address of the form https://… is needed.
input-refund-said-twice = Give either the sum, or quantity and tariff.

payment-confirmation = We have received your payment of { $amount } for request No. { $number } “{ $offering_name }”, { $address }. The payment provider sends the receipt in a letter of its own.
    .title = Payment of { $amount } for request No. { $number } received

# The link of an invoice: the SMS and the page.

invoice-link-sms = { $organisation }: invoice for request No. { $number }, { $amount }. Pay: { $link }

linked-invoice-title = Invoice for request No. { $number }
linked-invoice-due = To pay
linked-invoice-paid = Paid
linked-invoice-refunded = Refunded
linked-invoice-closed = The invoice was taken back
linked-invoice-closed-why = This link leads nowhere any more. If the invoice is issued again, another SMS comes. If in doubt, ask the managing company: { $organisation }.
linked-invoice-refunded-sum = { $amount } went back. The money comes to the card or account you paid from within 5–10 working days, by the bank.
linked-invoice-seller = { $seller }, INN { $inn }
linked-invoice-positions = What the invoice is for
linked-invoice-name = Name
linked-invoice-sum = Sum
linked-invoice-quantity = { $quantity } { $unit } × { $tariff }
linked-invoice-discount = { $discount }% off
linked-invoice-total = Total
linked-invoice-how = How would you like to pay?
linked-invoice-card = Card
linked-invoice-sbp = SBP
linked-invoice-email = E-mail for the receipt
linked-invoice-email-optional = E-mail for the receipt (optional)
linked-invoice-pay = Pay { $amount }
linked-invoice-leads = You will be led to the secure page of the payment provider.
linked-invoice-no-shop = It cannot be paid online at the moment. Please ask the managing company.
linked-invoice-awaited = Waiting for the payment to be confirmed. If you have paid, this page will say so by itself: do not pay again.
linked-invoice-not-paid = I have not paid, back to the invoice
linked-invoice-begun = A payment of this invoice was begun. If you have paid, wait a minute and load this page again.
linked-invoice-problem = That did not work
linked-invoice-return = Back to the invoice
