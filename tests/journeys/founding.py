"""Founds an organisation for each line of its input, as an operator does: there is no door for it.

Run as `python -m tests.journeys.founding` under the settings of a runtime; says who administers each.
"""

import sys

from chalicelib.staff import service as staff
from chalicelib.staff.model import NewOrganisation

if __name__ == '__main__':
    for line in sys.stdin:
        print(staff.found(NewOrganisation.model_validate_json(line)).administrator.id, flush=True)
