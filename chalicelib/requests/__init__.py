"""Requests («Заявки»): somebody asks for something to be done in a house, and it is done, watched and rated.

The life-cycle, the clocks and the people of a request are judged here and nowhere else. The house
announces every change; whoever must react listens. It asks the catalogue what was ordered, clients and
premises for whom and where, staff by whom; it never asks the houses above, they push marks down
(`service.marking`).
"""
