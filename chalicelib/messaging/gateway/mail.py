"""SES: one letter, as text and as HTML made from `letter.html` (integrations 3.2)."""

from email.utils import formataddr, parseaddr
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.kit import aws, settings
from chalicelib.messaging.gateway import faults
from chalicelib.messaging.model import Answer, Message, Taken

if TYPE_CHECKING:
    from jinja2 import Template

_REJECTED = frozenset({'MessageRejected', 'BadRequest', 'InvalidParameterValue'})
_LETTER = Path(__file__).parent.parent / 'letter.html'


def send(message: Message) -> Answer:
    """SES has the letter."""
    subject = ' '.join((message.title or message.text[:100]).split())
    body = {
        'Text': {'Data': message.text, 'Charset': 'UTF-8'},
        'Html': {'Data': html(message), 'Charset': 'UTF-8'},
    }
    try:
        answer = aws.once('sesv2').send_email(
            FromEmailAddress=_sender(),
            Destination={'ToAddresses': [message.to]},
            Content={'Simple': {'Subject': {'Data': subject, 'Charset': 'UTF-8'}, 'Body': body}},
            EmailTags=[{'Name': 'organisation', 'Value': message.organisation}],
        )
    except aws.Fault as fault:
        return faults.judged(fault, _REJECTED)
    return Taken(str(answer['MessageId']))


def html(message: Message) -> str:
    """The letter as HTML: every character of the message is shown, none is obeyed; addresses are links."""
    paragraphs = [part for part in message.text.split('\n\n') if part.strip()]
    return str(_letter().render(locale=message.locale, title=message.title, paragraphs=paragraphs))


@cache
def _letter() -> 'Template':
    from jinja2 import StrictUndefined  # 30 ms of import that only letters need
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(_LETTER.read_text(encoding='utf-8'))


def _sender() -> str:
    # SES takes only ASCII here: a Russian name travels as an encoded word.
    return formataddr(parseaddr(settings.required('MAIL_FROM')))
