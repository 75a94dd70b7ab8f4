"""Pure decisions about incidents: their course, what they are about, and how far their jobs are."""
