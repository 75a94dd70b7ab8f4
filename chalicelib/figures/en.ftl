# The dashboard: what is wrong with a period.

input-period-too-long = A period can be at most { $days } days long.
