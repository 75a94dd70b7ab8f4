# Notices to employees and residents: a title and a text for each kind.

input-ids-or-all = Give either ids or all: true.

notice-about = No. { $number } “{ $offering_name }”, { $address }

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
notice-request_changed = The initial data of request { notice-about } have changed.
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
notice-request_rated = The resident rated request { notice-about }: { $points ->
    [one] { $points } point
   *[other] { $points } points
}.
    .title = Request No. { $number }: rating
notice-rating_changed = The resident changed the rating of request { notice-about } from { $was ->
    [one] { $was } point
   *[other] { $was } points
} to { $points }.
    .title = Request No. { $number }: rating changed
notice-comment_added = { $is_important ->
    [true] An important comment by an employee on the request { notice-about }.
   *[false] A new comment on the request { notice-about }.
}
    .title = Request No. { $number }: a new comment
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
resident-notice-request_suspended = Work on your request { notice-about } is suspended until { $resume_until }. We will go on as soon as we can.
    .title = Request No. { $number } suspended
resident-notice-suspension_moved = The suspension of your request { notice-about } now lasts until { $resume_until }.
    .title = Request No. { $number }: new date of resumption
resident-notice-request_cancelled = Your request { notice-about } has been cancelled. If you have questions, write to us.
    .title = Request No. { $number } cancelled
resident-notice-request_reopened = We have reopened your request { notice-about } and will return to it.
    .title = Request No. { $number } reopened
resident-notice-clarification_asked = Your request { notice-about } needs clarification. Open it and answer us.
    .title = Request No. { $number }: clarification needed
resident-notice-rating_asked = Your request { notice-about } is done. Please rate our work.
    .title = Request No. { $number } done
resident-notice-rating_reminded = You have not rated request { notice-about } yet. Your rating helps us do better.
    .title = Request No. { $number }: rate our work
