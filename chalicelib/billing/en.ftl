# Money: invoices, refusals.

InvoiceNotFound = The invoice was not found.
InvoiceMoveNotAllowed = { $action ->
    [edit] Only a draft can be changed. Withdraw an issued invoice first.
    [issue] Only a draft can be issued.
    [withdraw] Only an invoice that is issued and not yet paid can be withdrawn.
    [sms] The link can be sent only for an invoice that is issued and not yet paid.
    [pay] Only an issued invoice can be paid.
    [mark_paid] Only a draft or an issued invoice can be marked paid.
   *[other] Only an invoice that was marked paid by hand can be made unpaid.
}
InvoiceEmpty = The invoice has no items.
PositionUnknown = The invoice has no such item.
PriceListChanged = The service of the request has changed, and its price list with it: draw the invoice up again.
PriceNotInList = The price list of the legal entity has no such item.
TotalTooLarge = The invoice comes to more than { $most } roubles.
LegalEntityNotChosen = No legal entity is chosen in the settings of the service, so there is no price list.
NobodyPays = The request has no client to send an invoice to.
RequestIsCancelled = The request is cancelled: its invoices can be neither issued nor paid.
RequestNotInWork = The client is not registered: take the request into work first.
EarlierInvoiceUnpaid = The other invoices of the request have to be paid first.
ClientNotRegistered = A client who is not registered cannot be sent an additional invoice.
ClientIsRegistered = The client is registered and pays in the app. Links are sent by SMS only to those who are not.
SmsPhoneNeeded = Give the phone number to send the SMS to.
SmsBalanceTooLow = The balance at the SMS centre is too low for this message. Top it up.
TextedTooOften = Links have been sent to this number already. Try again in { wait }.
LinkUnknown = There is no such link. Check that it was copied from the SMS in full.
LinkDead = The invoice was withdrawn, and its link no longer works. If it is issued again, you will get another SMS.
LinkTriedTooOften = Too many visits. Try again in { wait }.
TooManyInvoices = A request cannot have more than { $limit } invoices.
OnlyInCrm = This can be done only in the CRM.

input-position-unnamed = Give the id of an item of the invoice or a price_id of the price list.

# The payment provider.

ProviderRefused = The payment provider refused: { $reason }.
SentElsewhere = A part of this payment was refunded without us, in the payment provider's own dashboard.
CredentialsWrong = The payment provider did not accept the shop id or the secret key. Check the payment settings.
ProviderAway = The payment provider is not responding. Try again a little later.
ProviderBusy = The payment provider is overloaded. Try again a little later.
Ambiguous = The payment provider did not answer in time. We are finding out what became of the operation.

PaymentNotFound = The payment was not found.
PaymentMoveNotAllowed = { $action ->
    [retry_return] Only a refund that the payment provider refused can be retried.
   *[other] Nothing has to be done about the second receipt of this payment.
}
CardNotFound = The saved card was not found.
CardOfAnotherShop = This card cannot be used for an invoice of another legal entity. Choose another way to pay.
PaymentInProgress = The client is paying this invoice now. Wait for the outcome.
NothingToPay = The invoice comes to zero, so there is nothing to pay online.
TooManyPayments = There have been { $limit } attempts to pay for this request already. Please contact the management company.
EmailNeeded = Give an e-mail address for the receipt.
ShopKeysRefused = The payment provider does not accept the key of this shop. Check the payment settings.
PaymentsNotConfigured = Online payment is not set up for this legal entity.
PaymentsAway = The payment provider is not responding. Try again a little later; you will not be charged twice.
AccountNotFound = Online payment is not set up for this legal entity.
SecretKeyNeeded = Give the secret key of the shop.
HookUnknown = No notices are accepted here.
HookSenderUnknown = The notice did not come from the payment provider.
NoticeForged = The notice is not signed with the password of the terminal.
NoticeTerminalUnknown = The legal entity has no such terminal.
NoticeRefused = The notice is not about a payment of ours.
NoticeOrderUnknown = There is no such order.
NoticeTerminalDiffers = The order was made at another terminal.
NoticeAmountDiffers = The amount in the notice is not that of the payment.
TaxSystemNeeded = Name the tax system: the bank makes no receipt without it.
RefundNotFound = The request has no refund.
RefundNotOffered = For this service only the management company makes refunds.
SeveralInvoices = The request has several invoices: an employee of the management company makes the refund.
NothingToRefund = No invoice of the request was paid online, so there is nothing to refund.
RefundAboveLimit = The refund is more than what was paid.
RefundEmpty = The refund comes to zero.
PositionTwice = This item is named twice in the refund.
AlreadyRefunded = A request can be refunded only once.
RefundAsksForDecision = The client has already asked for a refund: approve or reject it.
RefundMoveNotAllowed = { $action ->
    [retry] Only a refund that the payment provider failed to make can be retried.
   *[other] Only a refund that was asked for can be decided on.
}
RefundNeedsWork = Take the request into work before deciding on its refund.

input-url-not-https = An address of the form https://… is needed.
input-refund-said-twice = Give either the amount, or the quantity and tariff.

payment-confirmation = We have received your payment of { $amount } for request No. { $number } “{ $offering_name }”{ $place }. The payment provider will send the receipt in a separate letter.
    .title = Payment of { $amount } for request No. { $number } received

# The link of an invoice: the SMS and the page.

invoice-link-sms = { $organisation }: invoice for request No. { $number }, { $amount }. Pay: { $link }

linked-invoice-title = Invoice for request No. { $number }
linked-invoice-due = Amount due
linked-invoice-paid = Paid
linked-invoice-refunded = Refunded
linked-invoice-closed = The invoice was withdrawn
linked-invoice-closed-why = This link no longer works. If the invoice is issued again, you will get another SMS. If you have questions, ask the management company: { $organisation }.
linked-invoice-refunded-sum = { $amount } refunded. The money will reach the card or account you paid from within 5–10 working days, depending on the bank.
linked-invoice-seller = { $seller }, INN { $inn }
linked-invoice-positions = What the invoice covers
linked-invoice-name = Name
linked-invoice-sum = Amount
linked-invoice-quantity = { $quantity } { $unit } × { $tariff }
linked-invoice-discount = { $discount }% off
linked-invoice-total = Total
linked-invoice-how = How would you like to pay?
linked-invoice-card = Card
linked-invoice-sbp = SBP
linked-invoice-email = E-mail for the receipt
linked-invoice-email-optional = E-mail for the receipt (optional)
linked-invoice-pay = Pay { $amount }
linked-invoice-leads = You will be taken to the payment provider's secure page.
linked-invoice-no-shop = Online payment is not available at the moment. Please contact the management company.
linked-invoice-awaited = Waiting for the payment to be confirmed. If you have paid, this page will update by itself: do not pay again.
linked-invoice-not-paid = I have not paid, back to the invoice
linked-invoice-begun = Payment of this invoice has already been started. If you have paid, wait a minute and reload the page.
linked-invoice-problem = That did not work
linked-invoice-return = Back to the invoice
