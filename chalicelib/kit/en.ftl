# What the house says when it cannot do what it was asked.

status-400 = Bad request
status-401 = Sign-in needed
status-403 = Not permitted
status-404 = Not found
status-409 = Conflict
status-412 = Version out of date
status-413 = Request too large
status-415 = Unsupported media type
status-422 = Refused
status-429 = Too often
status-500 = Internal error
status-503 = Temporarily unavailable

InternalError = Something went wrong on our side. We already know about it; please try again later.
NotDecent = { $count ->
    [one] { $count } field of the request is wrong.
   *[other] { $count } fields of the request are wrong.
}
PermissionMissing = The permission “{ $permission }” is needed.
StaleVersion = The record has changed since. Refresh it and try again.
ChangedMeanwhile = Somebody else changed the record first. Refresh it and try again.
CursorInvalid = The page cursor is not valid. Start the list from its beginning.
BodyTooLarge = The request is larger than { $limit } bytes.
MediaTypeUnsupported = Only application/json is accepted.
FormUnfit = Check that the fields are filled in correctly, and send them again.
IdempotencyKeyReused = This Idempotency-Key was used before with another body.
IdempotencyKeyInvalid = Idempotency-Key: 1 to 255 printable characters.
IfMatchInvalid = If-Match: the version as the ETag header gave it.
TokenMissing = Sign in to continue.
TokenForAnotherDoor = This sign-in is not for your role.
Contended = Too many changes at once. Try again in a few seconds.
SealBroken = The stored secret can no longer be read. Set it again.
SealsAway = The key store is not responding. Try again in a few seconds.
BusAway = The system could not pass an event on in time. Try again in a few seconds.

# In how long it may be tried again: within the words of refusals.

wait = { $wait_unit ->
    [hours] { $wait ->
        [one] { $wait } hour
       *[other] { $wait } hours
    }
    [minutes] { $wait ->
        [one] { $wait } minute
       *[other] { $wait } minutes
    }
   *[seconds] { $wait ->
        [one] { $wait } second
       *[other] { $wait } seconds
    }
}

input-invalid = The value is not valid.
input-missing = This field is required.
input-extra-forbidden = Unknown field.
input-json-invalid = This is not JSON.
input-string-type = A string is needed.
input-int-type = A whole number is needed.
input-int-parsing = A whole number is needed.
input-int-from-float = A whole number is needed.
input-bool-type = true or false is needed.
input-bool-parsing = true or false is needed.
input-list-type = A list is needed.
input-tuple-type = A list is needed.
input-set-type = A list is needed.
input-frozen-set-type = A list is needed.
input-enum = Allowed: { $expected }.
input-literal-error = Allowed: { $expected }.
input-string-too-short = { $min_length ->
    [one] At least { $min_length } character.
   *[other] At least { $min_length } characters.
}
input-string-too-long = { $max_length ->
    [one] At most { $max_length } character.
   *[other] At most { $max_length } characters.
}
input-string-pattern-mismatch = Not in the required format.
input-too-long = { $max_length ->
    [one] At most { $max_length } entry.
   *[other] At most { $max_length } entries.
}
input-too-short = { $min_length ->
    [one] At least { $min_length } entry.
   *[other] At least { $min_length } entries.
}
input-greater-than = Must be above { $gt }.
input-greater-than-equal = At least { $ge }.
input-less-than = Must be below { $lt }.
input-less-than-equal = At most { $le }.
input-control-character = Control characters are not allowed.
input-timezone-missing = Give the time zone, as in 2026-11-23T09:00:00Z.
input-year-out-of-range = The year is out of range.
input-phone-invalid = Not a valid phone number. A valid one is +79161234567, for example.
input-quantity-invalid = A quantity above zero with at most three decimals is needed, such as 1.5.
input-percent-invalid = A percentage from 0 to 100 with at most two decimals is needed.
input-email-invalid = Not a valid e-mail address.
input-datetime-parsing = A date and time by RFC 3339 is needed.
input-datetime-from-date-parsing = A date and time by RFC 3339 is needed.
input-datetime-type = A date and time by RFC 3339 is needed.
input-date-parsing = A date YYYY-MM-DD is needed.
input-date-from-datetime-parsing = A date YYYY-MM-DD is needed.
input-model-type = An object is needed.
input-dict-type = An object is needed.
