"""Decisions about files, without a world: limits, kinds, names, lives, pictures."""
