"""A small SMS centre over loopback HTTP: answers what a test scripts, keeps what it was told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

SENT = {
    'id': 77,
    'cnt': 1,
    'cost': '4.90',
    'balance': '120.35',
    'phones': [{'phone': '79161234567', 'cost': '4.90'}],
}


class SmsCentre:
    """`centre.forms` holds (page, form), `centre.script` the next answers as (status, body)."""

    def __init__(self):
        self.forms, self.script = [], []
        self.silence = threading.Event()
        centre = self

        class Page(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers['Content-Length'])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                centre.forms.append((self.path, form))
                status, answer = centre.script.pop(0) if centre.script else (200, centre.usual(form))
                if answer == 'silence':
                    centre.silence.wait(5)
                if answer in ('silence', 'hang up'):
                    self.close_connection = True
                    return
                raw = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                self.send_header('Content-Length', str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *arguments):
                pass

        self._server = ThreadingHTTPServer(('127.0.0.1', 0), Page)
        self._server.daemon_threads = True
        self.url = f'http://127.0.0.1:{self._server.server_port}'

    def usual(self, form):
        """What the centre says on a good day."""
        if 'mes' not in form:
            return {'balance': '84.75', 'currency': 'RUB'}
        return {'cost': '9.80', 'cnt': 2} if form.get('cost') == '1' else SENT

    def fails(self, code):
        """The next answer is the centre's error of that number."""
        self.script.append((200, {'error': 'no', 'error_code': code}))

    @property
    def sent(self):
        """Forms that asked to send."""
        return [form for page, form in self.forms if page == '/sys/send.php' and form.get('cost') != '1']

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *exception):
        self.silence.set()
        self._server.shutdown()
        self._server.server_close()
