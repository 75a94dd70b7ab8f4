"""Where people live: buildings, their quarters and groups with administrators, and the premises in them.

Knows who administers a place and what is written on its card; who lives there is known upstairs, in
`clients`, which tells this house only how many. Asks `staff` for administrators and legal entities.
Announces what is added, changed and removed.
"""
