#!/usr/bin/python3
"""What a case meets beside the straight road, each situation through the pages alone and to its end.

usage: NOROSHI_BIN=build/src/noroshi situations_test.py
"""
import json
import os
import re
import sys
import unittest
import urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import DEVELOPERS, Cast, Job, jst_minute  # noqa: E402


class Situations(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = Cast(cls.server)

    def publish(self, job, **written):
        """The rest of the straight road: written, approved by both, published by the clock."""
        job.write_advisory(**written)
        job.approve_all()
        date = job.next_minute()
        job.change_date(jst_minute(date))
        if self.cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"):
            job.at_advisory(self.cast.cb, "/rehearse")
        return job.wait_published()

    def test_a_developer_reports_its_own_product(self):
        """INT-18, COO-30, PUB-12, P24; PSR-40: who had told it directly learns receipt and status, nobody else who that is."""
        job, pm, reporter = Job(self.cast, tag="-own"), self.cast.pm[1], "direct@reporter.example"
        self.assertIn("/own-product", pm.get("/cases").links(r"/own-product"))
        page = pm.get("/own-product")
        refused = pm.submit(page, "/own-product", {"product_name": "見本ルーター RX-100", "reporter_email": "taro@"})
        self.assertEqual(refused.status, 422)
        self.assertIn('value="taro@"', refused.html)
        self.assertIn("見本ルーター RX-100", refused.html)
        page = pm.do(pm.get("/own-product"), "/own-product", {
            "is_limited": "1", "product_name": "見本ルーター RX-100", "product_version": "1.0 から 2.1.3", "category": "router",
            "vuln_info": job.words["V"], "vuln_impact": "設定を読まれる", "verification": job.words["T"], "attack": job.words["X"],
            "countermeasure": "FIX", "fixed_versions": "2.1.4", "words": job.words["S1"], "statement_ja": f"修正版を用意した {job.words['M1']}",
            "statement_en": f"2.1.4 fixes it {job.words['M1']}", "url": "https://developer1.example/advisory",
            "reporter_email": reporter, "reporter_lang": "en"})
        job.id = re.search(r"/cases/([0-9a-z]+)", page.path).group(1)
        for person in (self.cast.rb, self.cast.cb):  # at once, without a reception before
            text = person.get(f"/cases/{job.id}").html
            for word in ("V", "T", "X"):
                self.assertIn(job.words[word], text)
            self.assertNotIn(reporter, text)
            self.server.sink.wait(person.address, f"/cases/{job.id}")
        self.server.sink.wait(reporter, "has received your report")
        right, own = "direct2@reporter.example", f"/cases/{job.id}"
        refused = pm.submit(pm.get(own), "/answer/reporter", {"reporter_email": "taro@", "reporter_lang": "en", "reason": "誤記のため"})
        self.assertEqual((refused.status, "name@example.jp の形で" in refused.text), (422, True))
        page = pm.do(pm.get(own), "/answer/reporter", {"reporter_email": right, "reporter_lang": "en", "reason": "誤記のため"})
        for person in (pm, self.cast.rb, self.cast.cb):
            self.assertNotIn("@reporter.example", person.get(own).html)
        self.assertIn("アドレスを訂正しました", page.text)
        self.assertEqual(self.cast.pm[2].get(f"/cases/{job.id}").status, 404)
        self.assertFalse(self.cast.cb.get(f"/cases/{job.id}").has_form("/developers"))  # nobody else joins
        report = self.cast.rb.get(f"/reports/{job.id}")
        self.assertEqual(report.status, 200)
        self.assertFalse(report.has_form("/identity") or report.has_form("/messages"))  # there is no finder
        job.take()
        unheard = self.cast.cb.submit(self.cast.cb.get(f"/cases/{job.id}"), "/date", {"date": jst_minute(job.next_minute(3600)), "basis": "AGREED"})
        self.assertEqual(unheard.status, 409)
        job.at_cb("/date", date=jst_minute(job.next_minute(86400)), basis="AGREED", heard="1")
        job.begin_advisory()
        path = self.publish(job, cve="CVE-2026-49001")
        shown = self.server.visitor().get(path).html
        self.assertIn(job.words["M1"], shown)
        for word in ("V", "T", "X", "S1"):
            self.assertNotIn(job.words[word], shown)
        self.server.sink.wait(right, f"/en{path}\r\n")
        mails = self.server.sink.to(reporter) + self.server.sink.to(right)
        self.assertEqual(len(mails), 2)
        for mail in mails:
            self.assertEqual(self.server.visitor().get(re.search(r"http://[^/]+(/en/\S*)", mail.text).group(1)).status, 200)
            for word in (*job.words.values(), job.id, "RX-100"):
                self.assertNotIn(word, mail.text)
        page = pm.do(pm.get(own), "/answer/reporter/erase", {"reason": "本人の求めによる"})
        self.assertIn("アドレスを消去しました", page.text)
        self.assertFalse(pm.get(own).has_form("/answer/reporter") or pm.get(own).has_form("/answer/reporter/erase"))

    def test_priority_provision(self):
        """PRI-01 to PRI-05, PRI-08, FND-08, CFD-11: consulted, the finder told beforehand, given to a recipient that has confirmed the three conditions."""
        cast, job = self.cast, Job(self.cast, tag="-pri")
        power = cast.partner("CI", "見本電力", "denryoku@power.example", "ci", "POWER")
        job.report(product_name="見本制御装置")
        job.open()
        job.mailbox()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(2)
        job.summary("制御装置の概要")
        job.send_summary(2)
        job.request_detail(2)
        job.send_detail(2)
        job.result(2)
        self.assertFalse(cast.cb.get(f"/cases/{job.id}").has_form("/priority"))  # no countermeasure yet
        job.status(2)
        job.at_cb("/date", date=jst_minute(job.next_minute(86400)), basis="AGREED")
        self.assertFalse(cast.rb.get(f"/cases/{job.id}").has_form("/priority"))  # PRI-03: the other body does not send
        job.at_cb("/priority", sector=["POWER"], reason="変電所の設備に使われている")
        self.server.sink.wait(cast.rb.address, f"/cases/{job.id}")
        self.server.sink.wait(cast.pm[2].address, f"/cases/{job.id}")
        self.assertFalse(cast.cb.get(f"/cases/{job.id}").has_form("/priority/provision"))
        cast.rb.do(cast.rb.get(f"/cases/{job.id}"), "/priority/answer", {"answer": "AGREED"})
        job.at_pm(2, "/answer/priority", answer="AGREED")
        self.assertFalse(cast.cb.get(f"/cases/{job.id}").has_form("/priority/provision"))  # FND-08
        self.assertNotIn("重要インフラ", job.finder.get("/mailbox/case").text)
        cast.rb.do(cast.rb.get(f"/cases/{job.id}"), "/priority/finder")
        self.assertIn("重要インフラ", job.finder.get("/mailbox/case").text)
        page = cast.cb.get(f"/cases/{job.id}")
        self.assertNotIn(job.words["X"], page.form("/priority/provision").values.__repr__())
        refused = cast.cb.submit(page, "/priority/provision", {"recipient": [power.place.split("/")[-1]], "leak": ""})
        self.assertEqual(refused.status, 409)  # CFD-11: nobody has ruled leakage out
        job.at_cb("/priority/provision", recipient=[power.place.split("/")[-1]], leak="知る者が限られている")
        mail = self.server.sink.wait("denryoku@power.example", "/provisions")
        self.assertNotIn("見本制御装置", mail.text)  # nothing of the case in the open
        page = power.get(power.get("/provisions").links(r"/provisions/[0-9a-z]+")[0])
        for word in ("V", "M2"):
            self.assertIn(job.words[word], page.html)
        for word in ("T", "X", "I", "S2"):
            self.assertNotIn(job.words[word], page.html)
        page = power.do(page, "/receipt")
        self.assertFalse(page.has_form("/receipt"))
        self.assertIn("受領確認済み", cast.cb.get(f"/cases/{job.id}").text)
        self.server.verify()


    def test_a_finder_is_referred_here(self):
        """INT-17: a developer that was told directly hands out a number; the report that comes with it is linked, and the developer learns nothing of it."""
        cast, job = self.cast, Job(self.cast, tag="-ref")
        page = cast.pm[3].do(cast.pm[3].get("/referrals"), "/referrals")
        code = re.search(r"T-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text).group(0)
        self.assertIn("/en/report", page.text)  # a text to hand on, in both languages
        job.report(product_name="見本紹介製品", referral=code.lower())
        report = job.open()
        self.assertIn(code, report.text)
        self.assertIn("黒潮ソフト", report.text)
        self.assertEqual(cast.pm[3].get(f"/cases/{job.id}").status, 404)
        page = cast.rb.do(cast.rb.get("/referrals"), "/referrals", {"told": "見本市役所"})
        self.assertIn("見本市役所", page.text)
        unknown = Job(cast, tag="-refx")
        unknown.report(product_name="見本不明製品", referral="T-0000-0000")
        self.assertNotIn("紹介元", unknown.open().text)

    def bare(self, page):
        return page.status, re.sub(r"[0-9a-z]{16,}|\d\d:\d\d(:\d\d)?", "", page.html.replace(page.path, ""))

    def test_developers_share_a_room_by_agreement(self):
        """COO-27, COO-36, invariant 10, decision 0014: who agreed sees who agreed; for everybody else there is no room, byte by byte."""
        cast, job = self.cast, Job(self.cast, tag="-room")
        reader = cast.person_of(1, "検証 五郎", "reader-room@developer1.example", "pd")
        job.report()
        job.mailbox()
        job.open()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(1, 2, 3)
        job.summary("見本ルーターの設定画面の概要")
        for n in (1, 2, 3):
            job.send_summary(n)
        for n in (1, 2):
            job.request_detail(n)
            self.assertNotIn("製品開発者どうしの連絡の場", cast.cb.get(f"/cases/{job.id}").text)  # it needs two
            job.send_detail(n)
        title, purpose, said = "修正版を出す日-room", "公表日を決めるため、準備にかかる日数をお知らせください-room", "二週間ほしい-room"
        page = cast.cb.get(f"/cases/{job.id}")
        self.assertNotIn(DEVELOPERS[3], page.text.split("脆弱性詳細情報を提供済みの製品開発者", 1)[1].split("合同連絡室の件名", 1)[0])
        chosen = [job.parties[n].split("/")[-1] for n in (1, 2)]
        refused = cast.cb.submit(page, "/rooms", {"developers": chosen[:1], "room_title": title, "purpose": purpose})
        self.assertEqual(refused.status, 422)
        self.assertIn("2者以上", refused.text)
        self.assertIn(purpose, refused.html)  # what was typed stands
        refused = cast.cb.submit(page, "/rooms", {"developers": [chosen[0], job.parties[3].split("/")[-1]], "room_title": title, "purpose": purpose})
        self.assertEqual(refused.status, 422)
        page = cast.cb.do(page, "/rooms", {"developers": chosen, "room_title": title, "purpose": purpose})
        place = page.links(rf"/cases/{job.id}/rooms/[0-9a-z]+")[0]
        for n in (1, 2):
            mail = self.server.sink.wait(f"psirt@developer{n}.example", f"/cases/{job.id}")
            for word in (title, purpose, *job.words.values()):
                self.assertNotIn(word, mail.text)

        def names(person):
            html = person.get(place).html
            return {n for n in (1, 2) if DEVELOPERS[n] in html.split("<main", 1)[1]}

        everybody = {"rb": cast.rb, "third": cast.pm[3], "finder": job.finder, "stranger": self.server.person()}
        for who, person in everybody.items():
            for path in (place, place + "/messages", place + "/agree", place + "/leave", place + "/close"):
                absent = path.replace(place.split("/")[-1], "0" * 26)
                with self.subTest(who=who, path=path):
                    first, second = ((person.get(at, follow=False) if path == place else person.send(at, [("form_token", person.token), ("text", "x")], follow=False))
                                     for at in (path, absent))
                    self.assertEqual(self.bare(first), self.bare(second))
                    self.assertNotEqual(first.status, 200)
        asked = cast.pm[1].get(place)
        self.assertIn(purpose, asked.html)
        self.assertIn("参加をお尋ねした製品開発者: 2者", asked.text)
        self.assertEqual(names(cast.pm[1]) - {1}, set())
        refused = cast.pm[1].submit(asked, "/agree")
        self.assertEqual(refused.status, 409)
        cast.pm[1].do(asked, "/agree", {"understood": "yes"})
        self.assertEqual(names(cast.pm[1]) - {1}, set())  # the other one has not agreed
        self.assertFalse(cast.pm[1].get(place).has_form("/messages"))
        cast.pm[2].do(cast.pm[2].get(place), "/decline")
        self.assertEqual(names(cast.pm[1]) - {1}, set())
        cast.pm[2].do(cast.pm[2].get(place), "/agree", {"understood": "yes"})
        self.assertIn(2, names(cast.pm[1]))
        self.assertIn(1, names(cast.pm[2]))
        cast.pm[1].do(cast.pm[1].get(place), "/messages", {"text": said})
        self.server.sink.wait("psirt@developer2.example", f"/cases/{job.id}")
        self.assertIn("未読 1件", cast.pm[2].get(f"/cases/{job.id}").text)
        self.assertIn(said, cast.pm[2].get(f"/cases/{job.id}/search?q=" + urllib.parse.quote("二週間ほしい")).text)
        page = cast.pm[2].get(place)
        self.assertIn(said, page.text)
        self.assertNotIn("窓口 担当1", page.text)  # of the other developer speaks the organisation
        self.assertIn("未読 0件", cast.pm[2].get(f"/cases/{job.id}").text)
        self.assertIn(said, cast.pm[2].get(f"/cases/{job.id}/print").text)
        self.assertIn("窓口 担当1", cast.cb.get(place).text)
        self.assertIn(said, reader.get(place).text)  # a colleague reads, and does not write
        self.assertFalse(reader.get(place).has_form("/messages"))
        for who, person in (("rb", cast.rb), ("third", cast.pm[3]), ("finder", job.finder)):
            for path in (f"/cases/{job.id}", f"/cases/{job.id}/print", f"/cases/{job.id}/history", f"/cases/{job.id}/search?q=room", "/mailbox/case"):
                html = person.get(path).html
                for word in (title, purpose, said, "合同連絡室"):
                    self.assertNotIn(word, html, f"{who} {path}")
        cast.pm[2].do(cast.pm[2].get(place), "/leave")
        self.assertNotIn(said, cast.pm[2].get(place).html + cast.pm[2].get(f"/cases/{job.id}/print").html + cast.pm[2].get(f"/cases/{job.id}/search?q=" + urllib.parse.quote("二週間")).html)
        self.assertEqual(names(cast.pm[2]) - {2}, set())
        self.assertEqual(names(cast.pm[1]) - {1}, set())
        cast.pm[2].do(cast.pm[2].get(place), "/agree", {"understood": "yes"})
        cast.cb.do(cast.cb.get(job.parties[2]), "/removal", {"reason": "対象の製品がない"})
        self.assertEqual(cast.pm[2].get(place).status, 404)
        cast.cb.do(cast.cb.get(place), "/close")
        page = cast.pm[1].get(place)
        self.assertIn(said, page.text)
        self.assertFalse(page.has_form("/messages") or page.has_form("/leave"))
        self.server.verify()

    def test_a_case_from_abroad(self):
        """COO-34, P25, PUB-08: a notice as a CSAF document becomes a case, is coordinated, answered as a document, and published in its own series of numbers."""
        cast, job = self.cast, Job(self.cast, tag="-fb")
        abroad = cast.partner("FB", "海外見本CERT", "cert@cert.example", "fb")
        package = json.dumps({
            "document": {"csaf_version": "2.0", "title": "Sample Router", "publisher": {"name": "海外見本CERT"}, "tracking": {"id": "VU#765432"}},
            "product_tree": {"branches": [{"category": "vendor", "name": "Developer 1", "branches": [{"category": "product_name", "name": "見本ルーター RX-100"}]}]},
            "vulnerabilities": [{"notes": [{"category": "description", "text": job.words["V"]},
                                           {"category": "details", "title": "Attack method", "text": job.words["X"]}]}]}).encode()
        form = cast.cb.get("/notices/package").form("/notices/package")
        refused = cast.cb.send(form.action, form.values, True, [("package", "x.json", b"{}")])
        self.assertEqual(refused.status, 422)
        page = cast.cb.send(form.action, form.values, True, [("package", "x.json", package)])
        self.assertEqual(page.status, 200)
        for value in (job.words["V"], job.words["X"], "VU#765432", "見本ルーター RX-100"):
            self.assertIn(value, page.html)
        self.assertEqual(cast.cb.submit(page, "/notices", {"source": "CERTCC_NOTE", "category": "router", "partner": ""}).status, 422)
        page = cast.cb.do(page, "/notices", {"source": "CERTCC_NOTE", "category": "router"})  # the coordinator was recognised by its name
        job.id = re.search(r"/cases/([0-9a-z]+)", page.path).group(1)
        self.server.sink.wait(cast.rb.address, f"/cases/{job.id}")
        own = abroad.get("/exchanges").links(r"/exchanges/[0-9a-z]{20,}")[0]
        self.assertIn("VU#765432", abroad.get(own).text)
        self.assertNotIn(job.words["V"], abroad.get(own).html)  # row FB: nothing of ours before the detail
        self.assertEqual(abroad.get(own + "/package").status, 404)
        abroad.do(abroad.get(own), "/messages", {"text": "Any news?"})
        self.server.sink.wait(cast.cb.address, f"/cases/{job.id}")
        self.assertIn("Any news?", cast.cb.get(f"/cases/{job.id}").text)
        job.take()
        job.add_developers(1)
        job.summary("ルーターの概要")
        job.send_summary(1)
        job.request_detail(1)
        job.send_detail(1)
        job.give_abroad(abroad, with_attack="1")
        self.assertNotIn(job.words["X"], self.server.sink.wait("cert@cert.example", "/exchanges").text)
        document = json.loads(abroad.get(own + "/package").html)
        self.assertEqual(document["document"]["distribution"]["tlp"]["label"], "AMBER")
        self.assertIn(job.words["X"], json.dumps(document, ensure_ascii=False))
        job.result(1)
        job.status(1)
        job.at_cb("/date", date=jst_minute(job.next_minute(86400)), basis="AGREED")
        refused = cast.cb.submit(cast.cb.get("/cve-numbers"), "/cve-numbers", {"year": "2026", "from": "9", "to": "8"})
        self.assertEqual(refused.status, 422)
        cast.cb.do(cast.cb.get("/cve-numbers"), "/cve-numbers", {"year": "2026", "from": "40100", "to": "40109"})
        for words in ("入力の検査の不備", "セッション管理の不備"):  # COO-39: several vulnerabilities in one case, a number each
            job.at_cb("/cve-numbers", words=words)
        page = cast.cb.get(f"/cases/{job.id}")
        colleague = next(value for value in re.findall(r'<option value="([0-9a-z]{26})"[^>]*>調整 桃子', page.html))
        cast.cb.do(page, "/handover", {"officer": colleague, "words": "番号は予約済みです"})
        self.server.sink.wait(cast.cb2.address, f"/cases/{job.id}")
        self.assertIn("番号は予約済みです", cast.cb2.get(f"/cases/{job.id}").text)
        self.assertNotIn("番号は予約済みです", cast.rb.get(f"/cases/{job.id}").text)  # a note of the other body
        page = job.begin_advisory()
        self.assertIn("CVE-2026-40101", page.html)  # both stand in the first draft
        path = self.publish(job, cve="CVE-2026-40100")
        self.assertRegex(path, r"/advisories/NRSVU\d{8}$")
        cast.cb.do(cast.cb.get(f"/cases/{job.id}"), "/CVE-2026-40101/reject", {"reason": "同じ不備だった"})
        text = cast.cb.get("/cve-numbers").text
        self.assertIn("CVE-2026-40100", text)
        record = json.loads(cast.cb.get("/cve-numbers/CVE-2026-40100/record").html)
        self.assertEqual(record["cveMetadata"]["cveId"], "CVE-2026-40100")
        self.assertEqual(cast.cb.get("/cve-numbers/CVE-2026-40105/record").status, 404)
        shown = self.server.visitor().get(path).html
        self.assertIn("海外見本CERT", shown)
        self.assertNotIn(job.words["X"], shown)
        self.assertNotIn(job.words["X"], abroad.get(own).html)  # the methods are gone
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
