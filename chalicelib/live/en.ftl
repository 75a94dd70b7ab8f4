# Live updates: refusals.

TicketSpent = The ticket has served, is too old or was never given. Get another: it lives a minute and opens one socket.
SocketUnknown = The socket is closed. Open another one.
TooManySockets = { $limit } sockets are open, which is the most there may be. Close some.
TooManySubscriptions = One socket listens to { $limit } requests at most. Unsubscribe from some.
FrameUnreadable = There is no such command. There are subscribe and unsubscribe, with a number or a list, and ping.
SinceInvalid = This is no `next` of an answer to you. Ask without `since` to begin from now.
SinceForgotten = Changes are kept for a day. Read the lists anew and ask for changes from now on.
SocketsAway = The sockets cannot be reached now. Try again later.
