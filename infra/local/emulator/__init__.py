"""MiniStack with what it lacks for us. Runs in MiniStack's own interpreter, never in the application's."""
