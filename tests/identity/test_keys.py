"""The keys tokens are signed with: where they come from and how they change."""

import json

import pytest

from chalicelib.identity import gateway, service
from chalicelib.identity.model import TokenForged
from chalicelib.identity.service import tokens
from tests.identity.conftest import OLD_SECRET, SECRET
from tests.identity.desk import signed
from tests.make import identity as make


def test_after_a_rotation_what_the_old_key_signed_is_still_taken(demo, monkeypatch):
    old = make.session(demo.resident)
    monkeypatch.setenv('TOKEN_KEYS', json.dumps({'current': OLD_SECRET, 'previous': SECRET}))
    assert service.authenticate(old.access_token)
    new = service.refresh(old.refresh_token)
    assert service.authenticate(new.access_token)
    monkeypatch.setenv('TOKEN_KEYS', json.dumps({'current': OLD_SECRET}))
    assert service.authenticate(new.access_token)
    with pytest.raises(TokenForged):
        service.authenticate(old.access_token)
    assert service.refresh(new.refresh_token)


def test_the_keys_come_from_secrets_manager_and_a_rotation_is_noticed(world, time, monkeypatch):
    import boto3

    secrets = boto3.client('secretsmanager')
    arn = secrets.create_secret(Name='keys', SecretString=json.dumps({'current': OLD_SECRET}))['ARN']
    monkeypatch.delenv('TOKEN_KEYS')
    monkeypatch.setenv('TOKEN_KEYS_SECRET', arn)
    monkeypatch.setattr(gateway, 'FRESH_SECONDS', 0)
    gateway.forget_keys()
    assert tokens.read_access(signed(OLD_SECRET), time.at)
    rotated = json.dumps({'current': SECRET, 'previous': OLD_SECRET})
    secrets.put_secret_value(SecretId=arn, SecretString=rotated)
    assert tokens.read_access(signed(SECRET), time.at)
    assert tokens.read_access(signed(OLD_SECRET), time.at)
    assert gateway.key_ring().current.kid == gateway.Key.of(SECRET).kid
    gateway.forget_keys()


@pytest.mark.parametrize('text', ['nonsense', '[]', '{}', '{"current": "short"}', '{"current": null}'])
def test_unfit_keys_are_said_without_being_told(monkeypatch, text):
    monkeypatch.setenv('TOKEN_KEYS', text)
    with pytest.raises(gateway.KeysUnfit) as fault:
        gateway.key_ring()
    assert text not in str(fault.value)


def test_keys_do_not_show_themselves():
    key = gateway.Key.of(SECRET)
    assert SECRET not in repr(key)
    assert repr(key) == f"Key(kid='{key.kid}')"
    assert len({key.access, key.codes, key.refresh}) == 3
