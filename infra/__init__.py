"""Everything a deployment has beside the code: one template a house, merged into what Chalice packages."""
