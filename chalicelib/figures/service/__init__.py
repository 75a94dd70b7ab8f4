"""The desk of the figures: events become counters, staff look at them, and all can be counted anew."""

from chalicelib.figures.service.counting import count
from chalicelib.figures.service.looking import breakdown, dashboard
from chalicelib.figures.service.recounting import check, recount

__all__ = ['breakdown', 'check', 'count', 'dashboard', 'recount']
