#!/usr/bin/python3
"""Who sees what, cell by cell, through HTTP: tests/visibility/product_case.tsv against every page a person can ask for; and every route
against every role. A route without a row here fails.

Row PC has its cells in committee_test.py, where a committee judges; here its members are called to nothing. The identity, I, is on no page: two open it.

usage: NOROSHI_BIN=build/src/noroshi matrix_test.py
"""
import csv
import datetime
import html
import io
import json
import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import noroshi_server  # noqa: E402
from cast import DEVELOPERS, FINDER_MAIL, JST, Cast, Job, jst_minute  # noqa: E402
from noroshi_server import ROOT  # noqa: E402
from programs import Program, bare as bare_answer, make_token  # noqa: E402

PHASES = "ABCDEF"
ANYBODY, LOGGED_IN = "anybody", "logged in"
RB, CB, PM, PD, FI, CI, AN, FB, PC, OP, ADMIN, AUDITOR, NOBODY = "RB", "CB", "PM", "PD", "FI", "CI", "AN", "FB", "PC", "OP", "ADMIN", "AUDITOR", ""
PROGRAM = "program"  # by a token of a developer alone: no session has it
LIST, BODIES, CASES = f"{RB} {CB} {ADMIN}", f"{RB} {CB}", f"{RB} {CB} {PM} {PD}"

