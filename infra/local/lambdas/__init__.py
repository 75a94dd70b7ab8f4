"""How a deployed function runs here: our interpreter, the working tree, one process for each environment.

MiniStack executes the one-file package of a function, `bootstrap.py`. That asks the nursery, a process with
the libraries already imported, to fork; the fork runs `worker.py`, which speaks the Lambda Runtime API.
"""
