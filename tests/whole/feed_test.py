#!/usr/bin/python3
"""Feeds by themselves: a web server that changes, breaks off, says no and lies; what the catalogue has afterwards, and what was asked for.

usage: NOROSHI_BIN=build/src/noroshi feed_test.py
"""
import hashlib
import http.server
import json
import os
import sqlite3
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402


def record(number, words="A made-up weakness"):
    return json.dumps({"schema_version": "1.6.0", "id": f"DEMO-2026-{number:04}", "modified": "2026-11-01T00:00:00Z", "summary": words,
                       "affected": [{"package": {"ecosystem": "npm", "name": f"made-up-{number}"},
                                     "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.3"}]}]}]})


def lines(count, words="A made-up weakness"):
    return "".join(record(i, words) + "\n" for i in range(1, count + 1)).encode()


class Source(http.server.ThreadingHTTPServer):
    """One address whose behaviour the test sets."""
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked, self.content, self.status, self.breaks_at, self.sums, self.etag = [], b"", 200, None, None, None
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def put(self, content):
        self.content, self.etag = content, f'"{hashlib.sha256(content).hexdigest()[:16]}"'


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        source = self.server
        source.asked.append((self.path, dict(self.headers)))
        if self.path == "/sums":
            self.answer(200, source.sums)
        elif source.status != 200:
            self.answer(source.status, b"<h1>no</h1>", {"Retry-After": "7"})
        elif self.headers.get("If-None-Match") == source.etag:
            self.answer(304, b"")
        else:
            whole, status, more = source.content, 200, {"ETag": source.etag}
            if self.headers.get("Range") and self.headers.get("If-Range") == source.etag:
                start = int(self.headers["Range"].split("=")[1].rstrip("-"))
                more["Content-Range"] = f"bytes {start}-{len(whole) - 1}/{len(whole)}"
                whole, status = whole[start:], 206
            self.answer(status, whole, more, source.breaks_at)

    def answer(self, status, content, more=(), breaks_at=None):
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        for name, value in dict(more).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content if breaks_at is None else content[:breaks_at])
        if breaks_at is not None:
            self.wfile.flush()
            self.close_connection = True


