#!/usr/bin/python3
"""The helpers of the desk at work, each in its real sandbox: parse, courier and pgp, spoken to as the desk speaks to them.

usage: roles_test.py NOROSHI
"""
import os
import pwd
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from aiosmtpd.controller import Controller
from running import run_user



def messages():
    """The numbers of the messages, as outside/peer.h has them."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "src", "outside", "peer.h")
    with open(path, encoding="utf-8") as file:
        table = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S).split("enum peer_message {")[1].split("}")[0]
    names = [re.match(r"\s*PEER_(\w+)", row) for row in table.split(",")]
    return {name[1]: at + 1 for at, name in enumerate(names) if name}


NUMBERS = messages()
MAIL, PGP_IMPORT, PGP_ENCRYPT, PARSE, PING = (NUMBERS[name] for name in ("MAIL", "PGP_IMPORT", "PGP_ENCRYPT", "PARSE", "PING"))
REPLY, ERROR = 0x8000, 0xFFFF
READY_FD, STOP_FD, DESK_FD = 3, 4, 6


def record(fields):
    out = b""
    for name, value in fields:
        value = value if isinstance(value, bytes) else str(value).encode()
        out += bytes([len(name)]) + name.encode() + struct.pack(">I", len(value)) + value
    return out


def fields_of(body):
    out = []
    while body:
        n = body[0]
        size = struct.unpack(">I", body[1 + n:5 + n])[0]
        out.append((body[1:1 + n].decode(), body[5 + n:5 + n + size]))
        body = body[5 + n + size:]
    return out


class Role:
    """One role as the supervisor starts it, on a state folder of its own."""

    def __init__(self, name, state, **settings):
        self.ours, theirs = socket.socketpair()
        self.ready, ready = os.pipe()
        stop, self.stop = os.pipe()
        user = pwd.getpwnam(run_user())
        # Above the numbers they are given, so that none is overwritten on its way.
        handed = [(os.dup2(fd, 50 + at), at) for at, fd in ((READY_FD, ready), (STOP_FD, stop), (DESK_FD, theirs.fileno()))]

        def hand_over():
            for fd, at in handed:
                os.dup2(fd, at)

        environment = {**os.environ, "NOROSHI_STATE_DIR": state, **{f"NOROSHI_{k.upper()}": v for k, v in settings.items()}}
        drop = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        self.process = subprocess.Popen([sys.argv[1], "--role", name], env=environment, preexec_fn=hand_over, close_fds=False,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **drop)
        for fd in [fd for fd, _ in handed] + [ready, stop]:
            os.close(fd)
        theirs.close()
        self.next_id = 0
        self.ours.settimeout(30)

    def wait_ready(self):
        assert os.read(self.ready, 1) == b"R", self.process.stderr.read()
        return self

    def receive(self, n):
        out = b""
        while len(out) < n:
            more = self.ours.recv(n - len(out))
            if not more:
                raise ConnectionError("closed")
            out += more
        return out

    def ask(self, kind, fields):
        self.next_id += 1
        body = record(fields)
        self.ours.sendall(struct.pack(">IIQ", kind, len(body), self.next_id) + body)
        got, size, number = struct.unpack(">IIQ", self.receive(16))
        assert number == self.next_id
        return got, fields_of(self.receive(size))

    def done(self):
        self.ours.close()
        for fd in (self.ready, self.stop):
            os.close(fd)
        try:
            self.process.wait(5)
        finally:
            self.process.kill()
            self.process.wait()
            self.process.stderr.close()
        return self.process.returncode


class RoleTest(unittest.TestCase):
    def setUp(self):
        self.state = tempfile.mkdtemp(prefix="noroshi-test-")
        self.addCleanup(shutil.rmtree, self.state, True)
        for name in ("pgp", "public", "desk"):
            os.mkdir(os.path.join(self.state, name))
        if os.geteuid() == 0:
            user = pwd.getpwnam(run_user())
            for name in (".", "pgp", "public", "desk"):
                os.chown(os.path.join(self.state, name), user.pw_uid, user.pw_gid)


class Parse(RoleTest):
    def worker(self):
        return Role("parse", self.state)

    def test_it_tells_what_a_file_is_and_ends(self):
        worker = self.worker()
        kind, findings = worker.ask(PARSE, [("what", "file"), ("name", "../x.png"), ("bytes", b"MZ\x90\0" + bytes(2 << 20))])
        self.assertEqual(kind, PARSE | REPLY)
        findings = dict(findings)
        self.assertEqual(findings["name"], b"x.png")
        self.assertEqual(findings["verdict"], b"1")
        self.assertEqual(worker.done(), 0)

    def test_it_takes_nothing_but_one_document(self):
        worker = self.worker()
        body = record([("text", "x")])
        worker.ours.sendall(struct.pack(">IIQ", MAIL, len(body), 1) + body)
        with self.assertRaises(ConnectionError):
            worker.receive(1)
        self.assertNotEqual(worker.done(), 0)

    def test_more_memory_than_it_has_ends_it_alone(self):
        worker = self.worker()
        worker.ours.sendall(struct.pack(">IIQ", PARSE, 0xFFFFFFF0, 1))
        with self.assertRaises(ConnectionError):
            worker.receive(1)
        worker.done()


class Courier(RoleTest):
    def test_it_hands_mail_over_and_names_nobody_in_what_it_says(self):
        heard = []

        class Sink:
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith("gone"):
                    return f"550 <{address}> is not here"
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                heard.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
                return "250 taken"

        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        sink = Controller(Sink(), hostname="127.0.0.1", port=port)
        sink.start()
        self.addCleanup(sink.stop)
        courier = Role("courier", self.state, mail_smarthost=f"127.0.0.1:{port}", smtp_starttls="false").wait_ready()
        message = b"Subject: Notice\r\n\r\n.dot\r\n"
        kind, answer = courier.ask(MAIL, [("from", "noroshi@example.jp"), ("to", "hana@example.jp"), ("message", message)])
        self.assertEqual((kind, dict(answer)["result"]), (MAIL | REPLY, b"sent"), answer)
        self.assertEqual(heard, [("noroshi@example.jp", ["hana@example.jp"], message)])
        _, answer = courier.ask(MAIL, [("from", "noroshi@example.jp"), ("to", "gone@example.jp"), ("message", message)])
        self.assertEqual(dict(answer)["result"], b"refused")
        self.assertNotIn(b"@", dict(answer)["text"])
        self.assertEqual(courier.done(), 0)

    def test_without_a_smarthost_mail_stays(self):
        courier = Role("courier", self.state, mail_smarthost="").wait_ready()
        _, answer = courier.ask(MAIL, [("from", "a@example.jp"), ("to", "b@example.jp"), ("message", "x")])
        self.assertEqual(dict(answer)["result"], b"later")
        courier.done()

    def test_names_are_resolved_inside_the_sandbox(self):
        courier = Role("courier", self.state, mail_smarthost="localhost:9", smtp_starttls="false").wait_ready()
        _, answer = courier.ask(MAIL, [("from", "a@example.jp"), ("to", "b@example.jp"), ("message", "x")])
        self.assertEqual(dict(answer)["result"], b"later")
        self.assertIn(b"connect", dict(answer)["text"])  # and not: could not resolve
        courier.done()


class Pgp(RoleTest):
    def gpg(self, *arguments, feed=None):
        return subprocess.run(["gpg", "--homedir", self.home, "--batch", "--quiet", "--yes", *arguments], input=feed, check=True,
                              capture_output=True).stdout

    def test_it_encrypts_inside_the_sandbox_and_ends_its_agent(self):
        self.home = tempfile.mkdtemp(prefix="noroshi-gpg-")
        self.addCleanup(shutil.rmtree, self.home, True)
        self.addCleanup(subprocess.run, ["gpgconf", "--homedir", self.home, "--kill", "gpg-agent"])
        self.gpg("--passphrase", "", "--quick-gen-key", "hana@example.jp", "future-default", "default", "never")
        key = self.gpg("--armor", "--export", "hana@example.jp")

        pgp = Role("pgp", self.state, mail_from="noroshi@example.jp").wait_ready()
        kind, answer = pgp.ask(PGP_IMPORT, [("key", key)])
        self.assertEqual(kind, PGP_IMPORT | REPLY, answer)
        fingerprint = dict(answer)["fingerprint"]
        _, own = pgp.ask(PGP_IMPORT, [])
        self.gpg("--import", feed=dict(own)["own"])
        mail = [("from_name", "Noroshi"), ("from", "noroshi@example.jp"), ("to", "hana@example.jp"), ("subject", "canary in the subject"),
                ("outer_subject", "Notice"), ("message_id", "1@example.jp"), ("date", 1795219200000), ("body", "canary in the body\n")]
        kind, answer = pgp.ask(PGP_ENCRYPT, [("key", key), ("fingerprint", fingerprint), *mail])
        self.assertEqual(kind, PGP_ENCRYPT | REPLY, answer)
        message = dict(answer)["message"]
        self.assertIn(b"Subject: Notice\r\n", message)
        self.assertNotIn(b"canary", message)
        self.assertNotIn(b"\n", message.replace(b"\r\n", b""))
        armored = message[message.index(b"-----BEGIN PGP MESSAGE"):message.index(b"-----END PGP MESSAGE-----") + 25]
        inner = self.gpg("--decrypt", feed=armored)
        self.assertIn(b"canary in the subject", inner)
        self.assertIn(b"canary in the body", inner)
        kind, answer = pgp.ask(PGP_ENCRYPT, [("key", key), ("fingerprint", "0" * 40), *mail])
        self.assertEqual((kind, dict(answer)["code"]), (ERROR, b"PGP"))

        kind, answer = pgp.ask(PGP_IMPORT, [("key", b"nonsense")])
        self.assertEqual((kind, dict(answer)["code"]), (ERROR, b"PGP"))
        self.assertEqual(pgp.done(), 0)
        time.sleep(0.3)
        left = subprocess.run(["pgrep", "-f", f"gpg-agent --homedir {self.state}"], capture_output=True, text=True).stdout
        self.assertEqual(left, "")


class FailClosed(RoleTest):
    def test_no_role_runs_as_root(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        done = subprocess.run([sys.argv[1], "--role", "parse"], env={**os.environ, "NOROSHI_STATE_DIR": self.state}, capture_output=True)
        self.assertEqual(done.returncode, 78)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
