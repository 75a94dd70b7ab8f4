# Telephony: refusals.

CallSignatureForged = The signature is not accepted: it was not made by the exchange of this organisation.
CallSignatureStale = The signature is older than five minutes. Sign the message again.
CallNewsUntimely = The event is more than five minutes in the future, or more than a week old.
RecordingNotOfProvider = A recording is accepted by https only, and only from the provider's hosts named in the settings.
CallNotFound = The call was not found.
CallNotRecorded = This call has no recording.
CallHasRequest = The call is attached to request No. { $number }. Detach it first.
CallHasNoRequest = No request is attached to this call.
LineNotFound = Nobody is assigned to this internal number.
SeatedIsDismissed = The employee has been dismissed and cannot be given a number.
TelephonyNotConnected = No exchange is connected.

input-recording-misplaced = The address of a recording is given only with the event recorded, which never comes without one.
