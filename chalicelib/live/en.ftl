# Live updates: refusals.

TicketSpent = The ticket has been used, has expired or was never issued. Get another: it lives a minute and opens one socket.
SocketUnknown = The socket is closed. Open another one.
TooManySockets = { $limit } sockets are open, and there can be no more. Close some of them.
TooManySubscriptions = One socket can follow at most { $limit } requests. Unsubscribe from some of them.
FrameUnreadable = There is no such command. There are subscribe and unsubscribe, with a number or a list, and ping.
SinceInvalid = This is not the next of an earlier answer. Ask without since to begin from now.
SinceForgotten = Changes are kept for a day. Read the lists again and ask for changes from now on.
SocketsAway = The sockets are not available now. Try again later.
