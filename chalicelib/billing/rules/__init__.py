"""Decisions about money: amounts, the life of an invoice, what the request carries of it."""
