# The catalogue of offerings: refusals and hints of the order form.

OfferingNotFound = The service was not found.
CategoryNotFound = The category was not found.
OfferingNotActive = The service is archived: it can be neither changed nor ordered.
CategoryNotActive = The category is archived: it can be neither changed nor chosen.
AutomaticInvoiceInvalid = An automatic invoice needs a paid service with a legal entity; a quantity comes from a number field of the form, a condition from a choice field.
OfferingReferenceUnknown = The chosen value was not found. Refresh the list and choose again.

FormInvalid = { $count ->
    [one] Order form: { $count } field is wrong.
   *[other] Order form: { $count } fields are wrong.
}
FormFieldMissing = Fill in “{ $label }”.
FormFieldUnknown = The form of this service has no field “{ $code }”.
FormFieldNotText = Text of at most { $most ->
    [one] { $most } character is needed.
   *[other] { $most } characters is needed.
}
FormFieldNotNumber = A number is needed.
FormFieldTooSmall = At least { $least }.
FormFieldTooLarge = At most { $most }.
FormFieldNotOffered = Choose one of: { $choices }.
FormFieldNotDate = A date YYYY-MM-DD is needed.
FormFieldNotFile = An uploaded file is needed.

input-duration-invalid = Give a duration in days, hours and minutes, such as P1DT4H30M.
input-duration-out-of-range = The duration is from one minute to 365 days.
input-choices-misplaced = Choices belong to a choice field, and only to it.
input-choices-repeated = Choices are repeated.
input-bounds-misplaced = Bounds belong to a number field only.
input-bounds-crossed = The smallest value is above the largest.
input-field-codes-repeated = Codes of form fields are repeated.
input-file-fields-too-many = A form asks for at most 15 files.
input-buildings-repeated = Buildings are repeated.
