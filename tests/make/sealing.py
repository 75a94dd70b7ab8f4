"""The key that seals what organisations entrust to us, for tests on moto."""

import boto3

from chalicelib.kit import sealing, settings


def seals_key() -> str:
    """The key of `kit.sealing` is in KMS, and what was opened with another one is forgotten; its id."""
    kms, alias = boto3.client('kms', region_name='eu-central-1'), f'alias/{settings.stack()}-seals'
    for known in kms.list_aliases()['Aliases']:
        if known['AliasName'] == alias and known.get('TargetKeyId'):
            return str(known['TargetKeyId'])
    key = kms.create_key()['KeyMetadata']['KeyId']
    kms.create_alias(AliasName=alias, TargetKeyId=key)
    sealing._opened.cache_clear()
    sealing._client = None
    return str(key)
