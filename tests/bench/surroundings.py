"""What a process of the bench runs in."""

import json
import os


def settle() -> None:
    """The process is of a deployment of its own.

    To be called before anything of ours is imported: rows name their tables when they are.
    """
    os.environ.update(
        AWS_ACCESS_KEY_ID='bench',
        AWS_SECRET_ACCESS_KEY='bench',
        AWS_REGION='eu-central-1',
        AWS_DEFAULT_REGION='eu-central-1',
        DOMOVOY_STACK='test',
        DOMOVOY_STAGE='test',
        CURSOR_KEY='the key of the bench, as long as a real one',
        LINKS_KEY='the key of the links of the bench, as long as a real one',
        PUBLIC_URL='https://pay.example',
        TOKEN_KEYS=json.dumps({'current': 'a secret of the bench, as long as a real one'}),
        METRICS='off',
        LOG_LEVEL='ERROR',
        POWERTOOLS_TRACE_DISABLED='true',
    )
