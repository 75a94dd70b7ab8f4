"""The doors of calls: what staff see and settle, and where the exchange speaks. Residents have none."""

from chalicelib.calls.routes import desk, hooks, settings

doors = [*desk.doors, *settings.doors, *hooks.doors]
