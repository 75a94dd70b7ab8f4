"""What is judged about tasks, without a look at any row."""
