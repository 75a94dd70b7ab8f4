"""Lambda: warm workers answer at once, and an event from a bus is retried as the cloud retries it."""

import json
from typing import Any

import ministack.core.lambda_runtime as workers
import ministack.services.cloudformation.provisioners as provisioners
import ministack.services.eventbridge as eventbridge
import ministack.services.lambda_svc as lambdas

from infra.local.emulator.patching import around, existing, put


def install() -> None:
    """Invocations wait for nothing but the function."""
    worker = existing(workers, 'ProvidedWorker')
    # Our workers write their logs to files; MiniStack would wait 50 ms for a line that never comes.
    put(worker, '_drain_stderr_bounded', lambda self, *_, **__: '')

    @around(worker, '_build_handler_class')
    def handler_class(original: Any, self: Any, *arguments: Any) -> Any:
        # Headers and payload left in two packets: with Nagle's algorithm that costs 40 ms a time.
        built = original(self, *arguments)
        built.disable_nagle_algorithm = True
        built.wbufsize = -1
        return built

    retrying = existing(lambdas, 'invoke_async_with_retry')
    put(lambdas, '_LAMBDA_ASYNC_RETRY_BASE_SECONDS', 0.1)
    put(lambdas, '_LAMBDA_ASYNC_RETRY_MAX_SECONDS', 1.0)

    def dispatch(arn: str, payload: str) -> None:
        # In the cloud a rule hands its event to Lambda's asynchronous queue: a function that fails is tried
        # again twice, and then the event goes to the function's own dead letters.
        record, config, name = lambdas._get_func_record_for_ref(arn)
        if not record or not config:
            raise LookupError(f'the target {name} of a rule is not deployed')
        retrying(lambdas._execution_record_for_config(record, config), json.loads(payload))

    _keep_dead_letters()
    existing(lambdas, '_get_func_record_for_ref')
    existing(lambdas, '_execution_record_for_config')
    put(eventbridge, '_dispatch_to_lambda', dispatch)


def _keep_dead_letters() -> None:
    # Its CloudFormation forgets where a function leaves the events it could not handle.
    handlers = existing(provisioners, '_RESOURCE_HANDLERS')['AWS::Lambda::Function']
    create, update = handlers['create'], handlers['update']

    def remember(name: str, properties: dict[str, Any]) -> None:
        if properties.get('DeadLetterConfig'):
            lambdas._functions[name]['config']['DeadLetterConfig'] = properties['DeadLetterConfig']

    def created(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        answer = create(logical_id, properties, stack)
        remember(answer[0], properties)
        return answer

    def updated(physical_id: str, old: Any, new: dict[str, Any], *rest: Any, **named: Any) -> Any:
        answer = update(physical_id, old, new, *rest, **named)
        remember(answer[0], new)
        return answer

    existing(lambdas, '_functions')
    handlers |= {'create': created, 'update': updated}
