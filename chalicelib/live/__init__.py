"""Live updates: what happens is told to whoever listens, at most what the caller may see.

A socket is opened with a ticket that serves once, and listens to requests by their numbers or to the list of
the caller. Each piece of news is judged anew for each listener, and kept for a day for programs that cannot
keep a socket and ask for the changes since. Asks `identity` who still is signed in and `requests` who may
see; what it tells are signs of a change, never words. Announces nothing.
"""
