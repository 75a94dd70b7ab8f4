"""Passwords of organisations, sealed with our key in KMS; a seal opens only for its own organisation."""

from base64 import b64decode, b64encode
from functools import lru_cache

from chalicelib.kit import aws, settings
from chalicelib.messaging.model import SmsLoginWrong

_LOST = frozenset({'InvalidCiphertext', 'IncorrectKey', 'NotFound', 'KMSInvalidState'})
"""The key was deleted, or the seal is not ours: only a new password helps."""


def seal(organisation: str, password: str) -> str:
    """The password as it may stand in a row."""
    answer = aws.patient('kms').encrypt(
        KeyId=f'alias/{settings.stack()}-sms',
        Plaintext=password.encode(),
        EncryptionContext={'organisation': organisation},
    )
    return b64encode(answer['CiphertextBlob']).decode()


@lru_cache(maxsize=200)
def unseal(organisation: str, sealed: str) -> str:
    """The password that `seal` sealed. Raises SmsLoginWrong where the seal cannot be opened any more."""
    try:
        answer = aws.patient('kms').decrypt(
            CiphertextBlob=b64decode(sealed), EncryptionContext={'organisation': organisation}
        )
    except aws.Fault as fault:
        if aws.code_of(fault) in _LOST:
            raise SmsLoginWrong() from fault
        raise
    return bytes(answer['Plaintext']).decode()
