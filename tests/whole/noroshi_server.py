"""A whole noroshi for a test: state, processes, people who log in through its pages, and a mail server that keeps what it is given.

The program is taken from NOROSHI_BIN. Everything lies in one temporary folder and goes with it.
"""
import base64
import contextlib
import hmac
import html.parser
import http.client
import json
import os
import re
import secrets
import socketserver
import struct
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.append(os.path.join(ROOT, "tests", "process"))
from running import Running, alive  # noqa: E402

PASSWORD = "a sentence of several words 42"
CHANGED_MEANWHILE = ("ほかの方が内容を変更しました", "Somebody else changed this in the meantime")


def program():
    path = os.environ.get("NOROSHI_BIN") or os.path.join(ROOT, "build", "src", "noroshi")
    return os.path.abspath(path)


# ---- mails ----

class _MailTalk(socketserver.StreamRequestHandler):
    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")

    def handle(self):
        sender, to = "", []
        self.say("220 sink")
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            verb = line[:4].upper()
            if verb in ("EHLO", "HELO"):
                self.say("250 sink")
            elif verb == "MAIL":
                sender, to = line[10:].split(">")[0].lstrip("<"), []
                self.say("250 ok")
            elif verb == "RCPT":
                to.append(line[8:].split(">")[0].lstrip("<"))
                self.say("250 ok")
            elif verb == "DATA":
                self.say("354 go on")
                lines = []
                for part in self.rfile:
                    if part == b".\r\n":
                        break
                    lines.append(part[1:] if part.startswith(b"..") else part)
                self.server.sink.keep(sender, to, b"".join(lines))
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class MailSink:
    """Takes every mail and keeps it."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    def __init__(self):
        self.mails, self.lock = [], threading.Lock()
        self.server = self.Server(("127.0.0.1", 0), _MailTalk)
        self.server.sink = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def keep(self, sender, to, content):
        with self.lock:
            self.mails.append(Mail(sender, to, content))

    def to(self, address):
        with self.lock:
            return [m for m in self.mails if address in m.to]

    def all(self):
        with self.lock:
            return list(self.mails)

    def wait(self, address, words, seconds=20):
        """The newest mail to the address with the words in its text."""
        until = time.monotonic() + seconds
        while True:
            for mail in reversed(self.to(address)):
                if words in mail.text:
                    return mail
            if time.monotonic() > until:
                raise AssertionError(f"no mail to {address} with {words!r}; there are: {[m.subject for m in self.to(address)]}")
            time.sleep(0.05)

    def done(self):
        self.server.shutdown()
        self.server.server_close()


class Mail:
    def __init__(self, sender, to, content):
        import email
        import email.policy
        self.sender, self.to, self.raw = sender, to, content
        message = email.message_from_bytes(content, policy=email.policy.default)
        self.subject = str(message["Subject"])
        self.text = "".join(part.get_content() for part in message.walk() if part.get_content_maintype() == "text")


# ---- pages ----

class _Form:
    def __init__(self, attributes):
        self.action = attributes.get("action", "")
        self.is_multipart = attributes.get("enctype") == "multipart/form-data"
        self.values = []  # pairs, as a browser would send them without any typing
        self.names = set()


class _Forms(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form, self.text, self.area, self.select, self.option, self.skip = [], None, [], None, None, None, 0

    def handle_starttag(self, tag, pairs):
        a = {k: v if v is not None else "" for k, v in pairs}
        if tag in ("script", "style"):
            self.skip += 1
        if tag == "form":
            self.form = _Form(a)
            self.forms.append(self.form)
        if self.form is None or "name" not in a and tag != "option" or "disabled" in a:
            return
        if tag == "input":
            kind = a.get("type", "text")
            self.form.names.add(a["name"])
            if kind in ("checkbox", "radio") and "checked" not in a or kind in ("submit", "file", "image"):
                return
            self.form.values.append((a["name"], a.get("value", "on" if kind == "checkbox" else "")))
        elif tag == "textarea":
            self.form.names.add(a["name"])
            self.area = (a["name"], [])
        elif tag == "select":
            self.form.names.add(a["name"])
            self.select = [a["name"], None, False]
        elif tag == "option" and self.select:
            chosen = "selected" in a
            if self.select[1] is None or chosen and not self.select[2]:
                self.select[1:] = [a.get("value", ""), chosen]

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.skip -= 1
        if tag == "textarea" and self.area:
            text = "".join(self.area[1])
            self.form.values.append((self.area[0], text[1:] if text.startswith("\n") else text))
            self.area = None
        elif tag == "select" and self.select:
            self.form.values.append((self.select[0], self.select[1] or ""))
            self.select = None
        elif tag == "form":
            self.form = None

    def handle_data(self, data):
        if self.area:
            self.area[1].append(data)
        if not self.skip:
            self.text.append(data)


class Page:
    def __init__(self, status, headers, body, path):
        self.status, self.headers, self.body, self.path = status, headers, body, path
        self.html = body.decode("utf-8", "replace")
        self._parsed = None

    def parsed(self):
        if self._parsed is None:
            self._parsed = _Forms()
            self._parsed.feed(self.html)
        return self._parsed

    @property
    def text(self):
        return re.sub(r"\s+", " ", "".join(self.parsed().text))

    @property
    def forms(self):
        return self.parsed().forms

    def form(self, ending):
        found = [f for f in self.forms if urllib.parse.urlsplit(f.action).path.endswith(ending)]
        if not found:
            raise AssertionError(f"{self.path} ({self.status}) has no form for …{ending}, only {[f.action for f in self.forms]}\n{self.text[:2000]}")
        return found[0]

    def has_form(self, ending):
        return any(urllib.parse.urlsplit(f.action).path.endswith(ending) for f in self.forms)

    @property
    def token(self):
        for f in self.forms:
            for name, value in f.values:
                if name == "form_token":
                    return value
        return ""

    def links(self, pattern):
        return list(dict.fromkeys(re.findall(r'href="(' + pattern + r')"', self.html)))

    def json(self):
        return json.loads(self.body)


class Person:
    """A browser session without a browser: cookies and form tokens by hand, since `__Host-` cookies go over plain HTTP to *.localhost alone."""

    def __init__(self, server, face="desk", address="", name=""):
        self.server, self.face, self.address, self.name = server, face, address, name
        self.cookies, self.secret, self.token, self.last_step = {}, None, "", -1
        self.source = None  # (address, 0): where the requests come from

    def __repr__(self):
        return f"<{self.address or 'somebody'}>"

    @property
    def origin(self):
        return self.server.portal_url if self.face == "portal" else self.server.desk_url

    def request(self, method, path, body=None, headers=None, origin=True):
        port = self.server.running.portal if self.face == "portal" else self.server.running.desk
        all_headers = {"Host": self.origin.split("://")[1]}
        if self.cookies:
            all_headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        if method == "POST" and origin:
            all_headers["Origin"] = self.origin
        all_headers.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=self.source)
        try:
            connection.request(method, path, body=body, headers=all_headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            if value and "Max-Age=0" not in cookie:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        page = Page(answer.status, answer.headers, content, path)
        if "text/html" in (answer.headers["Content-Type"] or ""):
            self.token = page.token or self.token
        self.server.seen(self, method, path, page)
        return page

    def _follow(self, page):
        for _ in range(5):
            if page.status not in (301, 302, 303, 307, 308):
                return page
            where = urllib.parse.urljoin(self.origin + page.path, page.headers["Location"])
            if not where.startswith(self.origin):
                return page
            page = self.request("GET", where[len(self.origin):])
        raise AssertionError("redirected without end")

    def get(self, path, follow=True):
        if path.startswith(self.origin):
            path = path[len(self.origin):]
        page = self.request("GET", path)
        return self._follow(page) if follow else page

    def send(self, path, pairs, multipart=False, files=(), follow=True):
        if multipart:
            boundary = secrets.token_hex(16)
            body = b""
            for name, value in pairs:
                body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'.encode() + str(value).encode() + b"\r\n"
            for name, file_name, content in files:
                body += (f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
                         "Content-Type: application/octet-stream\r\n\r\n").encode() + content + b"\r\n"
            body += f"--{boundary}--\r\n".encode()
            kind = f"multipart/form-data; boundary={boundary}"
        else:
            body, kind = urllib.parse.urlencode(pairs).encode(), "application/x-www-form-urlencoded"
        page = self.request("POST", path, body, {"Content-Type": kind})
        return self._follow(page) if follow else page

    def submit(self, page, ending, fields=None, files=(), path=None, follow=True):
        """Fills in the page's form for …ending and sends it. A list as value is sent as often as it is long."""
        form, fields = page.form(ending), dict(fields or {})
        unknown = [name for name in fields if name not in form.names and name != "go"]
        assert not unknown, f"the form {form.action} has no field {unknown}, only {sorted(form.names)}"
        pairs = [(name, value) for name, value in form.values if name not in fields]
        for name, value in fields.items():
            pairs += [(name, one) for one in (value if isinstance(value, (list, tuple)) else [value])]
        answer = self.send(path or form.action, pairs, form.is_multipart, files, follow)
        return answer

    def do(self, page, ending, fields=None, files=()):
        """As submit, and it must go well. Where the clock changed the case since the page was shown, as it does at the instant of any deadline, the answer says so,
        and one looks again and presses once more, as a person would; a second time is a fault."""
        answer = self.submit(page, ending, fields, files)
        if answer.status == 409 and any(words in answer.text for words in CHANGED_MEANWHILE):
            print(f"{page.path} …{ending}: changed meanwhile, pressed again", file=sys.stderr)
            answer = self.submit(self.get(page.path), ending, fields, files)
        assert answer.status == 200, f"{page.path} …{ending} by {self}: {answer.status}\n{answer.text[:1500]}"
        return answer

    # ---- logging in ----

    def code(self):
        """A code that has not been used yet: one of this or the next step."""
        step = max(int(time.time()) // 30, self.last_step + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        self.last_step = step
        return totp(self.secret, step)

    def take_invitation(self, path):
        page = self.get(path)
        assert page.status == 200, f"the invitation of {self}: {page.status} {page.text[:500]}"
        page = self.do(page, urllib.parse.urlsplit(path).path, {"password": PASSWORD})
        found = re.search(r"\b((?:[A-Z2-7]{4} ?){4,16})\b", page.text)
        assert found, f"no key for the second step: {page.text[:800]}"
        self.secret = found.group(1).replace(" ", "")
        page = self.do(page, "/login/code", {"code": self.code()})
        assert "/login" not in page.path, page.text[:800]
        return self

    def log_in(self):
        self.cookies = {}
        page = self.do(self.get("/login"), "/login", {"email": self.address, "password": PASSWORD})
        page = self.do(page, "/login/code", {"code": self.code()})
        assert "/login" not in page.path, page.text[:800]
        return self


def totp(secret, step):
    """RFC 6238 with the usual values: SHA-1, 30 seconds, six digits."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    mac = hmac.digest(key, struct.pack(">Q", step), "sha1")
    at = mac[-1] & 15
    return f"{(struct.unpack('>I', mac[at:at + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


# ---- the whole ----

class Server:
    def __init__(self, **settings):
        self.sink = MailSink()
        self.watchers = []
        self.running = Running(program(), **{"mail_smarthost": f"127.0.0.1:{self.sink.port}", "smtp_starttls": "false",
                                             "mail_from": "noroshi@example.jp", "public_rate_per_minute": "1000000",
                                             "interface_rate_per_minute": "1000000", "file_rate_per_minute": "1000000",
                                             "program_rate_per_minute": "60000", **settings})
        self.portal_url = f"http://localhost:{self.running.portal}"
        self.desk_url = f"http://desk.localhost:{self.running.desk}"
        self.state = self.running.state
        self.command("init")

    def start(self):
        self.running.start(wait=60)
        self.running.wait_for(self.running.healthy, 20)
        return self

    def stop(self):
        return self.running.stop()

    def command(self, *arguments, check=True, feed=None):
        done = subprocess.run([program(), *arguments], env=self.running.environment, capture_output=True, text=True, input=feed, timeout=120)
        if check and done.returncode != 0:
            raise AssertionError(f"noroshi {' '.join(arguments)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def account(self, address, name, role, organisation, lang="ja"):
        """A person with password and second factor, logged in."""
        person = self.person(address)
        person.name = name
        done = self.command("account", "add", address, "--name", name, "--role", role, "--organisation", organisation, "--lang", lang)
        return person.take_invitation(re.search(r"http://\S*/invitation/\S+", done.stdout).group(0)[len(self.desk_url):])

    def verify(self):
        """The ledger's chains, and the caches against them."""
        return self.command("case", "verify")

    def seen(self, person, method, path, page):
        for watcher in self.watchers:
            watcher(person, method, path, page)

    def person(self, address="", face="desk"):
        return Person(self, face, address)

    def visitor(self):
        return Person(self, "portal")

    def done(self):
        self.running.stop()
        self.sink.done()
        self.running.done()

    def public_files(self):
        for folder, _, names in os.walk(os.path.join(self.state, "public")):
            for name in names:
                with contextlib.suppress(OSError), open(os.path.join(folder, name), "rb") as f:
                    yield os.path.join(folder, name), f.read()

    def desk_files(self):
        for folder, _, names in os.walk(self.state):
            if "/public" in folder[len(self.state):]:
                continue
            for name in names:
                with contextlib.suppress(OSError), open(os.path.join(folder, name), "rb") as f:
                    yield os.path.join(folder, name), f.read()


# ---- the last line that scripts/check reads ----

class _Result(unittest.TextTestResult):
    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed = getattr(self, "passed", 0) + 1


def run(*arguments):
    """Runs the tests of the calling file and says how many passed."""
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = unittest.TextTestRunner(resultclass=_Result, verbosity=2, descriptions=False, failfast="--failfast" in arguments).run(suite)
    failed = len(result.failures) + len(result.errors)
    sys.stderr.flush()
    print(f"{getattr(result, 'passed', 0)} passed, {failed} failed, {len(result.skipped)} skipped", flush=True)
    sys.exit(1 if failed else 0)
