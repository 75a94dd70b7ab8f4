# Notices to employees and residents: a title and a text for each kind.

input-ids-or-all = Give either ids or all: true.

notice-about = No. { $number } “{ $offering_name }” ({ $address })
notice-works = { $timing ->
    [since] {" "}Work begins on { $works_since }, { $works_since_time }.
    [until] {" "}Work ends on { $works_until }, { $works_until_time }.
    [period] {" "}Work lasts from { $works_since }, { $works_since_time }, to { $works_until }, { $works_until_time }.
   *[unknown] {""}
}

# To employees

notice-assigned = You have been assigned to request { notice-about }.
    .title = Request No. { $number }: new assignment
notice-named_controller = You have been named controller of request { notice-about }.
    .title = Request No. { $number }: you are the controller
notice-quality_control_needed = Request { notice-about } needs your quality control.
    .title = Request No. { $number }: quality control needed
notice-suspension_ending = The suspension of request { notice-about } ends on { $resume_until } at { $resume_until_time }.
    .title = Request No. { $number }: suspension ending
notice-request_created = { $status ->
    [approval] New request { notice-about }. Approval is needed.
   *[other] New request { notice-about }.
}
    .title = New request No. { $number }
notice-request_changed = The initial data of request { notice-about } has changed.
    .title = Request No. { $number } updated
notice-status_changed = { $status ->
    [waiting] Request { notice-about } is waiting to be done.
    [in_progress] { $was ->
        [suspended] Work on request { notice-about } has been resumed.
        [quality_control] Request { notice-about } came back from quality control for rework.
       *[other] Request { notice-about } has been taken into work.
    }
    [done] Request { notice-about } is done.
    [suspended] Request { notice-about } is suspended until { $resume_until }.
    [cancelled] Request { notice-about } has been cancelled.
    [reopened] Request { notice-about } has been reopened.
    [approval] { $was ->
        [clarification] Request { notice-about } has been clarified. Approval is needed.
       *[other] Request { notice-about } is waiting for approval.
    }
    [clarification] Request { notice-about } needs clarification.
   *[quality_control] Request { notice-about } has been sent to quality control.
}
    .title = Request No. { $number }: { $status ->
        [waiting] waiting
        [in_progress] in progress
        [done] done
        [suspended] suspended
        [cancelled] cancelled
        [reopened] reopened
        [approval] approval
        [clarification] clarification needed
       *[quality_control] quality control
    }
notice-request_approved = Request { notice-about } has been approved.
    .title = Request No. { $number } approved
notice-request_rated = The client rated request { notice-about }: { $points ->
    [one] { $points } point
   *[other] { $points } points
}.
    .title = Request No. { $number }: rating
notice-rating_changed = The client changed the rating of request { notice-about } from { $was ->
    [one] { $was } point
   *[other] { $was } points
} to { $points }.
    .title = Request No. { $number }: rating changed
notice-comment_added = { $is_important ->
    [true] An important comment from an employee on request { notice-about }.
   *[false] A new comment on request { notice-about }.
}
    .title = Request No. { $number }: a new comment
notice-chat_message_received = { $reason ->
    [client_changed] Your deferred message on request { notice-about } was not sent: the request has another client now. Send it yourself, move it or delete it.
   *[other] A new message from the client in the chat of request { notice-about }.
}
    .title = Request No. { $number }: { $reason ->
        [client_changed] a deferred message was not sent
       *[other] a new message in the chat
    }
notice-payment_received = A payment has been received for request { notice-about }: { $amount }.
    .title = Request No. { $number }: payment received
notice-money_returned = { $refund_status ->
    [requested] The client asks for { $amount } back for request { notice-about }.
    [completed] { $amount } has been refunded to the client for request { notice-about }.
    [failed] The payment provider did not refund { $amount } for request { notice-about }. Check the balance of the shop and retry the refund.
   *[other] The client paid { $amount } for an invoice of request { notice-about } that was already closed, and the money could not be returned. Contact the payment provider.
}
    .title = Request No. { $number }: { $refund_status ->
        [requested] refund asked for
        [completed] refund made
       *[other] refund failed
    }
