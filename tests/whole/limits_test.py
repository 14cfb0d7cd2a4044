#!/usr/bin/python3
"""How often one address may ask: pages, interfaces and files apart, through HTTP.

usage: NOROSHI_BIN=build/src/noroshi limits_test.py
"""
import http.client
import json
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402

INTERFACES = ["/rest/json/cves/2.0", "/v1/vulns/GHSA-2222-3333-4444", "/myjvn?method=getVendorList&feed=hnd", "/records/CVE-2026-0001.json",
              "/ja/rss/search.rdf", "/api/v1/openapi.json"]
FILES = ["/rss/noroshi.rdf", "/ja/rss/jvndb.rdf", "/ja/feed/checksum.txt", "/.well-known/csaf/provider-metadata.json"]
PAGES = ["/", "/search", "/new", "/records/CVE-2026-0001"]
BUDGET = {"public_rate_per_minute": 6, "interface_rate_per_minute": 12, "file_rate_per_minute": 9}


class Limits(unittest.TestCase):
    def setUp(self):
        self.server = noroshi_server.Server(trusted_proxies="127.0.0.1", **{name: str(n) for name, n in BUDGET.items()})
        self.addCleanup(self.server.done)
        self.server.start()

    def ask(self, address, path, body=None):
        connection = http.client.HTTPConnection("localhost", self.server.running.portal, timeout=60)
        connection.request("POST" if body else "GET", path, body, {"X-Forwarded-For": address})
        answer = connection.getresponse()
        try:
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def until_refused(self, address, paths, body=None):
        """How many were answered, and the refusal."""
        for count in range(1000):
            status, headers, body_of = self.ask(address, paths[count % len(paths)], body)
            if status == 429:
                return count, headers, body_of
        raise AssertionError("never refused")

    def test_each_kind_has_its_budget(self):
        """API-05: a mirror that used up the interfaces and the files does not hold back pages, nor another address."""
        for paths, setting in ((INTERFACES, "interface_rate_per_minute"), (FILES, "file_rate_per_minute"), (PAGES, "public_rate_per_minute")):
            with self.subTest(setting=setting):
                count, headers, body = self.until_refused("192.0.2.7", paths)
                # While it is asked a little comes back.
                self.assertIn(count - BUDGET[setting], range(0, 4))
                self.assertIn(int(headers["Retry-After"]), range(1, 61))
                self.assertEqual(len(headers.get_all("Retry-After")), 1)
                if paths is not PAGES:
                    self.assertEqual(headers["Content-Type"], "application/problem+json")
                    self.assertEqual(headers["Access-Control-Allow-Origin"], "*")
                    self.assertEqual((json.loads(body)["status"], json.loads(body)["code"]), (429, "TOO_MANY"))
                else:
                    self.assertIn("text/html", headers["Content-Type"])
                self.assertNotEqual(self.ask("192.0.2.8", paths[0])[0], 429)

    def test_a_question_with_a_body_counts_once(self):
        count, _, _ = self.until_refused("192.0.2.9", ["/v1/query"], json.dumps({"commit": "0" * 40}))
        self.assertIn(count - BUDGET["interface_rate_per_minute"], range(0, 4))


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
