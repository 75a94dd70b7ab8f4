"""The only room that reads the environment. Names here are the contract with `infra/`."""

import os


class SettingMissing(RuntimeError):
    """A deployment without this setting cannot work; it is said at the first use, by name."""


def required(name: str) -> str:
    """The value of a setting that the templates always give."""
    value = os.environ.get(name)
    if not value:
        raise SettingMissing(name)
    return value


def optional(name: str, default: str = '') -> str:
    """The value of a setting, or `default`."""
    return os.environ.get(name) or default


def stack() -> str:
    """The name of this deployment; every table and machine name begins with it."""
    return optional('DOMOVOY_STACK', 'domovoy')


def table(house: str) -> str:
    """The name of a house's table, as `infra/<house>.yaml` spells it."""
    return f'{stack()}-{house}'


def region() -> str:
    """The region of this deployment."""
    return optional('AWS_REGION', optional('AWS_DEFAULT_REGION', 'eu-central-1'))
