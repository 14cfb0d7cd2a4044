#!/usr/bin/python3
"""An entry whose source speaks English alone gets its Japanese text: draft, translated, published; and what readers see of it when.

Rule: VDB-14, VDB-11, API-01, VDB-05
usage: NOROSHI_BIN=build/src/noroshi curation_test.py
"""
import http.client
import json
import os
import sqlite3
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

NAME = "CVE-2026-91234"
RECORD = {"schema_version": "1.6.0", "id": NAME, "modified": "2026-11-01T00:00:00Z", "published": "2026-10-30T00:00:00Z",
          "summary": "A made-up weakness in made-up", "details": "Something is not checked. <b>Really</b>.",
          "affected": [{"package": {"ecosystem": "npm", "name": "made-up"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.3"}]}]}]}


class Curation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        with tempfile.NamedTemporaryFile("w", suffix=".json", delete=False) as f:
            json.dump(RECORD, f)
        os.chmod(f.name, 0o644)
        cls.server.command("import", "osv", f.name)
        os.unlink(f.name)
        cls.server.start()
        cls.officer = cls.server.account("honyaku@example.jp", "翻訳 担当", "rb", "受付機関")

    @classmethod
    def tearDownClass(cls):
        cls.server.done()

    def shown(self):
        with sqlite3.connect(f"file:{self.server.state}/public/catalog.db?mode=ro", uri=True) as db:
            return db.execute("SELECT title_ja, is_embedded, number FROM entry WHERE name = ?", (NAME,)).fetchone()

    def test_from_the_queue_to_the_reader(self):
        officer, path = self.officer, f"/curation/{NAME}"
        self.assertIn(NAME, officer.get("/curation").text)
        self.assertIn(NAME, officer.get("/curation?order=severity&q=made-up").text)
        self.assertNotIn(NAME, officer.get("/curation?order=kev").text)
        page = officer.get(path)
        self.assertIn("Something is not checked.", page.text)
        self.assertNotIn(b"<b>Really", page.body)  # what a source says is text

        page = officer.do(page, path, {"title": "架空ソフトにおける検査不備", "overview": "検査が不足しています。", "embedded": "1", "go": "save"})
        self.assertIn("下書き", page.text)
        self.assertEqual(self.shown(), ("", 0, None))
        page = officer.do(page, path, {"go": "finish"})
        self.assertIn("翻訳済み", page.text)
        page = officer.do(page, "/return")
        page = officer.do(page, path, {"title": "架空ソフトにおける入力検査の不備", "go": "finish"})
        page = officer.do(page, "/publish")
        self.assertIn("公開済み", page.text)
        title, is_embedded, number = self.shown()
        self.assertEqual((title, is_embedded), ("架空ソフトにおける入力検査の不備", 1))
        self.assertRegex(number, r"^NRDB-20\d\d-000001$")
        self.assertNotIn(NAME, officer.get("/curation").text)  # it waits no longer
        self.readers_of_jvn_have_it(number, title)

    def ask(self, path):
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=20)
        connection.request("GET", path)
        body = connection.getresponse().read().decode()
        connection.close()
        return body

    def readers_of_jvn_have_it(self, number, title):
        """API-01, VDB-05: soon, in the MyJVN interface and in the feed files, under our number and with our name."""
        until = time.monotonic() + 20
        while number not in self.ask("/ja/rss/jvndb_new.rdf"):
            self.assertLess(time.monotonic(), until)
            time.sleep(0.2)
        detail = ET.fromstring(self.ask(f"/myjvn?method=getVulnDetailInfo&feed=hnd&vulnId={number}"))
        self.assertEqual(detail.findtext(".//{http://jvn.jp/vuldef/}Title"), title)
        self.assertIn("検査が不足しています。", detail.findtext(".//{http://jvn.jp/vuldef/}Overview"))
        found = self.ask("/myjvn?method=getVulnOverviewList&feed=hnd&rangeDatePublic=n&rangeDatePublished=n&rangeDateFirstPublished=n&keyword=" + NAME)
        self.assertIn(f"<sec:identifier>{number}</sec:identifier>", found)
        self.assertNotIn("Information-technology Promotion Agency", found)
        self.assertIn(number, self.ask("/ja/rss/years/jvndb_2026.rdf"))
        self.assertIn(number, self.ask("/en/feed/detail/jvndb_detail_2026.rdf"))

    def imported(self, identifier, aliases=(), modified="2026-11-02T00:00:00Z"):
        record = {**RECORD, "id": identifier, "aliases": list(aliases), "modified": modified, "summary": f"A weakness called {identifier}"}
        return self.server.command("import", "osv", "-", feed=json.dumps(record))

    def leads(self, name):
        """Where the public page of a name is, by the record as JSON."""
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=20)
        connection.request("GET", f"/records/{name}.json")
        answer = connection.getresponse()
        body = json.loads(answer.read())
        connection.close()
        return body.get("name") or body["id"]

    def osv(self, name):
        return json.loads(self.ask(f"/v1/vulns/{name}"))

    def test_two_entries_become_one_and_two_again(self):
        """VDB-14: joined with a reason, followed by pages, interfaces and imports, and taken back."""
        officer, ghsa, cve = self.officer, "GHSA-2345-6789-cfgh", "CVE-2026-77001"
        self.imported(ghsa)
        self.imported(cve)
        self.assertEqual(self.leads(ghsa), ghsa)
        page = officer.do(officer.get(f"/curation/{ghsa}/join"), "/join", {"other": cve, "reason": "修正が同じです。"})
        self.assertEqual(page.path.split("?")[0], f"/curation/{cve}/records")
        self.assertIn("修正が同じです。", page.text)
        self.assertIn("翻訳 担当", page.text)
        self.assertEqual(self.leads(ghsa), cve)
        self.assertIn(ghsa, self.ask(f"/en/records/{cve}"))
        self.assertIn(cve, self.osv(ghsa)["aliases"])
        self.imported(ghsa)
        self.imported(ghsa, modified="2026-11-03T00:00:00Z")  # also what is newer
        self.assertEqual(self.leads(ghsa), cve)
        self.assertIn(cve, self.osv(ghsa)["aliases"])
        page = officer.get(f"/curation/{ghsa}/records")  # leads to where it stands
        self.assertEqual(page.path.split("?")[0], f"/curation/{cve}/records")
        undo = page.links(r'/curation/[^"]*/rulings/[0-9]+')[0]
        page = officer.do(officer.get(undo), undo, {"reason": "別の不具合でした。"})
        self.assertIn("別の不具合でした。", page.text)
        self.assertEqual(self.leads(ghsa), ghsa)
        self.assertEqual(self.osv(ghsa).get("aliases", []), [])

    def test_a_wrong_name_is_taken_apart(self):
        officer, ghsa, cve = self.officer, "GHSA-3456-7892-cfgh", "CVE-2026-77002"
        self.imported(cve)
        self.imported(ghsa, [cve])
        self.assertEqual(self.leads(ghsa), cve)
        page = officer.do(officer.get(f"/curation/{cve}/part"), "/part", {"naming": f"osv {ghsa} {cve}", "reason": "別の製品の話です。"})
        self.assertIn("別の製品の話です。", page.text)
        self.assertEqual(self.leads(ghsa), ghsa)
        self.assertEqual(self.osv(ghsa).get("aliases", []), [])
        self.imported(ghsa, [cve], "2026-11-03T00:00:00Z")
        self.assertEqual(self.leads(ghsa), ghsa)

    def test_what_is_watched_comes_first(self):
        """VDB-14: ordered by how many registered products an entry is about, and told so; whose lists they are is not."""
        def record(name, *products):
            affected = [{**RECORD["affected"][0], "package": {"ecosystem": "npm", "name": product}} for product in products]
            self.server.command("import", "osv", "-", feed=json.dumps({**RECORD, "id": name, "summary": f"A weakness called {name}", "affected": affected}))

        def order(query=""):
            page = self.officer.get("/curation" + query)
            return sorted(names, key=lambda name: page.html.index(f">{name}<")), page.text

        names = ["CVE-2026-88001", "CVE-2026-88002", "CVE-2026-88003"]
        record(names[0], "watched-part", "watched-other")
        record(names[1], "watched-part")
        record(names[2], "unwatched")
        self.assertEqual(order("?order=modified")[0], names[::-1])
        owner = self.server.account("shuushuu@example.jp", "収集 利用者", "cb", "調整機関")
        owner.do(owner.get("/watch/new"), "/watch", {"name": "わが社の製品", "products": "npm:watched-part\nnpm:watched-other\n"})
        found, text = order()
        self.assertEqual(found, names)
        self.assertIn("登録製品に該当する数の多い順", text)
        self.assertEqual((text.count("登録製品 2件"), text.count("登録製品 1件")), (1, 1))
        self.assertNotIn("わが社の製品", text)
        self.assertNotIn("収集 利用者", text)
        rows = json.loads(self.officer.get("/curation?format=json").body)["rows"]
        self.assertEqual([(row["number"], row["watched_products"]) for row in rows if row["number"] in names], [(names[0], "2"), (names[1], "1"), (names[2], None)])
        self.assertEqual(order("?order=modified")[0], names[::-1])

    def test_what_cannot_be_joined_is_said(self):
        officer = self.officer
        self.imported("CVE-2026-77003")
        self.imported("CVE-2026-77004")
        page = officer.submit(officer.get("/curation/CVE-2026-77003/join"), "/join", {"other": "CVE-2026-77004", "reason": "同じです。"})
        self.assertIn("どちらもCVE番号", page.text)
        self.assertIn("同じです。", page.text)  # what was typed stands
        page = officer.submit(officer.get("/curation/CVE-2026-77003/part"), "/part", {"reason": "違います。"})
        self.assertIn("誤っている名前を選んでください", page.text)

    def test_what_is_wrong_is_said_and_what_was_typed_stands(self):
        officer, path = self.officer, f"/curation/{NAME}"
        page = officer.get(path)
        long = "長" * 400
        page = officer.submit(page, path, {"title": long, "go": "save"})
        self.assertIn("長すぎ", page.text)
        self.assertIn(long.encode(), page.body)

    def test_nobody_else_and_nothing_else(self):
        stranger = self.server.person()
        self.assertNotIn(NAME, stranger.get("/curation").text)
        self.assertEqual(self.officer.get("/curation/CVE-1999-0001").status, 404)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
