"""The bucket of files: what senders put under `incoming/`, and what is kept beyond their reach.

incoming/<org>/<file>           written by a sender's form, deleted as soon as it was looked at
kept/<org>/<file>/<sha256>      our own copy: what the scanner judges is what is given out, for nobody
                                but this house writes there
thumbnails/<org>/<file>         a small picture of it
made/<org>/<house>/<id>         what a house above has made itself, such as the papers of an invoice
lent/<org>/<house>/<id>         the same for a day or two: a workbook somebody asked for
"""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import quote

from chalicelib.files.model import Attached, FileLinks, FileNotFound, UploadForm, Verdict
from chalicelib.files.rules import names
from chalicelib.files.rules.kinds import HEAD, Kind
from chalicelib.kit import clock, settings, telemetry

INCOMING, KEPT, THUMBNAILS = 'incoming', 'kept', 'thumbnails'
MADE, LENT = 'made', 'lent'
LINK_SECONDS = 15 * 60
PIECE = 1024 * 1024
"""Bytes of an incoming file in memory at a time."""

TAG = 'GuardDutyMalwareScanStatus'
"""The tag by which GuardDuty Malware Protection for S3 tells its verdict of an object."""


class IncomingReplaced(Exception):
    """The sender sent another file by the same form while this one was copied: it is looked at again."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came by a form: `etag` names exactly these bytes."""

    size: int
    etag: str
    sha256: str
    head: bytes


def form(organisation: str, file_id: str, size: int, lives: timedelta) -> UploadForm:
    """A form that lets in one file of exactly `size` bytes, for as long as it lives; nothing else fits."""
    # Whatever the sender calls it, nothing that is not looked at yet may open in a browser.
    fields = {'Content-Type': Kind.BYTES.value, 'success_action_status': '201'}
    posted = _s3().generate_presigned_post(
        Bucket=_bucket(),
        Key=f'{INCOMING}/{organisation}/{file_id}',
        Fields=fields,
        Conditions=[*({name: value} for name, value in fields.items()), ['content-length-range', size, size]],
        ExpiresIn=int(lives.total_seconds()),
    )
    return UploadForm(url=posted['url'], fields=posted['fields'], expires_at=clock.now() + lives)


def look(organisation: str, file_id: str) -> Incoming | None:
    """What has come by the form, read to its end; None if nothing has."""
    from botocore.exceptions import ClientError

    try:
        answer = _s3().get_object(Bucket=_bucket(), Key=f'{INCOMING}/{organisation}/{file_id}')
    except ClientError as error:
        if error.response['Error']['Code'] in ('NoSuchKey', '404'):
            return None
        raise
    digest, head, size = hashlib.sha256(), b'', 0
    for piece in answer['Body'].iter_chunks(PIECE):
        digest.update(piece)
        size += len(piece)
        head += piece[: HEAD - len(head)]
    return Incoming(size, answer['ETag'], digest.hexdigest(), head)


def keep(organisation: str, file_id: str, incoming: Incoming, kind: Kind, name: str) -> str:
    """The bytes that were looked at lie beyond the sender's reach; their key. Raises IncomingReplaced."""
    from botocore.exceptions import ClientError

    key = f'{KEPT}/{organisation}/{file_id}/{incoming.sha256}'
    try:
        _s3().copy_object(
            Bucket=_bucket(),
            Key=key,
            CopySource={'Bucket': _bucket(), 'Key': f'{INCOMING}/{organisation}/{file_id}'},
            CopySourceIfMatch=incoming.etag,
            MetadataDirective='REPLACE',
            TaggingDirective='REPLACE',
            ContentType=kind.value,
            ContentDisposition=saved_as(name),
        )
    except ClientError as error:
        if error.response['Error']['Code'] in ('PreconditionFailed', 'NoSuchKey', '412', '404'):
            raise IncomingReplaced from error
        raise
    return key


def verdict(key: str) -> Verdict | None:
    """What the scanner's tag says; None as long as it says nothing."""
    tags = _s3().get_object_tagging(Bucket=_bucket(), Key=key)['TagSet']
    said = next((tag['Value'] for tag in tags if tag['Key'] == TAG), None)
    if said is None:
        return None
    return Verdict(said) if said in list(Verdict) else Verdict.FAILED


def read(key: str) -> bytes:
    """All bytes of a kept file. Raises FileNotFound where it was thrown away."""
    from botocore.exceptions import ClientError

    try:
        return bytes(_s3().get_object(Bucket=_bucket(), Key=key)['Body'].read())
    except ClientError as error:
        if error.response['Error']['Code'] in ('NoSuchKey', '404'):
            raise FileNotFound from error
        raise


def put_thumbnail(organisation: str, file_id: str, picture: bytes) -> str:
    """The small picture lies in the bucket; its key."""
    key = f'{THUMBNAILS}/{organisation}/{file_id}'
    _s3().put_object(Bucket=_bucket(), Key=key, Body=picture, ContentType=Kind.JPEG.value)
    return key


def put(key: str, body: bytes, kind: Kind, name: str) -> None:
    """What we have made lies under the key and is saved under the name."""
    disposition = saved_as(name)
    _s3().put_object(
        Bucket=_bucket(), Key=key, Body=body, ContentType=kind.value, ContentDisposition=disposition
    )


def links(attached: Attached) -> FileLinks:
    """Links that give the file and its small picture to whoever holds them, for 15 minutes."""
    small = attached.thumbnail_key
    return FileLinks(file=_link(attached.key), thumbnail=_link(small) if small else None)


def remove_incoming(organisation: str, file_id: str) -> None:
    """Nothing is left of what came by the form; failing that, the bucket deletes it after a day."""
    try:
        remove(f'{INCOMING}/{organisation}/{file_id}')
    except Exception:
        telemetry.log.exception('incoming file not removed', file=file_id)


def remove(key: str) -> None:
    """Nothing lies under the key."""
    _s3().delete_object(Bucket=_bucket(), Key=key)


def saved_as(name: str) -> str:
    """The value of `Content-Disposition` that saves a file under the name (RFC 6266)."""
    # Programs that do not know RFC 5987 take the first name.
    whole = quote(names.safe(name), safe='')
    return f'attachment; filename="{names.plain(name)}"; filename*=UTF-8\'\'{whole}'


def _link(key: str) -> str:
    file = {'Bucket': _bucket(), 'Key': key}
    return str(_s3().generate_presigned_url('get_object', Params=file, ExpiresIn=LINK_SECONDS))


def _bucket() -> str:
    return settings.required('FILES_BUCKET')


_making = Lock()


def _s3() -> Any:
    with _making:  # the local runtime answers its first calls from several threads at once
        return _made()


@cache
def _made() -> Any:
    import boto3  # who has nothing to do with files spares its 100 ms
    from botocore.config import Config

    # Addressed so, links name the region's own host: the global one answers with a redirect at first.
    config = Config(
        s3={'addressing_style': 'virtual'}, signature_version='s3v4', connect_timeout=5, read_timeout=60
    )
    return boto3.client('s3', region_name=settings.region(), config=config)
