"""What the house of offerings refuses, each by a name of its own."""

from chalicelib.kit.errors import BadFields, Conflict, Malformed, NotFound, Refused


class OfferingNotFound(NotFound):
    """There is no such offering here."""


class CategoryNotFound(NotFound):
    """There is no such category here."""


class OfferingNotActive(Conflict):
    """The offering is archived: it can be read, not changed or ordered."""


class CategoryNotActive(Conflict):
    """The category is archived: it can be read, not changed or chosen."""


class FormInvalid(BadFields):
    """Answers to an order form are missing or wrong; `problems` names each (REQ-057)."""


class FormFieldMissing(Malformed):
    """A mandatory field is not filled."""


class FormFieldUnknown(Malformed):
    """The offering's form has no such field."""


class FormFieldNotText(Malformed):
    """The answer is not a text of at most `most` characters."""


class FormFieldNotNumber(Malformed):
    """The answer is not a number."""


class FormFieldTooSmall(Malformed):
    """The number is below `least`."""


class FormFieldTooLarge(Malformed):
    """The number is above `most`."""


class FormFieldNotOffered(Malformed):
    """The answer is none of the field's choices."""


class FormFieldNotDate(Malformed):
    """The answer is not a date YYYY-MM-DD of the years 1900 to 2099."""


class FormFieldNotFile(Malformed):
    """The answer is not the key of an uploaded file."""


class AutomaticInvoiceInvalid(Refused):
    """An automatic invoice needs a paid offering, a price list, and fields of the form that fit."""


class OfferingReferenceUnknown(Refused):
    """The offering names a category, employee, department, legal entity or building that is not there."""
