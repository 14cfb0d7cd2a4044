#!/usr/bin/python3
"""64 clients at once on 20 cases, through HTTP, against a model: what was accepted is there and stays there, what was removed is not read any
more, and what was postponed is not published.

usage: NOROSHI_BIN=build/src/noroshi crowd_test.py
"""
import collections
import os
import random
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import Cast, Job, in_days, jst_minute  # noqa: E402

CLIENTS, CASES, DEEDS, POSTPONED = 64, 20, 10, 3
SEED = int(os.environ.get("NOROSHI_SEED", "1"))


def double(person, number):
    """The same session in a client of its own, from an address of its own."""
    one = noroshi_server.Person(person.server, person.face, person.address)
    one.cookies, one.token, one.source = dict(person.cookies), person.token, (f"127.0.1.{number + 1}", 0)
    return one


class Model:
    """What was accepted, by case; and when somebody was taken out."""

    def __init__(self):
        self.lock = threading.Lock()
        self.messages = collections.defaultdict(list)  # case: (developer, text)
        self.titles = collections.defaultdict(list)    # case: (version it was written over, title)
        self.removed_at = {}                           # case: when the answer to the removal was there
        self.counts = collections.Counter()
        self.faults = []

    def note(self, what, name=None, key=None, value=None):
        with self.lock:
            self.counts[what] += 1
            if name:
                getattr(self, name)[key].append(value)

    def fault(self, words):
        with self.lock:
            self.faults.append(words)


