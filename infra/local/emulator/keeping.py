"""What rows point to outlives a restart: generated secrets, encryption keys, files.

The rest of MiniStack's state is made anew from the template each time.
"""

import base64
import json
import secrets
import string
from pathlib import Path
from typing import Any

import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.kms as kms
import ministack.services.s3 as s3

from infra.local.emulator.patching import around, existing

Properties = dict[str, Any]


class Keeper:
    """What a deployment invented, by logical id, in one file that only its owner can read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}

    def get(self, name: str) -> Any:
        """What was kept under the name; None the first time."""
        return self._kept.get(name)

    def keep(self, name: str, value: Any) -> None:
        """The value is on disk."""
        self._kept[name] = value
        half = self._path.with_suffix('.half')
        half.touch(mode=0o600)
        half.write_text(json.dumps(self._kept))
        half.replace(self._path)


def install(keeper: Keeper) -> None:
    """Generated secrets and symmetric keys are kept by `keeper`; buckets on disk become the stack's."""
    handlers = existing(provisioners, '_RESOURCE_HANDLERS')
    _keep_secrets(keeper, handlers['AWS::SecretsManager::Secret'])
    _keep_keys(keeper, handlers['AWS::KMS::Key'])
    _adopt_buckets(handlers['AWS::S3::Bucket'])


def _keep_secrets(keeper: Keeper, handler: dict[str, Any]) -> None:
    create = handler['create']

    def created(logical_id: str, properties: Properties, stack: str) -> Any:
        wish = properties.get('GenerateSecretString')
        if wish is None or properties.get('SecretString'):
            return create(logical_id, properties, stack)
        name = f'secret {stack} {logical_id}'
        if keeper.get(name) is None:
            keeper.keep(name, _generated(wish))
        given = {key: value for key, value in properties.items() if key != 'GenerateSecretString'}
        return create(logical_id, given | {'SecretString': keeper.get(name)}, stack)

    handler['create'] = created


def _generated(wish: Properties) -> str:
    """As Secrets Manager generates; MiniStack's CloudFormation knows no wish but the length."""
    classes = {
        'ExcludeLowercase': string.ascii_lowercase,
        'ExcludeUppercase': string.ascii_uppercase,
        'ExcludeNumbers': string.digits,
        'ExcludePunctuation': string.punctuation,
    }
    letters = ''.join(letters for name, letters in classes.items() if str(wish.get(name)).lower() != 'true')
    letters = ''.join(letter for letter in letters if letter not in wish.get('ExcludeCharacters', ''))
    password = ''.join(secrets.choice(letters) for _ in range(int(wish.get('PasswordLength', 32))))
    if template := wish.get('SecretStringTemplate'):
        return json.dumps(json.loads(template) | {wish['GenerateStringKey']: password})
    return password


def _keep_keys(keeper: Keeper, handler: dict[str, Any]) -> None:
    create = handler['create']
    keys = existing(kms, '_keys')

    def created(logical_id: str, properties: Properties, stack: str) -> Any:
        key_id, attributes = create(logical_id, properties, stack)
        key = keys[key_id]
        if '_symmetric_key' not in key:
            return key_id, attributes
        name = f'key {stack} {logical_id}'
        if kept := keeper.get(name):
            del keys[key_id]
            key |= {'KeyId': kept['id'], 'Arn': key['Arn'].replace(key_id, kept['id'])}
            key['_symmetric_key'] = base64.b64decode(kept['key'])
            keys[kept['id']] = key
            return kept['id'], {'Arn': key['Arn'], 'KeyId': kept['id']}
        keeper.keep(name, {'id': key_id, 'key': base64.b64encode(key['_symmetric_key']).decode()})
        return key_id, attributes

    handler['create'] = created


def _adopt_buckets(handler: dict[str, Any]) -> None:
    """A bucket found on disk becomes the stack's; CloudFormation would refuse a name that is taken."""
    create, update = handler['create'], handler['update']
    buckets = existing(s3, '_buckets')

    @around(provisioners, 's3_bucket_name_conflict')
    def conflict(original: Any, name: str) -> Any:
        return None if name in buckets else original(name)

    def created(logical_id: str, properties: Properties, stack: str) -> Any:
        name = properties.get('BucketName')
        if name in buckets:
            return update(name, {}, properties, stack)
        return create(logical_id, properties, stack)

    handler['create'] = created
