#!/usr/bin/python3
"""Many developers into a case from a pasted list, through the pages alone: looked up, chosen, added once; what could not be taken is kept. And
reminders to all who owe an answer.

Rule: COO-06, COO-19, CFD-07
usage: NOROSHI_BIN=build/src/noroshi invite_test.py
"""
import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import DEVELOPERS, Cast, Job, in_days  # noqa: E402


class Invite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = Cast(cls.server)
        cls.job = Job(cls.cast)
        cls.job.report()
        cls.job.open()
        cls.job.accept()
        cls.job.forward()
        cls.job.take()
        cls.path = f"/cases/{cls.job.id}/invitations"

    def look(self, text):
        cb = self.cast.cb
        return cb.do(cb.get(self.path), "/invitations", {"lines": text})

    def parties(self):
        return self.cast.cb.get(f"/cases/{self.job.id}").links(rf"/cases/{self.job.id}/developers/[0-9a-z]+")

    def test_01_lines_are_understood_and_nothing_is_written(self):
        page = self.look(f"{DEVELOPERS[1]}、見本ルーター\n\npsirt@developer2.example\n見たこともない会社\n{DEVELOPERS[1]}\n見本サーバー 3\n" + "長" * 301)
        for words in ("追加できます", "リストにありません", "前の行と重複", "選んでください", "名称として長すぎます"):
            self.assertIn(words, page.text)
        self.assertTrue(page.links(r"/developers/new\?name=[^\"]+"))
        self.assertEqual(self.parties(), [])
        self.assertIn("見たこともない会社", dict(page.form("/invitations").values)["lines"])

    def test_01b_what_telling_would_bring_about_is_said_before(self):
        """COO-06, CFD-07: by the policy in the developer list; a developer that waits for the agreed date brings nothing about."""
        cb, place = self.cast.cb, self.cast.developer_path[1]
        cb.do(cb.get(place + "/edit"), place + "/edit", {"discloses_after_days": "7", "reports_to": "見本省（24時間以内）"})
        self.assertIn("見本省（24時間以内）", cb.get(place).text)
        self.assertIn("見本省（24時間以内）", self.cast.pm[1].get("/organisation").text)
        refused = cb.submit(cb.get(place + "/edit"), place + "/edit", {"discloses_after_days": "a week"})
        self.assertEqual((refused.status, "日数を数字で入力するか" in refused.text), (422, True))
        self.assertIn(("discloses_after_days", "a week"), refused.form("/edit").values)
        page = self.look(f"{DEVELOPERS[1]}\n{DEVELOPERS[2]}")
        self.assertEqual(page.text.count("7日後に自社の方針で公表します"), 1)
        self.assertIn("見本省（24時間以内）", page.text)

    def test_01c_a_developer_enters_its_own_policy(self):
        """COO-06: what the bodies had entered stands there to be corrected; they see who changed it, and are told by it what would happen."""
        cb, pm, place = self.cast.cb, self.cast.pm[1], self.cast.developer_path[1]
        page = pm.get("/organisation/edit")
        self.assertIn(("discloses_after_days", "7"), page.form("/organisation/edit").values)
        refused = pm.submit(page, "/organisation/edit", {"discloses_after_days": "-3"})
        self.assertEqual((refused.status, "日数を数字で入力するか" in refused.text), (422, True))
        page = pm.do(page, "/organisation/edit", {"discloses_after_days": "9", "reports_to": "見本庁（72時間以内）"})
        self.assertIn("見本庁（72時間以内）", page.text)
        seen = cb.get(place).text
        for words in ("見本庁（72時間以内）", "見本省（24時間以内）", "方針の変更"):
            self.assertIn(words, seen)
        self.assertIn("Own policy changed", cb.get("/en" + place).text)
        self.assertIn("Days after which you publish by yourselves", pm.get("/en/organisation").text)
        self.assertIn("9日後に自社の方針で公表します", self.look(DEVELOPERS[1]).text)

    def test_02_what_is_ticked_joins_and_the_rest_is_kept(self):
        cb, text = self.cast.cb, f"{DEVELOPERS[1]}\n見たこともない会社\ndeveloper2.example"
        page = self.look(text)
        join = page.form("/invitations/join")
        chosen = [value for name, value in join.values if name == "organisation"]
        self.assertEqual(len(chosen), 2)
        page = cb.do(page, "/invitations/join", {"organisation": chosen})
        self.assertIn("追加した製品開発者：2", page.text)
        self.assertEqual(dict(page.form("/invitations").values)["lines"].split(), ["見たこともない会社"])
        self.assertEqual(len(self.parties()), 2)
        told = [cb.get(place).text for place in self.parties()]
        self.assertEqual(sum("公表予定日" in text and "より前です" in text for text in told), 1)
        # the same form once more: nothing happens twice
        again = cb.send(join.action, list(join.values))
        self.assertEqual(again.status, 200)
        self.assertIn("追加した製品開発者：0", again.text)
        self.assertEqual(len(self.parties()), 2)
        self.assertIn("この案件に参加済み", self.look(text).text)

    def test_03_nothing_ticked_and_too_much_are_said_and_nothing_is_lost(self):
        cb = self.cast.cb
        page = self.look("developer3.example")
        form = page.form("/invitations/join")
        answer = cb.send(form.action, [pair for pair in form.values if pair[0] != "organisation"])
        self.assertEqual(answer.status, 422)
        self.assertIn("developer3.example", dict(answer.form("/invitations").values)["lines"])
        page = cb.get(self.path)
        answer = cb.submit(page, "/invitations", {"lines": "会社\n" * 501})
        self.assertEqual(answer.status, 413)
        self.assertEqual(dict(answer.form("/invitations").values)["lines"].count("会社"), 501)

    def test_04_all_join_or_none(self):
        """CFD-07: who is left out is tried in the domain's test; here a developer that is none."""
        cb, form = self.cast.cb, self.look("developer3.example").form("/invitations/join")
        answer = cb.send(form.action, [*form.values, ("organisation", "nobody")])
        self.assertEqual(answer.status, 422)
        self.assertIn("developer3.example", dict(answer.form("/invitations").values)["lines"])
        self.assertEqual(len(self.parties()), 2)

    def test_05_all_who_owe_an_answer_are_reminded_at_once(self):
        cb = self.cast.cb
        self.job.summary("ルーターの概要")
        self.job.at_cb("/summaries", answer_due=in_days(7))
        before = [len(self.server.sink.to(f"psirt@developer{n}.example")) for n in (1, 2)]
        page = cb.do(cb.get(f"/cases/{self.job.id}"), "/reminders", {"whom": "all", "answer_due": in_days(9)})
        self.assertIn("督促を送信しました", page.text)
        for n, count in zip((1, 2), before):
            self.server.running.wait_for(lambda: len(self.server.sink.to(f"psirt@developer{n}.example")) > count, 20)
        answer = cb.submit(cb.get(f"/cases/{self.job.id}"), "/reminders", {"whom": "nobody", "answer_due": in_days(9)})
        self.assertEqual(answer.status, 422)
        self.server.verify()

    def test_06_the_grid_is_a_file_for_the_bodies(self):
        """CSV with the words, JSON with the codes, the same in both languages; a developer has none."""
        path = f"/cases/{self.job.id}?format="
        for person in (self.cast.cb, self.cast.rb):
            rows = person.get(path + "json").json()["rows"]
            self.assertEqual(rows, person.get("/en" + path + "json").json()["rows"])
            self.assertEqual({(row["step"], row["disclosed"]) for row in rows}, {("SUMMARY_SENT", "SUMMARY")})
            self.assertIn("概要送付済み", person.get(path + "csv").body.decode())
        self.assertEqual(self.cast.pm[1].get(path + "json").status, 400)
        self.assertEqual(self.cast.pm[3].get(path + "json").status, 404)

    def test_07_nobody_else_may(self):
        for person in (self.cast.rb, self.cast.pm[1]):
            self.assertEqual(person.get(self.path).status, 404)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
