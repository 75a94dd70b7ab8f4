# The dashboard: what is wrong with a period.

input-period-too-long = A period has at most { $days } days.
