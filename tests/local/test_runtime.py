"""The whole runtime with a trial application: every door works as deployed, a crash loses nothing."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from infra.local.runtime import DidNotStart, Runtime, is_installed
from tests.local.paying import SECRET, SHOP, asked

TRIAL = Path(__file__).with_name('trial')
SECONDS = 20

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(not is_installed(), reason='python -m infra.local install has not been run'),
]

Found = TypeVar('Found')


def eventually(look: Callable[[], Found]) -> Found:
    """What `look` finds, as soon as it finds something."""
    deadline = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, 'it did not come'
    return found


@pytest.fixture(scope='module')
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    data = tmp_path_factory.mktemp('runtime')
    with Runtime(data, project=TRIAL, parameters={'Greeting': 'a = b'}) as running:
        yield running


def put(runtime: Runtime, name: str) -> None:
    assert httpx.put(f'{runtime.api}/things/{name}').status_code == 200


def notes(runtime: Runtime, what: str) -> list[Any]:
    told: list[Any] = httpx.get(f'{runtime.api}/notes/{what}').json()
    return told


def streamed(runtime: Runtime) -> list[str]:
    return [one['name'] for one in notes(runtime, 'stream')]


def letters(runtime: Runtime) -> list[dict[str, Any]]:
    sqs = runtime.client('sqs')
    url = sqs.get_queue_url(QueueName='domovoy-dead')['QueueUrl']
    messages = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=SECONDS, MaxNumberOfMessages=10)
    for message in messages.get('Messages', []):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message['ReceiptHandle'])
    return [json.loads(message['Body']) for message in messages.get('Messages', [])]


def test_the_api_has_the_settings_it_is_deployed_with(runtime: Runtime) -> None:
    assert httpx.get(f'{runtime.api}/now').json()['stack'] == 'domovoy'
    assert runtime.settings['THINGS'] == 'domovoy-things'
    assert runtime.settings['GREETING'] == 'a = b'


def test_a_write_reaches_the_stream_the_bus_and_the_queue(runtime: Runtime) -> None:
    put(runtime, 'loud')
    eventually(lambda: 'loud' in streamed(runtime))
    eventually(lambda: 'loud' in notes(runtime, 'bus'))
    eventually(lambda: {'name': 'loud'} in notes(runtime, 'queue'))


def test_a_subscription_filter_holds_back_what_it_should(runtime: Runtime) -> None:
    put(runtime, 'quiet')
    eventually(lambda: 'quiet' in notes(runtime, 'bus'))
    put(runtime, 'loud')
    eventually(lambda: {'name': 'loud'} in notes(runtime, 'queue'))
    assert {'name': 'quiet'} not in notes(runtime, 'queue')


def test_a_queue_item_that_failed_comes_again(runtime: Runtime) -> None:
    put(runtime, 'again')
    eventually(lambda: notes(runtime, 'queue').count({'name': 'again'}) == 2)


def test_a_poison_record_goes_to_the_dead_letters_and_blocks_nobody(runtime: Runtime) -> None:
    put(runtime, 'poison')
    put(runtime, 'after-poison')
    eventually(lambda: 'after-poison' in streamed(runtime))
    letter = letters(runtime)[0]
    assert letter['requestContext']['condition'] == 'RetryAttemptsExhausted'
    assert letter['DDBStreamBatchInfo']['batchSize'] == 1


def test_a_listener_of_the_bus_that_fails_is_tried_three_times(runtime: Runtime) -> None:
    put(runtime, 'broken')
    letter = letters(runtime)[0]
    assert letter['responsePayload']['errorType'] == 'ValueError'
    assert notes(runtime, 'bus').count('broken') == 3
    assert 'the listener is broken' in runtime.logs('OnWritten')


def test_a_machine_waits_by_the_local_clock(runtime: Runtime) -> None:
    now = datetime.fromisoformat(httpx.get(f'{runtime.api}/now').json()['now'])
    until = (now + timedelta(hours=2)).isoformat()
    machine = start(runtime, {'until': until, 'number': 1})
    eventually(lambda: state(runtime, machine) == 'Wait')
    runtime.advance(3600)
    assert state(runtime, machine) == 'Wait'
    runtime.advance(3601)
    eventually(lambda: state(runtime, machine) == 'Rest')
    runtime.advance(86400)
    eventually(lambda: any(isinstance(one, dict) and one.get('stepped') for one in notes(runtime, 'queue')))
    after = datetime.fromisoformat(httpx.get(f'{runtime.api}/now').json()['now'])
    assert after - now > timedelta(hours=26)


def test_a_machine_catches_a_refusal_by_the_name_of_its_class(runtime: Runtime) -> None:
    machine = start(runtime, {'until': datetime.now(UTC).isoformat(), 'refuse': True})
    eventually(lambda: describe(runtime, machine)['status'] == 'SUCCEEDED')
    eventually(lambda: any('error' in one for one in notes(runtime, 'queue')))


def start(runtime: Runtime, given: dict[str, Any]) -> str:
    steps = runtime.client('stepfunctions')
    machine = steps.list_state_machines()['stateMachines'][0]['stateMachineArn']
    arn: str = steps.start_execution(stateMachineArn=machine, input=json.dumps(given))['executionArn']
    return arn


def describe(runtime: Runtime, execution: str) -> dict[str, Any]:
    found: dict[str, Any] = runtime.client('stepfunctions').describe_execution(executionArn=execution)
    return found


def state(runtime: Runtime, execution: str) -> str:
    history = runtime.client('stepfunctions').get_execution_history(executionArn=execution)['events']
    entered = [
        one['stateEnteredEventDetails']['name'] for one in history if 'stateEnteredEventDetails' in one
    ]
    left = [one['stateExitedEventDetails']['name'] for one in history if 'stateExitedEventDetails' in one]
    return entered[-1] if entered and entered[-1] not in left else ''


def test_moving_the_clock_runs_every_scheduled_function_once_and_waits_for_it(runtime: Runtime) -> None:
    before = len(notes(runtime, 'sweep'))
    assert runtime.advance(60)['swept'] == {'domovoy-Sweep': 'done'}
    assert len(notes(runtime, 'sweep')) == before + 1


def push_endpoint(runtime: Runtime, token: str) -> str:
    sns = runtime.client('sns')
    application = runtime.settings['PUSH_APPLICATION']
    endpoint: str = sns.create_platform_endpoint(PlatformApplicationArn=application, Token=token)[
        'EndpointArn'
    ]
    return endpoint


def test_every_delivery_stands_in_the_outbox(runtime: Runtime) -> None:
    seen = len(runtime.outbox())
    note = {'notification': {'title': 'Заявка', 'body': 'Выполнена'}, 'data': {'number': '5'}}
    message = json.dumps({'default': '-', 'GCM': json.dumps({'fcmV1Message': {'message': note}})})
    endpoint = push_endpoint(runtime, 'a-phone')
    runtime.client('sns').publish(TargetArn=endpoint, MessageStructure='json', Message=message)
    runtime.client('sns').publish(PhoneNumber='+79160000001', Message='Код 1234')
    letter = {'Subject': {'Data': 'Счёт'}, 'Body': {'Text': {'Data': 'Оплатите'}}}
    to = {'ToAddresses': ['a@b.example']}
    sender = 'Домовой <noreply@domovoy.example>'
    runtime.client('sesv2').send_email(FromEmailAddress=sender, Destination=to, Content={'Simple': letter})
    form = {
        'login': 'uk',
        'psw': 'x',
        'phones': '79160000002',
        'mes': 'Здравствуйте',
        'fmt': '3',
        'charset': 'utf-8',
    }
    httpx.post(f'{runtime.sms_centre}/sys/send.php', data=form)
    push, code, mail, text = runtime.outbox(seen)
    assert (push['channel'], push['to'], push['title'], push['text']) == (
        'push',
        'a-phone',
        'Заявка',
        'Выполнена',
    )
    assert push['data']['number'] == '5'
    assert (code['channel'], code['to'], code['text']) == ('sms', '+79160000001', 'Код 1234')
    assert (mail['channel'], mail['to'], mail['subject'], mail['text']) == (
        'email',
        'a@b.example',
        'Счёт',
        'Оплатите',
    )
    assert (text['channel'], text['to'], text['text']) == ('sms', '+79160000002', 'Здравствуйте')


def test_a_stale_phone_is_refused_and_stays_refused(runtime: Runtime) -> None:
    sns, endpoint = runtime.client('sns'), push_endpoint(runtime, 'stale-1')
    for _ in range(2):
        with pytest.raises(sns.exceptions.EndpointDisabledException):
            sns.publish(TargetArn=endpoint, Message='-')
    assert sns.get_endpoint_attributes(EndpointArn=endpoint)['Attributes']['Enabled'] == 'false'


def pending_payment(runtime: Runtime) -> Any:
    url, key = runtime.environment()['SANDBOX_YOOKASSA_URL'], {'Idempotence-Key': 'one'}
    return httpx.post(f'{url}/payments', json=asked(), auth=(SHOP, SECRET), headers=key).json()


def test_moving_the_clock_ends_what_nobody_paid(runtime: Runtime) -> None:
    pending_payment(runtime)
    runtime.advance(3600)
    # Read with the control door, which itself ends nothing: the clock did.
    assert [one['status'] for one in runtime.yookassa_told()['payments']] == ['canceled']


def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    runtime = Runtime(tmp_path / 'data', project=TRIAL)
    try:
        runtime.start()
        runtime.client('sns').publish(PhoneNumber='+79160000003', Message='до')
        endpoint = push_endpoint(runtime, 'a-phone')
        runtime.advance(7200)
        put(runtime, 'one')
        eventually(lambda: 'one' in streamed(runtime))
        put(runtime, 'two')
        password, kms = runtime.settings['PASSWORD'], runtime.client('kms')
        sealed = kms.encrypt(KeyId='alias/domovoy-seal', Plaintext=b'psw')['CiphertextBlob']
        runtime.client('s3').put_object(Bucket='domovoy-files', Key='a.txt', Body=b'file')
        payment = pending_payment(runtime)
        page = payment['confirmation']['confirmation_url']
        runtime.kill()
        runtime.start()
        eventually(lambda: 'two' in streamed(runtime))
        # The queues ended with the emulator: the last moments before come again, and nothing is left out.
        assert set(streamed(runtime)) == {'one', 'two'}
        assert [one['text'] for one in runtime.outbox()] == ['до']
        assert (runtime.settings['PASSWORD'], password.isalnum(), len(password)) == (password, True, 48)
        assert runtime.client('kms').decrypt(CiphertextBlob=sealed)['Plaintext'] == b'psw'
        assert runtime.client('s3').get_object(Bucket='domovoy-files', Key='a.txt')['Body'].read() == b'file'
        assert httpx.get(f'{runtime.api}/_local/clock').json()['offset_seconds'] == 7200
        assert httpx.post(page, data={'sbp': 'yes'}).headers['location'] == 'https://app.example/paid'
        paid = [(one['id'], one['status']) for one in runtime.yookassa_told()['payments']]
        assert paid == [(payment['id'], 'succeeded')]
        runtime.client('sns').publish(TargetArn=endpoint, Message='после')
        assert runtime.outbox()[-1]['to'] == 'a-phone'
    finally:
        runtime.stop()


def test_a_project_that_cannot_be_deployed_says_why(tmp_path: Path) -> None:
    (tmp_path / 'app.py').write_text("raise RuntimeError('no application today')\n")
    shutil.copytree(TRIAL / '.chalice', tmp_path / '.chalice')
    with pytest.raises(DidNotStart, match='no application today'):
        Runtime(tmp_path / 'data', project=tmp_path).start()


def test_two_runtimes_do_not_share_one_folder(runtime: Runtime) -> None:
    with pytest.raises(DidNotStart, match='another runtime works in'):
        Runtime(runtime.data, project=TRIAL).start()
