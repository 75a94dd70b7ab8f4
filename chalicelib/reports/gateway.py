"""The bucket of finished reports: files go in as they are written, and come out by links that soon expire."""

from functools import cache
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from chalicelib.kit import settings, telemetry

XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
LINK_SECONDS = 15 * 60

PART = 8 * 1024 * 1024
"""Bytes sent at a time: S3 takes parts of five megabytes and more, but for the last."""


class Upload:
    """A file on its way into the bucket: there when its block ends, not there at all when its block breaks.

    It is written from its beginning to its end, and never more of it than PART is held in memory. What an
    upload leaves behind that nobody could end, the bucket itself deletes after a day.
    """

    def __init__(self, key: str, name: str) -> None:
        self.key, self.size = key, 0
        self._file = {'Bucket': settings.required('REPORTS_BUCKET'), 'Key': key}
        self._kind = {'ContentType': XLSX, 'ContentDisposition': _saved_as(name)}
        self._held = bytearray()
        self._upload_id = ''
        self._parts: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        """Nothing is sent yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The file is whole, or what was sent of it is gone."""
        if kind is not None:
            self._abort()
            return
        try:
            self._complete()
        except BaseException:
            self._abort()
            raise

    def write(self, written: bytes) -> int:
        """The bytes come next."""
        self._held += written
        self.size += len(written)
        while len(self._held) >= PART:
            self._send(PART)
        return len(written)

    def flush(self) -> None:
        """What is held leaves with its part."""

    def _send(self, length: int) -> None:
        if not self._upload_id:
            self._upload_id = _s3().create_multipart_upload(**self._file, **self._kind)['UploadId']
        number, part = len(self._parts) + 1, bytes(self._held[:length])
        answer = _s3().upload_part(
            **self._file, UploadId=self._upload_id, PartNumber=number, Body=part
        )
        self._parts.append({'PartNumber': number, 'ETag': answer['ETag']})
        del self._held[:length]

    def _complete(self) -> None:
        if not self._upload_id:
            _s3().put_object(**self._file, **self._kind, Body=bytes(self._held))
            return
        if self._held:
            self._send(len(self._held))
        _s3().complete_multipart_upload(
            **self._file, UploadId=self._upload_id, MultipartUpload={'Parts': self._parts}
        )

    def _abort(self) -> None:
        if not self._upload_id:
            return
        try:
            _s3().abort_multipart_upload(**self._file, UploadId=self._upload_id)
        except Exception:
            telemetry.log.exception('upload not aborted', key=self.key)


def link(key: str) -> str:
    """An address that gives the file to whoever holds it, for 15 minutes."""
    file = {'Bucket': settings.required('REPORTS_BUCKET'), 'Key': key}
    return str(_s3().generate_presigned_url('get_object', Params=file, ExpiresIn=LINK_SECONDS))


def remove(key: str) -> None:
    """The file that nobody was told of is gone; failing that, it goes with its days."""
    try:
        _s3().delete_object(Bucket=settings.required('REPORTS_BUCKET'), Key=key)
    except Exception:
        telemetry.log.exception('file not removed', key=key)


def _saved_as(name: str) -> str:
    # Programs that do not know RFC 5987 take the first name.
    return f'attachment; filename="report.xlsx"; filename*=UTF-8\'\'{quote(name, safe="")}'


@cache
def _s3() -> Any:
    import boto3  # who neither writes a report nor saves one spares its 100 ms
    from botocore.config import Config

    # Addressed so, links name the region's own host: the global one answers with a redirect at first.
    config = Config(
        s3={'addressing_style': 'virtual'}, signature_version='s3v4', connect_timeout=5, read_timeout=60
    )
    return boto3.client('s3', region_name=settings.region(), config=config)
