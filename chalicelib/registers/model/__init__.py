"""The nouns of the register."""
