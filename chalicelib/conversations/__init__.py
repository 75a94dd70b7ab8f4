"""What is said around a request: the chat with its client, and the internal comments of staff.

Each client of a request has a conversation of his own (AMB-46). Comments are never changed or taken back
(COM-008, AMB-48). Asks `requests` who may see a request, and pushes the importance of a comment down onto it
in the same transaction. Announces what was sent, planned, edited, deleted and read; never the words.
"""
