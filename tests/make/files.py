"""Files for tests; every argument is optional. What is kept needs no bucket, what is sent needs one."""

from typing import Any

import boto3

from chalicelib.files import gateway, repository, service
from chalicelib.files.events import FileFoundClean, FileReceived
from chalicelib.files.model import File, FileStatus, NewFile, Purpose, Verdict
from chalicelib.files.rules import life
from chalicelib.files.rules.kinds import Kind
from chalicelib.kit import clock, dynamo
from chalicelib.kit.caller import Audience, Caller
from chalicelib.kit.ids import new_id
from tests.world import REGION, name_of

SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
TEXT = 'Акт выполненных работ'.encode()


def sender(**changes: Any) -> Caller:
    """An employee who sends files."""
    return Caller(**{'organisation': 'demo', 'audience': Audience.STAFF, 'id': new_id(), **changes})


def clean(by: Caller | None = None, purpose: Purpose = Purpose.DOCUMENT, **changes: Any) -> File:
    """A file of the caller that was found clean, as its rows tell it; no bucket is asked."""
    by = by or sender()
    changes.setdefault('content_type', Kind.JPEG.value)
    file_id = service.ask(NewFile(name='кран.jpg', size=len(TEXT), purpose=purpose), by=by).id
    asked, now = kept(file_id, by.organisation), clock.now()
    key = f'kept/{by.organisation}/{file_id}/{SHA256}'
    received = life.received(asked, key, Kind(changes.pop('content_type')), SHA256, now)
    event = FileReceived.of(received, now, content_type=received.content_type, sha256=SHA256)
    dynamo.commit(*repository.changing(received, event))
    judged = life.judged(received, Verdict.NO_THREATS_FOUND, f'thumbnails/{by.organisation}/{file_id}')
    judged = judged.model_copy(update=changes)
    dynamo.commit(*repository.changing(judged, FileFoundClean.of(judged, now)))
    return judged


def sent(body: bytes = TEXT, by: Caller | None = None, **changes: Any) -> File:
    """A file that was asked for and lies where its form puts it; nobody has looked at it."""
    by = by or sender()
    new = NewFile(**{'name': 'акт.txt', 'size': len(body), 'purpose': Purpose.DOCUMENT, **changes})
    file = kept(service.ask(new, by=by).id, by.organisation)
    posted(file, body)
    return file


def posted(file: File, body: bytes) -> None:
    """The form was posted with the bytes."""
    key = f'{gateway.INCOMING}/{file.organisation}/{file.id}'
    s3().put_object(Bucket=bucket(), Key=key, Body=body, ContentType='application/octet-stream')


def received(body: bytes = TEXT, by: Caller | None = None, **changes: Any) -> File:
    """A file that lies beyond its sender's reach; the scanner has not spoken."""
    file = sent(body, by, **changes)
    assert service.receive(file.organisation, file.id)
    return kept(file.id, file.organisation)


def judged(
    body: bytes = TEXT, verdict: str = 'NO_THREATS_FOUND', by: Caller | None = None, **changes: Any
) -> File:
    """A file that the scanner has spoken of, and the queue has told us."""
    file = received(body, by, **changes)
    tag(file, verdict)
    service.hear(file.key or '')
    return kept(file.id, file.organisation)


def tag(file: File, verdict: str) -> None:
    """The scanner has written its tag."""
    tags = {'TagSet': [{'Key': gateway.TAG, 'Value': verdict}]}
    s3().put_object_tagging(Bucket=bucket(), Key=file.key, Tagging=tags)


def kept(file_id: str, organisation: str = 'demo') -> File:
    """The file as its row tells it now."""
    return dynamo.get(repository.reading(organisation, file_id))


def is_clean(file: File) -> bool:
    """Whether it can be read and attached."""
    return kept(file.id, file.organisation).status is FileStatus.CLEAN


def stored() -> list[str]:
    """The keys of everything in the bucket."""
    return [one['Key'] for one in s3().list_objects_v2(Bucket=bucket()).get('Contents', [])]


def bucket() -> str:
    """The name of the bucket."""
    return name_of('FilesBucket')


def s3() -> Any:
    """A client of the bucket."""
    return boto3.client('s3', region_name=REGION)
