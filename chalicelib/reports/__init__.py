"""Reports («Отчеты»): the requests an employee has before him, as an Excel workbook of the fields he ticked;
and the register of payments in the same way, with all its columns.

A report is a job: it is ordered, written by a worker in the background, and kept as a file for some days.
Asks `requests` and `registers` what fits, and for the saved filters, `staff` and `premises` for names.
Announces who ordered what and what became of it; its own queue is the only listener.
"""
