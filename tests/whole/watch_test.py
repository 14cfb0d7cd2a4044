#!/usr/bin/python3
"""The collection tool at the desk: products registered once, a checklist that fills itself, and nobody else who sees it.

Rule: API-02, API-03, API-06
usage: NOROSHI_BIN=build/src/noroshi watch_test.py
"""
import json
import os
import re
import sys
import tempfile
import time
import unittest

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
        return page.path.split("?")[0]

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

    def test_for_everybody_else_there_is_no_such_list(self):
        """API-02, C29: whatever the role, and byte by byte."""
        path = self.make("秘密の構成", "npm:mihon-lamp")
        self.owner.do(self.owner.get(path), "/findings", {"entry": "CVE-2026-93002", "state": "open", "note": "カナリア"})
        gone = f"/watch/{ABSENT}"
        gets = ["", "/products"]
        posts = ["/findings", "/search", "/products", "/products/choice", "/products/removal"]
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
