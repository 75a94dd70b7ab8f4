"""Files people send: from the form that lets one in, past the virus scanner, to the thing that owns it.

A file is uploaded straight to the bucket, looked at from its first bytes to its last, and can be read and
attached only when the scanner has found nothing in it. A house above takes a file in its own transaction and
is then its only owner; what nobody takes is gone after a day. Announces what became of every file.
"""
