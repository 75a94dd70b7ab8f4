# Quarters, groups, buildings and premises: why the house refuses.

QuarterNotFound = The quarter is not found.
GroupNotFound = The group of buildings is not found.
BuildingNotFound = The building is not found.
PremisesNotFound = The premises are not found.
BuildingNotEmpty = Premises stand in the building. Remove them first.
PremisesInhabited = Clients are attached to the premises. Detach them first.
PremisesNumberTaken = The building already has premises of this kind and number.
QuarterUnknown = There is no such quarter. Choose one from the list.
GroupUnknown = There is no such group of buildings. Choose one from the list.
LegalEntityUnknown = There is no such legal entity. Choose one from the list.
AdministratorUnknown = An administrator must be an employee who works here.
BuildingUnknown = There is no such building. Choose one from the list.
BuildingBeyondScope = Only an employee who sees all buildings may add one.

input-one-filter-only = Give one of q, quarter_id and group_id.
