"""The queue and the bucket as they are deployed: samples, one bad message among good ones, what is kept."""

import json
from pathlib import Path

from chalicelib.kit.outbox import Delivered
from chalicelib.reports import workers
from chalicelib.reports.rules import life
from tests.house import ROOT
from tests.reports.conftest import delivered, works
from tests.world import template

SAMPLE = Path(__file__).parents[2] / 'events' / 'reports' / 'in' / 'write.json'


def properties(name):
    return template()['Resources'][name]['Properties']


def test_a_bad_message_comes_again_alone(house, order, look):
    report_id = order()
    broken = Delivered(id='x', type='ReportOrdered', event={'organisation': 'demo'})
    assert works(broken, *delivered()) == ['m0']
    assert look(report_id)['status'] == 'ready'


def test_the_sample_message_is_understood(world, time):
    assert workers.write(json.loads(SAMPLE.read_text()), None) == {'batchItemFailures': []}


def test_a_message_comes_again_when_no_worker_can_be_at_it_and_ends_in_the_dead_letters():
    queue, worker = properties('ReportsQueue'), properties('ReportsWrite')
    source = worker['Events']['Announced']['Properties']
    assert queue['VisibilityTimeout'] > worker['Timeout'] == 900
    assert queue['RedrivePolicy']['deadLetterTargetArn'] == {'Fn::GetAtt': ['ReportsDeadLetters', 'Arn']}
    assert queue['RedrivePolicy']['maxReceiveCount'] > life.MOST_ATTEMPTS
    assert source['FunctionResponseTypes'] == ['ReportBatchItemFailures']
    assert (source['BatchSize'], source['ScalingConfig']) == (1, {'MaximumConcurrency': 4})
    [target] = properties('ReportsRule')['Targets']
    assert target['InputPath'] == '$.detail'
    assert properties('ReportsRule')['EventPattern']['detail-type'] == ['ReportOrdered', 'ReportBegunAnew']


def test_files_are_private_encrypted_and_deleted_when_their_days_are_over():
    bucket = properties('ReportsBucket')
    assert set(bucket['PublicAccessBlockConfiguration'].values()) == {True}
    assert bucket['BucketEncryption']['ServerSideEncryptionConfiguration']
    [rule] = bucket['LifecycleConfiguration']['Rules']
    assert (rule['Status'], rule['ExpirationInDays']) == ('Enabled', life.FILE_KEPT.days)
    assert rule['AbortIncompleteMultipartUpload'] == {'DaysAfterInitiation': 1}


def test_the_functions_may_do_with_files_what_they_do_and_no_more():
    statements = json.loads((ROOT / '.chalice' / 'policy.json').read_text())['Statement']
    [files] = [one for one in statements if one['Sid'] == 'ReportFiles']
    assert sorted(files['Action']) == [
        's3:AbortMultipartUpload',
        's3:DeleteObject',
        's3:GetObject',
        's3:PutObject',
    ]
    assert files['Resource'] == 'arn:*:s3:::domovoy-*reportsbucket-*/*'
