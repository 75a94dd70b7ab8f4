"""What a request adds to the counters, what periods are made of, and what counters tell; nothing is read."""
