"""SNS mobile push: endpoints of phones and what is published to them (integrations 3.1)."""

import re

from chalicelib.kit import aws, settings
from chalicelib.messaging.gateway import faults
from chalicelib.messaging.model import (
    Answer,
    Platform,
    PushAway,
    PushNotConfigured,
    PushTokenInvalid,
    Stale,
    Taken,
)

_SETTING = {Platform.ANDROID: 'PUSH_ANDROID_APPLICATION', Platform.IOS: 'PUSH_IOS_APPLICATION'}
_SNS_NAME = {Platform.ANDROID: 'GCM', Platform.IOS: 'APNS'}
_ARN = re.compile(r'(arn:aws[^ ]+)')
_REJECTED = frozenset({'InvalidParameter', 'InvalidParameterValue', 'ParameterValueInvalid'})


def endpoint_of(platform: Platform, token: str, owner: str, known: str = '') -> tuple[str, str]:
    """The ARN of the enabled endpoint of a token, its owner noted on it, and who was noted there before.

    `known` is the ARN our row has, if any. Raises PushTokenInvalid, PushNotConfigured, PushAway.
    """
    try:
        before = _enabled(known, token, owner) if known else None
        if before is not None:
            return known, before
        made = _created(platform, token, owner)
        before = _enabled(made, token, owner)
        if before is not None:
            return made, before
    except aws.Fault as fault:
        if aws.code_of(fault) in _REJECTED:
            raise PushTokenInvalid() from fault
        raise PushAway(reason=aws.code_of(fault)) from fault
    raise PushAway(reason='NotFound')


def _created(platform: Platform, token: str, owner: str) -> str:
    try:
        answer = aws.patient('sns').create_platform_endpoint(
            PlatformApplicationArn=_application(platform), Token=token, CustomUserData=owner
        )
    except aws.Fault as fault:
        # SNS tells the ARN of the endpoint a token already has in the words of its refusal only.
        existing = _ARN.search(str(fault))
        if aws.code_of(fault) in _REJECTED and 'already exists' in str(fault) and existing:
            return existing[1]
        raise
    return str(answer['EndpointArn'])


def _enabled(arn: str, token: str, owner: str) -> str | None:
    """The endpoint listens for the owner; the owner before, or None where there is no such endpoint."""
    client = aws.patient('sns')
    try:
        attributes = client.get_endpoint_attributes(EndpointArn=arn)['Attributes']
        before = str(attributes.get('CustomUserData', ''))
        listens = str(attributes.get('Enabled')).lower() == 'true' and attributes.get('Token') == token
        if not listens or before != owner:
            wanted = {'Token': token, 'Enabled': 'true', 'CustomUserData': owner}
            client.set_endpoint_attributes(EndpointArn=arn, Attributes=wanted)
    except aws.Fault as fault:
        if aws.code_of(fault) == 'NotFound':
            return None
        raise
    return before


def _application(platform: Platform) -> str:
    arn = settings.optional(_SETTING[platform])
    if arn:
        return arn
    if settings.optional('PUSH_AUTOCREATE') != 'on':
        raise PushNotConfigured()
    # The local runtime has no credentials of Firebase and Apple; SNS gives the same ARN for the same name.
    answer = aws.patient('sns').create_platform_application(
        Name=f'{settings.stack()}-{platform}',
        Platform=_SNS_NAME[platform],
        Attributes={'PlatformCredential': 'sandbox', 'PlatformPrincipal': 'sandbox'},
    )
    return str(answer['PlatformApplicationArn'])


def apple_name(endpoint: str) -> str:
    """What SNS calls Apple's service for this endpoint: builds of developers have one of their own."""
    return 'APNS_SANDBOX' if '/APNS_SANDBOX/' in endpoint else 'APNS'


def publish(endpoint: str, payload: str, seconds: int) -> Answer | Stale:
    """The phone behind the endpoint is told, if it listens within so many seconds."""
    apple = apple_name(endpoint)
    texts = {f'AWS.SNS.MOBILE.{apple}.PUSH_TYPE': 'alert', f'AWS.SNS.MOBILE.{apple}.TTL': str(seconds)}
    attributes = {name: {'DataType': 'String', 'StringValue': text} for name, text in texts.items()}
    try:
        answer = aws.once('sns').publish(
            TargetArn=endpoint, MessageStructure='json', Message=payload, MessageAttributes=attributes
        )
    except aws.Fault as fault:
        code = aws.code_of(fault)
        if code in ('EndpointDisabled', 'NotFound'):
            return Stale(is_gone=code == 'NotFound')
        return faults.judged(fault, _REJECTED)
    return Taken(str(answer['MessageId']))
