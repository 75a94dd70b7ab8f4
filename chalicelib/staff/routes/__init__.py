"""The doors of the house of staff, all for its own people."""

from chalicelib.staff.routes import employees, organisation, roles

doors = [employees.staff, *roles.doors, *organisation.doors]
