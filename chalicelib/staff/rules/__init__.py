"""Pure decisions of the house of staff: who may entrust what to whom, names, requisites, seeded roles."""
