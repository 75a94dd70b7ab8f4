"""What leaves the system by push, e-mail and SMS: the transport, the phones that listen, the SMS centres.

It is told what to send and to whom, never why. It announces that an organisation's SMS account was changed or
refused, and asks no other house anything.
"""
