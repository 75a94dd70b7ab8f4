"""The gateway answers as API Gateway in front of Chalice would, to many callers at once."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from chalice import Chalice, Response
from chalice.config import Config

from infra.local.gateway import Gateway
from infra.local.server import MAX_BODY, Server

PDF = b'%PDF-\xff\x00\x01'


def application() -> Chalice:
    app = Chalice(app_name='trial')
    app.api.cors = True
    app.api.binary_types.append('application/pdf')
    meeting = threading.Barrier(8)

    @app.route('/plain')
    def plain() -> dict[str, str]:
        return {'it': 'works'}

    @app.route('/things/{name}', methods=['GET', 'PUT'])
    def thing(name: str) -> dict[str, object]:
        request = app.current_request
        return {'name': name, 'query': request.query_params, 'body': request.raw_body.decode()}

    @app.route('/things/list')
    def things() -> dict[str, str]:
        return {'name': 'the list'}

    @app.route('/meet/{name}')
    def meet(name: str) -> dict[str, str]:
        # All eight callers are inside at this moment: each must still see its own request.
        meeting.wait(10)
        return {'name': name, 'seen': app.current_request.uri_params['name']}

    special_routes(app)
    return app


def special_routes(app: Chalice) -> None:
    @app.route('/file')
    def file() -> Response:
        return Response(PDF, headers={'Content-Type': 'application/pdf'})

    @app.route('/echo', methods=['POST'], content_types=['application/pdf'])
    def echo() -> Response:
        return Response(app.current_request.raw_body, headers={'Content-Type': 'application/pdf'})

    @app.route('/cookies')
    def cookies() -> Response:
        return Response({}, headers={'Set-Cookie': ['a=1', 'b=2']})

    @app.route('/broken')
    def broken() -> None:
        raise ValueError('a fault of ours')


@pytest.fixture(scope='module')
def server() -> Iterator[Server]:
    app = application()
    gateway = Gateway(app, Config(chalice_stage='api', user_provided_params={'chalice_app': app}))
    serving = Server(gateway.answer).start()
    yield serving
    serving.stop()


def ask(
    server: Server, method: str, path: str, body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
    connection.request(method, path, body, {name.replace('_', '-'): value for name, value in headers.items()})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, answer.headers, content


def test_a_route_answers(server: Server) -> None:
    status, headers, body = ask(server, 'GET', '/plain')
    assert (status, json.loads(body)) == (200, {'it': 'works'})
    assert headers['Access-Control-Allow-Origin'] == '*'


def test_a_trailing_slash_leads_to_the_same_route(server: Server) -> None:
    assert ask(server, 'GET', '/plain/')[0] == 200


@pytest.mark.parametrize(
    ('escaped', 'name'),
    [('a%2Fb', 'a/b'), ('%D0%B4%D0%BE%D0%BC%207', 'дом 7'), ('100%25', '100%'), ('a+b', 'a+b')],
)
def test_a_path_parameter_arrives_unescaped_and_whole(server: Server, escaped: str, name: str) -> None:
    status, _, body = ask(server, 'GET', f'/things/{escaped}')
    assert (status, json.loads(body)['name']) == (200, name)


def test_a_literal_segment_wins_over_a_parameter(server: Server) -> None:
    assert json.loads(ask(server, 'GET', '/things/list')[2])['name'] == 'the list'


def test_a_query_keeps_repeated_names(server: Server) -> None:
    body = json.loads(ask(server, 'GET', '/things/a?status=waiting&status=done&empty=')[2])
    assert body['query'] == {'status': 'done', 'empty': ''}


def test_eight_callers_at_once_each_see_their_own_request(server: Server) -> None:
    names = [f'caller-{number}' for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda name: json.loads(ask(server, 'GET', f'/meet/{name}')[2]), names))
    assert answers == [{'name': name, 'seen': name} for name in names]


@pytest.mark.parametrize(
    ('method', 'path'), [('GET', '/nowhere'), ('DELETE', '/plain'), ('GET', '/things/a/b')]
)
def test_what_the_api_does_not_declare_is_refused_as_api_gateway_does(
    server: Server, method: str, path: str
) -> None:
    status, headers, body = ask(server, method, path)
    assert (status, json.loads(body)) == (403, {'message': 'Missing Authentication Token'})
    assert headers['x-amzn-ErrorType'] == 'MissingAuthenticationTokenException'


def test_a_preflight_is_answered_for_every_method_of_the_path(server: Server) -> None:
    status, headers, body = ask(server, 'OPTIONS', '/things/a', Origin='https://crm.example')
    assert (status, body) == (200, b'')
    assert set(headers['Access-Control-Allow-Methods'].split(',')) == {'GET', 'PUT', 'OPTIONS'}


def test_head_is_get_without_the_body(server: Server) -> None:
    status, headers, body = ask(server, 'HEAD', '/plain')
    assert (status, body, headers['Content-Length']) == (200, b'', str(len(b'{"it":"works"}')))


def test_bytes_come_and_go_unharmed_where_the_type_is_declared_binary(server: Server) -> None:
    _, headers, body = ask(server, 'GET', '/file', Accept='application/pdf')
    assert (headers['Content-Type'], body) == ('application/pdf', PDF)
    posted = ask(server, 'POST', '/echo', PDF, Accept='application/pdf', Content_Type='application/pdf')
    assert posted[2] == PDF


def test_a_header_may_repeat(server: Server) -> None:
    assert ask(server, 'GET', '/cookies')[1].get_all('Set-Cookie') == ['a=1', 'b=2']


def test_a_fault_of_the_application_is_500_and_harms_nobody(server: Server) -> None:
    assert ask(server, 'GET', '/broken')[0] == 500
    assert ask(server, 'GET', '/plain')[0] == 200


def test_ten_megabytes_pass_and_a_byte_more_does_not(server: Server) -> None:
    text = {'Content_Type': 'text/plain'}
    status, _, body = ask(server, 'PUT', '/things/a', b'x' * (MAX_BODY + 1), **text)
    assert (status, json.loads(body)) == (413, {'message': 'Request Too Long'})
    assert (
        ask(server, 'PUT', '/things/a', b'"' + b'x' * (MAX_BODY - 2) + b'"', Content_Type='application/json')[
            0
        ]
        == 200
    )


def test_a_chunked_body_is_read(server: Server) -> None:
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
    connection.request('PUT', '/things/a', iter([b'{"a"', b': 1}']), {'Content-Type': 'application/json'})
    assert json.loads(connection.getresponse().read())['body'] == '{"a": 1}'
    connection.close()


@pytest.mark.parametrize('length', ['-1', 'many'])
def test_a_senseless_length_is_a_bad_request(server: Server, length: str) -> None:
    assert ask(server, 'PUT', '/things/a', b'', Content_Length=length)[0] == 400


def test_clients_that_hang_up_are_not_noticed(server: Server, capfd: pytest.CaptureFixture[str]) -> None:
    for said in (
        b'',
        b'GET /plain HTTP/1.1\r\nHost: x\r\n\r\n',
        b'PUT /things/a HTTP/1.1\r\nContent-Length: 9\r\n\r\nx',
    ):
        with socket.create_connection(('127.0.0.1', server.port)) as client:
            client.sendall(said)
    assert ask(server, 'GET', '/plain')[0] == 200
    assert capfd.readouterr().err == ''


def test_a_kept_connection_does_not_wait_for_acknowledgements(server: Server) -> None:
    connection = http.client.HTTPConnection('127.0.0.1', server.port, timeout=10)
    spans = []
    for _ in range(50):
        before = time.perf_counter()
        connection.request('GET', '/plain')
        connection.getresponse().read()
        spans.append(time.perf_counter() - before)
    connection.close()
    # With Nagle's algorithm in the way it would be 40 ms; without, about one.
    assert sorted(spans)[25] < 0.015
