"""What the tests of the service ask and do, as somebody who may do everything."""

import json

from chalicelib.identity.service import reading_login
from chalicelib.kit.caller import Audience
from chalicelib.kit.dynamo import get
from chalicelib.staff import service
from chalicelib.staff.model import EmployeeChanges, EmployeesQuery
from chalicelib.staff.repository.rows import StaffRow
from tests.make import staff as make


def login(employee):
    return get(reading_login(employee.organisation, Audience.STAFF, employee.id))


def events(pk):
    rows = StaffRow.query(pk, StaffRow.sk.startswith('event#'))
    return [json.loads(row.body) for row in rows]


def rows_of(employee):
    return {row.sk for row in StaffRow.query(f'{employee.organisation}#employee#{employee.id}')}


def found(**query):
    page = service.employees.search(EmployeesQuery(**query), by=make.caller())
    return [employee.name for employee in page.items]


def change(employee, *, by=None, **changes):
    return service.employees.change(employee.id, EmployeeChanges(**changes), by=by or make.caller())


def dismiss(employee, *, by=None):
    return service.employees.dismiss(employee.id, by=by or make.caller())


def administrator(organisation='demo'):
    query = EmployeesQuery(role_id='administrator')
    return service.employees.search(query, by=make.caller(organisation)).items[0]


def administrator_other_than(employee):
    query = EmployeesQuery(role_id='administrator')
    others = service.employees.search(query, by=make.caller()).items
    return next(other for other in others if other.id != employee.id)
