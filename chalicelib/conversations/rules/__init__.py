"""Pure decisions of conversations: positions, ticks, counts, who may still change what."""
