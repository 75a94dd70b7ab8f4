"""Decisions about workbooks of prices: what they say, and what becomes of the list by it."""
