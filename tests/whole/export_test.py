#!/usr/bin/python3
"""noroshi export: what a plain web server then gives is what public serves; it appears whole or not at all.

Rule: VDB-02, PUB-01
usage: NOROSHI_BIN=build/src/noroshi export_test.py
"""
import fcntl
import functools
import html
import http.client
import http.server
import json
import os
import pwd
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

LINK = re.compile(r'(?<=\s)(href|src|action)="(/(?!/)[^"]*)"(?=[^<]*>)')
HOSTILE = [  # as names of records: whatever they lead to, it is not outside
    {"id": "../../escaped", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": 'A name with dots <a href="/report">'},
    {"id": "..", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": "Only dots"},
    {"id": "x" * 251, "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": "A long name"},
    {"id": "SA:1(b)", "modified": "2026-01-02T00:00:00Z", "published": "2026-01-01T00:00:00Z", "summary": 'A name with marks, and href="/report" in words'},
]


class Export(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.room = os.path.join(cls.server.running.folder, "room")
        os.mkdir(cls.room)
        if os.geteuid() == 0:
            user = pwd.getpwnam(cls.server.running.environment["NOROSHI_RUN_USER"])
            os.chown(cls.room, user.pw_uid, user.pw_gid)
        cls.server.command("demo", "fill")
        records = os.path.join(cls.room, "records.jsonl")
        with open(records, "w") as f:
            f.writelines(json.dumps(one) + "\n" for one in HOSTILE)
        os.chmod(records, 0o644)
        cls.server.command("import", "osv", records)
        os.unlink(records)
        cls.server.start()
        cls.wait_for_the_catalogue()
        cls.site = os.path.join(cls.room, "site")
        cls.said = cls.server.command("export", cls.site).stdout

    @classmethod
    def names(cls):
        with sqlite3.connect(f"file:{cls.server.state}/public/catalog.db?mode=ro", uri=True) as db:
            return [name for (name,) in db.execute("SELECT name FROM entry")]

    @classmethod
    def wait_for_the_catalogue(cls):
        """It follows what the demonstration has published."""
        before, still = -1, 0
        until = time.monotonic() + 120
        while still < 4:
            count = len(cls.names())
            still = still + 1 if count == before and count > 150 else 0
            before = count
            assert time.monotonic() < until, f"{count} entries"
            time.sleep(0.5)

    def files(self, site=None):
        found = {}
        for folder, _, names in os.walk(site or self.site):
            for name in names:
                with open(os.path.join(folder, name), "rb") as f:
                    found[os.path.relpath(os.path.join(folder, name), site or self.site)] = f.read()
        return found

    def address(self, file):
        """What a file was asked as: the rule of the export, the other way round."""
        path, _, folders = file.removesuffix("index.html").rstrip("/").partition("/-/")
        query = []
        for part in filter(None, folders.split("/")):
            name, _, value = part.partition("=")
            if name == "initial" and re.fullmatch("(E[0-9A-F]{5})+", value):
                value = "".join(f"%{value[i:i + 2]}" for i in range(0, len(value), 2))
            query.append(f"{name}={value}")
        return "/" + urllib.parse.quote(path, safe="/:()") + ("?" + "&".join(query) if query else "")

    def exported(self, kind, written):
        """A link of a page that is served, as it stands in the export."""
        path, _, query = html.unescape(written).partition("#")[0].partition("?")
        names = {part.partition("=")[0] for part in filter(None, query.split("&"))}
        if kind == "action" or re.match(r"(/en)?/(report|search/suggest|unreachable/answer|api|myjvn|rest|v1)\b", path) or not names <= {"page", "from", "to", "initial", "sort", "v"} or \
                ("sort" in names and not path.endswith("/advisories")):
            return self.server.portal_url + written
        if not query or "v" in names:
            return written
        return path + "/-/" + "/".join(part.replace("%", "") for part in query.split("&")) + "/" + "".join(written.partition("#")[1:])

    def there(self, url):
        """The file a plain server gives for a path of a page."""
        path = urllib.parse.unquote(url.partition("?")[0].partition("#")[0]).strip("/")
        return next((one for one in (path, f"{path}/index.html".lstrip("/")) if one in self.all), None)

    def test_a_plain_server_gives_what_public_serves(self):
        """VDB-02: every file, compared with what strangers are answered; links differ as they should."""
        self.all = self.files()
        self.assertIn(f"{len(self.all) - 1:,} files", self.said)
        visitor, pages = self.server.visitor(), 0
        for file, content in sorted(self.all.items()):
            if file == ".noroshi-export":
                continue
            with self.subTest(file=file):
                page = visitor.get(self.address(file))
                self.assertEqual(page.status, 200)
                if "text/html" not in page.headers["Content-Type"]:
                    self.assertEqual(page.body, content)
                    continue
                pages += 1
                self.assertEqual(LINK.sub(lambda link: f'{link[1]}="{self.exported(link[1], link[2])}"', page.body.decode()), content.decode())
        self.assertGreater(pages, 150)

    def test_every_link_leads_somewhere(self):
        self.all = self.files()
        dead = set()
        for file, content in self.all.items():
            if not file.endswith(".html"):
                continue
            for kind, url in LINK.findall(content.decode()):
                self.assertNotEqual(kind, "action", file)  # forms ask the portal
                if self.there(html.unescape(url)) is None and "x" * 251 not in url:  # no file has so long a name
                    dead.add(url)
        # what the portal itself has nothing for, it has nothing for here either
        visitor = self.server.visitor()
        self.assertEqual([url for url in sorted(dead) if visitor.get(html.unescape(url)).status == 200], [])

    def test_everything_public_is_there(self):
        self.all = self.files()
        for name in self.names():
            if name.startswith("CVE-"):
                for file in (f"records/{name}/index.html", f"en/records/{name}/index.html"):
                    self.assertIn(file, self.all)
        self.assertIn("records/SA:1(b)/index.html", self.all)
        for file in ("index.html", "en/index.html", "robots.txt", "advisories/index.html", "rss/noroshi.rdf", ".well-known/csaf/provider-metadata.json",
                     "assets/noroshi.css", "ja/feed/checksum.txt", "en/rss/jvndb_new.rdf", "records/CVE-2026-99001.csaf.json", "calendar/index.html", "vendors/index.html", "new/-/page=2/index.html"):
            self.assertIn(file, self.all)
        csaf = [file for file in self.all if re.fullmatch(r"\.well-known/csaf/white/\d{4}/[^/]+\.json", file)]
        self.assertGreater(len(csaf), 20)
        for file in csaf:
            self.assertIn(json.loads(self.all[file])["document"]["category"], ("csaf_security_advisory", "csaf_informational_advisory"))
        self.assertFalse([file for file in self.all if re.match(r"(en/)?(report|api|login|metrics|healthz)", file)])
        self.assertEqual(sorted(os.listdir(self.room)), sorted(set(os.listdir(self.room)) - {"escaped"}))

    def test_a_plain_server_needs_no_settings(self):
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        handler = functools.partial(Quiet, directory=self.site)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as plain:
            threading.Thread(target=plain.serve_forever, daemon=True).start()
            for path, kind in (("/", "text/html"), ("/en/vendors/", "text/html"), ("/assets/noroshi.css", "text/css"), ("/.well-known/csaf/provider-metadata.json", "application/json")):
                connection = http.client.HTTPConnection("127.0.0.1", plain.server_address[1], timeout=30)
                connection.request("GET", path)
                answer = connection.getresponse()
                self.assertEqual((answer.status, answer.headers["Content-Type"].split(";")[0]), (200, kind), path)
                connection.close()
            plain.shutdown()

    def test_the_one_before_stays_until_the_new_one_is_whole(self):
        site = os.path.join(self.room, "again")
        self.server.command("export", site)
        first = self.files(site)
        marked = os.path.join(site, "index.html")
        os.chmod(marked, 0o644)
        with open(marked, "a") as f:
            f.write("<!-- the one before -->")
        # ended at any moment: what was there is there
        for pause in (0.0, 0.02, 0.1, 0.2):
            process = subprocess.Popen([noroshi_server.program(), "export", site], env=self.server.running.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(pause)
            process.send_signal(signal.SIGKILL)
            process.wait()
            found = self.files(site)
            self.assertEqual(set(found), set(first))
        # two at once: the second one says so
        os.makedirs(site + ".new", exist_ok=True)
        with open(os.path.join(site + ".new", ".noroshi-export"), "w") as f:
            f.write("noroshi export\n")
        held = os.open(site + ".new", os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        done = self.server.command("export", site, check=False)
        self.assertEqual(done.returncode, 75)
        os.close(held)
        subprocess.run(["rm", "-rf", site + ".new"], check=True)
        self.server.command("export", site)
        again = self.files(site)
        self.assertEqual({file for file in again if again[file] != first.get(file)} - {".noroshi-export"}, set())
        self.assertFalse(os.path.exists(site + ".new"))

    def test_what_is_not_ours_is_not_replaced(self):
        other = os.path.join(self.room, "other")
        os.mkdir(other)
        with open(os.path.join(other, "letter"), "w") as f:
            f.write("mine")
        self.assertEqual(self.server.command("export", other, check=False).returncode, 73)
        self.assertEqual(os.listdir(other), ["letter"])
        self.assertFalse(os.path.exists(other + ".new"))
        self.assertEqual(self.server.command("export", check=False).returncode, 64)
        self.assertEqual(self.server.command("export", "/proc/nothing/site", check=False).returncode, 74)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
