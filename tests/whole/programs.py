"""A developer's program: it has a token and speaks JSON; no cookie, no form."""
import http.server
import json
import os
import re
import secrets
import threading
import time

from noroshi_server import ROOT, Page, Person

API = "/api/v1/developer"


def make_token(person, name="tracker", scope="read", days="90"):
    """At the desk, as a person does; the only time it is shown."""
    page = person.do(person.get("/connections/tokens/new"), "/connections/tokens", {"name": name, "scope": scope, "days": days})
    return re.search(r"noroshi_[0-9a-z]{52}", page.text).group(0)


class Program:
    def __init__(self, server, token, lang=None):
        self.person, self.token, self.lang = Person(server), token, lang

    def ask(self, method, path, body=None, **headers):
        """headers: If_Match="…" for If-Match; a value None leaves the header out."""
        all_headers = {"Authorization": f"Bearer {self.token}" if self.token else None, "Accept-Language": self.lang}
        if body is not None and not isinstance(body, bytes):
            body, all_headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        if method == "POST":
            all_headers["Idempotency-Key"] = secrets.token_hex(16)
        all_headers.update({name.replace("_", "-"): value for name, value in headers.items()})
        return self.person.request(method, path if path.startswith("/") and path.startswith(("/api", "/en")) else API + path, body,
                                   {name: value for name, value in all_headers.items() if value is not None}, origin=False)

    def get(self, path, **headers):
        return self.ask("GET", path, **headers)

    def post(self, path, body, **headers):
        return self.ask("POST", path, body, **headers)

    def case(self, case_id):
        page = self.get(f"/cases/{case_id}")
        assert page.status == 200, (page.status, page.html)
        return page.json(), page.headers["ETag"]

    def change(self, case_id, what, body, etag=None):
        """As the program saw it just now."""
        return self.post(f"/cases/{case_id}/{what}", body, If_Match=etag or self.case(case_id)[1])

    def send_files(self, case_id, text, *files):
        boundary = secrets.token_hex(16)
        body = f'--{boundary}\r\nContent-Disposition: form-data; name="text"\r\n\r\n{text}\r\n'.encode()
        for name, content in files:
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + content + b"\r\n"
        return self.ask("POST", f"/cases/{case_id}/files", body + f"--{boundary}--\r\n".encode(), Content_Type=f"multipart/form-data; boundary={boundary}")


def bare(page: Page):
    """All of an answer but its time."""
    return page.status, page.body, sorted((k, v) for k, v in page.headers.items() if k not in ("Date", "Content-Length"))


def documented_check():
    """The example of docs/tracker.md, as somebody would copy it."""
    with open(os.path.join(ROOT, "docs", "tracker.md"), encoding="utf-8") as f:
        code = re.search(r"```python\n(.*?)```", f.read(), re.S).group(1)
    names = {}
    exec(compile(code, "docs/tracker.md", "exec"), names)  # our own document
    return names["is_from_noroshi"]


def make_hook(person, url, events=("case", "message", "date", "publication")):
    page = person.do(person.get("/connections/hooks/new"), "/connections/hooks", {"url": url, "events": list(events)})
    return re.search(r"whsec_[A-Za-z0-9+/=]+", page.html).group(0)


class Receiver:
    """Takes what webhooks bring; `status` is what it answers, `location` where it sends on."""

    def __init__(self):
        receiver = self
        self.calls, self.status, self.location, self.lock = [], 204, None, threading.Lock()

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.lock:
                    receiver.calls.append((self.path, self.headers, body))
                self.send_response(receiver.status)
                if receiver.location:
                    self.send_header("Location", receiver.location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def bodies(self, path):
        with self.lock:
            return [json.loads(body) for where, _, body in self.calls if where == path]

    def wait(self, path, kind, count=1, seconds=20):
        until = time.monotonic() + seconds
        while sum(body["type"] == kind for body in self.bodies(path)) < count:
            if time.monotonic() > until:
                raise AssertionError(f"no {kind} at {path}: {self.bodies(path)}")
            time.sleep(0.05)

    def done(self):
        self.server.shutdown()
        self.server.server_close()
