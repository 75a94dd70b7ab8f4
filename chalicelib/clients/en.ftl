# Clients: why the house refuses.

ClientNotFound = The client is not found.
TenureNotFound = The client is not attached to these premises.
ClientNotInPremises = { $whose ->
    [own] These premises are not yours. Choose some of your own.
   *[other] The client does not belong to these premises. Choose one from the list or attach him.
}
PremisesUnknown = There are no such premises. Choose some from the list.
AlreadySettled = The client is attached to these premises already.
TooManyTenures = A client may be attached to { $limit } premises at most.
PhoneChangedBySupportOnly = The telephone is what the client signs in with. Only our support can change it.
ExternalIdOfAnotherSpace = Identifiers of the construction CRM are changed there.
ExternalIdTaken = Another client has this external identifier.
AlreadyBlocked = The client is blocked already.
NotBlocked = The client is not blocked.
BornInFuture = The date of birth has not come yet.
SeenAlready = A later sign-in of the client is known already.

input-inn-invalid = Check the INN: 10 or 12 digits, its check digits do not agree.
input-snils-invalid = Check the SNILS: 11 digits, its check digits do not agree.
input-external-ids-repeated = External identifiers are repeated.
input-one-search-only = Give one of q and building_id.
