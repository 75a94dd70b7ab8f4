"""Who is told of what: the employee by the matrix of his role, the resident of his own requests.

Listens to the houses below (`rules.TABLE`: one line an event), keeps each person's list with its number
of unread notices, and hands pushes and letters to `messaging`. Asks `staff` who ticks what, `clients` for a
resident's language, `requests` for an author. Announces nothing; never tells anybody of his own deed.
"""
