"""The organisation and its people: settings, legal entities, departments, employees, roles.

Says who may do what (permissions of the role, places of the employee) and who is told what (the role's
notification matrix). Puts "who may sign in" into identity in its own transactions; may ask messaging and
identity. Announces OrganisationFounded, EmployeeHired, EmployeeChanged, EmployeeDismissed, RoleChanged,
DepartmentChanged, LegalEntityChanged, SettingsChanged.
"""
