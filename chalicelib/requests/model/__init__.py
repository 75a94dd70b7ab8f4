"""The nouns of requests: the request itself, its statuses, what may be refused, what doors take and give."""
