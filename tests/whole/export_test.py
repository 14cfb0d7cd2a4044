#!/usr/bin/python3
"""noroshi export: what a plain web server then gives is what public serves; it appears whole or not at all. And what public serves to programs: open to pages
of every origin, with tags, packed.

Rule: VDB-02, PUB-01, API-05
usage: NOROSHI_BIN=build/src/noroshi export_test.py
"""
import fcntl
import functools
import gzip
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

ELSEWHERE = {"Origin": "https://dashboard.example", "Sec-Fetch-Site": "cross-site"}
OPEN = {  # what programs read: each route with requests of its own; {…} is looked up in the world of the demonstration
    "GET /advisories/{id}": ["/advisories/{advisory}.json"], "GET /vuldef/{file}": ["/vuldef/{advisory}.xml"], "GET /statistics/{file}": ["/statistics/{quarter}.json", "/statistics/{quarter}.csv"],
    "GET /receipts/{file}": ["/receipts/{checkpoint}"], "GET /rss/{file}": ["/rss/noroshi.rdf", "/en/rss/noroshi_new.rdf", "/en/rss/jvndb_new.rdf"],
    "GET /.well-known/csaf/{rest*}": ["/.well-known/csaf/provider-metadata.json", "/.well-known/csaf/white/index.txt", "/.well-known/csaf/feed-tlp-white.json"],
    "GET /records/{id}": [f"/records/CVE-2026-99001.{form}" for form in ("json", "osv.json", "nvd.json", "cve.json", "csaf.json", "vuldef.xml")],
    "GET /api/v1/openapi.json": ["/api/v1/openapi.json"], "GET /api/v1/reports/form": ["/api/v1/reports/form"],
    "GET /myjvn": ["/myjvn?method=getVulnOverviewList&feed=hnd", "/myjvn?method=getVendorList&feed=hnd&ft=json"],
    "GET /ja/rss/{file}": ["/ja/rss/jvndb.rdf"], "GET /ja/rss/search.rdf": ["/ja/rss/search.rdf?q=SQL"], "GET /rss/search.rdf": ["/en/rss/search.rdf?q=SQL"],
    "GET /ja/rss/years/{file}": ["/ja/rss/years/jvndb_2026.rdf"], "GET /rss/years/{file}": ["/en/rss/years/jvndb_2026.rdf"],
    "GET /ja/feed/checksum.txt": ["/ja/feed/checksum.txt"], "GET /feed/checksum.txt": ["/en/feed/checksum.txt"],
    "GET /ja/feed/{kind}/{file}": ["/ja/feed/detail/jvndb_detail_2026.rdf"], "GET /feed/{kind}/{file}": ["/en/feed/detail/jvndb_detail_2026.rdf"],
    "GET /rest/json/cves/2.0": ["/rest/json/cves/2.0?resultsPerPage=5"], "GET /rest/json/cvehistory/2.0": ["/rest/json/cvehistory/2.0?resultsPerPage=5"],
    "GET /rest/json/cpes/2.0": ["/rest/json/cpes/2.0"], "GET /rest/json/cpematch/2.0": ["/rest/json/cpematch/2.0"], "GET /rest/json/source/2.0": ["/rest/json/source/2.0"],
    "GET /v1/vulns/{id}": ["/v1/vulns/CVE-2026-99001"],
    "POST /v1/query": [("/v1/query", "application/json", '{"package": {"purl": "pkg:npm/nothing@1"}}')],
    "POST /v1/querybatch": [("/v1/querybatch", "application/json", '{"queries": [{"package": {"purl": "pkg:npm/nothing@1"}}]}')],
    "POST /myjvn": [("/myjvn", "application/x-www-form-urlencoded", "method=getVulnOverviewList&feed=hnd")],
    "POST /cvesearch": [("/cvesearch", "application/x-www-form-urlencoded", "cveId=CVE-2026-99001")],
}
OURS = {"/search/suggest", "/healthz", "/metrics", "/robots.txt", "/.well-known/security.txt"}  # no pages, and nothing of the catalogue: for our own page, for who runs this, for crawlers
TOLD_NOW = re.compile(rb"\d{4}-\d\d-\d\dT[0-9:.]+(Z|[+-]\d\d:\d\d)?")
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

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=30)
        connection.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        try:
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def routes(self):
        """Every route of the public process, and whether its table says that it is open."""
        for folder in ("portal", "api"):
            for where, _, names in os.walk(os.path.join(noroshi_server.ROOT, "src", "faces", folder)):
                for name in names:
                    if name.endswith(".c") and not name.endswith(("_test.c", "_fuzz.c")):
                        with open(os.path.join(where, name), encoding="utf-8") as f:
                            for kind, path, rest in re.findall(r'\bROUTE_(GET_OPEN|GET|POST)\s*\(\s*"(/[^"]*)"([^\n]*)', f.read()):
                                yield f"{kind[:4].strip('_')} {path}", kind == "GET_OPEN" or "TOKEN_OPEN" in rest

    def examples(self):
        files = self.files()
        world = {"{advisory}": next(re.search(r"advisories/([^/]+)\.json$", file)[1] for file in sorted(files) if re.fullmatch(r"advisories/[^/]+\.json", file)),
                 "{quarter}": next(re.search(r"/([^/]+)\.csv$", file)[1] for file in sorted(files) if re.fullmatch(r"statistics/[^/]+\.csv", file)),
                 "{checkpoint}": next(os.path.basename(file) for file in sorted(files) if re.fullmatch(r"receipts/checkpoint-.*\.txt", file))}
        for route, requests in OPEN.items():
            for request in requests:
                path, kind, body = (request, None, None) if isinstance(request, str) else request
                for name, value in world.items():
                    path = path.replace(name, value)
                yield route, path, kind, body

    def preflight(self, path, method):
        return self.ask("OPTIONS", path, **ELSEWHERE, Access_Control_Request_Method=method, Access_Control_Request_Headers="apikey,if-none-match")

    def test_what_programs_read_is_open_to_pages_of_every_origin(self):
        """API-05: every route for programs, as its table has it: tag, conditional requests, packing, CORS with its preflight."""
        routes = dict(self.routes())
        self.assertEqual({route for route, is_open in routes.items() if is_open}, set(OPEN))
        for route, path, kind, body in self.examples():
            method = route.split(" ")[0]
            with self.subTest(path=path, method=method):
                told = {"Content-Type": kind} if kind else {}
                status, headers, whole = self.ask(method, path, body, **ELSEWHERE, **told)
                self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (303 if path == "/cvesearch" else 200, "*"))
                self.assertNotIn("text/html", headers["Content-Type"])
                status, preflight, nothing = self.preflight(path, method)
                self.assertEqual((status, preflight["Access-Control-Allow-Origin"], preflight["Access-Control-Allow-Headers"], nothing), (204, "*", "*", b""))
                self.assertIn(method, preflight["Access-Control-Allow-Methods"])
                self.assertIn("ETag", headers["Access-Control-Expose-Headers"])
                status, packed_headers, packed = self.ask(method, path, body, Accept_Encoding="gzip", **told)
                if len(whole) >= 4096:
                    self.assertEqual(packed_headers["Content-Encoding"], "gzip")
                    self.assertLess(len(packed), len(whole))
                    self.assertEqual(TOLD_NOW.sub(b"", gzip.decompress(packed)), TOLD_NOW.sub(b"", whole))
                if method == "POST":
                    continue
                for one in (headers, packed_headers):
                    encoding = {"Accept_Encoding": "gzip"} if one["Content-Encoding"] else {}
                    status, again, nothing = self.ask("GET", path, If_None_Match=one["ETag"], **encoding)
                    self.assertEqual((status, again["ETag"], nothing, again["Access-Control-Allow-Origin"]), (304, one["ETag"], b"", "*"))
                self.assertEqual(self.ask("GET", path, If_None_Match='"another"')[0], 200)
                if headers["Last-Modified"]:
                    self.assertEqual(self.ask("GET", path, If_Modified_Since=headers["Last-Modified"])[0], 304)
                    self.assertEqual(self.ask("GET", path, If_Modified_Since=headers["Last-Modified"], If_None_Match='"another"')[0], 200)

    def test_what_people_read_is_not(self):
        """C15: a page of another origin may neither send a form or a report nor read a person's page."""
        for route, is_open in self.routes():
            method, path = route.split(" ")
            path = re.sub(r"\{[a-z]+\*?\}", "1", path)
            with self.subTest(route=route):
                if is_open:
                    continue
                status, headers, _ = self.preflight(path, method)
                self.assertEqual((status, headers["Access-Control-Allow-Origin"]), (405, None))
                status, headers, _ = self.ask(method, path, "{}" if method == "POST" else None, **ELSEWHERE)
                self.assertIsNone(headers["Access-Control-Allow-Origin"])
                if method == "POST":
                    self.assertEqual(status, 403)
                elif path not in OURS and status == 200:
                    self.assertIn("text/html", headers["Content-Type"])
        self.assertIsNone(self.ask("GET", "/records/CVE-2026-99001", **ELSEWHERE)[1]["Access-Control-Allow-Origin"])

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
