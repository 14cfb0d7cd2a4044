#!/usr/bin/python3
"""The guided tour of the demonstration: what it tells each person to click is there.

usage: NOROSHI_BIN=build/src/noroshi tour_test.py
"""
import html
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from noroshi_server import ROOT  # noqa: E402


class Stop:
    """A row of the page."""

    def __init__(self, row):
        self.href, self.what = re.search(r'<th scope="row"><a href="([^"]+)">([^<]+)</a>', row).groups()
        self.presses = [html.unescape(one) for one in re.findall(r"<b>([^<]+)</b>", row)]
        self.keys = re.findall(r"<code data-copy>([^<]+)</code>", row)
        self.why = re.search(r">([^<>]+)</td></tr>", row + "</tr>").group(1)


class Tour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.command("demo", "fill")
        cls.server.start()
        with open(os.path.join(cls.server.state, "demonstration.tsv"), encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f]
        cls.people = {}  # by role: those who have it
        cls.secrets = [row[:3] for row in rows if "@" in row[0]]
        for address, password, secret, role, _ in rows:
            if "@" in address:
                cls.people.setdefault(role, []).append(cls.enter(address, password, secret))

    @classmethod
    def enter(cls, address, password, secret):
        person = cls.server.person(address)
        person.secret = secret
        page = person.do(person.get("/login"), "/login", {"email": address, "password": password})
        person.do(page, "/login/code", {"code": person.code()})
        return person

    @staticmethod
    def stops(person, base="", part="own"):
        page = person.get(f"{base}/tour")
        assert page.status == 200, f"{person}: {page.status}"
        table = re.search(rf'id="{part}".*?</table>', page.html, re.S)
        return [Stop(row) for row in re.findall(r'<tr>(<th scope="row">.*?)</tr>', table.group(), re.S)] if table else []

    def test_every_page_leads_to_it(self):
        for people in self.people.values():
            for person in people:
                self.assertIn("/tour", person.get("/me").links(r"/tour"), person)
        self.assertIn("/tour", self.server.person().get("/login").links(r"/tour"))

    def test_every_link_leads_to_what_is_to_be_clicked(self):
        """One of each role's people can press it: what needs a second person is not open to the first one."""
        for role, people in self.people.items():
            missing, seen = {}, set()
            for person in people:
                stops = self.stops(person)
                self.assertTrue(stops, f"{role} {person}")
                for stop in stops:
                    with self.subTest(role=role, person=person, stop=stop.what):
                        page = person.get(stop.href, follow=False)
                        self.assertEqual(page.status, 200, stop.href)
                        self.assertTrue(stop.why)
                        there = {press for press in stop.presses if press in html.unescape(page.html)}
                        seen |= {(stop.what, press) for press in there}
                        missing |= {(stop.what, press): stop.href for press in stop.presses if press not in there}
            self.assertEqual({key: href for key, href in missing.items() if key not in seen}, {}, role)

    def test_every_stop_is_on_somebody_s_tour(self):
        """So each situation has a case."""
        with open(os.path.join(ROOT, "src", "faces", "desk", "tour", "stops.c"), encoding="utf-8") as f:
            told = set(re.findall(r'(?:A_ROOM|A_REPORT|A_CASE|A_DEVELOPER|AN_ADVISORY|A_MAILBOX|A_NOTICE), "[^"]+", N_\("([^"]+)"\)', f.read()))
        self.assertGreater(len(told), 40)
        found = {html.unescape(stop.what) for people in self.people.values() for person in people for stop in self.stops(person, "/en")}
        for part in ("finders", "operators"):
            found |= {html.unescape(stop.what) for stop in self.stops(self.server.person(), "/en", part)}
        self.assertEqual(told - found, set())

    def test_a_visitor_can_be_a_finder(self):
        for stop in self.stops(self.server.person(), part="finders"):
            with self.subTest(stop=stop.what):
                finder, (receipt, passphrase) = self.server.person(), stop.keys
                page = finder.do(finder.get(stop.href), "/mailbox", {"receipt": receipt, "passphrase": passphrase})
                self.assertTrue(page.path.startswith("/mailbox/case"), page.text[:600])
                for press in stop.presses:
                    self.assertIn(press, html.unescape(page.html))

    def test_a_visitor_can_be_an_operator(self):
        """Of a website: by the link of the mail, and the passphrase where one was agreed."""
        stops = self.stops(self.server.person(), part="operators")
        self.assertEqual([len(stop.keys) for stop in sorted(stops, key=lambda one: len(one.keys))], [0, 1])
        for stop in stops:
            with self.subTest(stop=stop.what):
                operator = self.server.person()
                page = operator.do(operator.get(stop.href), stop.href, dict(zip(["passphrase"], stop.keys)))
                self.assertTrue(page.path.startswith("/operator"), page.text[:600])
                for press in stop.presses:
                    self.assertIn(press, html.unescape(page.html))

    def test_a_visitor_is_told_whom_he_can_be(self):
        """Of each role somebody; what opens an account stands on the terminal alone."""
        visitor = self.server.person()
        page = visitor.get("/tour")
        self.assertEqual(self.stops(visitor), [])
        for role, people in self.people.items():
            self.assertTrue(any(person.address in page.html for person in people), role)
        for address, password, secret in self.secrets:
            self.assertNotIn(password, page.html, address)
            self.assertNotIn(secret, page.html, address)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
