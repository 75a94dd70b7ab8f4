# Chat with the client: refusals.

input-message-empty = Write something or attach a file.

MessageNotFound = The message was not found or has been deleted.
NotYourMessage = Only its author can edit or delete a message.
MessageTooOld = A message can be edited or deleted within { $minutes } minutes of being sent.
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
PlaceholderUnknown = It is not known what to put in place of {"{"}{ $placeholder }{"}"} in the template.
TooManyReplyTemplates = There can be at most { $limit } reply templates.
ChangesUnknown = The conversation has not reached this version. Read it again.
