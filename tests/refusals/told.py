"""What every refusal must tell, whatever door it comes from."""

from typing import Any

from chalice.test import HTTPResponse

MEMBERS = {'type', 'title', 'status', 'detail', 'code', 'errors', 'params', 'request_id'}


def refused(answer: HTTPResponse, *statuses: int, code: str | None = None, path: str | None = None) -> Any:
    """The problem the answer tells, which is of the form of api.md and as expected."""
    told = (answer.status_code, answer.body.decode()[:2000])
    assert answer.status_code in statuses, told
    problem = problem_of(answer)
    if code is not None:
        assert problem['code'] == code, told
    if path is not None:
        assert path in [error['path'] for error in problem['errors']], told
    return problem


def problem_of(answer: HTTPResponse) -> Any:
    """The problem the answer tells; any other form fails."""
    headers, problem = answer.headers, answer.json_body
    assert headers['Content-Type'] == 'application/problem+json', (answer.status_code, answer.body)
    assert problem.keys() == MEMBERS
    assert problem['status'] == answer.status_code
    assert problem['type'] == f'urn:domovoy:problem:{problem["code"]}'
    assert problem['code'].isidentifier() and problem['title'] and problem['detail']
    assert problem['request_id'] == headers['X-Request-Id']
    assert headers['Access-Control-Allow-Origin'] == '*'
    for error in problem['errors']:
        assert error.keys() == {'path', 'code', 'message'} and all(error.values()), error
        assert error['path'].partition('.')[0].partition('[')[0] in ('body', 'query', 'path', 'header'), error
    if answer.status_code == 401:
        assert headers['WWW-Authenticate'].startswith('Bearer')
    if answer.status_code in (429, 503):
        assert int(headers['Retry-After']) > 0
    return problem
