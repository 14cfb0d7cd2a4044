#!/usr/bin/python3
"""A developer that cannot be reached, through the pages alone: what was tried, the public list, the committee.

usage: NOROSHI_BIN=build/src/noroshi unreachable_test.py
"""
import os
import re
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import Cast, Job, in_days  # noqa: E402


class Unreachable(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server(unreachable_months="0", unreachable_product_months="0")
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = Cast(cls.server)

    def coordinated(self, tag, *developers):
        job = Job(self.cast, tag=tag)
        job.report()
        job.open()
        job.mailbox()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(*developers)
        return job

    def party(self, job, n, person=None):
        return (person or self.cast.cb).get(job.parties[n])

    def attempt(self, job, n, channel, result="NO_ANSWER"):
        return job.at_party(n, "/contact", channel=channel, result=result, to="03-0000-0000", words="応答がない", evidence="書留 123-45")

    def give_up(self, job, n):
        """All that the settings ask for, then two persons (UNR-01, V11)."""
        for channel in ("MAIL", "LETTER", "TELEPHONE"):
            self.attempt(job, n, channel)
        self.assertFalse(self.party(job, n).has_form("/unreachable"))  # the fax is missing
        self.attempt(job, n, "FAX", "UNKNOWN")
        job.at_party(n, "/unreachable", reason="すべての連絡先を試みた")
        page = self.party(job, n)
        self.assertFalse(page.has_form("/unreachable/confirm"))  # not by the one who proposed it
        self.server.sink.wait(self.cast.cb2.address, f"/cases/{job.id}")
        self.cast.cb2.do(self.party(job, n, self.cast.cb2), "/unreachable/confirm")

    def test_is_reached_again(self):
        """UNR-01, UNR-03, V11, V12: nothing of it is told to the developer; its coming to read ends it."""
        job = self.coordinated("-reach", 2)
        job.summary("ルーターの概要")
        job.send_summary(2)
        self.give_up(job, 2)
        page = self.party(job, 2)
        self.assertIn("連絡不能", page.text)
        self.assertIn("書留 123-45", page.text)
        self.assertIn("調整中", self.cast.cb.get(f"/cases/{job.id}").text)  # the case stays in handling
        pm = self.cast.pm[2]
        self.assertNotIn("連絡不能の提案", pm.get(f"/cases/{job.id}").text)  # this is its coming to read
        self.assertNotIn("連絡不能と扱い", pm.get(f"/cases/{job.id}").text)
        self.assertIn("連絡がとれた", self.party(job, 2).text)
        job.request_detail(2)
        self.server.verify()

    def test_is_named_on_the_public_list(self):
        """UNR-01, UNR-02, P20, P21: by name, then with the product, at last with a deadline; off the list with the first contact."""
        job = self.coordinated("-list", 1)
        visitor = self.server.visitor()
        self.give_up(job, 1)
        job.at_party(1, "/unreachable/list", name_ja="青空電機", name_en="Aozora", url="https://developer1.example/")
        page = self.wait_for(visitor, "/unreachable", "青空電機")
        self.assertNotIn("見本ルーター", page.text)
        number = re.search(r"DID#\d{8}", page.text).group(0)
        job.at_party(1, "/unreachable/product", product_name="見本ルーター RX-100", versions="2.1.3 以前")
        self.assertIn(number, self.wait_for(visitor, "/unreachable", "RX-100").text)
        job.at_party(1, "/unreachable/deadline", deadline=in_days(30))
        self.wait_for(visitor, "/unreachable", "までにご回答ください")
        shown = visitor.get("/unreachable").html + visitor.get("/en/unreachable").html
        for word in ("V", "T", "X", "I", "SUMMARY"):
            self.assertNotIn(job.words[word], shown)  # CFD-04
        self.assertIn("Aozora", visitor.get("/en/unreachable").text)
        # Somebody knows it: sealed to the desk, the coordinating body is told.
        page = visitor.get(visitor.get("/unreachable").links(r"/unreachable/answer\?number=DID%23[0-9]+")[0])
        refused = visitor.submit(page, "/unreachable/answer", {"text": ""})
        self.assertEqual(refused.status, 422)
        self.assertIn(number, refused.html)
        visitor.do(page, "/unreachable/answer", {"text": "今は別の会社が引き継いでいます", "contact": "shiru@example.jp"})
        self.server.sink.wait(self.cast.cb.address, f"/cases/{job.id}")
        page = self.party(job, 1)
        self.assertIn("今は別の会社が引き継いでいます", page.text)
        self.assertIn("shiru@example.jp", page.text)
        self.attempt(job, 1, "THIRD_PARTY", "ACKNOWLEDGED")
        until = time.monotonic() + 30
        while "青空電機" in visitor.get("/unreachable").text and time.monotonic() < until:
            time.sleep(0.3)
        page = visitor.get("/unreachable")
        self.assertNotIn("青空電機", page.text)
        gone = visitor.submit(visitor.get("/unreachable/answer"), "/unreachable/answer", {"number": number, "text": "x"})
        self.assertEqual(gone.status, 422)
        self.server.verify()

    def test_support_has_ended(self):
        """EOL-01, EOL-02, EOL-04, EOL-08 to EOL-10, P16: recorded, told to nobody, cases C and A; a developer whose product holds it joins."""
        job = self.coordinated("-eol", 2)
        job.summary("ルーターの概要")
        job.send_summary(2)
        page = self.cast.cb.get(f"/cases/{job.id}")
        fields = {"url": "https://developer2.example/end", "declared_at": in_days(-400), "ends_at": in_days(-30), "ci_use": "1", "advice": "SUCCESSOR"}
        self.assertEqual(self.cast.cb.submit(page, "/eol", fields).status, 422)  # move to what?
        fields.update(successor="見本ルーター RX-300", embedded="制御装置", organisation=[self.cast.developer_path[3].split("/")[-1]])
        page = job.at_cb("/eol", **fields)
        self.assertIn("問題となる事例の4つの条件", page.text)
        self.assertIn("黒潮ソフト", page.text)
        self.assertIn("調整中", page.text)  # EOL-08
        self.assertNotIn("サポート終了", self.cast.pm[2].get(f"/cases/{job.id}").text)
        self.assertNotIn(job.id, self.cast.pm[3].get("/cases").html)  # nothing told yet
        job.request_detail(2)
        job.send_detail(2)
        job.result(2)
        job.status(2, countermeasure="STOP_USE")
        self.assertIn("C：", self.cast.cb.get(f"/cases/{job.id}").text)
        job.begin_advisory()
        draft = self.cast.cb.get(f"/advisories/{job.advisory}").text
        self.assertIn("使用を中止し、見本ルーター RX-300へ移行してください", draft)
        small = self.coordinated("-eola", 1)
        small.summary("古い製品の概要")
        small.send_summary(1)
        ended = {"how": "close_eol", "words": "サポートが終了しており影響は小さい"}
        refused = self.cast.cb.submit(self.cast.cb.get(f"/cases/{small.id}"), "/close", ended)
        self.assertEqual(refused.status, 409)
        small.at_cb("/eol", url="https://developer1.example/end", declared_at=in_days(-400), ends_at=in_days(-30), small_impact="1")
        small.at_cb("/close", **ended)
        self.assertIn("取扱い終了", self.cast.cb.get(f"/cases/{small.id}").text)
        self.assertIn("サポートが終了", small.finder.get("/mailbox/case").text)
        self.server.verify()

    def wait_for(self, visitor, path, words, seconds=30):
        until = time.monotonic() + seconds
        while True:
            page = visitor.get(path)
            if words in page.text:
                return page
            self.assertLess(time.monotonic(), until, page.text)
            time.sleep(0.3)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