# Every route of the desk and who may ask for it. What is not named is answered as if there were nothing.
ROUTES = {
    "GET /": ANYBODY, "GET /login": ANYBODY, "POST /login": ANYBODY, "POST /logout": ANYBODY, "GET /healthz": ANYBODY,
    "GET /join": ANYBODY, "POST /join": ANYBODY, "GET /developers/applications": CB, "POST /developers/applications/{application}/take": CB,
    "POST /developers/applications/{application}/decline": CB,
    "GET /login/code": NOBODY, "POST /login/code": NOBODY,
    "GET /invitation/{token}": ANYBODY, "POST /invitation/{token}": ANYBODY,
    "GET /password/forgotten": ANYBODY, "POST /password/forgotten": ANYBODY, "GET /mailbox": ANYBODY, "POST /mailbox": ANYBODY,
    "GET /mailbox/renewal/{token}": ANYBODY, "POST /mailbox/renewal/{token}": ANYBODY,
    "GET /login/again": LOGGED_IN, "POST /login/again": LOGGED_IN, "GET /settings": LOGGED_IN, "GET /tour": ANYBODY, "POST /views": LOGGED_IN, "POST /views/{view}/drop": LOGGED_IN, "GET /me": LOGGED_IN, "POST /me/profile": LOGGED_IN,
    "GET /me/password": LOGGED_IN, "POST /me/password": LOGGED_IN, "GET /me/factor": LOGGED_IN, "POST /me/factor": LOGGED_IN,
    "POST /me/sessions/end": LOGGED_IN, "POST /me/sessions/{session}/end": LOGGED_IN, "GET /me/key": LOGGED_IN, "POST /me/key": LOGGED_IN,
    "POST /me/key/confirm": LOGGED_IN, "POST /me/key/remove": LOGGED_IN,
    "GET /developers": LIST, "GET /developers/new": CB, "POST /developers": CB, "GET /developers/{id}": LIST, "GET /developers/{id}/edit": LIST,
    "POST /developers/{id}/edit": LIST, "POST /developers/{id}/steps": CB, "POST /developers/{id}/handling": CB, "POST /developers/{id}/preparation": CB,
    "GET /developers/{id}/people/new": LIST, "POST /developers/{id}/people": LIST,
    "GET /organisation": PM, "GET /organisation/edit": PM, "POST /organisation/edit": PM, "POST /organisation/steps": PM,
    "POST /organisation/preparation": PM, "GET /organisation/people/new": PM, "POST /organisation/people": PM,
    "GET /people": ADMIN, "GET /people/events": ADMIN, "GET /people/{id}": ADMIN, "POST /people/{id}/roles": ADMIN, "POST /people/{id}/disable": ADMIN,
    "POST /people/{id}/enable": ADMIN, "POST /people/{id}/factor": ADMIN, "POST /people/{id}/invite": ADMIN,
    "GET /curation": BODIES, "GET /curation/{name}": BODIES, "POST /curation/{name}": BODIES, "POST /curation/{name}/return": BODIES,
    "POST /curation/{name}/publish": BODIES, "GET /curation/{name}/records": BODIES, "GET /curation/{name}/join": BODIES,
    "POST /curation/{name}/join": BODIES, "GET /curation/{name}/part": BODIES, "POST /curation/{name}/part": BODIES,
    "GET /curation/{name}/rulings/{id}": BODIES, "POST /curation/{name}/rulings/{id}": BODIES,
    "GET /refused": ADMIN, "GET /refused/{id}": ADMIN, "GET /feeds": ADMIN, "GET /feeds/new": ADMIN, "POST /feeds": ADMIN, "GET /feeds/{name}": ADMIN, "POST /feeds/{name}/run": ADMIN,
    "POST /feeds/{name}/pause": ADMIN, "POST /feeds/{name}/resume": ADMIN, "GET /feeds/{name}/remove": ADMIN, "POST /feeds/{name}/remove": ADMIN,
    "GET /absence": BODIES, "POST /absence": BODIES, "POST /absence/{absence}/end": BODIES,
    "GET /watch": LOGGED_IN, "GET /watch/new": LOGGED_IN, "GET /records/{name}": LOGGED_IN, "POST /watch": LOGGED_IN, "GET /watch/{id}": LOGGED_IN, "POST /watch/{id}/findings": LOGGED_IN,
    "POST /watch/{id}/search": LOGGED_IN, "GET /watch/{id}/products": LOGGED_IN, "POST /watch/{id}/products": LOGGED_IN,
    "POST /watch/{id}/products/choice": LOGGED_IN, "POST /watch/{id}/products/removal": LOGGED_IN, "POST /watch/{id}/products/upload": LOGGED_IN,
    "GET /watch/{id}/settings": LOGGED_IN, "POST /watch/{id}/settings": LOGGED_IN, "GET /watch/{id}/removal": LOGGED_IN, "POST /watch/{id}/removal": LOGGED_IN,
    "GET /watch/{id}/checklist.csv": LOGGED_IN, "GET /watch/{id}/checklist.json": LOGGED_IN, "GET /watch/{id}/feed": LOGGED_IN,
    "POST /watch/{id}/feed": LOGGED_IN, "POST /watch/{id}/feed/end": LOGGED_IN, "GET /rss/{token}": ANYBODY,
    "GET /today": CASES, "GET /messages": CASES,
    "GET /reports": RB, "GET /reports/{id}": RB, "GET /reports/{id}/print": RB, "POST /reports/{id}/accept": RB, "POST /reports/{id}/reject": RB, "POST /reports/{id}/stop": RB,
    "POST /reports/{id}/forward": RB, "POST /reports/{id}/messages": RB, "POST /reports/{id}/notes": RB, "POST /reports/{id}/impact": RB, "POST /reports/{id}/title": RB,
    "POST /reports/{id}/identity": RB, "POST /reports/{id}/identity/{opening}/allow": RB, "POST /reports/{id}/identity/{opening}/show": RB,
    "POST /reports/{id}/renewal": RB, "POST /reports/{id}/renewal/{renewal}/allow": RB,
    "GET /cases": CASES, "GET /cases/{id}": CASES, "GET /cases/{id}/print": CASES, "GET /cases/{id}/history": BODIES, "GET /cases/{id}/search": CASES, "POST /cases/{id}/messages": BODIES,
    "POST /cases/{id}/notes": CB, "POST /cases/{id}/answer/notes": f"{PM} {PD}", "POST /cases/{id}/impact": BODIES, "POST /cases/{id}/title": BODIES, "POST /cases/{id}/take": CB, "POST /cases/{id}/developers": CB,
    "POST /cases/{id}/summary": CB, "POST /cases/{id}/date": CB, "POST /cases/{id}/date/change": CB, "POST /cases/{id}/merge": CB, "POST /cases/{id}/release": CB, "POST /cases/{id}/split": CB, "POST /cases/{id}/date/proposal": CB, "POST /cases/{id}/date/proposal/decision": CB, "POST /cases/{id}/wishes/{wish}": CB,
    "POST /cases/{id}/hints/{hint}": CB, "POST /cases/{id}/status-request": CB, "POST /cases/{id}/stop-advice": CB, "POST /cases/{id}/eol": CB, "POST /cases/{id}/close": CB,
    "GET /cases/{id}/developers/{developer}": BODIES, "POST /cases/{id}/developers/{developer}/summary": CB,
    "POST /cases/{id}/developers/{developer}/detail": CB, "POST /cases/{id}/developers/{developer}/reminder": CB,
    "POST /cases/{id}/developers/{developer}/contact": CB, "POST /cases/{id}/developers/{developer}/silent": CB,
    "POST /cases/{id}/developers/{developer}/unreachable": CB, "POST /cases/{id}/developers/{developer}/unreachable/confirm": CB,
    "POST /cases/{id}/developers/{developer}/unreachable/drop": CB, "POST /cases/{id}/developers/{developer}/unreachable/list": CB,
    "POST /cases/{id}/developers/{developer}/unreachable/product": CB, "POST /cases/{id}/developers/{developer}/unreachable/deadline": CB,
    "POST /cases/{id}/developers/{developer}/breach": CB, "POST /cases/{id}/developers/{developer}/removal": CB, "POST /cases/{id}/developers/{developer}/messages": CB,
    "POST /cases/{id}/answer/no-product": PM, "POST /cases/{id}/answer/detail": PM, "POST /cases/{id}/answer/result": PM,
    "POST /cases/{id}/answer/status": PM, "POST /cases/{id}/answer/status/draft": PM, "POST /cases/{id}/answer/reporter": PM,
    "POST /cases/{id}/answer/reporter/erase": PM, "POST /cases/{id}/answer/hint": PM, "POST /cases/{id}/answer/date": PM,
    "POST /cases/{id}/answer/refusal": PM, "POST /cases/{id}/answer/messages": PM,
    "GET /advisories": BODIES, "POST /advisories": CB, "GET /advisories/{id}": BODIES, "GET /advisories/{id}/preview": BODIES,
    "GET /advisories/{id}/edit": CB, "POST /advisories/{id}/edit": CB, "POST /advisories/{id}/submit": CB, "POST /advisories/{id}/return": CB,
    "POST /advisories/{id}/approve": CB, "POST /advisories/{id}/reopen": CB, "POST /advisories/{id}/revise": CB,
    "POST /advisories/{id}/rehearse": BODIES, "POST /advisories/{id}/confirm": RB, "POST /advisories/{id}/object": RB,
    "POST /cases/{id}/priority": BODIES, "POST /cases/{id}/priority/answer": BODIES, "POST /cases/{id}/priority/finder": RB,
    "POST /cases/{id}/priority/drop": BODIES, "POST /cases/{id}/priority/provision": BODIES, "POST /cases/{id}/answer/priority": PM,
    "GET /partners": BODIES, "GET /partners/new": BODIES, "POST /partners": BODIES, "GET /partners/{id}": BODIES, "POST /partners/{id}/end": BODIES,
    "POST /cases/{id}/analyses": BODIES, "POST /cases/{id}/analyses/{analysis}/end": BODIES,
    "GET /referrals": f"{PM} {RB}", "POST /referrals": f"{PM} {RB}",
    "GET /cases/{id}/invitations": CB, "POST /cases/{id}/invitations": CB, "POST /cases/{id}/invitations/join": CB, "POST /cases/{id}/reminders": CB,
    "POST /cases/{id}/summaries": CB, "POST /cases/{id}/handover": BODIES, "POST /reports/{id}/handover": RB,
    "GET /cve-numbers": CB, "POST /cve-numbers": CB, "GET /cve-numbers/{cve}/record": CB, "POST /cases/{id}/cve-numbers": CB,
    "POST /cases/{id}/cve-numbers/{cve}/reject": CB,
    "POST /cases/{id}/exchanges": CB, "POST /cases/{id}/exchanges/{exchange}/messages": CB, "POST /cases/{id}/exchanges/{exchange}/end": CB,
    "POST /cases/{id}/rooms": CB, "GET /cases/{id}/rooms/{room}": f"{CB} {PM} {PD}", "POST /cases/{id}/rooms/{room}/messages": f"{CB} {PM}",
    "POST /cases/{id}/rooms/{room}/close": CB, "POST /cases/{id}/rooms/{room}/agree": PM, "POST /cases/{id}/rooms/{room}/decline": PM,
    "POST /cases/{id}/rooms/{room}/leave": PM,
    "GET /exchanges": FB, "GET /exchanges/{id}": FB, "GET /exchanges/{id}/package": FB, "POST /exchanges/{id}/messages": FB,
    "GET /notices/new": f"{CB} {FB}", "POST /notices": f"{CB} {FB}", "GET /notices/package": f"{CB} {FB}", "POST /notices/package": f"{CB} {FB}",
    "POST /cases/{id}/docket": CB, "POST /cases/{id}/docket/check": RB, "POST /cases/{id}/docket/notice": RB, "POST /cases/{id}/docket/heard": RB,
    "POST /cases/{id}/docket/meeting": RB, "POST /cases/{id}/docket/minutes": RB, "POST /cases/{id}/docket/decision": RB,
    "POST /cases/{id}/docket/order": RB, "POST /cases/{id}/docket/end": BODIES, "POST /cases/{id}/answer/opinion": PM, "POST /cases/{id}/answer/view": PM,
    "GET /judgements": f"{RB} {CB} {PC}", "GET /judgements/{id}": PC, "POST /judgements/{id}/vote": PC, "POST /judgements/{id}/recusal": PC,
    "GET /analyses": AN, "GET /analyses/{id}": AN, "POST /analyses/{id}/answer": AN,
    "GET /provisions": CI, "GET /provisions/{id}": CI, "POST /provisions/conditions": CI, "POST /provisions/{id}/receipt": CI,
    "GET /own-product": PM, "POST /own-product": PM,
    "GET /statistics": BODIES, "GET /statistics/{quarter}": BODIES, "POST /statistics/{quarter}/propose": RB,
    "POST /statistics/{quarter}/approve": CB,
    "GET /ledger": AUDITOR,
    "GET /files/{file}": CASES, "POST /files/{file}/release": BODIES,
    "GET /mailbox/case": FI, "POST /mailbox/case/messages": FI, "POST /mailbox/case/consultation": FI, "POST /mailbox/case/files": FI,
    "GET /mailbox/case/files/{file}": FI, "POST /mailbox/case/withdrawal": FI, "POST /reports/{id}/withdrawal": RB,
    **{f"POST /reports/{{id}}/inquiries/{{inquiry}}/{what}": RB for what in ("consult", "record", "answer")}, "POST /cases/{id}/inquiries/{inquiry}/advise": CB,
    "POST /mailbox/case/observation": FI, "POST /cases/{id}/answer/observation": PM,
    "POST /cases/{id}/observations": BODIES, "POST /cases/{id}/observations/{observation}/adopt": BODIES,
    "POST /cases/{id}/observations/{observation}/dismiss": BODIES, "POST /cases/{id}/observations/{observation}/decide": CB,
    "GET /mailbox/case/receipt.json": FI, "GET /mailbox/case/report.txt": FI,
    "POST /mailbox/case/direct": FI, "POST /mailbox/case/direct-answer": FI,
    "POST /reports/{id}/stage1": RB, "POST /reports/{id}/stage2": RB, "POST /reports/{id}/stage3": RB, "POST /reports/{id}/reminder": RB,
    "POST /reports/{id}/attempts": RB, "POST /reports/{id}/direct": RB, "POST /reports/{id}/operator-messages": RB,
    "POST /reports/{id}/not-vulnerable": RB, "POST /reports/{id}/close": RB, "POST /reports/{id}/unhandleable": RB, "POST /reports/{id}/alert": RB,
    "GET /notice/{token}": ANYBODY, "POST /notice/{token}": ANYBODY, "GET /operator": OP, "GET /operator/files/{file}": OP,
    "POST /operator/contact": OP, "POST /operator/encryption": OP, "POST /operator/receipt": OP, "POST /operator/result": OP,
    "POST /operator/estimate": OP, "POST /operator/fix": OP, "POST /operator/integrator": OP, "POST /operator/integrator/{handover}/receipt": OP,
    "GET /connections": f"{PM} {PD}", "GET /connections/tokens/new": f"{PM} {PD}", "POST /connections/tokens": f"{PM} {PD}",
    "GET /connections/tokens/{token}/end": f"{PM} {PD}", "POST /connections/tokens/{token}/end": f"{PM} {PD}",
    "GET /connections/hooks": PM, "GET /connections/hooks/new": PM, "POST /connections/hooks": PM, "GET /connections/hooks/{hook}": PM, "POST /connections/hooks/{hook}/test": PM,
    "POST /connections/hooks/{hook}/pause": PM, "POST /connections/hooks/{hook}/resume": PM, "GET /connections/hooks/{hook}/end": PM,
    "POST /connections/hooks/{hook}/end": PM, "POST /connections/hooks/{hook}/deliveries/{delivery}/again": PM,
    "GET /api/v1/developer/openapi.json": ANYBODY, "GET /api/v1/developer/cases": PROGRAM, "GET /api/v1/developer/changes": PROGRAM,
    "GET /api/v1/developer/cases/{id}": PROGRAM, "GET /api/v1/developer/cases/{id}/messages": PROGRAM, "GET /api/v1/developer/cases/{id}/files": PROGRAM,
    "GET /api/v1/developer/files/{file}": PROGRAM, "POST /api/v1/developer/cases/{id}/detail": PROGRAM, "POST /api/v1/developer/cases/{id}/no-product": PROGRAM,
    "POST /api/v1/developer/cases/{id}/result": PROGRAM, "POST /api/v1/developer/cases/{id}/status": PROGRAM,
    "POST /api/v1/developer/cases/{id}/statement": PROGRAM, "POST /api/v1/developer/cases/{id}/date": PROGRAM,
    "POST /api/v1/developer/cases/{id}/refusal": PROGRAM, "POST /api/v1/developer/cases/{id}/hint": PROGRAM,
    "POST /api/v1/developer/cases/{id}/messages": PROGRAM, "POST /api/v1/developer/cases/{id}/files": PROGRAM,
    "POST /operator/ordinance": OP, "POST /operator/direct": OP, "POST /operator/messages": OP, "POST /operator/finder": OP,
}
PORTAL = {
    "GET /", "GET /advisories", "GET /advisories/{id}", "GET /vuldef/{file}", "GET /rss/{file}", "GET /receipts", "GET /receipts/{file}", "GET /.well-known/csaf/{rest*}", "GET /about",
    "GET /for-developers", "GET /feeds", "GET /statistics", "GET /statistics/{file}", "GET /unreachable", "GET /unreachable/answer", "POST /unreachable/answer", "GET /.well-known/security.txt", "GET /robots.txt", "GET /healthz", "GET /metrics", "GET /report",
    "GET /report/step", "POST /report/step", "GET /report/send", "POST /report/send", "POST /api/v1/reports", "GET /api/v1/reports/form", "GET /api/v1/openapi.json", "GET /.well-known/change-password",
    "GET /search", "GET /search/suggest", "GET /records/{id}", "GET /vendors", "GET /vendors/{id}", "GET /products/{id}", "GET /weaknesses/{id}",
    "GET /new", "GET /updated", "GET /calendar", "GET /calendar/{year}/{month}",
    "GET /myjvn", "POST /myjvn", "GET /cvesearch", "POST /cvesearch", "GET /ja/contents/{year}/{file}", "GET /contents/{year}/{file}",
    "GET /rest/json/cves/2.0", "GET /rest/json/cvehistory/2.0", "GET /rest/json/cpes/2.0", "GET /rest/json/cpematch/2.0", "GET /rest/json/source/2.0",
    "POST /v1/query", "POST /v1/querybatch", "GET /v1/vulns/{id}",
    "GET /ja/rss/{file}", "GET /ja/rss/search.rdf", "GET /rss/search.rdf", "GET /ja/rss/years/{file}", "GET /rss/years/{file}", "GET /ja/feed/checksum.txt",
    "GET /feed/checksum.txt", "GET /ja/feed/{kind}/{file}", "GET /feed/{kind}/{file}",
}
ABSENT_ID = "0" * 25 + "1"


