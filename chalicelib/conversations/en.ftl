# Chat with the client: refusals.

input-message-empty = Write something or enclose a file.

MessageNotFound = The message was not found, or was deleted.
NotYourMessage = Only its author can edit or delete a message.
MessageTooOld = A message can be edited or deleted within { $minutes } minutes of its sending.
NobodyToWriteTo = The client of this request has no account: nobody would read the message.
TooManyMessages = Too many messages in a row. Wait a moment and try again.
DeferredMessageNotFound = The deferred message was not found.
DeferredMessageOver = { $state ->
    [sent] The deferred message has been sent already.
   *[other] The deferred message has been deleted.
}
SendingTimePast = The time of sending must be in the future.
SendingTimeTooFar = A message can be deferred by at most { $days } days.
ReplyTemplateNotFound = The reply template was not found.
PlaceholderUnknown = Nothing is known to put in place of {"{"}{ $placeholder }{"}"}.
TooManyReplyTemplates = There can be at most { $limit } reply templates.
ChangesUnknown = The conversation is not as far as this version. Read it anew.
