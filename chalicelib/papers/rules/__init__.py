"""Decisions about papers: what they say, what a template may hold, what becomes of packages and trials."""
