"""Calls and the settings of telephony; each part stands in a file of its own."""
