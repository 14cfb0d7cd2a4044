#!/usr/bin/python3
"""The main job, end to end, through HTTP and mail: from a finder's report to the advisory in every format; nothing leaks on the way.

usage: NOROSHI_BIN=build/src/noroshi story_test.py
"""
import datetime
import hashlib
import os
import re
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import cast as people  # noqa: E402
import noroshi_server  # noqa: E402
from cast import CANARY, FINDER_MAIL, JST, Cast, Job, in_days, jst_minute  # noqa: E402

PUBLISHED = {"M1", "M2", "CONTENT", "CREDIT"}  # what the advisory itself says, from its instant on


class Leaks:
    """Looks at everything that leaves: answers of the public side, its files, mails, the log; and whether what the desk keeps is sealed."""

    def __init__(self, server):
        self.server, self.public = server, set()
        self.found, self.mails_seen = [], 0
        server.watchers.append(self.look)

    def words(self):
        return {name: word.encode() for name, word in CANARY.items() if name not in self.public}

    def note(self, where, content):
        for name, word in self.words().items():
            if word in content:
                self.found.append(f"{name} in {where}")

    def look(self, person, method, path, page):
        # The finder's own form shows what the finder typed; it goes back to that browser alone.
        if person.face == "portal" and not re.match(r"(/en)?/report/(step|send)$", path):
            self.note(f"{method} {path}", page.body + str(page.headers).encode())

    def sweep(self):
        self.note("the log", self.server.running.log().encode())
        for name, content in self.server.public_files():
            self.note(name, content)
        for name, content in self.server.desk_files():
            self.found += [f"{word} unsealed in {name}" for word, text in CANARY.items() if text.encode() in content and word not in self.public]
        mails = self.server.sink.all()
        for mail in mails[self.mails_seen:]:
            self.note(f"a mail to {mail.to}: {mail.subject}", mail.raw + mail.subject.encode() + mail.text.encode())
        self.mails_seen = len(mails)
        found, self.found = self.found, []
        return found


