# Sending push, e-mail and SMS.

MessagesNotTaken = The message could not be handed over for sending. Try again.
BeingDelivered = The message is already being sent.
NotTakenYet = The message has not been accepted yet; it will be tried again.
PushTokenInvalid = The push token of this device is not valid. Restart the app.
PushNotConfigured = Push notifications are not set up for this platform.
PushAway = The push service is not responding. Try again later.
SmsNotConfigured = SMS is not set up. Fill in every field under Administration → Integration → SMS.
SmsLoginWrong = The SMS centre did not accept the user name or password. Check the integration settings.
SmsNumberRefused = The SMS centre cannot deliver to this number.
SmsTextRefused = The SMS centre does not allow the sender name or the text.
SmsCentreBusy = The SMS centre was asked too often. Try again in { wait }.
SmsCentreAway = The SMS centre is not responding. Try again later.
