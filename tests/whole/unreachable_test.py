#!/usr/bin/python3
"""A developer that cannot be reached, through the pages alone: what was tried, the public list, the committee.

usage: NOROSHI_BIN=build/src/noroshi unreachable_test.py
"""
import os
import sys
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


if __name__ == "__main__":
    unittest.main(verbosity=2)
