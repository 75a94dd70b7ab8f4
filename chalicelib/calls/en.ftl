# Telephony: refusals.

CallSignatureForged = The signature is not accepted: it is not by the exchange of this organisation.
CallSignatureStale = The signature is older than five minutes. Sign the message anew.
CallNewsUntimely = The event is more than five minutes in the future, or more than a week old.
RecordingNotOfProvider = A recording is accepted by https only, and only from the provider's hosts named in the settings.
CallNotFound = The call is not found.
CallNotRecorded = This call has no recording.
CallHasRequest = The call is attached to request No { $number }. Detach it first.
CallHasNoRequest = No request is attached to this call.
LineNotFound = Nobody sits at this internal number.
SeatedIsDismissed = The employee has left and cannot be given a number.
TelephonyNotConnected = No exchange is connected.

input-recording-misplaced = The address of a recording comes with the event recorded alone, and it never comes without.
