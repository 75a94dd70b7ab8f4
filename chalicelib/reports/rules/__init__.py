"""Pure decisions of reports: what stands in a column, and what becomes of a job."""
