# Reports: why not, what can be ticked, and what stands in the cells.

ReportNotFound = There is no such report.
ReportAlreadyOver = The report is finished: there is nothing left to cancel.
TooManyReports = { $limit ->
    [one] No more than { $limit } report is made at a time. Wait for it or cancel it.
   *[other] No more than { $limit } reports are made at a time. Wait for one of them or cancel it.
}
ReportsOnlyInCrm = Reports are made only in the CRM.

report-failure-employee_dismissed = The employee who ordered the report no longer works in the organisation.
report-failure-too_many_rows = { $limit ->
    [one] A report holds no more than { $limit } row. Narrow the filters.
   *[other] A report holds no more than { $limit } rows. Narrow the filters.
}
report-failure-interrupted = The report could not be made. Please try again.
report-failure-not_started = The report's turn did not come. Please try again.

report-sheet-requests = Requests
report-sheet-payments = Payments
report-file-requests = Requests { $at }
report-file-payments = Payments { $at }

report-group-request = Request
report-group-place = Address
report-group-client = Client
report-group-people = People in charge
report-group-sla = Deadlines
report-group-result = Result
report-group-money = Payment

report-field-number = Number
report-field-status = Status
report-field-status_comment = Comment on the status
report-field-channel = Channel
report-field-offering = Service
report-field-form = Order form
report-field-labels = Labels
report-field-incident = Incident
report-field-created_at = Created
report-field-author = Author
report-field-updated_at = Updated
report-field-address = Address
report-field-premises = Premises
report-field-quarter = Quarter
report-field-group = Group of buildings
report-field-client = Client
report-field-phone = Client's phone
report-field-assignees = Assignees
report-field-controller = Controller
report-field-department = Department
report-field-first_started_at = Taken into work
report-field-reaction_limit = Reaction SLA
report-field-react_until = Take into work by
report-field-reaction_verdict = Reaction SLA met
report-field-reaction_time = Reaction time
report-field-execution_limit = Execution SLA
report-field-execute_until = Complete by
report-field-execution_verdict = Execution SLA met
report-field-execution_time = Execution time
report-field-suspended_until = Suspended until
report-field-done_at = Done
report-field-cancelled_at = Cancelled
report-field-rating = Rating
report-field-rating_comment = Comment on the rating
report-field-paid = Payment
report-field-refund_status = Refund
report-field-refund_sum = Refund, RUB

report-status-waiting = Waiting
report-status-in_progress = In progress
report-status-done = Done
report-status-suspended = Suspended
report-status-cancelled = Cancelled
report-status-reopened = Reopened
report-status-approval = Approval
report-status-clarification = Needs clarification
report-status-quality_control = Quality control

report-channel-incoming_call = Incoming call
report-channel-outgoing_call = Outgoing call
report-channel-visit = Visit in person
report-channel-email = E-mail
report-channel-social = Social networks and messengers
report-channel-internal = Internal channel
report-channel-other = Other
report-channel-app = Mobile app
report-channel-site = Personal account on the site

report-label-reaction_breached = Reaction SLA breached
report-label-execution_breached = Execution SLA breached
report-label-important_comment = Important comment from an employee
report-label-invoice_not_issued = Invoice not issued
report-label-invoice_unpaid = Invoice not paid
report-label-invoice_marked_paid = Invoice marked as paid
report-label-invoice_paid = Invoice paid
report-label-refund_requested = Refund requested
report-label-refund_approved = Refund approved

report-verdict-pending = Still running
report-verdict-observed = Met
report-verdict-breached = Breached

report-refund-requested = Requested
report-refund-rejected = Rejected
report-refund-approved = Approved
report-refund-completed = Completed
report-refund-failed = Failed

report-author-partner = Partner
report-author-system = System

report-payment-kind = Kind
report-payment-state = State
report-payment-created_at = Started
report-payment-ended_at = Ended
report-payment-amount = Amount
report-payment-came = Received
report-payment-went = Returned
report-payment-number = Request
report-payment-offering = Service
report-payment-marketplace = Marketplace
report-payment-client = Client
report-payment-address = Address
report-payment-premises = Premises
report-payment-legal_entity = Legal entity
report-payment-provider = Payment provider
report-payment-shop = Shop
report-payment-method = Payment method
report-payment-external_id = Number at the provider
report-payment-payment = Payment number
report-payment-decline = Reason for decline
report-payment-test = Test

report-payment-total = Total
report-payment-yes = Yes
report-payment-no = No
report-payment-kind-payment = Payment
report-payment-kind-refund = Refund
report-payment-state-awaited = Awaiting payment
report-payment-state-paid = Paid
report-payment-state-declined = Declined
report-payment-state-unwanted = Paid above the invoice
report-payment-state-going = On its way back
report-payment-state-returned = Returned
report-payment-state-failed = Refund failed
report-payment-method-any = Chosen by the client
report-payment-method-card = Bank card
report-payment-method-sbp = SBP
report-payment-provider-yookassa = YooKassa
report-payment-provider-tbank = T-Bank
report-payment-decline-insufficient_funds = Insufficient funds
report-payment-decline-card_expired = Card expired
report-payment-decline-card_wrong = Wrong card details
report-payment-decline-confirmation_failed = 3-D Secure failed
report-payment-decline-ask_your_bank = Declined by the bank
report-payment-decline-bank_away = Bank unavailable
report-payment-decline-limit_exceeded = Limit exceeded
report-payment-decline-method_restricted = Method not available
report-payment-decline-fraud_suspected = Fraud suspected
report-payment-decline-identification_required = Identification required
report-payment-decline-permission_revoked = Card removed
report-payment-decline-expired = Not paid in time
report-payment-decline-canceled_by_us = Cancelled
report-payment-decline-rejected_by_payee = Rejected by the payee
report-payment-decline-account_closed = Account closed
report-payment-decline-other = Another reason
