"""What the house of places refuses."""

from chalicelib.kit.errors import Conflict, Forbidden, NotFound, Refused


class QuarterNotFound(NotFound):
    """There is no such quarter."""


class GroupNotFound(NotFound):
    """There is no such group."""


class BuildingNotFound(NotFound):
    """There is no such building, or it is outside the caller's scope."""


class PremisesNotFound(NotFound):
    """There is no such premises, or its building is outside the caller's scope."""


class BuildingNotEmpty(Conflict):
    """Premises stand in the building; it can be removed only when they are gone."""


class PremisesInhabited(Conflict):
    """Clients are attached to the premises; it can be removed only when they are gone."""


class PremisesNumberTaken(Conflict):
    """The building has a premises of this kind and number."""

    field = 'body.number'


class QuarterUnknown(Refused):
    """The building names a quarter that does not exist."""

    field = 'body.quarter_id'


class GroupUnknown(Refused):
    """The building names a group that does not exist."""

    field = 'body.group_id'


class LegalEntityUnknown(Refused):
    """The building names a legal entity that does not exist."""

    field = 'body.legal_entity_id'


class AdministratorUnknown(Refused):
    """An administrator is not an employee of the organisation."""

    field = 'body.administrator_ids'


class BuildingUnknown(Refused):
    """The premises names a building that does not exist or is outside the caller's scope."""

    field = 'body.building_id'


class BuildingBeyondScope(Forbidden):
    """Who sees only some buildings adds no new ones: he would not see them."""
