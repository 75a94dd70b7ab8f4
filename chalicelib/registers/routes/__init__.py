"""The doors of the register."""

from chalicelib.registers.routes import payments

doors = [*payments.doors]
