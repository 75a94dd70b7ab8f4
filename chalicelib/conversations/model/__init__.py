"""The words of conversations: what is written, what may be asked, what is refused."""
