"""Domovoy: the backend of a property-management company, one folder a capability."""
