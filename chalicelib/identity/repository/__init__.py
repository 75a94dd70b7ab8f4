"""The only place that knows the rows of identity."""
