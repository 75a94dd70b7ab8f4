"""The neighbours that carry messages: SNS, SES, SQS, KMS and the SMS centre.

Each room here turns what its neighbour says, and what it fails to say, into the answers of `model`.
"""
