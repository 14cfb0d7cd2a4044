#!/usr/bin/python3
"""Cases before the publication judgement committee, through the pages alone: a developer that cannot be reached, one that refuses.

usage: NOROSHI_BIN=build/src/noroshi committee_test.py
"""
import os
import re
import sys
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import Cast, Job, in_days, jst_minute  # noqa: E402

REASON = {"public_ja": "利用者が製品の利用を中止できるようにするため", "public_en": "So that users can stop using the product"}


class Committee(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server(unreachable_months="0", unreachable_product_months="0", committee_quorum="2")
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = cast = Cast(cls.server)
        cls.members = [cast.partner("PC", f"判定委員会{i}", f"iin{i}@committee.example", "pc") for i in (1, 2, 3)]

    # ---- steps ----

    def coordinated(self, tag, n):
        job = Job(self.cast, tag=tag)
        job.report(product_name=f"見本製品{tag}")
        job.open()
        job.mailbox()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(n)
        job.summary(job.words["SUMMARY"])
        return job

    def give_up(self, job, n, deadline):
        """UNR-01, UNR-02: every way is tried, two persons, the public list up to its day."""
        for channel in ("MAIL", "LETTER", "TELEPHONE", "FAX"):
            job.at_party(n, "/contact", channel=channel, result="NO_ANSWER", to="03-0000-0000", words="応答がない", evidence="書留 123-45")
        job.at_party(n, "/unreachable", reason="すべての連絡先を試みた")
        self.cast.cb2.do(self.cast.cb2.get(job.parties[n]), "/unreachable/confirm")
        job.at_party(n, "/unreachable/list", name_ja="青空電機", name_en="Aozora", url="https://developer1.example/")
        self.wait_listed("青空電機")
        job.at_party(n, "/unreachable/product", product_name="見本ルーター RX-100", versions="2.1.3 以前")
        self.wait_listed("RX-100")
        job.at_party(n, "/unreachable/deadline", deadline=jst_minute(deadline))

    def wait_listed(self, words, seconds=30):
        until = time.monotonic() + seconds
        while words not in self.server.visitor().get("/unreachable").text:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.3)

    def rb_case(self, job):
        return self.cast.rb.get(f"/cases/{job.id}")

    def at_rb(self, job, ending, **fields):
        return self.cast.rb.do(self.rb_case(job), ending, fields)

    def refer(self, job, n):
        return job.at_cb("/docket", developer=job.parties[n].split("/")[-1], reason="合意が見込めない")

    def check(self, job):
        fields = {f"holds_{letter}": "1" for letter in "abcd"}
        fields.update({letter: f"要件{letter}を満たす" for letter in "abcd"})
        return self.at_rb(job, "/docket/check", value_added="P", **fields)

    def call(self, job, count):
        ids = re.findall(r'name="members"[^>]*value="([0-9a-z]+)"', self.rb_case(job).html)
        return self.at_rb(job, "/docket/meeting", meeting_at=in_days(1), members=ids[:count])

    def vote(self, member, job, vote):
        return member.do(member.get(f"/judgements/{job.id}"), "/vote", {"vote": vote, "reason": f"投票の理由 {vote}"})

    def publish(self, job, **order):
        """The text by the coordinating body, approved by both; the date by the receiving body."""
        job.begin_advisory()
        job.write_advisory()
        job.approve_all()
        self.at_rb(job, "/docket/order", date=jst_minute(job.next_minute(15)), **order)
        if self.cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"):
            job.at_advisory(self.cast.cb, "/rehearse")
        return job.wait_published()

    def wait_for_form(self, job, ending, seconds=100):
        until = time.monotonic() + seconds
        while not self.rb_case(job).has_form(ending):
            self.assertLess(time.monotonic(), until, self.rb_case(job).text)
            time.sleep(1)

    # ---- stories ----

    def test_a_developer_that_cannot_be_reached(self):
        """UNR-04, UNR-05, UNR-07, UNR-08, EOL-06, N34, P17, P18: from the public list to the published reason; nobody asks the ministry."""
        cast, (first, second, third) = self.cast, self.members
        job = self.coordinated("-silent", 1)
        self.assertFalse(cast.cb.get(f"/cases/{job.id}").has_form("/docket"))  # no cause stands
        self.give_up(job, 1, job.next_minute(25))
        page = self.refer(job, 1)
        self.assertIn("委員会で審議中", page.text)
        self.assertIn("連絡がとれない", page.text)
        mail = self.server.sink.wait(first.address, "/judgements")
        self.assertNotIn(job.words["V"], mail.text)
        self.assertIn("委員会に付議されている案件はありません", first.get("/judgements").text)  # not called yet
        self.assertEqual(first.get(f"/judgements/{job.id}").status, 404)
        page = self.check(job)
        self.assertIn("書留 123-45", page.text)  # what was gathered
        self.assertIn("SSVC", page.text)
        self.at_rb(job, "/docket/notice", words="公開の一覧で告知した")
        self.wait_for_form(job, "/docket/heard")  # the list's day
        self.at_rb(job, "/docket/heard")
        self.call(job, 3)  # UNR-07: this single case
        for member in self.members:
            self.server.sink.wait(member.address, f"/judgements/{job.id}")
        self.assertIn("0日", cast.cb.get("/judgements").text)
        page = first.get(first.get("/judgements").links(r"/judgements/[0-9a-z]{20,}")[0])
        self.assertIn(job.words["V"], page.text)
        for word in ("I", "T", "X", "QUESTION", "BODIES"):
            self.assertNotIn(job.words[word], page.html)
        third.do(page := third.get(f"/judgements/{job.id}"), "/recusal", {"reason": "元の勤務先である"})
        self.assertEqual(third.get(f"/judgements/{job.id}").status, 404)
        self.assertEqual(first.submit(first.get(f"/judgements/{job.id}"), "/vote", {"reason": "x"}).status, 422)
        self.vote(first, job, "PUBLISH")
        self.assertNotIn("投票の理由 PUBLISH", second.get(f"/judgements/{job.id}").text)  # nobody votes as others have
        self.assertFalse(self.rb_case(job).has_form("/docket/minutes"))  # no quorum
        self.vote(second, job, "PUBLISH")
        self.at_rb(job, "/docket/minutes", minutes="全員一致で公表を適当とした")
        self.assertIn("投票の理由 PUBLISH", second.get(f"/judgements/{job.id}").text)
        refused = cast.rb.submit(self.rb_case(job), "/docket/decision", {"decision": "PUBLISH", "reason": "判定のとおり"})
        self.assertEqual(refused.status, 422)  # without the published reason
        self.at_rb(job, "/docket/decision", decision="PUBLISH", reason="判定のとおり", **REASON)
        path = self.publish(job)
        visitor = self.server.visitor()
        for base, key in (("", "public_ja"), ("/en", "public_en")):
            self.assertIn(REASON[key], visitor.get(base + path).text)
        self.assertIn("青空電機", visitor.get(path).text)
        self.assertNotIn("投票の理由", visitor.get(path).text)
        self.assertNotIn("全員一致", visitor.get(path).text)
        self.assertIn("公表判定委員会の判定を経て公表済み", self.rb_case(job).text)
        self.server.verify()

    def test_a_developer_that_refuses(self):
        """UNR-03, UNR-05, UNR-06, UNR-11, EOL-05, P19: heard, declined once, put again, published with its view and the ministry's confirmation."""
        cast, (first, second, _) = self.cast, self.members
        job = self.coordinated("-refuses", 2)
        job.send_summary(2)
        job.at_pm(2, "/answer/refusal", reason="サポートが終了している")
        job.at_cb("/eol", url="https://developer2.example/end", declared_at=in_days(-400), ends_at=in_days(-30), advice="STOP_USE")
        pm = cast.pm[2]
        for round in ("NOT", "PUBLISH"):
            self.refer(job, 2)
            self.assertNotIn("公表判定委員会", pm.get(f"/cases/{job.id}").text)
            self.check(job)
            self.assertEqual(cast.rb.submit(self.rb_case(job), "/docket/notice", {"words": "通知", "until": in_days(-1)}).status, 409)
            self.at_rb(job, "/docket/notice", words="脆弱性の内容と根拠、経緯、公表案の通知", until=in_days(14))
            self.server.sink.wait(pm.address, f"/cases/{job.id}")
            self.assertFalse(self.rb_case(job).has_form("/docket/heard"))
            page = job.at_pm(2, "/answer/opinion", opinion="公表には同意しない")
            self.assertIn("経緯、公表案の通知", page.text)
            self.call(job, 2)
            for member in (first, second):
                self.assertIn("公表には同意しない", member.get(f"/judgements/{job.id}").text)
                self.vote(member, job, round)
            self.at_rb(job, "/docket/minutes", minutes="議事録の内容")
            self.assertNotIn("議事録の内容", pm.get(f"/cases/{job.id}").text)
            self.at_rb(job, "/docket/decision", decision=round, reason=f"判定のとおり {round}", **REASON)
            self.assertIn(f"判定のとおり {round}", pm.get(f"/cases/{job.id}").text)
            if round == "NOT":
                self.assertIn("調整中", cast.cb.get(f"/cases/{job.id}").text)
                self.assertEqual(first.get(f"/judgements/{job.id}").status, 404)
        job.at_pm(2, "/answer/view", view_ja="後継製品への移行をお願いします", view_en="Please move to the successor")
        refused = cast.rb.submit(self.rb_case(job), "/docket/order", {"date": in_days(2)})
        self.assertEqual(refused.status, 422)  # the ministry's confirmation
        visitor, path = self.server.visitor(), self.publish(job, confirmation="2026年11月20日付け文書")
        self.assertIn("後継製品への移行をお願いします", visitor.get(path).text)
        self.assertIn("白樺通信", visitor.get(path).text)
        self.assertIn("Please move to the successor", visitor.get("/en" + path).text)
        self.assertIn("使用を停止してください", visitor.get(path).text)  # EOL-05
        self.server.verify()

    def test_the_developer_can_be_coordinated_with_again(self):
        """UNR-03, P19: an answer, or a body's word, ends the judgement; members see nothing of it any more."""
        job = self.coordinated("-again", 3)
        job.send_summary(3)
        job.at_pm(3, "/answer/refusal", reason="対応しない")
        self.refer(job, 3)
        self.check(job)
        job.at_cb("/docket/end", reason="対応する旨の連絡があった")
        self.assertIn("調整中", self.rb_case(job).text)
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
