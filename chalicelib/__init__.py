"""Domovoy: the backend of a property-management company, one folder a capability."""

import gc

# Importing makes some hundred thousand things that all stay. Looking for rubbish among them every 700 is a
# sixth of a cold start; every 50,000, a call still cleans up after itself.
gc.set_threshold(50_000)