class Crowd(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cast = cls.cast = Cast(cls.server)
        cls.jobs = [cls.bring(n) for n in range(CASES)]
        for person in cast.everybody():
            person.get("/today")

    @classmethod
    def bring(cls, n):
        job = Job(cls.cast, tag=f"-crowd-{n:02d}")
        job.report(product_name=f"見本製品 {n}")
        job.open()
        job.accept()
        job.forward()
        job.take()
        job.add_developers(1, 2)
        job.summary(job.words["SUMMARY"])
        for developer in (1, 2):
            job.send_summary(developer)
        return job

    # ---- deeds ----

    def accepted(self, person, path, ending, **fields):
        """Reads the page and presses the button; None when the button is not there any more."""
        page = person.get(path)
        if page.status == 404 or not page.has_form(ending):
            return None, page
        return person.submit(page, ending, fields).status == 200, page

    def say(self, client, job, developer, dice):
        text = f"kotoba-{dice.getrandbits(48):012x}"
        at_desk = "cb" in client.address
        path, ending = (job.parties[developer], "/messages") if at_desk else (f"/cases/{job.id}", "/answer/messages")
        done, _ = self.accepted(client, path, ending, text=text)
        if done:
            self.model.note("message", "messages", job.id, (developer, text))

    def retitle(self, client, job, dice):
        title = f"midashi-{dice.getrandbits(48):012x}"
        done, page = self.accepted(client, f"/cases/{job.id}", "/title", title=title)
        version = next((value for name, value in page.form("/title").values if name == "version"), None) if done is not None else None
        if done:
            self.model.note("title", "titles", job.id, (int(version), title))
        elif done is not None:
            self.model.note("title refused")

    def read(self, client, job):
        began = time.monotonic()
        status = client.get(f"/cases/{job.id}").status
        self.model.note(f"read {status}")
        if status == 200 and began > self.model.removed_at.get(job.id, float("inf")):
            self.model.fault(f"{job.id} was read after the removal")

    def remove(self, client, job):
        done, _ = self.accepted(client, job.parties[2], "/removal", reason="間違えた")
        if done:
            with self.model.lock:
                self.model.removed_at.setdefault(job.id, time.monotonic())

    def live(self, person, number):
        client, dice = double(person, number), random.Random(SEED * 1000 + number)
        developer = {"psirt@developer1.example": 1, "psirt@developer2.example": 2}.get(client.address)
        try:
            for _ in range(DEEDS):
                job = dice.choice(self.jobs)
                deed = dice.random()
                if developer == 2 and deed < 0.7:
                    self.read(client, job)
                elif developer:
                    self.say(client, job, developer, dice)
                elif deed < 0.4:
                    self.say(client, job, dice.choice((1, 2)), dice)
                elif deed < 0.9:
                    self.retitle(client, job, dice)
                elif int(job.words["V"][-2:]) % 2:
                    self.remove(client, job)
        except Exception as fault:  # a client that falls is a fault of the server or of the test: both are told
            self.model.fault(f"client {number} ({client.address}): {type(fault).__name__}: {str(fault)[:300]}")

    def test_nothing_accepted_is_lost(self):
        """No lost update, no read after removal; the ledger verifies afterwards (C21, invariants 1, 12, 13)."""
        cast, self.model = self.cast, Model()
        people = [cast.cb, cast.cb2, cast.pm[1], cast.pm[2]]
        crowd = [threading.Thread(target=self.live, args=(people[n % len(people)], n)) for n in range(CLIENTS)]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        print(dict(self.model.counts), f"{len(self.model.removed_at)} removed", file=sys.stderr)
        self.assertEqual(self.model.faults, [])
        for what in ("message", "title", "read 200", "read 404"):
            self.assertGreater(self.model.counts[what], 0, what)
        for job in self.jobs:
            with self.subTest(case=job.id):
                pages = {1: cast.cb.get(job.parties[1]).html, 2: cast.cb.get(job.parties[2]).html}
                for developer, text in self.model.messages[job.id]:
                    if developer == 2 and job.id in self.model.removed_at:
                        continue  # who is not in the case has no page there
                    self.assertEqual(pages[developer].count(text), 1)
                    self.assertNotIn(text, pages[3 - developer])
                versions = [version for version, _ in self.model.titles[job.id]]
                self.assertEqual(len(versions), len(set(versions)), "two titles were written over the same state")
                if versions:
                    self.assertIn(max(self.model.titles[job.id])[1], cast.cb.get(f"/cases/{job.id}").html)
                if job.id in self.model.removed_at:
                    self.assertEqual(cast.pm[2].get(f"/cases/{job.id}").status, 404)
        self.server.verify()

    def test_what_was_postponed_is_not_published(self):
        """CFD-06, COO-22: at the very instant of publication some move the date; either it is refused, or nothing goes out."""
        cast, jobs = self.cast, self.jobs[:POSTPONED]
        for job in jobs:
            job.at_cb("/date", date=in_days(20), basis="INDEPENDENT")
            job.begin_advisory()
            job.write_advisory(cve=f"CVE-2026-5{jobs.index(job):04d}")
            job.approve_all()
        date = jobs[0].next_minute(at_least=45)
        for job in jobs:
            job.change_date(jst_minute(date))
            if cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"):
                job.at_advisory(cast.cb, "/rehearse")
        postponed, answers, stop = {}, {}, date.timestamp() + 4

        def press(job, seconds):
            """The page is read some seconds before and the button pressed then."""
            client = double(cast.cb, jobs.index(job))
            time.sleep(max(0, date.timestamp() + seconds - 3 - time.time()))
            page = client.get(f"/cases/{job.id}")
            time.sleep(max(0, date.timestamp() + seconds - time.time()))
            if page.has_form("/date/change"):
                answer = client.submit(page, "/date/change", {"date": in_days(20), "others_heard": "yes", "reason": "間に合わない"})
                answers[job.id] = answer.status
                if answer.status == 200:
                    postponed[job.id] = True

        crowd = [threading.Thread(target=press, args=(job, seconds)) for job, seconds in zip(jobs, (-40, 0, 0.2))]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()
        time.sleep(max(0, stop - time.time()))
        for job in jobs:
            with self.subTest(case=job.id):
                if job.id in postponed:
                    self.assertFalse([link for link in cast.cb.get(f"/advisories/{job.advisory}").links(self.server.portal_url + r"[^\"]*")
                                      if "/advisories/" in link and self.server.visitor().get(link[len(self.server.portal_url):]).status == 200])
                    self.assertTrue(cast.cb.get(f"/cases/{job.id}").has_form("/date/change"))
                else:
                    job.wait_published()
        self.assertIn(jobs[0].id, postponed, answers)  # long before is in time
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
