"""What stands in the register, who may see it, and how it is compared with what a provider holds."""
