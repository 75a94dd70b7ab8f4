"""The money of a request, what may be said of it, and what the house refuses."""