class Feeds(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.source = Source()
        cls.server = noroshi_server.Server(feeds_plain_http="true").start()

    @classmethod
    def tearDownClass(cls):
        cls.server.done()
        cls.source.shutdown()

    def setUp(self):
        self.source.status, self.source.breaks_at, self.source.sums = 200, None, None
        self.name = self.id().rsplit(".", 1)[1].replace("_", "-")[:60]
        self.count = 0

    def tearDown(self):
        self.server.command("feed", "remove", self.name, check=False)

    def add(self, *more, path="/all.jsonl"):
        self.server.command("feed", "add", self.name, self.source.url + path, *more)

    def row(self):
        for line in self.server.command("feed", "list").stdout.splitlines():
            cells = line.split("\t")
            if cells[0] == self.name:
                return dict(zip(("name", "state", "format", "every", "taken", "next", "failures", "why", "url"), cells))
        raise AssertionError("no such feed")

    def wait(self, what, seconds=30):
        until = time.monotonic() + seconds
        while True:
            row = self.row()
            if what(row):
                return row
            self.assertLess(time.monotonic(), until, f"{row}\n" + "\n".join(line for line in self.server.running.log().splitlines() if "event=command" not in line)[-2000:])
            time.sleep(0.4)

    def again(self):
        """Asks for one more try and waits for its end."""
        asked = len(self.source.asked)
        self.server.command("feed", "run", self.name)
        until = time.monotonic() + 30
        while len(self.source.asked) == asked:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        return self.wait(lambda row: row["state"] in ("waits", "failed", "待機中", "失敗"))

    def wait_for_files(self, *names):
        """Until these files and no others lie where the courier puts what it fetches."""
        until = time.monotonic() + 30
        while sorted(os.listdir(os.path.join(self.server.state, "incoming"))) != sorted(names):
            self.assertLess(time.monotonic(), until, os.listdir(os.path.join(self.server.state, "incoming")))
            time.sleep(0.1)

    def known(self):
        with sqlite3.connect(f"file:{self.server.state}/public/catalog.db?mode=ro", uri=True) as db:
            return {name for (name,) in db.execute("SELECT name FROM record")}

    def test_what_changed_is_taken_and_what_did_not_is_not_sent(self):
        self.source.put(lines(3))
        self.add("--format", "osv")
        self.wait(lambda row: row["taken"] != "-")
        self.assertTrue({"DEMO-2026-0001", "DEMO-2026-0003"} <= self.known())
        asked = len(self.source.asked)
        row = self.again()
        self.assertEqual(row["failures"], "0")
        self.assertEqual(self.source.asked[asked][1].get("If-None-Match"), self.source.etag)
        self.source.put(lines(5))
        self.again()
        self.assertIn("DEMO-2026-0005", self.known())
        self.wait_for_files()

    def test_what_broke_off_goes_on_where_it_was(self):
        content = lines(40, "A longer text so that there is something to break off. " * 20)
        self.source.put(content)
        self.source.breaks_at = len(content) // 2
        with open(os.path.join(self.server.state, "incoming", "feed999999"), "w", encoding="ascii"):
            pass
        self.add()
        row = self.wait(lambda row: row["failures"] == "1")
        self.assertEqual(row["taken"], "-")
        with sqlite3.connect(f"file:{self.server.state}/desk/desk.db?mode=ro", uri=True) as db:
            self.wait_for_files(*(f"feed{number}" for (number,) in db.execute("SELECT id FROM feed")))  # what was there before is gone
        self.source.breaks_at = None
        asked = len(self.source.asked)
        self.again()
        self.assertEqual(self.source.asked[asked][1].get("Range"), f"bytes={len(content) // 2}-")
        self.assertIn("DEMO-2026-0040", self.known())
        self.wait_for_files()

    def test_a_piece_goes_with_its_feed(self):
        content = lines(40)
        self.source.put(content)
        self.source.breaks_at = len(content) // 2
        self.add()
        self.wait(lambda row: row["failures"] == "1")
        self.assertEqual(len(os.listdir(os.path.join(self.server.state, "incoming"))), 1)
        self.server.command("feed", "remove", self.name)
        self.wait_for_files()

    def test_a_source_that_says_no_is_asked_less_often(self):
        self.source.status = 503
        self.add()
        row = self.wait(lambda row: row["failures"] == "1")
        self.assertIn("503", row["why"])
        self.source.status = 404
        self.assertEqual(self.again()["failures"], "2")
        self.source.status = 200
        self.source.put(lines(1))
        self.assertEqual(self.again()["failures"], "0")

    def test_a_checksum_that_does_not_fit_is_not_taken(self):
        self.source.put(lines(7).replace(b"DEMO-2026", b"LIES-2026"))
        self.source.sums = f"{'0' * 64}  all.jsonl\n".encode()
        self.add("--checksums", self.source.url + "/sums")
        row = self.wait(lambda row: row["failures"] == "1")
        self.assertIn("checksum", row["why"])
        self.assertFalse(any(name.startswith("LIES") for name in self.known()))
        self.source.sums = f"{hashlib.sha256(self.source.content).hexdigest()}  all.jsonl\n".encode()
        self.assertEqual(self.again()["failures"], "0")
        self.assertIn("LIES-2026-0007", self.known())
        asked = len(self.source.asked)
        self.again()
        self.assertEqual([path for path, _ in self.source.asked[asked:]], ["/sums"])  # the file itself is not asked for

    def test_what_is_too_large_is_refused(self):
        self.source.put(lines(50))
        self.add("--max-bytes", "1000")
        row = self.wait(lambda row: row["failures"] == "1")
        self.assertIn("larger", row["why"])

    def test_a_broken_record_does_not_stop_the_rest(self):
        self.source.put(lines(2) + b'{"id": 7}\n' + record(90).encode() + b"\n")
        self.add("--format", "osv")
        self.wait(lambda row: row["taken"] != "-")
        self.assertIn("DEMO-2026-0090", self.known())

    def test_what_was_refused_is_on_a_page(self):
        """With its file, line, reason and beginning; found by words; what to do is said; nothing of it becomes markup."""
        admin = self.server.account("refused@example.jp", "管理 次郎", "admin", "受付機関")
        self.assertIn("取り込めなかったレコード", admin.get("/feeds").text)
        broken = os.path.join(self.server.running.folder, "broken.jsonl")
        with open(broken, "w", encoding="utf-8") as f:
            f.write(record(91) + "\n" + '{"id": "<b>7", "schema_version": \n' + record(92) + "\n")
        os.chmod(broken, 0o644)
        self.server.command("import", "--no-index", "osv", broken, check=False)
        page = admin.get("/refused?q=BROKEN.jsonl")
        self.assertIn("2行目", page.text)
        self.assertIn("broken.jsonl", page.text)
        one = admin.get(page.links(r"/refused/[0-9]+")[0])
        self.assertIn("noroshi import --retry", one.text)
        self.assertIn(b"&lt;b&gt;7", one.body)
        self.assertIn("この語を含むものはありません", admin.get("/refused?q=zzz-nothing").text)
        self.assertEqual(admin.get("/refused/999999").status, 404)
        self.assertIn(b"Refused records", admin.get("/en/refused").body)

    def test_paused_feeds_rest_and_wrong_ones_are_told(self):
        self.source.put(lines(1))
        self.add()
        self.wait(lambda row: row["taken"] != "-")
        self.server.command("feed", "pause", self.name)
        self.assertIn(self.row()["state"], ("paused", "停止中"))
        self.server.command("feed", "resume", self.name)
        self.assertEqual(self.server.command("feed", "add", self.name, self.source.url, check=False).returncode, 65)
        self.assertEqual(self.server.command("feed", "add", "x", "file:///etc/passwd", check=False).returncode, 65)
        self.assertEqual(self.server.command("feed", "run", "nobody", check=False).returncode, 66)

    def test_the_pages_show_and_do_the_same(self):
        admin = self.server.account("feeds@example.jp", "取込 管理", "admin", "受付機関")
        self.source.put(lines(4))
        page = admin.do(admin.get("/feeds/new"), "/feeds", {"name": self.name, "url": self.source.url + "/all.jsonl", "every": "60"})
        self.assertIn(self.name, page.text)
        self.wait(lambda row: row["taken"] != "-")
        self.assertIn("正常", admin.get("/feeds").text)
        wrong = admin.submit(admin.get("/feeds/new"), "/feeds", {"name": "a b", "url": "https://a.example/", "every": "60"})
        self.assertIn("別の名前", wrong.text)
        self.assertIn(b'value="a b"', wrong.body)  # what was typed stands
        page = admin.do(admin.get(f"/feeds/{self.name}"), "/pause")
        self.assertIn("停止中", page.text)
        page = admin.do(admin.get(f"/feeds/{self.name}/remove"), "/remove")
        self.assertNotIn(f"/feeds/{self.name}", page.text)


if __name__ == "__main__":
    outcome = unittest.main(exit=False, argv=sys.argv[:1]).result
    bad = len(outcome.failures) + len(outcome.errors)
    print(f"{outcome.testsRun - bad - len(outcome.skipped)} passed, {bad} failed, {len(outcome.skipped)} skipped")
    sys.exit(bad > 0)
