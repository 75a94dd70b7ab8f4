"""A scanner of viruses for the local buckets: it tells by the tag that GuardDuty's Malware Protection sets.

It looks into what its plan in the template names, knows one virus (the harmless one that EICAR gave to the
world for trying scanners out) and one thing it cannot look into (an archive with a password).
"""

import time
import zipfile
from io import BytesIO
from typing import Any

import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.s3 as s3

from infra.local.emulator.patching import around, existing

TAG = 'GuardDutyMalwareScanStatus'
# In two pieces, so that a real scanner does not take this file for the virus.
EICAR = rb'X5O!P%@AP[4\PZX54(P^)7CC)7}$' + b'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
ENCRYPTED = 1
WAITS, WAIT_SECONDS = 500, 0.01

Properties = dict[str, Any]


def install() -> None:
    """Plans of the template are kept to, and S3 tells the bus of tags as it does in the cloud."""
    plans: dict[str, list[str]] = {}
    _know_plans(plans, existing(provisioners, '_RESOURCE_HANDLERS'))
    details = existing(s3, '_S3_EVENTBRIDGE_DETAIL_TYPE')
    details['ObjectTagging'] = 'Object Tags Added'
    buckets, body_of = existing(s3, '_buckets'), existing(s3, '_read_body')
    tags_of = existing(s3, '_object_tags')
    persist = existing(s3, '_persist_version_state')
    tell = existing(s3, '_fire_s3_event')

    def scan(bucket: str, key: str) -> None:
        found = buckets[bucket]['objects'].get(key)
        if found is None or not _is_written(found):
            return
        version = found.get('version_id')
        told = tags_of.get((bucket, key, version), {})
        tags_of[bucket, key, version] = {**told, TAG: verdict_of(body_of(bucket, key, found))}
        persist(bucket, key, buckets[bucket])
        tell(bucket, key, 's3:ObjectTagging:Put', size=found['size'], etag=found['etag'])

    @around(s3, '_fire_s3_event')
    def fired(original: Any, bucket: str, key: str, event: str, *arguments: Any, **named: Any) -> Any:
        answer = original(bucket, key, event, *arguments, **named)
        if event.startswith('s3:ObjectCreated:') and key.startswith(tuple(plans.get(bucket, ()))):
            scan(bucket, key)
        return answer


def _is_written(found: dict[str, Any]) -> bool:
    # MiniStack tells of an object first, settles its tags then, and drops at last the bytes that are on disk.
    for _ in range(WAITS):
        if found.get('body') is None:
            return True
        time.sleep(WAIT_SECONDS)
    return False


def verdict_of(body: bytes) -> str:
    """What the scanner finds in the bytes, and in what is packed in them."""
    if EICAR in body:
        return 'THREATS_FOUND'
    if not zipfile.is_zipfile(BytesIO(body)):
        return 'NO_THREATS_FOUND'
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            if any(entry.flag_bits & ENCRYPTED for entry in archive.infolist()):
                return 'UNSUPPORTED'
            within = (archive.read(entry) for entry in archive.infolist() if entry.file_size < 2**24)
            return 'THREATS_FOUND' if any(EICAR in one for one in within) else 'NO_THREATS_FOUND'
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return 'UNSUPPORTED'


def _know_plans(plans: dict[str, list[str]], handlers: dict[str, Any]) -> None:
    def created(logical_id: str, properties: Properties, stack: str) -> tuple[str, Properties]:
        protected = properties['ProtectedResource']['S3Bucket']
        plans[protected['BucketName']] = protected.get('ObjectPrefixes') or ['']
        return f'{stack}-{logical_id}', {}

    def updated(physical: str, old: Properties, new: Properties, stack: str) -> tuple[str, Properties]:
        return created(physical, new, stack)

    def deleted(physical: str, properties: Properties) -> None:
        plans.pop(properties['ProtectedResource']['S3Bucket']['BucketName'], None)

    handlers['AWS::GuardDuty::MalwareProtectionPlan'] = {
        'create': created,
        'update': updated,
        'delete': deleted,
    }
