# Clients: why the house refuses.

ClientNotFound = The client was not found.
TenureNotFound = The client is not attached to these premises.
ClientNotInPremises = { $whose ->
    [own] These premises are not yours. Choose some of your own.
   *[other] The client does not belong to these premises. Choose a client from the list or attach this one.
}
PremisesUnknown = There are no such premises. Choose some from the list.
AlreadySettled = The client is already attached to these premises.
TooManyTenures = A client may be attached to { $limit } premises at most.
PhoneChangedBySupportOnly = The phone number is what the client signs in with. Only our support can change it.
ExternalIdOfAnotherSpace = Identifiers of the construction CRM are changed in that CRM.
ExternalIdTaken = Another client has this external identifier.
AlreadyBlocked = The client is already blocked.
NotBlocked = The client is not blocked.
BornInFuture = The date of birth has not come yet.
SeenAlready = A later sign-in of the client has already been noted.

input-inn-invalid = Check the INN: it has 10 or 12 digits, and the check digits do not match.
input-snils-invalid = Check the SNILS: it has 11 digits, and the check digits do not match.
input-external-ids-repeated = External identifiers are repeated.
input-one-search-only = Give either q or building_id.
