# Documents of a request: refusals.

DocumentNotFound = The request has no such document.
TooManyDocuments = { $limit ->
    [one] A request takes { $limit } document at most. Delete one first.
   *[other] A request takes { $limit } documents at most. Delete one first.
}
