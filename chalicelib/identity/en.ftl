# Signing in: codes, sessions, and what to say to those who cannot.

sign-in-sms =
    Code { $code }. Tell nobody.
    @{ $site } #{ $code }
sign-in-email =
    Code { $code }. Tell nobody.

    Enter it on the sign-in page of { $organisation } within five minutes. If you did not ask for it, do nothing: nobody gets in without it.
    .subject = Your sign-in code: { $code }

PhoneTaken = Somebody else has this phone already.
EmailTaken = Somebody else has this e-mail address already.
LoginNotFound = This person has no sign-in.
TokenForged = The sign-in is not valid. Sign in again.
TokenExpired = The sign-in has expired. Refresh it or sign in again.
SessionEnded = The session is over. Sign in again.
RefreshTokenUnknown = The sign-in is not valid. Sign in again.
RefreshTokenSpent = The session was ended because its key was used twice. Sign in again.
SessionNotFound = There is no such session.
OrganisationUnknown = There is no such organisation.
PhoneNotMobile = Codes are sent only to Russian mobile numbers.
EmailForStaffOnly = Residents sign in by phone.
ClientForAnotherAudience = This program is not made for your role.
CodeWrong = { $tries_left ->
    [0] The code is wrong. Ask for a new one.
    [one] The code is wrong. { $tries_left } try is left.
   *[other] The code is wrong. { $tries_left } tries are left.
}
CodeExpired = The code has expired. Ask for a new one.
CodeUsed = The code was used already. Ask for a new one.
TooManyTries = There are no tries left. Ask for a new code.
CodesTooOften = Codes were asked for too often. Try again in { $retry_after ->
    [one] { $retry_after } second.
   *[other] { $retry_after } seconds.
}
SignInLocked = Too many wrong codes. Signing in by this address is closed for a day.
CodeBudgetSpent = No more codes are sent today. Try again tomorrow.

input-one-address = Give either a phone or an e-mail address.