notice-closing_receipt_stuck = The second receipt of a prepayment of { $amount } for request { notice-about } has not been made, or it is not known whether it has. Check the cash register: if there is no receipt, retry it; if there is one, confirm it.
    .title = Request No. { $number }: no second receipt
notice-reconciliation_differed = The reconciliation of payments of { $day } with shop { $shop_id } found { $differences ->
        [one] { $differences } difference
       *[other] { $differences } differences
    }, of which set right: { $settled }.
    .title = Reconciliation of { $day }: differences found
notice-task_created = { $is_alone ->
    [true] A new task “{ $title }” for { $executor }, due on { $due_at } at { $due_at_time }.
   *[false] A new task “{ $title }” about request No. { $number } for { $executor }, due on { $due_at } at { $due_at_time }.
}
    .title = { $is_alone ->
        [true] A new task
       *[false] Request No. { $number }: a new task
    }
notice-task_deadline_near = { $is_alone ->
    [true] The task “{ $title }” is due soon: { $due_at }, { $due_at_time }.
   *[false] The task “{ $title }” about request No. { $number } is due soon: { $due_at }, { $due_at_time }.
}
    .title = { $is_alone ->
        [true] A task is due soon
       *[false] Request No. { $number }: a task is due soon
    }
notice-execution_breached = The execution SLA of request { notice-about } is breached: it was due on { $until } at { $until_time }.
    .title = Request No. { $number } is overdue
notice-execution_deadline_near = Request { notice-about } is due soon: { $until }, { $until_time }.
    .title = Request No. { $number }: deadline near

# To residents

resident-notice-request_registered = We have registered your request { notice-about }.
    .title = Request No. { $number } registered
resident-notice-request_started = { $was ->
    [suspended] We have resumed work on your request { notice-about }.
    [reopened] We have taken up your request { notice-about } again.
   *[other] We have started work on your request { notice-about }.
}
    .title = Request No. { $number } in progress
resident-notice-request_suspended = Work on your request { notice-about } is suspended until { $resume_until }. We will continue as soon as we can.
    .title = Request No. { $number } suspended
resident-notice-suspension_moved = The suspension of your request { notice-about } now lasts until { $resume_until }.
    .title = Request No. { $number }: new date of resumption
resident-notice-request_cancelled = Your request { notice-about } has been cancelled. If you have questions, write to us.
    .title = Request No. { $number } cancelled
resident-notice-request_reopened = We have reopened your request { notice-about } and will return to it.
    .title = Request No. { $number } reopened
resident-notice-clarification_asked = Your request { notice-about } needs clarification. Open it and reply to us.
    .title = Request No. { $number }: clarification needed
resident-notice-rating_asked = Your request { notice-about } is done. Please rate our work.
    .title = Request No. { $number } done
resident-notice-message_received = There is a new message in the chat of your request { notice-about }.
    .title = Request No. { $number }: a new message
resident-notice-invoice_issued = There is an invoice of { $amount } for request { notice-about }. You can pay it in the app.
    .title = Request No. { $number }: an invoice to pay
resident-notice-invoice_paid = We have received your payment of { $amount } for request { notice-about }. Thank you!
    .title = Request No. { $number }: payment received
resident-notice-refund_approved = We are refunding { $amount } to you for request { notice-about }. The money will come back to where you paid from within 5 to 10 working days.
    .title = Request No. { $number }: refund approved
resident-notice-refund_rejected = Your refund for request { notice-about } was rejected. Reason: { $rejection }
    .title = Request No. { $number }: refund rejected
resident-notice-refund_completed = Your refund of { $amount } for request { notice-about } has been sent to your bank.
    .title = Request No. { $number }: refund made
resident-notice-money_returned = The invoice for request { notice-about } was no longer due, so we have returned { $amount } to you.
    .title = Request No. { $number }: payment returned
resident-notice-incident_announced = { $news ->
    [completed] The work is finished: { $title }.
    [cancelled] Cancelled: { $title }.
   *[opened] { $text }{ notice-works }
}
    .title = { $news ->
    [changed] Changes: { $title }
   *[opened] { $title }
}
resident-notice-rating_reminded = You have not rated request { notice-about } yet. Your rating helps us do better.
    .title = Request No. { $number }: rate our work
