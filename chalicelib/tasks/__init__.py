"""Tasks and checklists («Задачи», «Чек-листы»): what is to be done about a request, or by itself.

A task has an executor and a time by which it is due; its executor is reminded of it once. The checklists of a
request show how far they are. Asks `requests` who may see a request; tells it, in the same transaction, what
became of both and whether an item is open, which a strict offering asks before completion.
"""
