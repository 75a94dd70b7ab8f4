# Quarters, groups, buildings and premises: why the house refuses.

QuarterNotFound = The quarter was not found.
GroupNotFound = The group of buildings was not found.
BuildingNotFound = The building was not found.
PremisesNotFound = The premises were not found.
BuildingNotEmpty = There are premises in the building. Remove them first.
PremisesInhabited = Clients are attached to the premises. Detach them first.
PremisesNumberTaken = The building already has premises of this kind with this number.
QuarterUnknown = There is no such quarter. Choose one from the list.
GroupUnknown = There is no such group of buildings. Choose one from the list.
LegalEntityUnknown = There is no such legal entity. Choose one from the list.
AdministratorUnknown = An administrator must be an employee who works here.
BuildingUnknown = There is no such building. Choose one from the list.
BuildingBeyondScope = Only an employee who sees all buildings may add one.

input-one-filter-only = Give only one of q, quarter_id and group_id.