def routes_in_source(*folders):
    """Method and path of each row of the route tables."""
    found = set()
    for folder in folders:
        for where, _, names in os.walk(os.path.join(ROOT, folder)):
            for name in names:
                if name.endswith(".c") and not name.endswith(("_test.c", "_fuzz.c")):
                    with open(os.path.join(where, name), encoding="utf-8") as f:
                        for kind, path in re.findall(r'\b(ROUTE_GET(?:_OPEN)?|ROUTE_POST|POST|PRESS|SAY)\s*\(\s*"(/[^"]*)"', f.read()):
                            found.add(("GET " if kind.startswith("ROUTE_GET") else "POST ") + path)
    return found


def matrix():
    """Role: phase: letters."""
    with open(os.path.join(ROOT, "tests", "visibility", "product_case.tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f if not line.startswith("#")]
    return {row[0]: dict(zip(PHASES, row[1:7])) for row in rows}


class World(unittest.TestCase):
    """One case in each phase, and somebody of each kind."""

    @classmethod
    def setUpClass(cls):
        cls.server = noroshi_server.Server()
        cls.addClassCleanup(cls.server.done)
        cls.server.start()
        cast = cls.cast = Cast(cls.server)
        cast.pm[4] = cast.register(4)
        cls.colleague = cast.person_of(1, "同僚 四郎", "doryo@developer1.example", "pd")
        invited = cast.person_of(1, "未着 五郎", "michaku@developer1.example", "pm", active=False)
        mail = cls.server.sink.wait(invited.address, "/invitation/")
        page = invited.get(re.search(r"http://\S*/invitation/\S+", mail.text).group(0))
        invited.submit(page, re.search(r"/invitation/[^/]+$", page.path).group(0),
                       {"password": noroshi_server.PASSWORD})  # the password is set, the second step is not
        auditor = cls.server.account("kansa@office.example", "監査 正", "auditor", "受付機関")
        cls.recipient = cast.partner("CI", "見本電力", "denryoku@power.example", "ci", "POWER")
        cls.analyst = cast.partner("AN", "分析研究所", "bunseki@lab.example", "an")
        cls.judge = cast.partner("PC", "公表判定委員会", "iin@committee.example", "pc")
        cls.abroad = cast.partner("FB", "海外見本CERT", "cert@cert.example", "fb")
        cls.bystander = cast.partner("CI", "例示ガス", "gas@gas.example", "ci", "GAS")
        cls.other_analyst = cast.partner("AN", "別の研究所", "betsu@lab.example", "an")
        cast.cb.do(cast.cb.get("/cve-numbers"), "/cve-numbers", {"year": "2026", "from": "30100", "to": "30109"})
        cls.programs = {role: Program(cls.server, make_token(person, role, scope)) for role, person, scope in
                        (("PD_DETAIL", cast.pm[1], "write"), ("PD_SUMMARY", cast.pm[2], "write"), ("PD_OUTSIDE", cast.pm[3], "write"),
                         ("removed", cast.pm[4], "write"), ("colleague", cls.colleague, "read"))}
        cls.jobs = {}
        for phase in PHASES:
            cls.jobs[phase] = cls.bring(phase)
        cls.ended = cls.bring_to_an_end()
        visitor = cls.server.person()
        visitor.get("/login")
        cls.roles = {"RB": (cast.rb, RB), "CB": (cast.cb, CB), "PD_DETAIL": (cast.pm[1], PM), "PD_SUMMARY": (cast.pm[2], PM),
                     "PD_OUTSIDE": (cast.pm[3], PM), "removed": (cast.pm[4], PM), "colleague": (cls.colleague, PD), "invited": (invited, NOBODY),
                     "CI": (cls.recipient, CI), "other CI": (cls.bystander, CI), "AN": (cls.analyst, AN), "other AN": (cls.other_analyst, AN), "FB": (cls.abroad, FB), "PC": (cls.judge, PC), "nobody": (visitor, NOBODY), "ADMIN": (cast.admin, ADMIN),
                     "AUDITOR": (auditor, AUDITOR)}

    @classmethod
    def bring(cls, phase):
        job = Job(cls.cast, tag=f"-phase-{phase}")
        job.report(files=[("file.txt", job.words["FILE"].encode())], product_name=f"見本製品 {phase}")
        job.open()
        job.mailbox()
        if phase == "A":
            return job
        job.accept()
        job.forward()
        job.take()
        job.analyse(cls.analyst)
        job.add_developers(1, 2, 4)
        job.summary(job.words["SUMMARY"])
        job.send_summary(2)
        if phase == "B":
            return job
        for n in (1, 4):
            job.send_summary(n)
            job.request_detail(n)
            job.send_detail(n)
        job.at_party(4, "/removal", reason="間違えた")
        job.result(1)
        job.give_abroad(cls.abroad, with_verification="1", with_attack="1")
        if phase == "F":
            job.status(1)
            job.at_cb("/close", how="close_individual", words="個別に対応する")
            return job
        job.date = (datetime.datetime.now(JST) + datetime.timedelta(days=21)).replace(hour=4, minute=37)
        job.at_cb("/date", date=jst_minute(job.date), basis="AGREED")
        job.begin_advisory()
        if phase == "C":
            return job
        job.status(1)
        job.at_cb("/cve-numbers", words="入力の検査の不備")
        job.give_abroad(cls.abroad, countermeasure=f"修正版がある {job.words['M1']}")
        job.provide(cls.recipient)
        job.write_advisory(cve=f"CVE-2026-4{ord(phase):04d}")
        if phase == "D":
            return job
        job.approve_all()
        job.date = job.next_minute()
        job.change_date(jst_minute(job.date))
        if cls.cast.cb.get(f"/advisories/{job.advisory}").has_form("/rehearse"):
            job.at_advisory(cls.cast.cb, "/rehearse")
        job.public_path = job.wait_published()
        return job

    @classmethod
    def bring_to_an_end(cls):
        """Two reports that the receiving body ended, with its reason: one before anybody else knew of it, one while developers had the summary."""
        jobs = {}
        for how in ("rejected", "stopped"):
            job = jobs[how] = Job(cls.cast, tag=f"-{how}")
            job.report(product_name=f"見本製品 {how}")
            job.open()
            job.mailbox()
        jobs["rejected"].at_rb("/reject", code="OUT_OF_SCOPE", words=jobs["rejected"].words["R"])
        job = jobs["stopped"]
        job.accept()
        job.forward()
        job.take()
        job.add_developers(1)
        job.summary(job.words["SUMMARY"])
        job.send_summary(1)
        job.at_rb("/stop", code="KNOWN_RB", words=job.words["R"])
        return jobs

    # ---- what a person can ask for ----

    def paths(self, job):
        """Every page that could show the case."""
        paths = ["/today", "/messages", "/cases", "/cases?state=all", "/reports", "/reports?state=all", "/advisories", f"/cases/{job.id}",
                 f"/cases/{job.id}/history", f"/reports/{job.id}"]
        paths += [job.parties[n] for n in job.parties]
        if job.advisory:
            paths += [f"/advisories/{job.advisory}{rest}" for rest in ("", "/preview", "/edit")]
        paths += self.cast.rb.get(f"/reports/{job.id}").links(r"/files/[0-9a-z]+")
        return paths + ["/en" + path for path in paths]

    def portal(self, job):
        pages = [self.server.visitor().get(base + path) for base in ("", "/en")
                 for path in ("/", "/advisories", "/rss/noroshi.rdf", "/rss/noroshi_new.rdf", "/feeds", "/statistics")]
        pages += [self.server.visitor().get(path) for path in ("/.well-known/csaf/white/index.txt", "/.well-known/csaf/white/changes.csv")]
        if hasattr(job, "public_path"):
            slug = job.public_path.rsplit("/", 1)[1]
            pages += [self.server.visitor().get(path) for path in (f"/advisories/{slug}", f"/en/advisories/{slug}", f"/advisories/{slug}.json",
                                                                   f"/vuldef/{slug}.xml", f"/en/vuldef/{slug}.xml")]
            pages += [self.server.visitor().get("/.well-known/csaf/white/" + file) for file in
                      self.server.visitor().get("/.well-known/csaf/white/index.txt").html.split()]
        return pages

    def seen(self, person, job, own_paths=None):
        """Names of the words that person finds anywhere; the portal's pages are for everybody."""
        text = "".join(person.get(path, follow=False).html for path in (self.paths(job) if own_paths is None else own_paths))
        found = {name for name, word in job.words.items() if word in text}
        if hasattr(job, "date"):
            d = job.date
            if re.search(rf"{d.month}月{d.day}日[^<]{{0,9}}0?{d.hour}:{d.minute:02d}|{jst_minute(d)}|{d.day} \w+ {d.year}[^<]{{0,9}}0?{d.hour}:{d.minute:02d}", text):
                found.add("D")
        return found

    def open_to_all(self, job):
        text = "".join(page.html for page in self.portal(job))
        return {name for name, word in job.words.items() if word in text}

    # ---- cells ----

    def cell(self, role, phase, found, letters, not_shown=()):
        """found: names of words. Each capital must be among them, each letter that is not there must not."""
        words = {"I": "I", "V": "V", "T": "T", "X": "X", "D": "D"}
        words.update({"S": "S1", "M": "M1"} if role in ("RB", "CB") else {"O": "S1", "N": "M1"})
        for letter, name in words.items():
            where = f"{role} in phase {phase}: {letter} ({name})"
            if letter in letters and letter not in not_shown:
                self.assertIn(name, found, where)
            elif letter not in letters and letter.lower() not in letters:
                self.assertNotIn(name, found, where)

    def test_officers_and_developers(self):
        """Requirements 5.1, rows RB, CB, PD; the identity is on no page: two open it (below), consent was not given."""
        table = matrix()
        for phase, job in self.jobs.items():
            for role in ("RB", "CB", "PD_DETAIL"):
                with self.subTest(role=role, phase=phase):
                    letters = table[role][phase]
                    found = self.seen(self.roles[role][0], job)
                    self.assertNotIn("I", found)
                    not_there = {"A": "", "B": "", "C": "M", "D": "", "E": "", "F": "D"}[phase]
                    if role == "PD_DETAIL":  # M and S of others are public texts; V is that of the case
                        letters = letters.replace("M", "").replace("S", "")
                        if phase == "B":
                            found -= {"SUMMARY"}
                    self.cell(role, phase, found, letters, "I" + not_there)
                    if role == "PD_DETAIL":
                        self.assertFalse(found & {"S2", "M2", "QUESTION", "BODIES"} - self.open_to_all(job))
            with self.subTest(role="colleague", phase=phase):
                mine, theirs = self.seen(self.colleague, job), self.seen(self.cast.pm[1], job)
                self.assertLessEqual(mine, theirs)

    def test_a_developer_with_the_summary_alone(self):
        table = matrix()["PD_SUMMARY"]
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                found = self.seen(self.cast.pm[2], job)
                self.assertEqual(found & {"I", "V", "T", "X", "M0", "S1", "M1", "FILE", "QUESTION", "CONTENT"}, set())
                self.assertEqual("SUMMARY" in found, phase in "BCDE")
                self.assertEqual("D" in found, "D" in table[phase])

    def test_those_who_have_no_part_see_nothing_of_the_case(self):
        """Rows PD_OUTSIDE, PUB; a removed developer, an invited account, an administrator, and nobody. What they see is on the portal."""
        for role in ("PD_OUTSIDE", "removed", "invited", "nobody", "ADMIN", "AUDITOR", "CI", "other CI", "AN", "other AN", "FB", "PC"):
            for phase, job in self.jobs.items():
                with self.subTest(role=role, phase=phase):
                    self.assertEqual(self.seen(self.roles[role][0], job), set())

    def test_a_recipient_of_priority_provision(self):
        """Row CI: what was provided to it, V and M by default with the date, from the provision on; nothing of other cases, and nobody else's."""
        table = matrix()["CI"]
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                pages = self.recipient.get("/provisions").links(r"/provisions/[0-9a-z]+")
                paths = [page for page in pages if f"見本製品 {phase}" in self.recipient.get(page).text]
                self.assertEqual(len(paths), 1 if phase in "DE" else 0)
                self.assertEqual(f"見本製品 {phase}" in self.recipient.get("/provisions").text, bool(paths))
                found = self.seen(self.recipient, job, paths + ["/en" + path for path in paths])
                self.assertEqual("V" in found, "v" in table[phase].lower())
                self.assertEqual("M1" in found, "m" in table[phase].lower())
                self.assertEqual("D" in found, "d" in table[phase].lower())
                self.assertEqual(found & {"S1", "S2", "M2", "FILE", "SUMMARY", "QUESTION", "BODIES", "CONTENT", "T", "X", "I"}, set())
                self.assertEqual(self.seen(self.bystander, job, ["/provisions", *paths]), set())

    def test_a_third_party_that_analyses(self):
        """Row AN: what it was asked to analyse, from acceptance on, with the methods it was given; after publication the methods are gone."""
        table = matrix()["AN"]
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                pages = self.analyst.get("/analyses").links(r"/analyses/[0-9a-z]+")
                pages = [page for page in pages if f"見本製品 {phase}" in self.analyst.get(page).text]
                found = self.seen(self.analyst, job, pages + ["/en" + page for page in pages])
                self.assertEqual(len(pages), 0 if table[phase] == "-" else 1)
                self.assertEqual(found & {"V", "T", "X"}, {letter for letter in table[phase].upper() if letter in "VTX"})
                self.assertEqual(found - {"V", "T", "X"}, set())

    def test_a_foreign_coordinator(self):
        """Row FB: what was coordinated, from the detail on, with the methods it was given until a countermeasure is made; then that and the date."""
        table = matrix()["FB"]
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                pages = self.abroad.get("/exchanges").links(r"/exchanges/[0-9a-z]{20,}")
                pages = [page for page in pages if f"見本製品 {phase}" in self.abroad.get(page).text]
                paths = pages + ["/en" + page for page in pages] + [page + "/package" for page in pages]
                found = self.seen(self.abroad, job, paths)
                self.assertEqual(len(pages), 0 if table[phase] == "-" else 1)
                self.assertEqual(found & {"V", "T", "X"}, {letter for letter in table[phase].upper() if letter in "VTX"})
                self.assertEqual("M1" in found, "m" in table[phase].lower())
                self.assertEqual("D" in found, "d" in table[phase].lower())
                self.assertEqual(found & {"S1", "S2", "M2", "FILE", "SUMMARY", "QUESTION", "BODIES", "CONTENT", "I"}, set())

    def test_the_public_sees_what_was_published_and_never_the_methods(self):
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                found = self.open_to_all(job)
                self.assertEqual(found & {"I", "T", "X", "S1", "S2", "FILE", "SUMMARY", "M0", "V"}, set())
                self.assertEqual(found, {"CONTENT", "M1"} if phase == "E" else set())

    def test_the_finder_sees_its_own_report_and_nothing_of_the_developers(self):
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                finder = job.finder
                files = finder.get("/mailbox/case").links(r"/mailbox/case/files/[0-9a-z]+")
                found = self.seen(finder, job, ["/mailbox/case", "/en/mailbox/case"] + files + self.paths(job))
                self.assertLessEqual({"V", "T", "X"}, found)
                self.assertEqual(found & {"I", "S1", "S2", "M1", "M2", "SUMMARY", "BODIES", "THREAD1"}, set())
                self.assertTrue("D" not in found or phase == "E")
                self.assertEqual(len(files) > 0, True)
                other = self.jobs["A" if phase != "A" else "B"]
                for path in files:
                    self.assertEqual(other.finder.get(path).status, 404)

    def send_file(self, person, page, ending, **fields):
        """A message with a file; the canary is in its bytes."""
        form = page.form(ending)
        values = [(k, v) for k, v in form.values if k not in fields] + list(fields.items())
        answer = person.send(form.action, values, True, [("files", "memo.txt", "kanariya-memo".encode())])
        self.assertEqual(answer.status, 200, answer.text[:600])
        return answer

    def test_a_file_of_a_message_is_for_those_who_read_the_message(self):
        """CFD-14: officers add files to what they write; each is seen in its conversation and nowhere else."""
        job, rb, cb, pm = self.jobs["C"], self.cast.rb, self.cast.cb, self.cast.pm
        people = {"RB": rb, "CB": cb, "PM1": pm[1], "colleague": self.colleague, "PM2": pm[2], "PM3": pm[3], "removed": pm[4],
                  "AUDITOR": self.roles["AUDITOR"][0], "finder": job.finder}
        places = {"to the finder": (rb, f"/reports/{job.id}", "/messages", {"kind": "QUESTION", "text": "添付を見てください"}, {"RB", "finder"}),
                  "between the bodies": (rb, f"/cases/{job.id}", "/messages", {"text": "添付を見てください"}, {"RB", "CB"}),
                  "to a developer": (cb, job.parties[1], "/messages", {"kind": "MESSAGE", "text": "添付を見てください"}, {"CB", "PM1", "colleague"}),
                  "from a developer": (pm[1], f"/cases/{job.id}", "/answer/messages", {"text": "添付しました"}, {"CB", "PM1", "colleague"})}
        for name, (person, path, ending, fields, readers) in places.items():
            with self.subTest(place=name):
                before = set(person.get(path).links(r"/files/[0-9a-z]+"))
                after = set(self.send_file(person, person.get(path), ending, **fields).links(r"/files/[0-9a-z]+"))
                (link,) = after - before
                for who, one in people.items():
                    page = one.get(f"/mailbox/case{link}" if who == "finder" else link, follow=False)
                    self.assertEqual((page.status, "kanariya-memo" in page.html), (200, True) if who in readers else (404, False), who)

    def test_notes_stay_among_those_who_write_them(self):
        """COO-36, CFD-14: of the receiving body, of the coordinating body, of a developer; and what was read is no longer new."""
        job, rb, cb, pm = self.jobs["C"], self.cast.rb, self.cast.cb, self.cast.pm
        places = {"RB": (rb, f"/reports/{job.id}", "/notes", {"RB"}), "CB": (cb, f"/cases/{job.id}", "/notes", {"CB"}),
                  "PM": (pm[1], f"/cases/{job.id}", "/answer/notes", {"PD_DETAIL", "colleague"}),
                  "PD": (self.colleague, f"/cases/{job.id}", "/answer/notes", {"PD_DETAIL", "colleague"})}
        for name, (person, path, ending, readers) in places.items():
            with self.subTest(place=name):
                person.do(person.get(path), ending, {"text": f"kanariya-note-{name}"})
                for role, (one, _) in self.roles.items():
                    text = "".join(one.get(page, follow=False).html for page in self.paths(job))
                    self.assertEqual(f"kanariya-note-{name}" in text, role in readers, role)
                self.assertNotIn(f"kanariya-note-{name}", job.finder.get("/mailbox/case").html)
        for person, path in ((cb, f"/cases/{job.id}"), (pm[1], f"/cases/{job.id}")):
            person.get(path)
            self.assertNotIn(path, "".join(person.get("/messages").links(r"/cases/[0-9a-z]+(?:#thread)?")))

    def test_the_reason_of_an_end_is_for_the_finder_and_the_receiving_body(self):
        """Class R: rows FI and RB have it, nobody else."""
        table = matrix()
        for how, job in self.ended.items():
            with self.subTest(how=how):
                self.assertIn("R", self.seen(job.finder, job, ["/mailbox/case", "/en/mailbox/case"]))
                for role, (person, _) in self.roles.items():
                    found = self.seen(person, job)
                    self.assertEqual("R" in found, role == "RB" and "R" in table["RB"]["F"], role)
                self.assertEqual(self.open_to_all(job), set())

    def test_the_name_of_an_unreachable_developer_is_for_the_bodies_alone(self):
        """Class L: only where the public list has it, and there is none; no developer learns of another one in the case."""
        cb, name, job = self.cast.cb, "音信製作所", self.jobs["C"]
        page = cb.do(cb.get("/developers/new"), "/developers", {"name_ja": name, "name_en": "Onshin Works", "products": "無線機"})
        page = cb.do(cb.get(f"/cases/{job.id}"), "/developers", {"organisation": [page.path.split("?")[0].split("/")[-1]]})
        party = next(link for link in page.links(rf"/cases/{job.id}/developers/[0-9a-z]+") if link not in job.parties.values())
        cb.do(cb.get(party), "/contact", {"channel": "TELEPHONE", "result": "NO_ANSWER"})
        self.assertIn(name, cb.get(f"/cases/{job.id}").text)
        for role, (person, _) in self.roles.items():
            text = "".join(person.get(path, follow=False).html for path in [*self.paths(job), "/ledger", "/en/ledger"])
            self.assertEqual(name in text or "Onshin" in text, role in ("RB", "CB"), role)
        text = "".join(page.html for page in self.portal(job)) + "".join(job.finder.get(path).html for path in ("/mailbox/case", "/en/mailbox/case"))
        self.assertNotIn(name, text)
        self.assertNotIn("Onshin", text)

    def test_the_public_side_does_not_count_what_is_not_public(self):
        """Class C, row STATISTICS: a report is counted from its acceptance on and not before; nothing public moves until a quarter's figures do."""
        def public():
            return [re.sub(r"\b[0-9a-f]{16,}\b|[?&]v=\w+", "", page.html) for page in self.portal(self.jobs["E"])]

        def counted():
            report = json.loads(self.server.command("report", "statistics", "--format", "json").stdout)
            return sum(row["count"] for figure in report["figures"] if figure["key"] == "products_by_state" for row in figure["rows"])

        table = matrix()["STATISTICS"]
        self.assertEqual(counted(), sum("C" in table[phase] for phase in PHASES) + len(self.ended))
        before = public()
        job = Job(self.cast, tag="-counted")
        job.report(product_name="見本製品 数")
        job.open()
        known = counted()
        job.accept()
        self.assertEqual(counted(), known + 1)
        self.assertEqual(before, public())

    def test_an_auditor_sees_that_it_happened_and_not_what(self):
        """The ledger's plain columns: no row of section 5 grants an auditor any class."""
        auditor = self.roles["AUDITOR"][0]
        for phase, job in self.jobs.items():
            with self.subTest(phase=phase):
                number = re.search(r"K-\d{4}-\d+", self.cast.rb.get(f"/reports/{job.id}").text).group(0)
                pages = [f"{base}/ledger?case={number}" for base in ("", "/en")]
                self.assertEqual(self.seen(auditor, job, pages) - ({"D"} if phase == "E" else set()), set())
                text = auditor.get(pages[0]).text
                self.assertIn(number, text)
                for word in ("見本製品", "窓口 担当", "花子", *DEVELOPERS.values()):
                    self.assertNotIn(word, text)

    def test_the_identity_takes_two(self):
        """FND-01, row RB: I"""
        job = self.jobs["B"]
        rb, rb2 = self.cast.rb, self.cast.rb2
        rb.do(rb.get(f"/reports/{job.id}"), "/identity", {"reason": "本人確認のため"})
        self.assertFalse(any(f.action.endswith("/allow") for f in rb.get(f"/reports/{job.id}").forms))
        page = rb2.get(f"/reports/{job.id}")
        allow = next(f.action for f in page.forms if f.action.endswith("/allow"))
        forged = rb.send(allow, [("form_token", rb.token)])
        self.assertGreaterEqual(forged.status, 400)
        rb2.do(page, allow)
        page = rb.get(f"/reports/{job.id}")
        page = rb.do(page, next(f.action for f in page.forms if f.action.endswith("/show")))
        self.assertIn(job.words["I"], page.html)
        self.assertNotIn(job.words["I"], rb.get(f"/reports/{job.id}").html)

    def test_a_lost_passphrase_takes_two_and_the_address_in_the_report(self):
        """INT-13: nobody at the desk ever sees the new one; the old one ends when it is made, and so does who came with it."""
        job = self.jobs["B"]
        rb, rb2 = self.cast.rb, self.cast.rb2
        renewals = {f.action for f in rb2.get(f"/reports/{job.id}").forms}
        rb.do(rb.get(f"/reports/{job.id}"), f"/reports/{job.id}/renewal", {"how": "登録の電話番号にかけ直し、本人と話した"})
        self.assertFalse(any(f.action.endswith("/allow") for f in rb.get(f"/reports/{job.id}").forms if "/renewal/" in f.action))
        page = rb2.get(f"/reports/{job.id}")
        allow = next(f.action for f in page.forms if "/renewal/" in f.action and f.action not in renewals)
        self.assertGreaterEqual(rb.send(allow, [("form_token", rb.token)]).status, 400)
        page = rb2.do(page, allow)
        mail = self.server.sink.wait(FINDER_MAIL, "/mailbox/renewal/")
        for word in (*job.words.values(), job.receipt):
            self.assertNotIn(word, mail.text)
        link = re.search(r"/mailbox/renewal/[0-9A-Za-z]+", mail.text).group(0)
        self.assertNotIn(link, rb.get(f"/reports/{job.id}").html + page.html)
        self.assertEqual(job.finder.get("/mailbox/case").status, 200)

        finder = self.server.person()
        form = finder.get(link)
        self.assertNotIn(job.receipt, form.html)
        refused = finder.submit(form, link, {"receipt": "R-2026-AAAA-AAAA"})
        self.assertEqual(refused.status, 422)
        page = finder.submit(refused, link, {"receipt": job.receipt})
        self.assertEqual(page.status, 200)
        renewed = re.search(r"(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}", page.text).group(0)
        self.assertEqual(finder.get(link).status, 404)
        self.assertEqual(job.finder.get("/mailbox/case", follow=False).status, 303)
        for passphrase, status in ((job.passphrase, 422), (renewed, 200)):
            who = self.server.person()
            self.assertEqual(who.submit(who.get("/mailbox"), "/mailbox", {"receipt": job.receipt, "passphrase": passphrase}).status, status)
        job.passphrase, job.finder = renewed, who
        self.assertIn("発見者のパスフレーズが再発行されました", rb.get(f"/cases/{job.id}/history").text)
        self.assertNotIn("パスフレーズ", self.cast.cb.get(f"/cases/{job.id}/history").text)

    def test_sentences_to_start_from_are_in_both_languages_and_send_nothing(self):
        """For officers alone; the link fills the text in, whatever the page's language, and a word that is none fills in nothing."""
        job = self.jobs["C"]
        places = ((self.cast.rb, f"/reports/{job.id}", "versions", "in which versions of the product", "製品のどのバージョンで", ""),
                  (self.cast.cb, job.parties[1], "status", "how far the countermeasure for K-", "の対策方法の準備状況と", "K-"))
        for person, path, code, english, japanese, number in places:
            before = person.get(path)
            self.assertNotIn(english, before.text)
            for lang, words in (("en", english), ("ja", japanese)):
                for root in ("", "/en"):
                    page = person.get(f"{root}{path}?phrase={code}.{lang}")
                    text = re.search(r"<textarea[^>]*>([^<]*)</textarea>", page.html[page.html.index('id="say-text"') - 200:])[1]
                    self.assertIn(words, text)
                    self.assertIn(number, text)
                    self.assertIn(f"?phrase={code}.{lang}#say", page.html)
            self.assertEqual(person.get(f"{path}?phrase=none.ja").html.count("<textarea"), before.html.count("<textarea"))
            self.assertNotIn(japanese, person.get(path).text)
        self.assertNotIn("phrase=", self.cast.pm[1].get(f"/cases/{job.id}").html + job.finder.get("/mailbox/case").html)

    # ---- routes ----

    def test_every_route_has_a_row(self):
        self.assertEqual(routes_in_source("src/faces/desk") ^ set(ROUTES), set())
        self.assertEqual(routes_in_source("src/faces/portal", "src/faces/api") - PORTAL, set())

    def bare(self, page):
        """An answer without its request's number, its time and its own address."""
        text = page.html.replace(page.path, "")
        return page.status, re.sub(r"[0-9a-z]{16,}|\d\d:\d\d(:\d\d)?", "", text)

    def ask(self, person, method, path):
        if method == "GET":
            return person.get(path, follow=False)
        talks = path.endswith("/messages") and path not in ("/mailbox/case/messages", "/operator/messages") and not re.search("/(exchanges|rooms)/", path)
        if talks or path.endswith(("/mailbox/case/files", "/notices/package")):
            return person.send(path, [("form_token", person.token)], multipart=True, follow=False)
        return person.send(path, [("form_token", person.token)], follow=False)

    def objects(self, phase, job):
        """What stands in the places of a route's path, for that phase's case; None: there is no such thing in that phase."""
        def one_of(person, path, link):
            return next((page.split("/")[-1] for page in person.get(path).links(link) if f"見本製品 {phase}" in person.get(page).text), None)

        return {
            "/cases": {"{id}": job.id, "{developer}": job.parties[1].split("/")[-1] if 1 in job.parties else None, "{wish}": "1", "{hint}": "1"},
            "/reports": {"{id}": job.id}, "/advisories": {"{id}": job.advisory},
            "/files": {"{file}": self.cast.rb.get(f"/reports/{job.id}").links(r"/files/[0-9a-z]+")[0].split("/")[-1]},
            "/mailbox": {"{file}": job.finder.get("/mailbox/case").links(r"/mailbox/case/files/[0-9a-z]+")[0].split("/")[-1]},
            "/analyses": {"{id}": one_of(self.analyst, "/analyses", r"/analyses/[0-9a-z]+")},
            "/provisions": {"{id}": one_of(self.recipient, "/provisions", r"/provisions/[0-9a-z]+")},
            "/exchanges": {"{id}": one_of(self.abroad, "/exchanges", r"/exchanges/[0-9a-z]{20,}")},
            "/developers": {"{id}": self.cast.developer_path[1].split("/")[-1]}, "/partners": {"{id}": self.recipient.place.split("/")[-1]},
        }

    # Where the case of a phase is there for a role at all: rows of the matrix that are not "-". Who was added to a case and told nothing has no part in it yet.
    THERE = {"RB": PHASES, "CB": "BCDEF", "PD_DETAIL": "CDEF", "colleague": "CDEF", "PD_SUMMARY": "BCDE", "CI": "DE", "AN": "BCDE", "FB": "CDE", "finder": PHASES}
    S_ROUTE = "GET /cases/{id}/developers/{developer}"  # class S, which the receiving body has when the countermeasure is made

    def relations(self, job):
        """Everybody's relation to one case: the finder of it and of another one beside those of all cases."""
        other = next(one for one in self.jobs.values() if one is not job)
        return {**self.roles, "finder": (job.finder, FI), "other finder": (other.finder, FI)}

    def test_forbidden_is_as_if_it_were_not_there(self):
        """C21, invariants 10 and 19: relation to the case × phase × route: what is there and forbidden is answered, byte by byte, as what is not there."""
        absent_answers, cells = {}, {"forbidden": 0, "open": 0}
        for phase, job in self.jobs.items():
            objects, relations = self.objects(phase, job), self.relations(job)
            self.assertGreaterEqual(len(relations), 14)
            for role, (person, roles) in relations.items():
                if role == "nobody":
                    person.get("/login")
                for route, may in ROUTES.items():
                    method, path = route.split(" ")
                    if may in (NOBODY, PROGRAM):
                        continue  # /login/code: for those halfway in; programs have a test of their own
                    places = re.findall(r"\{[a-z]+\}", path)
                    about = objects.get("/" + path.split("/")[1], {})
                    of_case = any(place in about for place in places) and not path.startswith(("/developers", "/partners"))
                    if not of_case and phase != "D":
                        continue  # the same in every phase
                    if any(about.get(place, "") is None for place in places):
                        continue
                    has_role = may in (ANYBODY, LOGGED_IN) or bool(set(roles.split()) & set(may.split()))
                    is_open = has_role and (not of_case or phase in self.THERE.get(role, ""))
                    if role == "RB" and route == self.S_ROUTE:
                        is_open = "S" in matrix()["RB"][phase]
                    if is_open and path == "/files/{file}" and role != "RB":
                        continue  # held until a person lets it go further
                    if "{room}" in path:
                        is_open = False  # none of these cases has one: of rooms situations_test.py asks
                    there = absent = path
                    for place in places:
                        nowhere = "1" if place in ("{wish}", "{hint}", "{observation}", "{inquiry}") else ABSENT_ID
                        there = there.replace(place, about.get(place) or {"{name}": "jvn-new", "{cve}": "CVE-2026-30100", "{quarter}": "2024-q1"}.get(place, nowhere))
                        absent = absent.replace(place, nowhere)
                    with self.subTest(role=role, phase=phase, route=route):
                        if is_open:
                            if of_case and method == "GET":
                                self.assertIn(self.ask(person, method, there).status, (200, 302, 303))
                                cells["open"] += 1
                            continue
                        if (person, route) not in absent_answers:
                            absent_answers[person, route] = self.ask(person, method, absent)
                        first, second = self.ask(person, method, there), absent_answers[person, route]
                        self.assertEqual(self.bare(first), self.bare(second))
                        if role in ("nobody", "invited"):
                            self.assertIn(first.status, (302, 303, 401, 403, 404))
                        else:
                            self.assertEqual(first.status, 404)
                        cells["forbidden"] += 1
        print(f"cells: {cells['forbidden']} forbidden, {cells['open']} open", file=sys.stderr)

    # ---- programs of developers ----

    def program_paths(self, program, job):
        paths = [f"/cases/{job.id}{rest}" for rest in ("", "/messages", "/files")]
        files = program.get(paths[2])
        return paths + (["/files/" + f["id"] for f in files.json()["files"]] if files.status == 200 else [])

    def test_a_program_sees_what_its_person_sees(self):
        """Rows PD_*: each token in each phase, held against the matrix and against the pages of the one it speaks for."""
        table, cells = matrix(), 0
        people = {role: person for role, (person, _) in self.roles.items()}
        for role, program in self.programs.items():
            for phase, job in self.jobs.items():
                with self.subTest(role=role, phase=phase):
                    answers = [program.get(path) for path in self.program_paths(program, job)]
                    is_there = phase in self.THERE.get(role, "")
                    self.assertEqual([a.status for a in answers], [200 if is_there else 404] * len(answers))
                    text = "".join(a.html for a in answers)
                    found = {name for name, word in job.words.items() if word in text}
                    self.assertLessEqual(found, self.seen(people[role], job) | self.open_to_all(job))
                    if role in ("PD_DETAIL", "PD_SUMMARY"):
                        for name, letter in (("V", "V"), ("T", "T"), ("X", "X"), ("S1", "O"), ("M1", "N")):
                            is_granted = is_there and letter in table[role][phase] and (role == "PD_DETAIL" or letter in "V" and phase != "E")
                            self.assertEqual(name in found, is_granted and (name != "M1" or phase in "DE"), name)
                    self.assertFalse(found & {"I", "S2", "M2", "QUESTION", "BODIES"})
                    if is_there:
                        self.assertEqual("publication_date" in answers[0].json(), "D" in table["PD_SUMMARY" if role == "PD_SUMMARY" else "PD_DETAIL"][phase])
                    self.assertEqual(job.id in program.get("/cases?state=all&limit=200").html, is_there)
                    cells += 1
        print(f"cells of programs: {cells}", file=sys.stderr)

    SENT = {name: (json.dumps(body).encode(), "application/json") for name, body in {
        "detail": {"acknowledged": True}, "no-product": {}, "result": {"affected": "NO", "novelty": "NEW", "words": "x"},
        "status": {"countermeasure": "FIX", "words": "x"}, "statement": {"statement_ja": "x"}, "date": {"proposed": "2030-01-01T00:00:00Z", "reason": "x"},
        "refusal": {"reason": "x"}, "hint": {"developer_name": "x", "reason": "x"}, "messages": {"text": "x"}}.items()}
    SENT["files"] = (b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name="files"; filename="x"\r\n'
                     b"Content-Type: application/octet-stream\r\n\r\nx\r\n--b--\r\n", "multipart/form-data; boundary=b")

    def test_a_route_for_programs_is_no_persons_and_anothers_case_is_none(self):
        """Relation × phase × route: a session is answered 401 wherever it asks; a token of somebody else's developer as if there were nothing."""
        cells = 0
        for route in (route for route, may in ROUTES.items() if may == PROGRAM):
            method, path = route.split(" ")
            body, kind = self.SENT.get(path.rsplit("/", 1)[1] if method == "POST" else "", (None, None))
            headers = {"Content-Type": kind} if kind else {}
            for phase, job in self.jobs.items():
                file = self.objects(phase, job)["/files"]["{file}"]
                there, absent = (path.replace("{id}", of).replace("{file}", on) for of, on in ((job.id, file), (ABSENT_ID, ABSENT_ID)))
                for role, (person, _) in self.relations(job).items():
                    with self.subTest(role=role, phase=phase, route=route):
                        first, second = (bare_answer(person.request(method, at, body, headers)) for at in (there, absent))
                        self.assertEqual(first[0], 401)
                        self.assertEqual(first, second)
                        cells += 1
                for role, program in self.programs.items():
                    if phase in self.THERE.get(role, "") or there == absent:
                        continue
                    with self.subTest(program=role, phase=phase, route=route):
                        first, second = (bare_answer(program.ask(method, at, body, If_Match="*", Content_Type=kind)) for at in (there, absent))
                        self.assertEqual(first[0], 403 if method == "POST" and role == "colleague" else 404)
                        self.assertEqual(first, second)
                        cells += 1
        print(f"cells of programs' routes: {cells}", file=sys.stderr)

    def test_the_guided_tour_is_the_demonstration_s(self):
        for role, (person, _) in self.roles.items():
            self.assertEqual(person.get("/tour", follow=False).status, 404, role)
            self.assertEqual(person.get("/me").links(r"/tour"), [], role)

    LISTS = ("/today", "/reports", "/reports?state=all", "/cases", "/cases?state=all&sort=date", "/advisories", "/developers", "/messages", "/partners", "/provisions",
             "/analyses", "/exchanges", "/cve-numbers", "/people", "/people/events", "/ledger", "/feeds", "/curation", "/referrals", "/absence", "/connections",
             "/developers/applications", "/judgements", "/refused")

    @staticmethod
    def is_shown(page, cell, codes):
        shown = re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", page.html)))
        return re.fullmatch(codes, cell) or re.sub(r"\s+", "", cell) in shown

    def test_a_list_as_a_file_holds_what_its_page_shows(self):
        """T21: whoever may not have the page has no file of it; of the others' no cell that the page does not show, so no word of a report. CSV has the
        page's words; JSON is the same in both languages, and holds codes, instants and what the English page shows."""
        files = 0
        for role, (person, _) in self.roles.items():
            for path in (*self.LISTS, *(f"/cases/{job.id}/history" for job in self.jobs.values())):
                with self.subTest(role=role, path=path):
                    page, join = person.get(path, follow=False), "&" if "?" in path else "?"
                    answers = [person.get(f"{path}{join}format={kind}", follow=False) for kind in ("csv", "json", "xml")]
                    if page.status != 200:
                        self.assertEqual([answer.status for answer in answers[:2]], [page.status] * 2)
                        continue
                    self.assertEqual([answer.status for answer in answers], [200, 200, 400])
                    self.assertTrue(all("attachment" in answer.headers["Content-Disposition"] for answer in answers[:2]))
                    table = list(csv.reader(io.StringIO(answers[0].body.decode("utf-8-sig"))))
                    rows = json.loads(answers[1].body)["rows"]
                    self.assertEqual(len(table) - 1, len(rows))
                    english = person.get(f"/en{path}", follow=False)
                    self.assertEqual(rows, json.loads(person.get(f"/en{path}{join}format=json", follow=False).body)["rows"])
                    if 'rel="next"' not in page.html:
                        for cell in [cell for line in table[1:] for cell in line]:
                            self.assertTrue(self.is_shown(page, cell, r"\d{4}-\d\d-\d\dT[\d:.]+Z|-?\d*"), cell)
                        for cell in [cell for row in rows for cell in row.values() if isinstance(cell, str)]:
                            self.assertTrue(self.is_shown(english, cell, r"\d{4}-\d\d-\d\d(T[\d:.]+Z)?|[A-Za-z_. ]+( \d+)?"), cell)
                    for word in [word for job in self.jobs.values() for word in job.words.values()]:
                        self.assertNotIn(word, answers[0].html + answers[1].html)
                    files += len(rows) > 0
        self.assertGreater(files, 40)

    def test_a_developer_s_file_holds_its_own_cases(self):
        for n, has_some in ((1, True), (2, True), (3, False)):
            rows = json.loads(self.cast.pm[n].get("/cases?state=all&format=json").body)["rows"]
            phases = [phase for phase, job in self.jobs.items() if self.cast.pm[n].get(f"/cases/{job.id}").status == 200]
            self.assertEqual(bool(phases), has_some)
            self.assertEqual({row["title"] for row in rows} & {f"見本製品 {phase}" for phase in PHASES}, {f"見本製品 {phase}" for phase in phases}, n)
            self.assertFalse({"grade", "officer", "developers"} & {key for row in rows for key in row}, n)

    def test_a_printed_case_holds_what_its_pages_hold(self):
        """T21: the document of each role has the words of that role's own pages, whole and nothing more, and nothing to press."""
        printed = 0
        for phase, job in self.jobs.items():
            for role, (person, _) in self.roles.items():
                with self.subTest(role=role, phase=phase):
                    paper, page = (person.get(f"/cases/{job.id}{end}", follow=False) for end in ("/print", ""))
                    self.assertEqual(paper.status, page.status)
                    if page.status != 200:
                        continue
                    parties = page.links(rf"/cases/{job.id}/developers/[0-9a-z]+")
                    others = {"RB": [f"/reports/{job.id}", *parties], "CB": parties}
                    shown = page.html + "".join(person.get(path).html for path in others.get(role, ()))
                    for name, word in job.words.items():
                        self.assertEqual(word in paper.html, word in shown, name)
                    main = re.search(r"<main.*</main>", paper.html, re.S).group()
                    self.assertNotIn("<form", main)
                    self.assertIn("渡さないでください", main)
                    printed += 1
        self.assertGreater(printed, 15)

    def test_a_saved_view_is_one_person_s(self):
        cb, rb, query = self.cast.cb, self.cast.rb, "q=%E8%A6%8B%E6%9C%AC&state=all"
        page = cb.do(cb.get(f"/cases?{query}&page=1"), "/views", {"name": "見本の案件"})
        self.assertEqual(page.status, 200)
        self.assertIn(f'href="/cases?{query}"', html.unescape(cb.get("/cases").html))
        self.assertIn("見本の案件", cb.get("/cases").html)
        for person in (rb, self.cast.pm[1]):
            self.assertNotIn("見本の案件", person.get("/cases").html)
        self.assertNotIn("見本の案件", cb.get("/advisories").html)
        drop = re.search(r"/views/\d+/drop", cb.get("/cases").html).group()
        self.assertEqual(rb.submit(rb.get("/cases?state=all"), "/views", {"name": "x"}, path=drop).status, 404)
        cb.do(cb.get("/cases"), drop)
        self.assertNotIn("見本の案件", cb.get("/cases").html)

    def test_the_ledger_verifies(self):
        self.server.verify()


if __name__ == "__main__":
    noroshi_server.run(*sys.argv[1:])
