#!/usr/bin/python3
"""What a finder may count on, through the pages alone: a receipt that proves its report; the operator of a website that is told in three stages.

usage: NOROSHI_BIN=build/src/noroshi finder_test.py
"""
import os
import re
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import Cast, Job, jst_minute, report_fields  # noqa: E402

OPERATOR = "webmaster@city.example"
WEBSITE_STEPS = (("site_name", "site_url", "told_nobody"), ("vuln_kind", "vuln_info", "vuln_impact"),
                 ("verification", "reproducibility", "attack"), ("finder_name", "finder_email", "consent_direct"))


class Finder(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = Cast(cls.server)

    # ---- the receipt ----

    def verify(self, *arguments):
        done = self.server.command("receipt", "verify", *arguments, check=False)
        return done.returncode, done.stdout

    def keep(self, folder, name, content):
        path = os.path.join(folder, name)
        with open(path, "wb") as f:
            f.write(content)
        return path

    # The very first report: the first checkpoint of all binds it.
    def test_01_a_receipt_proves_the_report(self):
        """FND-04: signed, with the text, offline; whatever is changed is seen; the portal publishes key and checkpoints."""
        job = Job(self.cast, tag="-proof")
        job.report()
        page = job.mailbox()
        self.assertIn("届け出たことの証明", page.text)
        self.server.running.wait_for(lambda: self.server.visitor().get("/receipts").links(r"/receipts/checkpoint[^\"]+"), 20)
        receipt, report = (job.finder.get(f"/mailbox/case/{name}") for name in ("receipt.json", "report.txt"))
        self.assertIn(job.words["X"], report.body.decode())
        self.assertNotIn(job.words["I"], report.body.decode())
        self.assertNotIn("kanariya", receipt.body.decode())
        self.assertIn(job.receipt, receipt.json()["statement"])
        published = self.server.visitor().get("/receipts")
        key = re.search(r"[0-9a-f]{64}", published.html).group(0)
        checkpoint = self.server.visitor().get(published.links(r"/receipts/checkpoint-[0-9-]+\.txt")[0])
        self.assertTrue(checkpoint.body.startswith(b"noroshi checkpoint 1\n"))
        with tempfile.TemporaryDirectory() as folder:
            file, text = self.keep(folder, "receipt.json", receipt.body), self.keep(folder, "report.txt", report.body)
            code, said = self.verify(file, "--report", text, "--key", key)
            self.assertEqual((code, job.receipt in said), (0, True), said)
            other = self.keep(folder, "other.txt", report.body.replace(b"kanariya-V", b"kanariya-W"))
            self.assertEqual(self.verify(file, "--report", other)[0], 65)
            self.assertEqual(self.verify(file, "--key", "00" * 32)[0], 65)
            earlier = self.keep(folder, "earlier.json", re.sub(rb"received 20\d\d", b"received 2019", receipt.body))
            self.assertEqual(self.verify(earlier)[0], 65)
            first = self.keep(folder, "checkpoint.txt", checkpoint.body)
            code, said = self.verify(file, "--report", text, "--key", key, "--checkpoint", first)
            self.assertEqual(code, 0, said)
            later = Job(self.cast, tag="-later")
            later.report()
            later.mailbox()
            after = self.keep(folder, "later.json", later.finder.get("/mailbox/case/receipt.json").body)
            self.assertEqual(self.verify(after, "--key", key)[0], 0)
            self.assertEqual(self.verify(after, "--checkpoint", first)[0], 65)  # it was not reported by then
        self.server.verify()

    # ---- a leak ----

    def test_02_a_leak_is_confirmed_told_and_decided(self):
        """CFD-15: whoever sees it says so, a second person confirms it, everybody concerned is told at once, and nothing moves by itself."""
        cast, job = self.cast, Job(self.cast, tag="-leak")
        job.report(product_name="見本漏えい製品")
        job.open()
        job.mailbox()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(1, 2)
        job.summary("概要")
        job.send_summary(1)
        date = job.next_minute(30 * 86400)
        job.at_cb("/date", date=jst_minute(date), basis="INDEPENDENT", reason="漏えいに備える")
        job.finder.do(job.finder.get("/mailbox/case"), "/mailbox/case/observation", {"kind": "LEAK", "words": f"掲示板にある {job.words['R']}"})
        mail = self.server.sink.wait(cast.cb.address, f"/cases/{job.id}")
        self.assertNotIn(job.words["R"], mail.text)
        self.assertNotIn(job.words["R"], cast.pm[1].get(f"/cases/{job.id}").text)
        self.assertIn("漏えい・攻撃手段・攻撃の知らせを確認する", cast.rb.get("/today").text)
        page = cast.cb.get(f"/cases/{job.id}")
        self.assertIn(job.words["R"], page.text)
        self.assertFalse(page.has_form("/decide"))  # not before it is confirmed
        page = cast.cb.do(page, "/adopt", {"words": "外部に知られました。緊急の体制で対応してください。"})
        self.assertIn("至急判断", page.text)
        for text in (cast.pm[1].get(f"/cases/{job.id}").text, job.finder.get("/mailbox/case").text):
            self.assertIn("緊急の体制で対応してください", text)
        self.assertNotIn(job.words["R"], cast.pm[1].get(f"/cases/{job.id}").text)
        self.server.sink.wait(cast.pm[1].address, f"/cases/{job.id}")
        self.assertEqual(cast.pm[2].get(f"/cases/{job.id}").status, 404)  # chosen, and told nothing yet
        draft = cast.cb.get(page.links(r"/advisories/[0-9a-z]+")[0])
        self.assertIn("公表前に公開されています", cast.cb.get(draft.path + "/edit").html)  # prepared, and only a draft
        self.assertFalse(cast.rb.get(f"/cases/{job.id}").has_form("/decide"))
        page = cast.cb.do(cast.cb.get(f"/cases/{job.id}"), "/decide", {"decision": "SOON", "words": "攻撃が近いと考えられる"})
        self.assertIn(f"{date.month}月{date.day}日", page.text)  # it stays until somebody changes it
        self.assertIn("攻撃が近いと考えられる", job.finder.get("/mailbox/case").text)
        self.server.verify()

    # ---- a website ----

    def report_website(self, job):
        fields = report_fields(job.words, site_name="見本市のページ", site_url="https://city.example/search", told_nobody="yes",
                               consent_direct="yes", reproducibility="always")
        finder = self.server.visitor()
        form = next(one for one in finder.get("/report").forms if ("target", "website") in one.values)
        page = finder.send(form.action, form.values)
        for step in WEBSITE_STEPS:
            page = finder.do(page, "/report/step", {**{k: fields[k] for k in step if k in fields}, "go": "next"})
        page = finder.do(page, "/report/send", {**{k: "yes" for k in ("read_notes", "declares_legal", "keeps_silent")}, "go": "send"})
        job.take_receipt(page)

    def enter(self, person, address, words, **fields):
        """By the link of the newest mail, through the button before it."""
        mail = self.server.sink.wait(address, words)
        path = re.search(r"http://\S*?(/(?:en/)?notice/[^\s>]+)", mail.text).group(1)
        return person.do(person.get(path), path, fields)

    def test_03_the_operator_of_a_website_is_told_in_three_stages(self):
        """WEB-03 WEB-07 WEB-10 WEB-13, CFD-09, FND-07, INT-12, LGL-11, LGL-12, LGL-13: no detail before the protection of mails is agreed; notes stand beside."""
        rb, job = self.cast.rb, Job(self.cast, tag="-site")
        self.report_website(job)
        job.open()
        job.mailbox()
        job.accept()
        job.at_rb("/stage1", email=OPERATOR, operator_kind="MUNICIPALITY", lang="ja")
        operator = self.server.person(OPERATOR)
        page = self.enter(operator, OPERATOR, "/notice/")
        self.assertIn("https://city.example/search", page.text)
        self.assertNotIn(job.words["V"], page.text)
        operator.do(page, "/operator/contact", {"name": "情報政策課", "email": "jouhou@city.example"})
        job.at_rb("/stage2")
        section = self.server.person("jouhou@city.example")
        page = self.enter(section, "jouhou@city.example", "/notice/")
        self.assertNotIn(job.words["V"], page.text)
        page = section.do(page, "/operator/encryption", {"method": "PASSPHRASE"})
        passphrase = re.search(r"(?:[0-9A-Z]{4}[- ]){5}[0-9A-Z]{4}", page.text).group(0)
        second = self.server.sink.wait("jouhou@city.example", "/notice/")
        job.at_rb("/stage3", words="利用者の入力を読まれるおそれがある")
        third = self.wait_other("jouhou@city.example", second)
        self.assertNotIn("kanariya", third.text)
        path = re.search(r"http://\S*?(/(?:en/)?notice/[^\s>]+)", third.text).group(1)
        self.assertEqual(section.submit(section.get(path), path, {"passphrase": "0000-" * 5 + "0000"}).status, 422)
        page = section.do(section.get(path), path, {"passphrase": passphrase})
        for word in ("V", "T", "X"):
            self.assertIn(job.words[word], page.text)
        self.assertNotIn(job.words["I"], page.text)
        for title in ("利用者との契約", "情報が漏えいしたとき", "地方公共団体：情報公開", "2013年3月"):  # LGL-11 LGL-12 LGL-13 LGL-14
            self.assertIn(title, page.text)
        job.finder.do(job.finder.get("/mailbox/case"), "/mailbox/case/messages", {"kind": "INQUIRY", "text": "いつ直りますか"})
        asked = rb.get(f"/reports/{job.id}")
        self.assertFalse(asked.has_form("/answer") or asked.has_form("/consult"))  # INT-12: its operator is consulted first
        self.assertEqual(rb.submit(asked, "/messages", {"kind": "MESSAGE", "text": "来月です"}).status, 409)
        job.at_rb("/record", text="来月と伝えてよい")
        job.at_rb("/answer", text="来月の予定です")
        self.assertIn("来月の予定です", job.finder.get("/mailbox/case").text)
        self.assertNotIn("来月と伝えてよい", job.finder.get("/mailbox/case").text)
        page = section.do(page, "/operator/receipt")
        page = section.do(page, "/operator/result", {"result": "AFFECTED"})
        section.do(page, "/operator/fix", {"kind": "PLAIN", "words": "入力の検査を加えた"})
        self.assertIn("修正", job.finder.get("/mailbox/case").text)  # FND-07
        self.server.sink.wait("hakken@finder.example", "/mailbox")
        job.at_rb("/close")
        self.assertFalse(section.get("/operator").has_form("/operator/fix"))
        self.assertEqual(self.cast.cb.get(f"/cases/{job.id}").status, 404)  # the coordinating body has no part in it
        self.assertEqual(rb.get(f"/cases/{job.id}/history").status, 200)
        self.assertIn(f"/reports/{job.id}/print", rb.get(f"/reports/{job.id}").links(r"/reports/[0-9a-z]+/print"))
        paper = rb.get(f"/reports/{job.id}/print")  # as one document, for the receiving body alone
        for words in ("入力の検査を加えた", "情報政策課", job.words["V"], "渡さないでください"):
            self.assertIn(words, paper.text)
        self.assertNotIn(job.words["I"], paper.text)
        self.assertNotIn("<form", re.search(r"<main.*</main>", paper.html, re.S).group())
        for person in (self.cast.cb, section):
            self.assertEqual(person.get(f"/reports/{job.id}/print").status, 404)
        self.server.verify()

    def wait_other(self, address, mail):
        """The next mail with a link after this one."""
        self.server.running.wait_for(lambda: self.server.sink.wait(address, "/notice/").text != mail.text, 20)
        return self.server.sink.wait(address, "/notice/")


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
