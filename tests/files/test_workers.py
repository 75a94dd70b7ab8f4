"""The bucket, its scanner and its queue as they are deployed."""

import json
from datetime import timedelta

from chalicelib.files import gateway
from chalicelib.files.rules import life
from chalicelib.kit.outbox import EVENT_PREFIX
from tests.house import ROOT
from tests.world import template


def properties(name):
    return template()['Resources'][name]['Properties']


def test_files_are_private_encrypted_and_what_is_left_of_uploads_is_deleted():
    bucket = properties('FilesBucket')
    assert set(bucket['PublicAccessBlockConfiguration'].values()) == {True}
    assert bucket['BucketEncryption']['ServerSideEncryptionConfiguration']
    rules = bucket['LifecycleConfiguration']['Rules']
    assert [rule['Prefix'] for rule in rules] == [f'{gateway.INCOMING}/', f'{gateway.LENT}/']
    for rule in rules:
        assert rule['Status'] == 'Enabled'
        assert timedelta(days=rule['ExpirationInDays']) > life.NOBODYS_LIVES
    [cors] = bucket['CorsConfiguration']['CorsRules']
    assert 'PUT' not in cors['AllowedMethods'] and 'DELETE' not in cors['AllowedMethods']


def test_only_the_scanner_writes_tags_and_nobody_speaks_without_tls():
    statements = properties('FilesBucketPolicy')['PolicyDocument']['Statement']
    said = {one['Sid']: one for one in statements}
    assert said['OnlyEncryptedOnTheWay']['Condition'] == {'Bool': {'aws:SecureTransport': 'false'}}
    tells = said['OnlyTheScannerTells']
    assert (tells['Effect'], tells['Principal']) == ('Deny', '*')
    scanner = {'Fn::GetAtt': ['FilesScannerRole', 'Arn']}
    assert tells['Condition'] == {'ArnNotEquals': {'aws:PrincipalArn': scanner}}
    assert 's3:PutObjectTagging' in tells['Action']


def test_the_scanner_looks_into_what_is_kept_and_says_so_by_a_tag():
    scanner = properties('FilesScanner')
    assert scanner['Actions'] == {'Tagging': {'Status': 'ENABLED'}}
    assert scanner['ProtectedResource']['S3Bucket']['ObjectPrefixes'] == [f'{gateway.KEPT}/']


def test_news_of_the_bucket_come_to_the_queue_and_end_in_the_dead_letters():
    for rule, kind, room in (
        ('FilesIncomingRule', 'Object Created', gateway.INCOMING),
        ('FilesVerdictRule', 'Object Tags Added', gateway.KEPT),
    ):
        pattern = properties(rule)['EventPattern']
        assert (pattern['source'], pattern['detail-type']) == (['aws.s3'], [kind])
        assert pattern['detail']['object'] == {'key': [{'prefix': f'{room}/'}]}
        [target] = properties(rule)['Targets']
        assert target['InputPath'] == '$.detail'
        assert target['DeadLetterConfig']
    queue, worker = properties('FilesQueue'), properties('FilesInspect')
    assert queue['VisibilityTimeout'] >= 6 * worker['Timeout']
    source = worker['Events']['Happened']['Properties']
    assert (source['BatchSize'], source['FunctionResponseTypes']) == (1, ['ReportBatchItemFailures'])


def test_the_functions_may_do_with_files_what_they_do_and_no_more():
    statements = json.loads((ROOT / '.chalice' / 'policy.json').read_text())['Statement']
    [files] = [one for one in statements if one['Sid'] == 'SentFiles']
    assert sorted(files['Action']) == [
        's3:DeleteObject',
        's3:GetObject',
        's3:GetObjectTagging',
        's3:PutObject',
    ]
    assert files['Resource'] == 'arn:*:s3:::domovoy-*filesbucket-*/*'


def test_what_happened_to_a_file_outlives_it():
    stream = template()['Resources']['OutboxForward']['Properties']['Events']['FilesStream']['Properties']
    [pattern] = stream['FilterCriteria']['Filters']
    assert EVENT_PREFIX in pattern['Pattern']
