"""Pure decisions of requests: the life-cycle, the clocks, the people, the rating."""
