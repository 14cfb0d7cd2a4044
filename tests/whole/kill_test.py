#!/usr/bin/python3
"""kill -9 of every process at random moments of a submission load: no acknowledged report is lost, none is doubled, the ledger verifies.

usage: NOROSHI_BIN=build/src/noroshi kill_test.py [--long] [--seed N]
"""
import collections
import http.client
import json
import os
import random
import secrets
import signal
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import report_fields  # noqa: E402

LONG = "--long" in sys.argv
SEED = int(sys.argv[sys.argv.index("--seed") + 1]) if "--seed" in sys.argv else secrets.randbelow(1 << 32)
NAMES = ("public", "desk", "courier", "pgp", "supervisor")
KILLS_EACH = 50 if LONG else 4
CLIENTS = 4


class Client(threading.Thread):
    """Sends reports one after the other, each under its own key, again and again until it is acknowledged."""

    def __init__(self, server, n, ledger, stop):
        super().__init__(daemon=True)
        self.server, self.n, self.ledger, self.stop = server, n, ledger, stop
        self.sent = {}  # key: body
        self.strange = []

    def post(self, key, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.running.portal, timeout=10)
        try:
            # An address of its own for each report: the limit by address is not what is tested here.
            address = f"198.{int(key[:2], 16)}.{int(key[2:4], 16)}.{int(key[4:6], 16)}"
            connection.request("POST", "/api/v1/reports", body, {"Host": f"localhost:{self.server.running.portal}", "Content-Type": "application/json",
                                                                 "Idempotency-Key": key, "X-Forwarded-For": address})
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()

    def send(self, key):
        status, content = self.post(key, self.sent[key])
        if status == 201:
            receipt = json.loads(content)
            self.ledger.keep(key, receipt["receipt"], receipt["passphrase"])
            return True
        if status not in (0, 429, 500, 502, 503, 504):
            self.strange.append((status, content))
        return False

    def run(self):
        while not self.stop.is_set():
            key = secrets.token_hex(20)
            boxes = ("told_developer", "intends_to_publish", "read_notes", "declares_legal", "keeps_silent")
            fields = report_fields(product_name=f"製品 {key[:8]}")
            self.sent[key] = json.dumps({k: True if k in boxes else v for k, v in fields.items()}).encode()
            while not self.send(key) and not self.stop.is_set():
                time.sleep(0.05)
            if not self.stop.is_set() and self.n % 2:
                self.send(key)  # a client that did not hear the answer asks again
            time.sleep(0.1)


class Ledger:
    """What was acknowledged, on disk before the next report is sent."""

    def __init__(self, path):
        self.file, self.lock = open(path, "a+", encoding="utf-8"), threading.Lock()

    def keep(self, *words):
        with self.lock:
            self.file.write("\t".join(words) + "\n")
            self.file.flush()
            os.fsync(self.file.fileno())

    def read(self):
        self.file.seek(0)
        by_key = collections.defaultdict(set)
        for line in self.file:
            key, receipt, passphrase = line.rstrip("\n").split("\t")
            by_key[key].add((receipt, passphrase))
        return by_key


class Killed(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_or_doubled(self):
        chance = random.Random(SEED)
        print(f"seed {SEED}", flush=True)
        server = noroshi_server.Server(trusted_proxies="127.0.0.1")
        self.addCleanup(server.done)
        server.start()
        ledger, stop = Ledger(os.path.join(server.running.folder, "acknowledged")), threading.Event()
        clients = [Client(server, n, ledger, stop) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        kills = [name for name in NAMES for _ in range(KILLS_EACH)]
        chance.shuffle(kills)
        slowest = dict.fromkeys(NAMES, 0.0)
        for name in kills:
            time.sleep(chance.uniform(0.05, 0.8))
            began = time.monotonic()
            self.kill(server, name)
            server.running.wait_for(server.running.healthy, 60)
            slowest[name] = max(slowest[name], time.monotonic() - began)
        time.sleep(0.5)
        stop.set()
        for client in clients:
            client.join(30)
        print("slowest return, seconds:", {name: round(seconds, 2) for name, seconds in slowest.items()}, flush=True)

        acknowledged = ledger.read()
        keys = {key: client for client in clients for key in client.sent}
        print(f"{len(kills)} kills, {len(acknowledged)} acknowledged of {len(keys)} sent", flush=True)
        self.assertGreater(len(acknowledged), len(kills))
        self.assertEqual([s for c in clients for s in c.strange], [])
        self.assertEqual({k: v for k, v in acknowledged.items() if len(v) != 1}, {}, "one key, two receipts")
        self.assertEqual(len({r for v in acknowledged.values() for r in v}), len(acknowledged), "two keys, one receipt")

        server.verify()
        self.assertLessEqual(len(acknowledged), self.count(server))
        self.assertLessEqual(self.count(server), len(keys))
        for key, client in keys.items():  # each key once more: those that had an answer get the same one
            until = time.monotonic() + 30
            while not client.send(key) and time.monotonic() < until:
                time.sleep(0.1)
        again = ledger.read()
        self.assertEqual({k: v for k, v in again.items() if len(v) != 1}, {})
        self.assertEqual(len(again), len(keys))
        self.assertEqual(self.count(server), len(keys))
        for receipt, passphrase in (next(iter(v)) for v in again.values()):
            finder = server.person()
            page = finder.submit(finder.get("/mailbox"), "/mailbox", {"receipt": receipt, "passphrase": passphrase})
            self.assertEqual((page.status, page.path), (200, "/mailbox/case"), receipt)
        server.verify()

    def count(self, server):
        return len(json.loads(server.command("case", "list", "--format", "json").stdout))

    def kill(self, server, name):
        if name != "supervisor":
            pid = server.running.pids()[name]
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it went down with another one and is not back yet
            server.running.wait_for(lambda: not noroshi_server.alive(pid), 10)
            return
        pids = server.running.halt()  # a role between its fork and its line in the log holds the addresses too
        server.running.process.kill()
        server.running.process.wait()
        until = time.monotonic() + 60  # one that waits for the disk dies when the disk has answered, and holds its address until then
        while any(noroshi_server.alive(pid) for pid in pids):
            self.assertLess(time.monotonic(), until, "the roles outlive the supervisor")
            time.sleep(0.01)
        server.running.start(wait=60)


if __name__ == "__main__":
    noroshi_server.run()
