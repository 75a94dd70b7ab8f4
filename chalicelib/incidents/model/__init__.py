"""What an incident is, the jobs that follow it, and what the doors take and tell."""
