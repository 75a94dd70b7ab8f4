# A client's activity: a sentence for each kind, without person or gender.

activity-about = No. { $number } “{ $offering_name }”
activity-home = { $home ->
    [known] { $address }, unit { $premises_number }
   *[other] the premises no longer exist
}
activity-right = { $right ->
    [owner] owner
    [tenant] tenant
    [family] family member
   *[other] on other grounds
}

activity-request_created = { $actor ->
    [staff] Request { activity-about } created, entered by { $author }
    [partner] Request { activity-about } created, entered by a partner
   *[other] Request { activity-about } created
}
activity-request_cancelled = Request { activity-about } cancelled
activity-request_reopened = Request { activity-about } reopened
activity-clarification_given = Question about request { activity-about } answered
activity-request_rated = Request { activity-about } rated: { $points ->
    [one] { $points } point
   *[other] { $points } points
}
activity-rating_changed = Rating of request { activity-about } changed from { $was ->
    [one] { $was } point
   *[other] { $was } points
} to { $points }
activity-message_sent = Message written in the chat of request { activity-about }
activity-invoice_paid = Invoice of request { activity-about } paid: { $amount }
activity-refund_asked = Refund of { $amount } asked for, request { activity-about }
activity-client_added = { $actor ->
    [staff] Client added by { $author }
   *[other] Client added
}
activity-home_given = Client attached to premises ({ activity-home }): { activity-right }
activity-home_changed = Right to premises changed ({ activity-home }): now { activity-right }
activity-home_ended = Client detached from premises ({ activity-home })
activity-signed_in = { $client ->
    [site] Signed in to the account on the site
   *[other] Signed in to the residents' app
}
activity-called = { $length ->
    [known] Call to the management company, talk time { $talk }
   *[other] Call to the management company
}
activity-call_missed = Call to the management company that nobody answered
