#!/usr/bin/python3
"""The collection tool at the desk: products registered once, a checklist that fills itself, and nobody else who sees it.

Rule: API-02, API-03, API-06
usage: NOROSHI_BIN=build/src/noroshi watch_test.py
"""
import csv
import io
import json
import os
import re
import sys
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

ABSENT = "0" * 25 + "1"


def record(number, package, summary, modified="2026-11-01T00:00:00Z"):
    return {"schema_version": "1.6.0", "id": f"CVE-2026-{number}", "modified": modified, "published": "2026-10-30T00:00:00Z", "summary": summary,
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
            "affected": [{"package": {"ecosystem": "npm", "name": package}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"fixed": "1.2.3"}]}]}]}


class Watch(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server(watch_minutes="0")
        cls.take(record(93001, "mihon-lamp", "mihon-lamp runs what a stranger sends"), record(93002, "mihon-lamp", "mihon-lamp forgets who is logged in"),
                 record(93003, "mihon-bell", "mihon-bell rings by itself"), record(93004, "unrelated", "unrelated shows its version"))
        cls.server.start()
        cls.owner = cls.server.account("anzen@chousei.example.jp", "安全 花子", "cb", "調整機関")
        cls.colleague = cls.server.account("douryou@chousei.example.jp", "同僚 一郎", "cb", "調整機関")
        cls.others = {role: cls.server.account(f"{role}@hoka.example.jp", f"他 {role}", role, "受付機関") for role in ("rb", "admin", "auditor")}

    @classmethod
    def tearDownClass(cls):
        cls.server.done()

    @classmethod
    def take(cls, *records):
        with tempfile.TemporaryDirectory() as folder:
            os.chmod(folder, 0o755)
            for one in records:
                with open(os.path.join(folder, one["id"] + ".json"), "w", encoding="utf-8") as f:
                    json.dump(one, f)
            cls.server.command("import", "osv", folder)

    def make(self, name, products):
        """The path of a new list."""
        page = self.owner.do(self.owner.get("/watch/new"), "/watch", {"name": name, "products": products})
        return page.path.split("?")[0].removesuffix("/products")

    def found(self, path, query="?state=all", who=None):
        return set(re.findall(r'value="(CVE-2026-93\d+)"', (who or self.owner).get(path + query).html))

    def bare(self, page):
        """An answer without its request's number, its time and its own address."""
        return page.status, re.sub(r"[0-9a-z]{16,}|\d\d:\d\d(:\d\d)?", "", page.html.replace(page.path, ""))

    def test_registered_found_and_worked_off(self):
        """API-02, API-03: what is known to touch the products is on the checklist; what is decided and noted stays."""
        path = self.make("玄関の設備", "pkg:npm/mihon-lamp@1.0.0  # 版は区別しない\nnpm:mihon-lamp\n")
        page = self.owner.get(path)
        self.assertEqual(self.found(path), {"CVE-2026-93001", "CVE-2026-93002"})
        self.assertIn("mihon-lamp runs what a stranger sends", page.text)
        page = self.owner.do(page, "/findings", {"entry": "CVE-2026-93001", "state": "planned", "note": "火曜日に更新する"})
        self.assertIn("対策の状況を記録しました", page.text)
        page = self.owner.get(path + "?state=planned")
        self.assertIn("火曜日に更新する", page.text)
        self.assertIn("安全 花子", page.text)
        self.assertEqual(self.found(path, "?state=open"), {"CVE-2026-93002"})
        self.owner.do(self.owner.get(path), "/findings", {"entry": ["CVE-2026-93001", "CVE-2026-93002"], "state": "done"})
        self.assertEqual(self.found(path, ""), set())
        self.assertIn("火曜日に更新する", self.owner.get(path + "?state=done").text)
        self.assertEqual(self.found(path, "?state=all&q=LOGGED"), {"CVE-2026-93002"})
        self.assertEqual(self.found(path, "?state=all&severity=low"), set())
        for wrong in ("?state=finished", "?severity=huge", "?page=0"):
            self.assertEqual(self.owner.get(path + wrong).status, 400, wrong)

    def test_what_is_wrong_is_said_and_what_was_typed_stands(self):
        page = self.owner.submit(self.owner.get("/watch/new"), "/watch", {"name": "試し", "products": "npm:mihon-bell\nただの名前\n"})
        self.assertEqual(page.status, 422)
        self.assertIn("ただの名前", page.text)
        self.assertIn("npm:mihon-bell", page.html)
        page = self.owner.submit(self.owner.get("/watch/new"), "/watch", {"name": "", "products": "npm:mihon-bell"})
        self.assertEqual(page.status, 422)
        path = self.make("鈴", "npm:mihon-bell")
        page = self.owner.submit(self.owner.get(path), "/findings", {"state": "done"})
        self.assertEqual(page.status, 422)
        page = self.owner.submit(self.owner.get(path), "/findings", {"entry": "CVE-2026-93003"})
        self.assertEqual(page.status, 422)

    def test_products_come_and_go(self):
        """API-02: picked from the dictionary; what the dictionary does not know is said; what nobody looked at goes with its product."""
        path = self.make("出入り", "npm:mihon-bell\nnpm:nobody-knows-it")
        products = self.owner.get(path + "/products?q=mihon")
        self.assertIn("辞書にありません", products.text)
        self.owner.do(products, "/choice", {"product": "npm:mihon-lamp"})
        self.assertEqual(self.found(path), {"CVE-2026-93001", "CVE-2026-93002", "CVE-2026-93003"})
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93001", "state": "not-affected"})
        self.owner.do(self.owner.get(path + "/products"), "/removal", {"product": "npm:mihon-lamp"})
        self.assertEqual(self.found(path), {"CVE-2026-93001", "CVE-2026-93003"})

    def wait(self, path, query, wanted):
        until = time.monotonic() + 30
        while self.found(path, query) != wanted:
            self.assertLess(time.monotonic(), until, self.found(path, query))
            time.sleep(0.3)

    def test_searched_again_by_itself(self):
        """API-03: what an import brings joins the checklist, what it changes is marked, and the state somebody gave stays."""
        self.take(record(93010, "mihon-door", "mihon-door opens for everybody"))
        path = self.make("扉", "npm:mihon-door")
        self.assertEqual(self.found(path), {"CVE-2026-93010"})
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93010", "state": "done", "note": "錠を替えた"})
        self.assertEqual(self.found(path, ""), set())
        self.take(record(93010, "mihon-door", "mihon-door opens for everybody who knocks twice", "2026-11-05T00:00:00Z"),
                  record(93011, "mihon-door", "mihon-door is never shut"))
        self.wait(path, "", {"CVE-2026-93010", "CVE-2026-93011"})
        self.assertEqual(self.found(path, "?state=changed"), {"CVE-2026-93010"})
        page = self.owner.get(path + "?state=done")
        self.assertIn("knocks twice", page.text)
        self.assertIn("錠を替えた", page.text)

    def settings(self, path, **fields):
        page = self.owner.get(path + "/settings")
        form = page.form("/settings")
        values = dict([(k, v) for k, v in form.values if k != "form_token"], **fields)
        return self.owner.do(page, "/settings", values)

    def test_conditions_are_those_of_a_search(self):
        """API-03: only what meets them joins the list; what nobody has looked at and does not meet them any more goes."""
        path = self.make("条件", "npm:mihon-lamp")
        self.assertEqual(len(self.found(path)), 2)
        page = self.settings(path, severity=["low", "medium"])
        self.assertIn("深刻度", page.text)
        self.assertEqual(self.found(path), set())
        self.settings(path, severity=["critical"], q="forgets")
        self.assertEqual(self.found(path), {"CVE-2026-93002"})
        page = self.owner.submit(self.owner.get(path + "/settings"), "/settings", {"epss": "7"})
        self.assertEqual(page.status, 422)
        self.assertIn('value="7"', page.html)
        self.assertEqual(self.found(path), {"CVE-2026-93002"})

    def test_which_lists_a_record_touches(self):
        """API-02, API-03: by the page of the portal that leads there: with the reason, what somebody said of it, and why it is not on a checklist."""
        self.take(record(93040, "mihon-gate", "mihon-gate is never locked"))
        gates, strict, lamps = self.make("門", "npm:mihon-gate\nnpm:mihon-bell"), self.make("厳しい条件", "npm:mihon-gate"), self.make("灯り", "npm:mihon-lamp")
        self.wait(gates, "?state=all", {"CVE-2026-93003", "CVE-2026-93040"})
        self.settings(strict, severity=["low"])
        self.owner.do(self.owner.get(gates), "/findings", {"entry": "CVE-2026-93040", "state": "planned", "note": "鍵を注文した"})
        link = re.search(rf'href="({re.escape(self.server.desk_url)}(/records/[^"]+))"', self.server.visitor().get("/records/CVE-2026-93040").html)
        self.assertEqual(link[2], "/records/CVE-2026-93040")
        page = self.owner.get(link[2])
        for words in ("mihon-gate is never locked", "npm:mihon-gate", "対策予定", "鍵を注文した", "チェックリストにはありません", "深刻度"):
            self.assertIn(words, page.text)
        self.assertNotIn("npm:mihon-bell", page.text)
        self.assertIn("関係しないリスト", page.text)
        self.assertIn("灯り", page.text.split("関係しないリスト")[1])
        self.assertEqual(len(page.links(rf"{gates}\?state=all[^\"]*CVE-2026-93040")), 1)
        self.assertIn(link[2], self.owner.get(gates + "?state=all").links(r"/records/[^/]+"))
        for who in (*self.others.values(), self.colleague):  # nobody else's lists, and the same words for all
            other = who.get(link[2])
            self.assertEqual(other.status, 200)
            for words in ("門", "厳しい条件", "鍵を注文した"):
                self.assertNotIn(words, other.text)
        self.assertEqual(self.owner.get("/records/CVE-2026-1").status, 404)
        self.assertIn("You have no list", self.others["rb"].get("/en/records/CVE-2026-93040").text)

    def test_products_out_of_an_sbom(self):
        """VDB-12, API-02, C25: the jailed worker reads it; what is no list is refused."""
        path = self.make("部品表", "")
        page = self.owner.get(path + "/products")
        sbom = {"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [
            {"type": "library", "name": "mihon-bell", "version": "1.0.0", "bom-ref": "a", "purl": "pkg:npm/mihon-bell@1.0.0"},
            {"type": "application", "name": "wiki", "version": "1", "bom-ref": "b", "cpe": "cpe:2.3:a:lantern:wiki:1:*:*:*:*:*:*:*"},
            {"type": "file", "name": "unnamed", "version": "1", "bom-ref": "c"}]}
        page = self.owner.do(page, "/upload", files=[("sbom", "sbom.cdx.json", json.dumps(sbom).encode())])
        self.assertIn("npm:mihon-bell", page.text)
        self.assertIn("lantern:wiki", page.text)
        self.assertEqual(self.found(path), {"CVE-2026-93003"})
        for content in (b"\x00\x01\x02", b'{"bomFormat": "CycloneDX", "components": [', b"{}", json.dumps({**sbom, "components": sbom["components"][2:]}).encode()):
            page = self.owner.submit(self.owner.get(path + "/products"), "/upload", files=[("sbom", "sbom.json", content)])
            self.assertEqual(page.status, 422, content)
        self.assertEqual(self.owner.submit(self.owner.get(path + "/products"), "/upload").status, 422)

    def test_the_checklist_goes_out(self):
        """API-03: for a spreadsheet, where no note is a formula, and as the file that `noroshi watch` reads."""
        path = self.make("持ち出し", "npm:mihon-lamp")
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93001", "state": "accepted", "note": '=1+1 "so"'})
        answer = self.owner.get(path + "/checklist.csv")
        self.assertIn("attachment", answer.headers["Content-Disposition"])
        rows = {row["id"]: row for row in csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig")))}
        self.assertEqual(set(rows), {"CVE-2026-93001", "CVE-2026-93002"})
        self.assertEqual((rows["CVE-2026-93001"]["state"], rows["CVE-2026-93001"]["note"], rows["CVE-2026-93001"]["by"]), ("accepted", "'=1+1 \"so\"", "安全 花子"))
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, "ours.json")
            with open(name, "wb") as f:
                f.write(self.owner.get(path + "/checklist.json").body)
            said = self.server.command("watch", name, "list", "--state", "accepted", "--lang", "ja").stdout
            self.assertIn("CVE-2026-93001", said)
            self.assertIn("対策しない", said)

    def feed(self, address):
        answer = self.server.person().get(address)
        return answer.status, answer

    def test_a_feed_for_whoever_has_its_address(self):
        """API-02, decision 0011: shown once, made anew, ended; it tells what is public, and nothing that somebody said."""
        path = self.make("購読", "npm:mihon-lamp")
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93001", "state": "done", "note": "カナリア"})
        page = self.owner.do(self.owner.get(path + "/feed"), "/feed")
        address = re.search(r"http://desk\.localhost:\d+/rss/[0-9a-z]+", page.html).group(0)
        self.assertNotIn(address, self.owner.get(path + "/feed").html)
        status, answer = self.feed(address)
        self.assertEqual((status, answer.headers["Cache-Control"]), (200, "no-store"))
        root = ET.fromstring(answer.body)
        items = root.findall("{http://purl.org/rss/1.0/}item")
        self.assertEqual({item.findtext("{http://purl.org/rss/1.0/}link") for item in items},
                         {f"{self.server.portal_url}/records/CVE-2026-93001", f"{self.server.portal_url}/records/CVE-2026-93002"})
        self.assertNotIn("カナリア", answer.html)
        self.assertNotIn("安全", answer.html)
        page = self.owner.do(self.owner.get(path + "/feed"), "/feed")
        second = re.search(r"http://desk\.localhost:\d+/rss/[0-9a-z]+", page.html).group(0)
        self.assertEqual(self.feed(address)[0], 404)
        self.assertEqual(self.bare(self.feed(address)[1]), self.bare(self.feed(address[:-4] + "zzzz")[1]))
        self.assertEqual(self.feed(second)[0], 200)
        self.owner.do(self.owner.get(path + "/feed"), "/feed/end")
        self.assertEqual(self.feed(second)[0], 404)
        for name, content in self.server.desk_files():
            self.assertNotIn(second.rsplit("/", 1)[1].encode(), content, name)

    def test_the_digest_arrives(self):
        """API-02, N30: what came since, to the owner alone; the records are named only when the owner says so; the checklist keeps its states."""
        self.take(record(93020, "mihon-roof", "mihon-roof leaks"))
        path = self.make("屋根", "npm:mihon-roof")
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93020", "state": "planned", "note": "晴れた日に"})
        self.settings(path, rhythm="HOURLY")
        self.take(record(93021, "mihon-roof", "mihon-roof is missing"))
        mail = self.server.sink.wait(self.owner.address, path)
        text = str(mail.text)
        self.assertNotIn("93021", text)
        self.assertNotIn("屋根", text)
        named = self.make("名前の出る屋根", "npm:mihon-roof")
        self.settings(named, rhythm="HOURLY", names_records="1")
        self.take(record(93022, "mihon-roof", "mihon-roof flies away"), record(93020, "mihon-roof", "mihon-roof leaks twice", "2026-11-06T00:00:00Z"))
        mail = self.server.sink.wait(self.owner.address, named)
        self.assertIn("CVE-2026-93022", mail.text)
        self.assertIn(f"{self.server.portal_url}/records/CVE-2026-93022", mail.text)
        self.assertIn("名前の出る屋根", mail.text)
        self.assertNotIn("93021", mail.text)
        self.assertNotIn("93022", mail.subject)
        page = self.owner.get(path + "?state=planned")
        self.assertIn("leaks twice", page.text)
        self.assertIn("晴れた日に", page.text)
        self.assertNotIn("/watch/", "".join(mail.text for mail in self.server.sink.to(self.colleague.address)))

    def test_shared_with_the_organisation_and_no_further(self):
        """API-02: colleagues work off the checklist; what the list is stays the owner's."""
        path = self.make("共有", "npm:mihon-bell")
        self.assertEqual(self.colleague.get(path).status, 404)
        self.settings(path, shared="1")
        self.assertIn("共有", self.colleague.get("/watch").text)
        self.colleague.do(self.colleague.get(path), "/findings", {"entry": "CVE-2026-93003", "state": "done"})
        self.assertIn("同僚 一郎", self.owner.get(path + "?state=done").text)
        for end in ("/settings", "/feed", "/removal"):
            self.assertEqual(self.colleague.get(path + end).status, 404, end)
            self.assertEqual(self.colleague.send(path + end, [("form_token", self.colleague.token), ("name", "x"), ("rhythm", "NEVER")]).status, 404, end)
        self.assertEqual(self.colleague.send(path + "/products", [("form_token", self.colleague.token), ("products", "npm:mihon-lamp")]).status, 404)
        for role, person in self.others.items():
            self.assertEqual(person.get(path).status, 404, role)
        page = self.owner.do(self.owner.get(path + "/removal"), "/removal")
        self.assertIn("削除しました", page.text)
        self.assertEqual(self.owner.get(path).status, 404)

    def test_for_everybody_else_there_is_no_such_list(self):
        """API-02, C29: whatever the role, and byte by byte."""
        path = self.make("秘密の構成", "npm:mihon-lamp")
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93002", "state": "open", "note": "カナリア"})
        gone = f"/watch/{ABSENT}"
        gets = ["", "/products", "/settings", "/feed", "/removal", "/checklist.csv", "/checklist.json"]
        posts = ["/findings", "/search", "/products", "/products/choice", "/products/removal", "/settings", "/feed", "/feed/end", "/removal"]
        for role, person in {**self.others, "colleague": self.colleague}.items():
            with self.subTest(role=role):
                self.assertNotIn("秘密の構成", person.get("/watch").text)
                person.get("/watch/new")
                for end in gets:
                    there = person.get(path + end)
                    self.assertEqual(there.status, 404)
                    self.assertEqual(self.bare(there), self.bare(person.get(gone + end)))
                for end in posts:
                    fields = [("form_token", person.token), ("entry", "CVE-2026-93002"), ("state", "done"), ("product", "npm:mihon-bell")]
                    there = person.send(path + end, fields)
                    self.assertEqual(there.status, 404)
                    self.assertEqual(self.bare(there), self.bare(person.send(gone + end, fields)))
        self.assertEqual(self.found(path, "?state=open"), {"CVE-2026-93001", "CVE-2026-93002"})
        for name, content in self.server.public_files():
            self.assertNotIn("カナリア".encode(), content, name)
            self.assertNotIn("秘密の構成".encode(), content, name)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
