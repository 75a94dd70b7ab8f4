# Signing in: codes, sessions, and what to say to those who cannot.

sign-in-sms =
    Code { $code }. Do not share it with anyone.
    @{ $site } #{ $code }
sign-in-email =
    Code { $code }. Do not share it with anyone.

    Enter it on the sign-in page of { $organisation } within five minutes. If you did not request it, do nothing: nobody can sign in without it.
    .subject = Your sign-in code: { $code }

PhoneTaken = This phone number already belongs to somebody else.
EmailTaken = This e-mail address already belongs to somebody else.
LoginNotFound = No sign-in has been created for this person.
TokenForged = The sign-in is not valid. Sign in again.
TokenExpired = The sign-in has expired. Refresh it or sign in again.
SessionEnded = The session is over. Sign in again.
RefreshTokenUnknown = The sign-in is not valid. Sign in again.
RefreshTokenSpent = The session was ended because its key was used twice. Sign in again.
SessionNotFound = There is no such session.
OrganisationUnknown = There is no such organisation.
PhoneNotMobile = Codes are sent only to Russian mobile numbers.
EmailForStaffOnly = Residents sign in by phone number.
ClientForAnotherAudience = This app is not for your role.
CodeWrong = { $tries_left ->
    [0] The code is wrong. Request a new one.
    [one] The code is wrong. { $tries_left } attempt is left.
   *[other] The code is wrong. { $tries_left } attempts are left.
}
CodeExpired = The code has expired. Request a new one.
CodeUsed = The code has already been used. Request a new one.
TooManyTries = There are no attempts left. Request a new code.
CodesTooOften = Codes were requested too often. Try again in { wait }.
SignInLocked = Too many wrong codes. Signing in with this number or address is closed for a day.
CodeBudgetSpent = No more codes are sent today. Try again tomorrow.

input-one-address = Give either a phone number or an e-mail address.
