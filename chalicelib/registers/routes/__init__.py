"""The doors of the register."""

from chalicelib.registers.routes import payments, reconciliations

doors = [*payments.doors, *reconciliations.doors]
