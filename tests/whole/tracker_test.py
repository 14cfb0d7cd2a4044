#!/usr/bin/python3
"""A maker's tracker over the interface for developers' programs: from the summary to the publication without a page, and what it is refused.

usage: NOROSHI_BIN=build/src/noroshi tracker_test.py
"""
import csv
import datetime
import io
import json
import os
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import Cast, Job, in_days  # noqa: E402
from programs import API, Program, Receiver, bare, documented_check, make_hook, make_token  # noqa: E402

UTC = datetime.timezone.utc


class Tracker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cast = cls.cast = Cast(cls.server)
        cls.colleague = cast.person_of(1, "同僚 四郎", "doryo@developer1.example", "pd")
        cls.writer = Program(cls.server, make_token(cast.pm[1], "本番のトラッカー", "write"))
        cls.reader = Program(cls.server, make_token(cast.pm[1], "表示板", "read"))
        cls.other = Program(cls.server, make_token(cast.pm[2], "別の会社", "write"))
        cls.job = cls.bring("-tracker", 1, 2)

    @classmethod
    def bring(cls, tag, *developers):
        """A case of which the developers have the summary."""
        job = Job(cls.cast, tag=tag)
        job.report(product_name=f"見本製品{tag}")
        job.open()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(*developers)
        job.summary(job.words["SUMMARY"])
        for n in developers:
            job.send_summary(n)
        return job

    def assert_problem(self, page, status, code):
        self.assertEqual((page.status, page.json().get("code")), (status, code), page.html)
        self.assertEqual(page.headers["Content-Type"], "application/problem+json")

    # ---- the whole way ----

    def test_a_case_from_the_summary_to_the_date_without_a_page(self):
        """COO-08 to 13, 21, 23 to 27 by the interface; the bodies see it on their pages as if a person had pressed the buttons."""
        job, tracker, cb = self.bring("-way", 1), self.writer, self.cast.cb
        since = tracker.get("/changes").json()["since"]
        case, etag = tracker.case(job.id)
        self.assertEqual((case["own"]["state"], case["summary"]), ("SUMMARY_SENT", job.words["SUMMARY"]))
        self.assertEqual(case["report"], {})

        self.assertEqual(tracker.change(job.id, "detail", {"acknowledged": True}).status, 200)
        job.send_detail(1)
        case, etag = tracker.case(job.id)
        for letter, field in (("V", "vuln_info"), ("T", "verification"), ("X", "attack")):
            self.assertIn(job.words[letter], case["report"][field])
        self.assertNotIn(job.words["I"], str(case))

        products = [{"name": "見本ルーター RX-100", "affected": "YES", "affected_versions": "1.0 - 2.1.3", "fixed_versions": "2.1.4"},
                    {"name": "見本ルーター RX-200", "affected": "NO"}]
        done = tracker.post(f"/cases/{job.id}/result", {"affected": "YES", "novelty": "NEW", "words": job.words["S1"], "products": products}, If_Match=etag)
        self.assertEqual(done.status, 200, done.html)
        case, etag = tracker.case(job.id)
        self.assertEqual(done.headers["ETag"], etag)
        self.assertEqual([p["affected"] for p in case["own"]["products"]], ["YES", "NO"])
        self.assertEqual(case["own"]["products"][0]["fixed_versions"], "2.1.4")
        self.assertIn(job.words["S1"], cb.get(job.parties[1]).text)

        self.assertEqual(tracker.change(job.id, "statement", {"statement_ja": "早すぎる"}).status, 409)  # no countermeasure was reported yet
        job.at_cb("/date", date=in_days(20), basis="AGREED")
        self.assertEqual(tracker.change(job.id, "status", {
            "countermeasure": "PLANNED", "words": job.words["S1"], "statement_ja": "準備中です", "url": "https://developer1.example/a"}).status, 200)
        self.assertEqual(tracker.change(job.id, "statement", {"statement_en": "We are preparing a fix."}).status, 200)
        self.assertEqual(tracker.case(job.id)[0]["own"]["countermeasure"], "PLANNED")
        self.assertNotIn("statement_ja", tracker.case(job.id)[0]["own"])  # row PD_DETAIL has N from phase D on
        self.assertEqual(tracker.change(job.id, "status", {"countermeasure": "FIX", "words": job.words["S1"], "statement_ja": "2.1.4 で直る"}).status, 200)
        self.assert_problem(tracker.change(job.id, "statement", {}), 422, "INPUT")
        self.assertEqual(tracker.change(job.id, "statement", {"statement_en": "2.1.4 fixes it", "url": "https://developer1.example/a"}).status, 200)
        own = tracker.case(job.id)[0]["own"]
        self.assertEqual((own["countermeasure"], own["statement_ja"], own["statement_en"], own["url"]),
                         ("FIX", "2.1.4 で直る", "2.1.4 fixes it", "https://developer1.example/a"))
        self.assertIn("2.1.4 fixes it", cb.get(job.parties[1]).text)
        proposed = (datetime.datetime.now(UTC) + datetime.timedelta(days=30)).strftime("%Y-%m-%dT%H:%M:%SZ")
        self.assertEqual(tracker.change(job.id, "date", {"proposed": proposed, "reason": job.words["WISH"]}).status, 200)
        self.assertIn(job.words["WISH"], cb.get(f"/cases/{job.id}").text)
        self.assertEqual(tracker.post(f"/cases/{job.id}/hint", {"developer_name": "隣の会社", "reason": job.words["HINT"]}).status, 201)
        self.assertIn(job.words["HINT"], cb.get(f"/cases/{job.id}").text)

        changes, more = [], True
        while more:
            page = tracker.get(f"/changes?since={since}&limit=3").json()
            self.assertLessEqual(len(page["changes"]), 3)
            changes, since, more = changes + page["changes"], page["since"], page["more"]
        self.assertEqual([c["seq"] for c in changes], sorted({c["seq"] for c in changes}))
        kinds = [c["kind"] for c in changes if c["case"] == job.id]
        self.assertIn("date.set", kinds)
        self.assertNotIn("participant.added", kinds)

    def test_messages_and_files_go_both_ways(self):
        """CFD-14, INT-19: towards a developer the body speaks; a file is looked at as one that came by a page."""
        job, tracker = self.job, self.writer
        self.cast.cb.do(self.cast.cb.get(job.parties[1]), "/messages", {"kind": "QUESTION", "text": "版を教えてください"})
        self.assertEqual(tracker.post(f"/cases/{job.id}/messages", {"text": job.words["THREAD1"]}).status, 201)
        sent = tracker.send_files(job.id, "記録を添えます", ("記録.txt", b"kanariya-by-program"), ("二つ目.txt", b"two"))
        self.assertEqual((sent.status, len(sent.json()["files"])), (201, 2), sent.html)
        messages = tracker.get(f"/cases/{job.id}/messages").json()["messages"]
        self.assertEqual([(m["from"], m["text"]) for m in messages[-3:]],
                         [("COORDINATING_BODY", "版を教えてください"), ("DEVELOPER", job.words["THREAD1"]), ("DEVELOPER", "記録を添えます")])
        self.assertNotIn("author", messages[-3])
        self.assertTrue(messages[-3]["unread"])
        newest = tracker.get(f"/cases/{job.id}/messages?limit=1").json()
        older = tracker.get(f"/cases/{job.id}/messages?limit=1&before={newest['before']}").json()
        self.assertEqual([newest["messages"][0]["seq"], older["messages"][0]["seq"]], [m["seq"] for m in messages[:-3:-1]])
        files = {f["id"]: f["name"] for f in tracker.get(f"/cases/{job.id}/files").json()["files"]}
        self.assertEqual([files[one] for one in sent.json()["files"]], ["記録.txt", "二つ目.txt"])
        path = f"/files/{sent.json()['files'][0]}"
        self.assertEqual(tracker.get(path).body, b"kanariya-by-program")
        self.assertEqual(self.cast.cb.get(path).body, b"kanariya-by-program")
        self.assertEqual(bare(self.other.get(path)), bare(self.other.get("/files/" + "0" * 26)))
        self.assert_problem(tracker.send_files(job.id, "ファイルなし"), 422, "INPUT")

    # ---- the list ----

    def test_the_list_is_stable_while_cases_come(self):
        """C24: pages by cursor; other words in the query are refused."""
        before = [c["id"] for c in self.reader.get("/cases?state=all").json()["cases"]]
        self.assertIn(self.job.id, before)
        first = self.reader.get("/cases?state=all&limit=1").json()
        new = self.bring("-new", 1)
        rest = self.reader.get(f"/cases?state=all&after={first['next']}").json()["cases"] if "next" in first else []
        self.assertEqual([first["cases"][0]["id"]] + [c["id"] for c in rest], before)
        self.assertEqual(self.reader.get("/cases").json()["cases"][0]["id"], new.id)
        self.assertEqual([c["id"] for c in self.reader.get("/cases?q=-new").json()["cases"]], [new.id])
        self.assertNotIn(new.id, str(self.other.get("/cases?state=all").json()))
        for query in ("state=DATE_SET", "sort=date", "limit=0", "limit=201", "limit=x", "after=1", "state=open&x="):
            self.assert_problem(self.reader.get(f"/cases?{query}"), 400, "BAD_REQUEST")

    # ---- who it is ----

    def test_a_token_is_the_only_way_in_and_leads_nowhere_else(self):
        """C08, C21, GEN-08: no cookie counts on the interface, and no token on the pages; wrong, ended and foreign ones look the same."""
        pm, job = self.cast.pm[1], self.job
        self.assertEqual(pm.get(f"{API}/cases", follow=False).status, 401)
        self.assertEqual(self.cast.cb.get(f"{API}/cases/{job.id}", follow=False).status, 401)
        wrong = Program(self.server, "noroshi_" + "0" * 52)
        refused = wrong.get("/cases")
        self.assert_problem(refused, 401, "TOKEN")
        self.assertTrue(refused.headers["WWW-Authenticate"].startswith("Bearer"))
        for other in (Program(self.server, ""), Program(self.server, "x"), Program(self.server, self.reader.token + "0")):
            self.assertEqual(bare(other.get("/cases")), bare(refused))
        for header in (self.reader.token, f"Basic {self.reader.token}", f"Bearer  {self.reader.token} x"):
            self.assertEqual(bare(wrong.get("/cases", Authorization=header)), bare(refused), header)
        for path in ("/cases", f"/cases/{job.id}", "/me", "/connections", "/today"):
            page = self.reader.person.request("GET", path, None, {"Authorization": f"Bearer {self.reader.token}"})
            self.assertEqual(page.status, 303, path)
            self.assertNotIn(job.words["SUMMARY"], page.html)
        self.assertEqual(self.reader.person.cookies, {})

    def test_a_token_may_what_its_person_may_and_ends_when_it_is_ended(self):
        """CFD-14: a reading token and one of a reader do not write; who made it, its manager, and nobody else ends it; the mail tells (C06)."""
        job = self.job
        _, etag = self.reader.case(job.id)
        for program in (self.reader, Program(self.server, make_token(self.colleague, "同僚の表示板"))):
            self.assertEqual(program.get(f"/cases/{job.id}").status, 200)
            self.assert_problem(program.post(f"/cases/{job.id}/messages", {"text": "x"}), 403, "FORBIDDEN")
            self.assert_problem(program.post(f"/cases/{job.id}/detail", {"acknowledged": True}, If_Match=etag), 403, "FORBIDDEN")
        page = self.colleague.get("/connections/tokens/new")
        self.assertNotIn("write", page.html)
        forged = self.colleague.send("/connections/tokens", [("form_token", self.colleague.token), ("name", "x"), ("scope", "write"), ("days", "30")])
        self.assertEqual(forged.status, 422)
        mine = Program(self.server, make_token(self.cast.pm[1], "短い命"))
        self.assertEqual(mine.get("/cases").status, 200)
        ends = {p: p.get("/connections").links(r"/connections/tokens/[0-9a-z]+/end") for p in (self.cast.pm[1], self.colleague, self.cast.pm[2])}
        self.assertGreater(len(ends[self.cast.pm[1]]), len(ends[self.colleague]))
        self.assertFalse(set(ends[self.cast.pm[1]]) & set(ends[self.cast.pm[2]]))
        newest = ends[self.cast.pm[1]][0]
        for stranger in (self.colleague, self.cast.pm[2]):
            self.assertEqual(stranger.get(newest, follow=False).status, 404)
            self.assertEqual(stranger.send(newest, [("form_token", stranger.token)]).status, 404)
        self.assertEqual(mine.get("/cases").status, 200)
        self.cast.pm[1].do(self.cast.pm[1].get(newest), newest)
        self.assert_problem(mine.get("/cases"), 401, "TOKEN")
        self.server.sink.wait("psirt@developer1.example", "/connections")
        self.assertIn("トークン", self.cast.pm[1].get("/me").text)
        for folder in (self.server.desk_files(), self.server.public_files()):
            for path, content in folder:
                self.assertNotIn(mine.token.encode(), content, path)

    def test_what_is_anothers_and_what_is_not_there_are_one_answer(self):
        """C27, invariants 10 and 19."""
        job = self.bring("-hidden", 2)
        for method, rest, body in (("GET", "", None), ("GET", "/messages", None), ("GET", "/files", None), ("POST", "/messages", {"text": "x"}),
                                   ("POST", "/detail", {"acknowledged": True}), ("POST", "/result", {"affected": "NO", "novelty": "NEW", "words": "x"})):
            with self.subTest(method=method, rest=rest):
                answers = [bare(self.writer.ask(method, f"/cases/{case}{rest}", body, If_Match='"x"')) for case in (job.id, "0" * 26, "x")]
                self.assertEqual(answers[0][0], 404)
                self.assertEqual(answers[0], answers[1])
                self.assertEqual(answers[0], answers[2])
        self.assertNotIn(job.id, self.writer.get("/cases?state=all").html + self.writer.get("/changes").html)

    # ---- writing twice, writing over ----

    def test_a_repeated_request_does_nothing_and_is_answered_the_same(self):
        """C30"""
        job, tracker = self.job, self.writer
        first = tracker.post(f"/cases/{job.id}/messages", {"text": "一度だけ"}, Idempotency_Key="k" * 20)
        again = tracker.post(f"/cases/{job.id}/messages", {"text": "一度だけ"}, Idempotency_Key="k" * 20)
        self.assertEqual((first.status, first.body, first.headers["ETag"]), (again.status, again.body, again.headers["ETag"]))
        self.assertEqual(again.headers["Idempotency-Replayed"], "true")
        texts = [m["text"] for m in tracker.get(f"/cases/{job.id}/messages").json()["messages"]]
        self.assertEqual(texts.count("一度だけ"), 1)
        self.assert_problem(tracker.post(f"/cases/{job.id}/messages", {"text": "別の文"}, Idempotency_Key="k" * 20), 422, "REPEATED")
        for key in (None, "short", "k" * 201, "with a blank, too long"):
            self.assert_problem(tracker.post(f"/cases/{job.id}/messages", {"text": "x"}, Idempotency_Key=key), 400, "BAD_REQUEST")

    def test_nobodys_work_is_overwritten_unseen(self):
        """C30: eight at once with the same view of the case: one is taken, the others are told; then the page's change is noticed as well."""
        job, tracker = self.bring("-race", 1), self.writer
        tracker.change(job.id, "detail", {"acknowledged": True})
        job.send_detail(1)
        _, etag = tracker.case(job.id)
        self.assert_problem(tracker.post(f"/cases/{job.id}/result", {"affected": "YES", "novelty": "NEW", "words": "x"}), 428, "UNCONDITIONAL")
        answers = []

        def send(n):
            program = Program(self.server, tracker.token)
            answers.append(program.post(f"/cases/{job.id}/result", {"affected": "YES", "novelty": "NEW", "words": f"第{n}報"}, If_Match=etag))

        threads = [threading.Thread(target=send, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = [a for a in answers if a.status == 200]
        self.assertEqual(len(taken), 1, [a.status for a in answers])
        for refused in (a for a in answers if a.status != 200):
            self.assert_problem(refused, 409, "CHANGED_MEANWHILE")
            self.assertEqual(refused.headers["ETag"], taken[0].headers["ETag"])
        _, etag = tracker.case(job.id)
        self.assertEqual(tracker.get(f"/cases/{job.id}", If_None_Match=etag).status, 304)
        job.result(1, words="画面から")
        self.assertEqual(tracker.get(f"/cases/{job.id}", If_None_Match=etag).status, 200)
        self.assert_problem(tracker.post(f"/cases/{job.id}/result", {"affected": "NO", "novelty": "NEW", "words": "古い"}, If_Match=etag), 409, "CHANGED_MEANWHILE")
        self.assertEqual(tracker.post(f"/cases/{job.id}/result", {"affected": "YES", "novelty": "NEW", "words": "新しい"}, If_Match="*").status, 200)

    # ---- what it sends ----

    def test_what_is_not_understood_is_refused_by_name(self):
        job, tracker = self.job, self.writer
        for body in ({"text": "x", "colour": "red"}, {}, {"text": 1}, {"text": ""}, {"text": None}):
            self.assert_problem(tracker.post(f"/cases/{job.id}/messages", body), 422, "INPUT")
        for body in (b"", b"{", b"[]", b'{"text":"a","text":"b"}', b'{"text":"\xff"}'):
            self.assertEqual(tracker.ask("POST", f"/cases/{job.id}/messages", body, Content_Type="application/json").status, 400, body)
        self.assertEqual(tracker.ask("POST", f"/cases/{job.id}/messages", b"text=x", Content_Type="application/x-www-form-urlencoded").status, 415)
        self.assertEqual(tracker.post(f"/cases/{job.id}/messages", {"text": "x"}, Origin="https://evil.example").status, 403)
        self.assertEqual(tracker.ask("PUT", f"/cases/{job.id}", {}).status, 405)
        self.assert_problem(tracker.post(f"/cases/{job.id}/messages", {"text": f"設定は {self.reader.token} です"}), 422, "INPUT")  # C48
        page = self.cast.pm[1].submit(self.cast.pm[1].get(f"/cases/{job.id}"), "/answer/messages", {"text": self.reader.token})
        self.assertEqual(page.status, 422)
        self.assertIn("トークン", page.text)
        for body in ({"acknowledged": False}, {"acknowledged": "yes"}, {}):
            self.assert_problem(tracker.change(job.id, "detail", body), 422, "INPUT")

    def test_faults_speak_the_language_that_is_asked_for(self):
        ja, en = (Program(self.server, self.reader.token, lang) for lang in ("fr, ja;q=0.9, en;q=0.5", "en-GB,en;q=0.8,ja;q=0.1"))
        path = "/cases/" + "0" * 26
        self.assertEqual(ja.get(path).json()["title"], Program(self.server, self.reader.token).get(path).json()["title"])
        self.assertEqual(en.get(path).json()["title"], "There is no such page.")
        self.assertEqual(en.get("/nothing").json()["title"], "There is no such page.")
        self.assertEqual(Program(self.server, "", "en").get("/cases").json()["code"], "TOKEN")
        self.assertEqual(ja.get("/en" + API + path).json()["title"], "There is no such page.")

    def test_the_description_is_open_to_all_and_names_every_operation(self):
        document = Program(self.server, "").get("/openapi.json").json()
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertIn("post", document["paths"][f"{API}/cases/{{id}}/result"])
        self.assertEqual(document["servers"][0]["url"], self.server.desk_url)

    def test_the_ledger_verifies(self):
        self.server.verify()


class Webhooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server(webhooks_private="true")
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cls.cast = Cast(cls.server)
        cls.receiver = Receiver()
        cls.addClassCleanup(cls.receiver.done)
        cls.secrets = {n: make_hook(cls.cast.pm[n], f"{cls.receiver.url}/{n}") for n in (1, 2)}
        cls.program = Program(cls.server, make_token(cls.cast.pm[1], "トラッカー", "write"))

    def hook(self, n=1, at=-1):
        return self.cast.pm[n].get(self.cast.pm[n].get("/connections").links(r"/connections/hooks/[0-9a-z]{20,}")[at])

    def wait_for_words(self, n, at, words):
        until = time.monotonic() + 20
        while words not in self.hook(n, at).text:
            self.assertLess(time.monotonic(), until, self.hook(n, at).text)
            time.sleep(0.1)

    def test_what_happens_is_told_signed_and_says_nothing(self):
        """C41, C44: each to those whose people may know of it; ids and a kind; the documented check accepts it, and nothing that was changed."""
        job = Job(self.cast, tag="-told")
        job.report()
        job.open()
        for step in (job.accept, job.forward, job.take):
            step()
        job.add_developers(1, 2)
        job.summary(job.words["SUMMARY"])
        job.send_summary(1)
        self.receiver.wait("/1", "summary.sent")
        job.send_summary(2)
        self.cast.cb.do(self.cast.cb.get(job.parties[1]), "/messages", {"kind": "QUESTION", "text": job.words["THREAD1"]})
        self.program.change(job.id, "detail", {"acknowledged": True})
        job.send_detail(1)
        job.result(1)
        job.set_date()
        job.change_date(in_days(25))
        for n in (1, 2):
            self.receiver.wait(f"/{n}", "date.changed")
        self.assertEqual({b["type"] for b in self.receiver.bodies("/2")}, {"summary.sent", "date.set", "date.changed"})
        mine = self.receiver.bodies("/1")
        self.assertLessEqual({"summary.sent", "message.sent", "detail.sent", "date.set"}, {b["type"] for b in mine})
        self.assertEqual([(b["type"], b["data"]["seq"]) for b in mine],
                         [(c["kind"], c["seq"]) for c in self.program.get("/changes?limit=200").json()["changes"]])
        check = documented_check()
        for path, headers, body in self.receiver.calls:
            secret = self.secrets[int(path[1:])]
            self.assertEqual(set(json.loads(body)), {"type", "timestamp", "data"})
            self.assertEqual(set(json.loads(body)["data"]), {"case", "seq"})
            self.assertTrue(check(secret, headers, body))
            self.assertFalse(check(secret, headers, body + b" "))
            self.assertFalse(check(self.secrets[3 - int(path[1:])], headers, body))
            self.assertFalse(check(secret, headers, body, now=time.time() + 600))
            for word in (*job.words.values(), "見本", "K-"):
                self.assertNotIn(word, body.decode() + str(headers))
        self.assertEqual(len({headers["webhook-id"] for _, headers, _ in self.receiver.calls}), len(self.receiver.calls))
        until = time.monotonic() + 20  # what came back is kept after the receiver has answered
        while self.hook().text.count("HTTP 204") != len(mine):
            self.assertLess(time.monotonic(), until, self.hook().text)
            time.sleep(0.1)
        pm = self.cast.pm[1]
        table = list(csv.reader(io.StringIO(pm.get(f"{self.hook().path}?format=csv").body.decode("utf-8-sig"))))
        self.assertEqual([row[1] for row in table[1:]], [b["type"] for b in reversed(mine)])
        rows = json.loads(pm.get(f"{self.hook().path}?format=json").body)["rows"]
        self.assertEqual({(row["state"], row["attempts"], row["came_back"]) for row in rows}, {("taken", 1, "HTTP 204")})
        hooks = json.loads(pm.get("/connections/hooks?format=json").body)["rows"]
        self.assertIn((f"{self.receiver.url}/1", "in_use", 0), [(row["address"], row["state"], row["to_be_sent"]) for row in hooks])

    def test_a_failure_is_shown_and_sent_again_and_no_redirect_is_followed(self):
        """C17, C18"""
        pm, receiver = self.cast.pm[1], Receiver()
        self.addCleanup(receiver.done)
        make_hook(pm, f"{receiver.url}/here", ("message",))
        receiver.status, receiver.location = 302, f"{receiver.url}/there"
        pm.do(self.hook(), "/test")
        receiver.wait("/here", "test")
        self.wait_for_words(1, -1, "HTTP 302")
        self.assertEqual(receiver.bodies("/there"), [])
        self.assertIn("現在つながりません", self.hook().text)
        receiver.status, receiver.location = 500, None
        pm.do(self.hook(), "/pause")
        pm.do(self.hook(), "/resume")  # at once, without the minute of the back-off
        self.wait_for_words(1, -1, "HTTP 500")
        receiver.status = 200
        pm.do(self.hook(), "/pause")
        pm.do(self.hook(), "/resume")
        self.wait_for_words(1, -1, "HTTP 200")
        count = len(receiver.bodies("/here"))
        page = self.hook()
        pm.do(page, next(form.action for form in page.forms if form.action.endswith("/again")))
        receiver.wait("/here", "test", count + 1)
        ids = {headers["webhook-id"] for _, headers, _ in receiver.calls}
        self.assertEqual(len(ids), 1)
        place = self.hook().path.split("?")[0]
        self.assertEqual(self.cast.pm[2].get(place, follow=False).status, 404)
        pm.do(pm.get(place + "/end"), place + "/end")
        self.assertEqual(pm.get(place, follow=False).status, 404)

    def test_a_paused_webhook_waits(self):
        pm, receiver = self.cast.pm[2], Receiver()
        self.addCleanup(receiver.done)
        make_hook(pm, f"{receiver.url}/slow", ("message",))
        pm.do(self.hook(2), "/pause")
        pm.do(self.hook(2), "/test")
        time.sleep(1.5)
        self.assertEqual(receiver.bodies("/slow"), [])
        pm.do(self.hook(2), "/resume")
        receiver.wait("/slow", "test")


class Strict(unittest.TestCase):
    def test_only_addresses_of_the_internet_are_called(self):
        """C18: by its words an address inside is refused at once; by its name when it is connected to, whatever the name says."""
        server, receiver = noroshi_server.Server(), Receiver()
        self.addCleanup(server.done)
        self.addCleanup(receiver.done)
        server.start()
        pm = Cast(server).pm[1]
        for url in (receiver.url, "https://127.0.0.1/", "https://[::1]/", "https://10.0.0.1/", "https://tracker/", "https://tracker.example.jp:8443/",
                    "https://user:x@tracker.example.jp/", "file:///etc/passwd", "https://169.254.169.254/latest"):
            page = pm.submit(pm.get("/connections/hooks/new"), "/connections/hooks", {"url": url, "events": ["case"]})
            self.assertEqual(page.status, 422, url)
        make_hook(pm, "https://tracker.localhost/")
        place = pm.get("/connections").links(r"/connections/hooks/[0-9a-z]{20,}")[0]
        pm.do(pm.get(place), "/test")
        until = time.monotonic() + 20
        while "an address that is not called" not in pm.get(place).text:
            self.assertLess(time.monotonic(), until, pm.get(place).text)
            time.sleep(0.1)
        self.assertEqual(receiver.calls, [])


class Limit(unittest.TestCase):
    def test_requests_of_a_token_are_counted(self):
        """C55: at the limit, one more; the other token goes on."""
        server = noroshi_server.Server(program_rate_per_minute="5")
        self.addCleanup(server.done)
        server.start()
        cast = Cast(server)
        one, other = (Program(server, make_token(cast.pm[1], name)) for name in ("一つ目", "二つ目"))
        statuses = [one.get("/cases").status for _ in range(6)]
        self.assertEqual(statuses, [200] * 5 + [429])
        self.assertGreaterEqual(int(one.get("/cases").headers["Retry-After"]), 1)
        self.assertEqual(other.get("/cases").status, 200)


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
