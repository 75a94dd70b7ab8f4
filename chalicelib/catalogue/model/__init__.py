"""What a resident can order, what may be said about it, and what the house refuses."""

from chalicelib.catalogue.model.inputs import (
    CategoryChanges as CategoryChanges,
)
from chalicelib.catalogue.model.inputs import (
    CategoryQuery as CategoryQuery,
)
from chalicelib.catalogue.model.inputs import (
    NewCategory as NewCategory,
)
from chalicelib.catalogue.model.inputs import (
    NewOffering as NewOffering,
)
from chalicelib.catalogue.model.inputs import (
    OfferedQuery as OfferedQuery,
)
from chalicelib.catalogue.model.inputs import (
    OfferingChanges as OfferingChanges,
)
from chalicelib.catalogue.model.inputs import (
    OfferingQuery as OfferingQuery,
)
from chalicelib.catalogue.model.offering import (
    LARGEST_NUMBER as LARGEST_NUMBER,
)
from chalicelib.catalogue.model.offering import (
    LONGEST_TEXT_ANSWER as LONGEST_TEXT_ANSWER,
)
from chalicelib.catalogue.model.offering import (
    MOST_ASSIGNEES as MOST_ASSIGNEES,
)
from chalicelib.catalogue.model.offering import (
    Allowance as Allowance,
)
from chalicelib.catalogue.model.offering import (
    Answers as Answers,
)
from chalicelib.catalogue.model.offering import (
    Category as Category,
)
from chalicelib.catalogue.model.offering import (
    FieldKind as FieldKind,
)
from chalicelib.catalogue.model.offering import (
    FormField as FormField,
)
from chalicelib.catalogue.model.offering import (
    NewFormField as NewFormField,
)
from chalicelib.catalogue.model.offering import (
    Offering as Offering,
)
from chalicelib.catalogue.model.offering import (
    OfferingKind as OfferingKind,
)
from chalicelib.catalogue.model.offering import (
    OfferingState as OfferingState,
)
from chalicelib.catalogue.model.payment import (
    AutomaticPosition as AutomaticPosition,
)
from chalicelib.catalogue.model.payment import (
    AutomaticRefund as AutomaticRefund,
)
from chalicelib.catalogue.model.payment import (
    PaymentTime as PaymentTime,
)
from chalicelib.catalogue.model.refusals import (
    AutomaticInvoiceInvalid as AutomaticInvoiceInvalid,
)
from chalicelib.catalogue.model.refusals import (
    CategoryNotActive as CategoryNotActive,
)
from chalicelib.catalogue.model.refusals import (
    CategoryNotFound as CategoryNotFound,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldMissing as FormFieldMissing,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldNotDate as FormFieldNotDate,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldNotFile as FormFieldNotFile,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldNotNumber as FormFieldNotNumber,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldNotOffered as FormFieldNotOffered,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldNotText as FormFieldNotText,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldTooLarge as FormFieldTooLarge,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldTooSmall as FormFieldTooSmall,
)
from chalicelib.catalogue.model.refusals import (
    FormFieldUnknown as FormFieldUnknown,
)
from chalicelib.catalogue.model.refusals import (
    FormInvalid as FormInvalid,
)
from chalicelib.catalogue.model.refusals import (
    OfferingNotActive as OfferingNotActive,
)
from chalicelib.catalogue.model.refusals import (
    OfferingNotFound as OfferingNotFound,
)
from chalicelib.catalogue.model.refusals import (
    OfferingReferenceUnknown as OfferingReferenceUnknown,
)
