"""What is said around a request. So far: internal comments, which staff write and the resident never sees.

Comments are never changed or taken back, by anybody (COM-008, AMB-48). Asks `requests` who may see a request,
and pushes the importance of a comment down onto it in the same transaction. Announces `CommentAdded`.
"""
