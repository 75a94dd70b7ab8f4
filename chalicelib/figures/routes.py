"""The doors of the dashboard."""

from chalicelib.figures import service
from chalicelib.figures.model import BreakdownLine, BreakdownQuery, Dashboard, Period
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.http import Api
from chalicelib.kit.values import Page
from chalicelib.staff.model import Permission

staff = Api(__name__, '/v1/staff/dashboard', Audience.STAFF)
doors = [staff]


@staff.get(permission=Permission.REQUESTS_VIEW)
def read(query: Period, caller: Caller) -> Dashboard:
    """Read the dashboard: how many requests there are now, and what happened in a period and on each day.

    Days are those of the organisation's zone, and all figures are of the buildings the caller may see. They
    follow a change by a moment. A request is done on the day of its last completion while it stands done.
    """
    return service.dashboard(query, by=caller)


@staff.get('/breakdown', permission=Permission.REQUESTS_VIEW)
def list_breakdown(query: BreakdownQuery, caller: Caller) -> Page[BreakdownLine]:
    """List the same figures by offering, building or executor: what came most often in the period first.

    A request of several executors counts for each of them.
    """
    return service.breakdown(query, by=caller)
