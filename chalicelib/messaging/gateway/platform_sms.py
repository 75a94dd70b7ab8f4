"""SNS text messages: what carries codes where an organisation has no SMS centre (integrations 2.3)."""

from chalicelib.kit import aws
from chalicelib.messaging.gateway import faults
from chalicelib.messaging.model import Answer, Taken

_REJECTED = frozenset({'InvalidParameter', 'InvalidParameterValue', 'OptedOut'})


def send(phone: str, text: str) -> Answer:
    """SNS has the message."""
    kind = {'DataType': 'String', 'StringValue': 'Transactional'}
    try:
        answer = aws.once('sns').publish(
            PhoneNumber=phone, Message=text, MessageAttributes={'AWS.SNS.SMS.SMSType': kind}
        )
    except aws.Fault as fault:
        return faults.judged(fault, _REJECTED)
    return Taken(str(answer['MessageId']))