class Story(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.leaks = Leaks(cls.server)
        cls.cast = Cast(cls.server)
        cls.job = Job(cls.cast)
        cls.is_broken = False

    def setUp(self):
        if type(self).is_broken:
            self.skipTest("an earlier chapter failed")

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            type(self).is_broken = True

    def tearDown(self):
        self.assertEqual(self.leaks.sweep(), [])
        self.assertNotIn("CANARY", self.server.running.log())
        self.assertNotIn("signal=", self.server.running.log(), "a process died")

    def mail(self, address, path):
        """A mail whose link leads to that page; its subject says nothing of the case."""
        mail = self.server.sink.wait(address, path)
        for word in ("RX", "ルーター", "脆弱", self.job.receipt):
            self.assertNotIn(word, mail.subject)
        return mail

    def test_01_a_finder_reports(self):
        """INT-01 INT-15 INT-16 GEN-05 FND-17: all fields, a file; then the receipt, once."""
        page = self.job.report(files=[("shot.txt", f"a screenshot {CANARY['FILE']}".encode())], consent_credit="yes",
                               credit_name=f"発見 太郎 {CANARY['CREDIT']}")
        self.assertRegex(self.job.passphrase, r"^\w{4}([- ]\w{4}){5}$")
        self.assertEqual(page.status, 200)
        self.mail("rb@office.example", "/reports/")
        box = self.job.mailbox()
        for name in ("V", "T", "X"):
            self.assertIn(CANARY[name], box.html)
        self.assertNotIn(CANARY["I"], box.html)
        self.assertIn("shot.txt", box.html)

    def test_02_nothing_typed_is_lost_at_an_error(self):
        """INT-01: the page comes back with what was typed and a word at each field."""
        finder = self.server.visitor()
        page = finder.submit(finder.get("/report"), "/report/step")
        page = finder.submit(page, "/report/step", {"product_name": "見本ルーター", "product_url": "not an address", "go": "next"})
        self.assertEqual(page.status, 422)
        self.assertIn(("product_name", "見本ルーター"), page.form("/report/step").values)
        self.assertIn(("product_url", "not an address"), page.form("/report/step").values)

    def test_03_the_mailbox_opens_with_both_alone(self):
        """INT-13"""
        stranger = self.server.person()
        page = stranger.submit(stranger.get("/mailbox"), "/mailbox", {"receipt": self.job.receipt, "passphrase": "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"})
        self.assertEqual(page.status, 422)
        self.assertNotIn(CANARY["V"], page.html)
        self.assertEqual(stranger.get("/mailbox/case", follow=False).status, 303)

    def test_04_the_receiving_body_opens_asks_and_hears(self):
        """INT-06 INT-11 N05"""
        page = self.job.open()
        for name in ("V", "T", "X", "M0"):
            self.assertIn(CANARY[name], page.html)
        self.assertNotIn(CANARY["I"], page.html)  # sealed apart, opened by two
        self.job.at_rb("/messages", kind="QUESTION", text=CANARY["QUESTION"])
        self.mail(FINDER_MAIL, "/mailbox")
        self.assertIn(CANARY["QUESTION"], self.job.mailbox().html)
        self.job.answer_question(CANARY["ANSWER"])
        self.mail("rb@office.example", "/reports/")
        self.assertIn(CANARY["ANSWER"], self.cast.rb.get(f"/reports/{self.job.id}").html)

    def test_05_accepted_and_forwarded(self):
        """INT-03 INT-07 FND-01 N01 N04: the coordinating body sees it from the forwarding on, never the identity without consent."""
        self.assertEqual(self.cast.cb.get(f"/cases/{self.job.id}").status, 404)
        page = self.cast.rb.submit(self.cast.rb.get(f"/reports/{self.job.id}"), "/accept", {"is_complete": "yes"})
        self.assertNotEqual(page.status, 200)  # both have to be confirmed
        self.job.at_rb("/impact", range="wide", score="9.8", reason="広く使われている")
        self.job.accept()
        self.assertEqual(self.cast.cb.get(f"/cases/{self.job.id}").status, 404)
        self.job.forward()
        self.mail("cb@office.example", f"/cases/{self.job.id}")
        page = self.cast.cb.get(f"/cases/{self.job.id}")
        self.assertIn(CANARY["V"], page.html)
        self.assertNotIn(CANARY["I"], page.html)
        self.assertNotIn(CANARY["QUESTION"], page.html)

    def test_06_every_developer_of_a_long_list_can_be_chosen(self):
        """COO-06: the list has more than a page."""
        cb = self.cast.cb
        page = cb.get("/developers/new")
        for n in range(60):
            cb.do(page, "/developers", {"name_ja": f"多数{n:02d}", "languages": "ja", "products": f"別の製品{n}"})
        text = cb.get(f"/cases/{self.job.id}").html
        self.assertEqual([n for n in range(60) if f"多数{n:02d}" not in text], [])

    def test_06_two_developers_in_two_steps(self):
        """COO-06 to COO-11 CFD-05 N07 N08: suggested by name; a summary, then the detail on request, with the warning acknowledged."""
        job, pm1, pm2 = self.job, self.cast.pm[1], self.cast.pm[2]
        job.take()
        self.assertIn("見本ルーター RX-100", self.cast.cb.get(f"/cases/{job.id}").text)
        job.add_developers(1, 2)
        self.assertEqual(pm1.get(f"/cases/{job.id}").status, 404)
        job.summary(f"見本ルーターの管理画面に関する情報 {CANARY['SUMMARY']}")
        job.send_summary(1)
        self.mail(pm1.address, f"/cases/{job.id}")
        page = pm1.get(f"/cases/{job.id}")
        self.assertIn(CANARY["SUMMARY"], page.html)
        for name in ("V", "T", "X", "I", "FILE"):
            self.assertNotIn(CANARY[name], page.html)
        self.assertEqual(pm2.get(f"/cases/{job.id}").status, 404)
        refused = pm1.submit(page, "/answer/detail", {})
        self.assertNotEqual(refused.status, 200)  # the warning was not acknowledged
        job.request_detail(1)
        self.mail("cb@office.example", f"/cases/{job.id}")
        self.assertNotIn(CANARY["V"], pm1.get(f"/cases/{job.id}").html)
        job.send_detail(1)
        page = pm1.get(f"/cases/{job.id}")
        for name in ("V", "T", "X"):
            self.assertIn(CANARY[name], page.html)
        self.assertNotIn(CANARY["I"], page.html)
        job.send_summary(2)
        job.request_detail(2)
        job.send_detail(2)

    def test_07_results_hints_and_messages_stay_apart(self):
        """COO-12 COO-13 COO-27 N16 N38: what one developer says the other does not see."""
        job = self.job
        job.result(1)
        job.result(2, affected="NO")
        job.at_pm(1, "/answer/hint", developer_name="黒潮ソフト", product="見本サーバー", reason=CANARY["HINT"])
        job.at_party(1, "/messages", kind="MESSAGE", text=CANARY["THREAD1"])
        self.assertIn(CANARY["THREAD1"], self.cast.pm[1].get(f"/cases/{job.id}").html)
        page = self.cast.pm[2].get(f"/cases/{job.id}")
        for name in ("S1", "HINT", "THREAD1"):
            self.assertNotIn(CANARY[name], page.html)
        self.assertNotIn("青空電機", page.html.replace("見本ルーター", ""))
        page = self.cast.cb.get(f"/cases/{job.id}")
        self.assertIn(CANARY["HINT"], page.html)
        self.assertIn(CANARY["S1"], self.cast.cb.get(job.parties[1]).html)

    def test_08_a_date_is_set_and_moved_once(self):
        """COO-14 COO-17 COO-21 COO-22 N09 N10 N37: a wish moves nothing; the change is told to everybody."""
        job = self.job
        late = self.cast.cb.submit(self.cast.cb.get(f"/cases/{job.id}"), "/date", {"date": in_days(60), "basis": "AGREED", "reason": ""})
        self.assertNotEqual(late.status, 200)  # later than 45 days wants a reason
        job.set_date(20)
        for address in ("rb@office.example", self.cast.pm[1].address, self.cast.pm[2].address):
            self.mail(address, f"/cases/{job.id}")
        before = self.cast.pm[2].get(f"/cases/{job.id}").text
        job.at_pm(1, "/answer/date", proposed=in_days(25), reason=CANARY["WISH"])
        self.mail("cb@office.example", f"/cases/{job.id}")
        self.assertNotIn(CANARY["WISH"], self.cast.pm[2].get(f"/cases/{job.id}").html)
        page = self.cast.cb.get(f"/cases/{job.id}")
        self.assertIn(CANARY["WISH"], page.html)
        wish = next(f.action for f in page.forms if "/wishes/" in f.action)
        self.cast.cb.do(page, re.search(r"/wishes/\d+$", wish).group(0), {"decision": "ADOPTED", "words": "了解した"})
        self.assertEqual(self.cast.pm[2].get(f"/cases/{job.id}").text.count("公表日"), before.count("公表日"))
        job.change_date(in_days(25))
        self.mail(self.cast.pm[2].address, f"/cases/{job.id}")
        for person, sees_wish in ((self.cast.cb, True), (self.cast.pm[1], True), (self.cast.pm[2], False)):
            page = person.get(f"/cases/{job.id}")  # how the date came about, as far as it is theirs
            self.assertIn("公表日が決まるまでの経緯", page.text)
            self.assertIn("変更前", page.text)
            self.assertEqual(CANARY["WISH"] in page.html, sees_wish)

    def test_09_statuses(self):
        """COO-23 COO-24 N17 N36"""
        job = self.job
        job.at_cb("/status-request", answer_due=in_days(10))
        pm, cb, page = self.cast.pm[1], self.cast.cb, f"/cases/{job.id}"
        kept = pm.submit(pm.get(page), "/answer/status", {"statement_ja": "下書き途中の声明"}, path=f"{page}/answer/status/draft")
        self.assertIn("下書きを保存しました", kept.text)
        self.assertIn("下書き途中の声明", pm.get(page).html)
        for other in (cb.get(job.parties[1]), cb.get(page), self.cast.pm[2].get(page)):
            self.assertNotIn("下書き途中の声明", other.html)
        job.status(1)
        self.assertNotIn("下書き途中の声明", pm.get(page).html)
        self.mail("rb@office.example", f"/cases/{job.id}")
        self.assertNotIn(CANARY["M1"], self.cast.pm[2].get(f"/cases/{job.id}").html)
        self.assertIn(CANARY["M1"], self.cast.cb.get(job.parties[1]).html)
        self.assertIn(CANARY["M1"], self.cast.pm[1].get(f"/cases/{job.id}").html)

    def test_10_the_advisory_takes_three_people(self):
        """PUB-01: written by one, approved by a second, confirmed by the receiving body, rehearsed."""
        job, cast = self.job, self.cast
        job.begin_advisory()
        page = job.write_advisory()
        self.assertTrue(page.has_form("/submit"), page.text[:3000])
        job.at_advisory(cast.cb, "/submit")
        self.assertFalse(cast.cb.get(f"/advisories/{job.advisory}").has_form("/approve"))  # not one's own
        forged = cast.cb.send(f"/advisories/{job.advisory}/approve", [("form_token", cast.cb.token)])
        self.assertGreaterEqual(forged.status, 400)
        job.at_advisory(cast.cb2, "/approve")
        job.at_advisory(cast.rb, "/confirm")
        self.server.running.wait_for(lambda: "公表予定" in cast.cb.get(f"/advisories/{job.advisory}").text or
                                     cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"), 20)
        for lang in ("", "/en"):
            page = cast.cb.get(f"{lang}/advisories/{job.advisory}/preview")
            self.assertEqual(page.status, 200)
            self.assertIn(CANARY["CONTENT"], page.html)
            for name in ("T", "X", "I", "S1", "S2"):
                self.assertNotIn(CANARY[name], page.html)
        self.server.verify()

    def test_11_at_the_instant_it_is_public_and_not_before(self):
        """CFD-04 CFD-06 PUB-01 N13"""
        job, visitor = self.job, self.server.visitor()
        number = re.search(r"NRS#\d+", self.cast.cb.get(f"/advisories/{job.advisory}").text).group(0)
        slug = number.replace("#", "")
        instant = job.next_minute()
        job.change_date(jst_minute(instant))
        if self.cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"):
            job.at_advisory(self.cast.cb, "/rehearse")
        while datetime.datetime.now(JST) < instant - datetime.timedelta(seconds=0.5):
            for path in (f"/advisories/{slug}", f"/en/advisories/{slug}", f"/vuldef/{slug}.xml", f"/advisories/{slug}.json"):
                self.assertEqual(visitor.get(path).status, 404, path)
            self.assertNotIn(slug, visitor.get("/advisories").html)
            for _, content in self.server.public_files():
                self.assertNotIn(CANARY["CONTENT"].encode(), content)
            if self.leaks.found:
                break
            __import__("time").sleep(0.4)
        self.assertLess(datetime.datetime.now(JST), instant)
        self.leaks.public = PUBLISHED
        path = job.wait_published()
        print("public, seconds after the instant:", round((datetime.datetime.now(JST) - instant).total_seconds(), 1), flush=True)
        type(self).slug, type(self).path, type(self).number = slug, path, number

    def test_12_every_format_says_it(self):
        """PUB-02 PUB-03 PUB-05 PUB-07 PUB-16 COO-39 STD: pages ja and en, list, JVNRSS, CSAF with hashes and provider metadata, VULDEF, JSON; never T, X, I."""
        visitor, slug = self.server.visitor(), self.slug
        self.assertRegex(self.number, r"^NRS#[0-9]{8}$")
        for base, both in (("", "が共同で公表しています"), ("/en", "Published jointly by")):
            page = visitor.get(f"{base}/advisories/{slug}")
            self.assertEqual(page.status, 200)
            self.assertIn(both, page.html)
            self.assertIn("https://developer1.example/advisory", page.html)
            for word in (CANARY["CONTENT"], CANARY["CREDIT"], CANARY["M1"], "CVE-2026-41234", "CWE-78", self.number):
                self.assertIn(word, page.html, f"{base}: {word}")
            self.assertIn(slug, visitor.get(f"{base}/advisories").html)
            self.assertIn(slug, visitor.get(f"{base}/").html)
            feed = visitor.get(f"{base}/rss/noroshi.rdf")
            self.assertEqual(feed.status, 200)
            self.assertIn(slug, feed.html)
            xml.etree.ElementTree.fromstring(feed.body)
            vuldef = visitor.get(f"{base}/vuldef/{slug}.xml")
            self.assertEqual(vuldef.status, 200)
            self.assertIn(CANARY["CONTENT"], vuldef.html)
            xml.etree.ElementTree.fromstring(vuldef.body)
        self.assertEqual(visitor.get(f"/advisories/{slug}.json").json()["number"], self.number)
        metadata = visitor.get("/.well-known/csaf/provider-metadata.json").json()
        self.assertEqual(metadata["canonical_url"], f"{self.server.portal_url}/.well-known/csaf/provider-metadata.json")
        index = visitor.get("/.well-known/csaf/white/index.txt").html.split()
        self.assertEqual(len(index), 1)
        path = "/.well-known/csaf/white/" + index[0]
        csaf = visitor.get(path)
        self.assertEqual(csaf.json()["document"]["csaf_version"], "2.0")
        self.assertIn(CANARY["CONTENT"], csaf.html)
        for algorithm in ("sha256", "sha512"):
            digest = visitor.get(f"{path}.{algorithm}").html.split()[0]
            self.assertEqual(digest, hashlib.new(algorithm, csaf.body).hexdigest())
        file = os.path.join(self.server.running.folder, os.path.basename(path))
        with open(file, "wb") as f:
            f.write(csaf.body)
        self.server.command("validate", "csaf", file)

    def test_13_everybody_is_told(self):
        """N13 FND-06 PUB-10: the finder, both bodies, the developers; the mailbox shows what was published."""
        for address, path in ((FINDER_MAIL, "/mailbox"), ("rb@office.example", f"/cases/{self.job.id}"), (self.cast.pm[1].address, f"/cases/{self.job.id}"),
                              (self.cast.pm[2].address, f"/cases/{self.job.id}")):
            self.mail(address, path)
        page = self.job.mailbox()
        self.assertIn(self.path, page.html)
        page = self.cast.pm[1].get(f"/cases/{self.job.id}")
        self.assertEqual(page.status, 200)
        self.assertIn("公表", page.text)

    def test_14_a_later_update_is_a_new_revision(self):
        """COO-26 PUB-16"""
        job, cast = self.job, self.cast
        job.at_advisory(cast.cb, "/revise")
        job.write_advisory(marker=CANARY["CONTENT"] + " 第2版")
        visitor = self.server.visitor()
        self.assertNotIn("第2版", visitor.get(self.path).text)
        job.at_advisory(cast.cb, "/submit")
        job.at_advisory(cast.cb2, "/approve")
        job.at_advisory(cast.rb, "/confirm")
        page = cast.cb.get(f"/advisories/{job.advisory}")
        if page.has_form("/rehearse"):
            cast.cb.do(page, "/rehearse")
        self.server.running.wait_for(lambda: "第2版" in visitor.get(self.path).text, 30)
        self.assertEqual(len(visitor.get("/.well-known/csaf/white/index.txt").html.split()), 1)

    def test_15_the_ledger_proves_it(self):
        """The chain verifies, the caches are what the ledger says; a restart changes nothing."""
        self.server.verify()
        before = self.server.visitor().get(self.path).body
        self.server.stop()
        self.server.verify()
        self.server.start()
        self.assertEqual(self.server.visitor().get(self.path).body, before)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
