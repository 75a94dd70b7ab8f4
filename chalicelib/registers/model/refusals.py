"""What may be refused about the register and its reconciliations."""

from chalicelib.kit.errors import NotFound


class EntryNotFound(NotFound):
    """There is no such payment in the register, or none that the caller may see."""
