"""The people of the main job and what each of them does, step by step, through the pages alone."""
import datetime
import re
import time

from noroshi_server import Server

JST = datetime.timezone(datetime.timedelta(hours=9))

# One word for each class of information (requirements 5); wherever one turns up, that class was shown.
CANARY = {
    "I": "kanariya-I-8842", "V": "kanariya-V-1177", "T": "kanariya-T-9031", "X": "kanariya-X-5520", "M0": "kanariya-M-finder-3316",
    "SUMMARY": "kanariya-summary-2209", "S1": "kanariya-S-first-6643", "S2": "kanariya-S-second-7754", "M1": "kanariya-M-first-4401",
    "M2": "kanariya-M-second-4402", "FILE": "kanariya-file-6190", "QUESTION": "kanariya-question-3187", "ANSWER": "kanariya-answer-7213",
    "BODIES": "kanariya-bodies-9922", "THREAD1": "kanariya-thread-first-5151", "WISH": "kanariya-wish-8080", "HINT": "kanariya-hint-8181",
    "CONTENT": "kanariya-advisory-1212", "CREDIT": "kanariya-credit-6262", "R": "kanariya-R-4417",
}
DEVELOPERS = {1: "青空電機", 2: "白樺通信", 3: "黒潮ソフト", 4: "灰色工業"}
FINDER_MAIL = "hakken@finder.example"


def jst_minute(t):
    return t.astimezone(JST).strftime("%Y-%m-%dT%H:%M")


def in_days(days):
    return jst_minute(datetime.datetime.now(JST) + datetime.timedelta(days=days))


def report_fields(words=CANARY, **changes):
    """Every field of the form, with its canary (INT-01, INT-15, INT-16, GEN-05)."""
    fields = {
        "product_name": "見本ルーター RX-100", "product_version": "1.0 から 2.1.3", "product_vendor": "ルーターの会社", "product_url": "https://rx.example/",
        "category": "router", "told_developer": "yes", "told_details": "2026年10月に開発者の窓口へ伝えた", "intends_to_publish": "yes",
        "publication_means": "学会での発表", "planned_publication_at": "2027-02-15",
        "vuln_kind": "OSコマンドインジェクション", "vuln_info": f"管理画面の入力が検査されない {words['V']}", "vuln_impact": f"第三者が設定を読める {words['V']}",
        "workaround": f"管理画面を外から閉じる {words['M0']}",
        "verification": f"検証環境での確かめ方 {words['T']}", "reproducibility": "always", "attack": f"攻撃の手順 {words['X']}",
        "finder_name": f"発見 太郎 {words['I']}", "finder_organisation": f"研究所 {words['I']}", "finder_email": FINDER_MAIL,
        "finder_phone": "03-0000-8842", "second_way": f"最初の犬の名前 {words['I']}",
        "read_notes": "yes", "declares_legal": "yes", "keeps_silent": "yes",
    }
    fields.update(changes)
    return {name: value for name, value in fields.items() if value is not None}


STEPS = (("product_name", "product_version", "product_vendor", "product_url", "category", "told_nobody", "told_developer", "told_other", "told_details", "referral",
          "intends_to_publish", "publication_means", "planned_publication_at"),
         ("vuln_kind", "vuln_info", "vuln_impact", "workaround"), ("verification", "reproducibility", "attack"),
         ("finder_name", "finder_organisation", "finder_email", "finder_phone", "consent_coordinator", "consent_developer", "consent_direct",
          "consent_credit", "credit_name", "second_way", "finder_is_developer"))


class Cast:
    """Everybody, logged in: two officers of each body, and the managers of three developers; the third is in no case."""

    def __init__(self, server: Server):
        self.server = server
        self.admin = server.account("admin@office.example", "管理 一郎", "admin", "受付機関")
        self.rb = server.account("rb@office.example", "受付 花子", "rb", "受付機関")
        self.rb2 = server.account("rb2@office.example", "受付 次郎", "rb", "受付機関")
        self.cb = server.account("cb@office.example", "調整 三郎", "cb", "調整機関")
        self.cb2 = server.account("cb2@office.example", "調整 桃子", "cb", "調整機関")
        self.pm, self.developer_path = {}, {}
        for n in (1, 2, 3):
            self.pm[n] = self.register(n)

    def everybody(self):
        return [self.rb, self.rb2, self.cb, self.cb2, *self.pm.values()]

    def register(self, n):
        """A developer's way in: first contact, invitation, identity, terms, preparations (COO-01 to 03, COO-07)."""
        address = f"psirt@developer{n}.example"
        page = self.cb.do(self.cb.get("/developers/new"), "/developers", {
            "name_ja": DEVELOPERS[n], "name_en": f"Developer {n} Ltd.", "window_email": address, "window_phone": "03-1111-2222",
            "products": f"見本ルーター RX-{n}00\n見本サーバー {n}", "keywords": f"RX{n}"})
        place = page.path.split("?")[0]
        self.developer_path[n] = place
        page = self.cb.do(self.cb.get(place + "/people/new"), "/people", {"name": f"窓口 担当{n}", "email": address, "roles": "pm"})
        mail = self.server.sink.wait(address, "/invitation/")
        pm = self.server.person(address)
        pm.name = f"窓口 担当{n}"
        pm.take_invitation(re.search(r"http://\S*/invitation/\S+", mail.text).group(0)[len(self.server.desk_url):])
        page = self.step(self.cb, self.cb.get(place), "identify", note="代表番号へ折り返した")
        page = self.step(pm, pm.get("/organisation"), "agree", terms_version="2026-04")
        pm.do(page, "/preparation", {"guideline_read": "1", "handling_rules": "1", "protection": "DESK"})
        self.step(self.cb, self.cb.get(place), "register")
        return pm

    def step(self, person, page, event, **fields):
        """One of several forms that go to …/steps: the one of this event."""
        form = next(f for f in page.forms if f.action.endswith("/steps") and ("event", event) in f.values)
        answer = person.send(form.action, [(k, v) for k, v in form.values if k not in fields] + list(fields.items()))
        assert answer.status == 200, f"{event}: {answer.status} {answer.text[:600]}"
        return answer

    def partner(self, kind, name, address, role, sector=""):
        """Somebody of the register of recipients and partners, invited there; a recipient confirms the three conditions one by one."""
        page = self.cb.do(self.cb.get("/partners/new"), "/partners", {
            "kind": kind, "name_ja": name, "name_en": f"{name} (en)", "sector": sector, "agreement": "取決めの文書は書庫にある", "agreed_at": "2026-04-01"})
        place = page.path.split("?")[0].replace("/partners/", "/developers/")
        self.cb.do(self.cb.get(place + "/people/new"), "/people", {"name": f"{name} 担当", "email": address, "roles": role})
        mail = self.server.sink.wait(address, "/invitation/")
        person = self.server.person(address)
        person.take_invitation(re.search(r"http://\S*/invitation/\S+", mail.text).group(0)[len(self.server.desk_url):])
        if kind == "CI":
            for condition in ("inside", "contractors", "protection"):
                person.do(person.get("/provisions"), "/provisions/conditions", {condition: "1"})
        person.place = place.replace("/developers/", "/partners/")
        return person

    def person_of(self, n, name, address, role, active=True):
        """Somebody more at a developer; not active: the invitation has not been taken."""
        place = self.developer_path[n]
        self.cb.do(self.cb.get(place + "/people/new"), "/people", {"name": name, "email": address, "roles": role})
        mail = self.server.sink.wait(address, "/invitation/")
        person = self.server.person(address)
        if active:
            person.take_invitation(re.search(r"http://\S*/invitation/\S+", mail.text).group(0)[len(self.server.desk_url):])
        return person


class Job:
    """One report on its way, from the finder's form to the publication. Each step is what one person does on one page."""

    def __init__(self, cast, base="", tag=""):
        self.cast, self.server, self.base = cast, cast.server, base
        self.words = {name: word + tag for name, word in CANARY.items()}
        self.receipt = self.passphrase = self.id = self.advisory = None
        self.parties = {}

    # ---- finder ----

    def report(self, files=(), **changes):
        fields = report_fields(self.words, **changes)
        finder = self.server.visitor()
        page = finder.submit(finder.get(self.base + "/report"), "/report/step")
        assert page.status == 200, page.text[:400]
        for step in STEPS:
            page = finder.do(page, "/report/step", {**{k: fields[k] for k in step if k in fields}, "go": "next"})
        if files:
            form = page.form("/report/send")
            page = finder.send(form.action.replace("/send", "/step"), form.values + [("go", "attach")], True, [("files", *f) for f in files])
            assert page.status == 200, page.text[:800]
        page = finder.do(page, "/report/send", {**{k: fields[k] for k in ("read_notes", "declares_legal", "keeps_silent")}, "go": "send"})
        self.take_receipt(page)
        return page

    def take_receipt(self, page):
        self.receipt = re.search(r"R-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.text).group(0)
        self.passphrase = re.search(r"(?:[0-9A-Z]{4}[- ]){5}[0-9A-Z]{4}", page.text.replace(self.receipt, "")).group(0)

    def mailbox(self):
        finder = self.server.person("the finder")
        page = finder.do(finder.get(self.base + "/mailbox"), "/mailbox", {"receipt": self.receipt, "passphrase": self.passphrase})
        assert page.path.startswith(self.base + "/mailbox/case"), page.text[:600]
        self.finder = finder
        return page

    def answer_question(self, text):
        return self.finder.do(self.finder.get("/mailbox/case"), "/mailbox/case/messages", {"kind": "ANSWER", "text": text})

    # ---- receiving body ----

    def open(self):
        links = self.cast.rb.get("/reports").links(r"/reports/[0-9a-z]{20,}")
        for link in links:
            page = self.cast.rb.get(link)
            if self.words["V"] in page.html:
                self.id = link.split("/")[-1]
                return page
        raise AssertionError(f"the report {self.receipt} is not in the list: {links}")

    def at_rb(self, ending, **fields):
        return self.cast.rb.do(self.cast.rb.get(f"/reports/{self.id}"), ending, fields)

    def accept(self):
        return self.at_rb("/accept", is_complete="yes", is_in_scope="yes")

    def forward(self):
        return self.at_rb("/forward")

    # ---- coordinating body ----

    def at_cb(self, ending, person=None, **fields):
        person = person or self.cast.cb
        return person.do(person.get(f"/cases/{self.id}"), ending, fields)

    def take(self):
        return self.at_cb("/take")

    def add_developers(self, *numbers):
        page = self.at_cb("/developers", organisation=[self.cast.developer_path[n].split("/")[-1] for n in numbers])
        for link in page.links(rf"/cases/{self.id}/developers/[0-9a-z]+"):
            text = self.cast.cb.get(link).text
            for n in numbers:
                if DEVELOPERS[n] in text:
                    self.parties[n] = link
        assert all(n in self.parties for n in numbers), self.parties
        return page

    def summary(self, text):
        return self.at_cb("/summary", summary=text)

    def at_party(self, n, ending, **fields):
        return self.cast.cb.do(self.cast.cb.get(self.parties[n]), ending, fields)

    def send_summary(self, n):
        return self.at_party(n, "/summary", answer_due=in_days(14))

    def send_detail(self, n):
        return self.at_party(n, "/detail", answer_due=in_days(14))

    # ---- developers ----

    def at_pm(self, n, ending, **fields):
        pm = self.cast.pm[n]
        return pm.do(pm.get(f"/cases/{self.id}"), ending, fields)

    def request_detail(self, n):
        return self.at_pm(n, "/answer/detail", acknowledged="yes")

    def result(self, n, affected="YES", words=None):
        return self.at_pm(n, "/answer/result", affected=affected, novelty="NEW", words=words or self.words[f"S{n}"],
                          product_name=[f"見本ルーター RX-{n}00"], product_affected=[affected], product_versions=["1.0 - 2.1.3"],
                          product_fixed=["2.1.4"])

    def status(self, n, countermeasure="FIX"):
        return self.at_pm(n, "/answer/status", countermeasure=countermeasure, words=self.words[f"S{n}"],
                          statement_ja=f"修正版 2.1.4 を用意した {self.words[f'M{n}']}", statement_en=f"2.1.4 fixes it {self.words[f'M{n}']}",
                          url=f"https://developer{n}.example/advisory")

    def analyse(self, analyst):
        """The receiving body asks a third party, with both methods (INT-14)."""
        return self.cast.rb.do(self.cast.rb.get(f"/cases/{self.id}"), "/analyses", {
            "partner": analyst.place.split("/")[-1], "scope": "影響の範囲を調べる", "condition": "担当者二名に限る", "with_verification": "1",
            "with_attack": "1", "answer_due": in_days(10)})

    def give_abroad(self, coordinator, **fields):
        """The coordinating body gives a foreign coordinator what row FB has at the moment (COO-34)."""
        return self.at_cb("/exchanges", partner=coordinator.place.split("/")[-1], words="貴国の製品開発者にも伝えてください", **fields)

    # ---- priority provision ----

    def provide(self, recipient, agree=(1,), sector="POWER"):
        """Planned by the coordinating body, agreed to by the receiving body and the developers, the finder told, given."""
        self.at_cb("/priority", sector=[sector], reason="変電所の設備に使われている")
        self.cast.rb.do(self.cast.rb.get(f"/cases/{self.id}"), "/priority/answer", {"answer": "AGREED"})
        for n in agree:
            self.at_pm(n, "/answer/priority", answer="AGREED")
        self.cast.rb.do(self.cast.rb.get(f"/cases/{self.id}"), "/priority/finder")
        return self.at_cb("/priority/provision", recipient=[recipient.place.split("/")[-1]], leak="知る者が限られている")

    # ---- the advisory ----

    def begin_advisory(self):
        page = self.at_cb("/advisories")
        self.advisory = re.search(r"/advisories/([0-9a-z]+)/edit", page.path).group(1)
        return page

    def write_advisory(self, marker=None, cve="CVE-2026-41234"):
        cb = self.cast.cb
        page = cb.get(f"/advisories/{self.advisory}/edit")
        texts = {"title": ("見本ルーターにおける脆弱性", "Vulnerability in Sample Router"), "action": ("最新版へ更新する", "Update to the latest version"),
                 "overview": ("OSコマンドインジェクションの脆弱性がある", "It has an OS command injection vulnerability"),
                 "details": (f"入力の検査が足りない {marker or self.words['CONTENT']}", f"Input is not checked {marker or self.words['CONTENT']}"),
                 "impact": ("設定を読まれる", "Settings can be read"), "solution": ("【更新する】\n2.1.4 以降へ更新する", "[Update]\nUpdate to 2.1.4 or later"),
                 "workaround": ("管理画面を外から閉じる", "Close the management page to the outside")}
        fields = {f"{lang}.{name}": pair[i] for name, pair in texts.items() for i, lang in enumerate(("ja", "en"))}
        rows = {"product.vendor_ja": "青空電機", "product.vendor_en": "Developer 1 Ltd.", "product.product": "見本ルーター RX-100",
                "product.versions": "1.0 から 2.1.3 まで", "product.versions_en": "1.0 to 2.1.3", "product.fixed": "2.1.4",
                "weakness.cwe": "CWE-78", "weakness.cwe_name_ja": "OSコマンドインジェクション", "weakness.cwe_name_en": "OS Command Injection",
                "weakness.cvss": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "weakness.cve": cve,
                "reference.kind": "VENDOR", "reference.title": "青空電機", "reference.url": "https://developer1.example/advisory"}
        form = page.form("/edit")
        for name, value in rows.items():
            count = sum(1 for n, _ in form.values if n == name)
            fields[name] = [value] + [""] * (count - 1)
        return cb.do(page, "/edit", fields)

    def at_advisory(self, person, ending, **fields):
        return person.do(person.get(f"/advisories/{self.advisory}"), ending, fields)

    def approve_all(self):
        """Submitted, approved by a second officer, confirmed by the receiving body, rehearsed (PUB-01)."""
        self.at_advisory(self.cast.cb, "/submit")
        self.at_advisory(self.cast.cb2, "/approve")
        self.at_advisory(self.cast.rb, "/confirm")
        page = self.at_advisory(self.cast.cb, "/rehearse")
        return page

    # ---- dates ----

    def set_date(self, days=20):
        return self.at_cb("/date", date=in_days(days), basis="AGREED", time_needed="2週間")

    def change_date(self, text, reason="開発者の希望"):
        return self.at_cb("/date/change", date=text, others_heard="yes", reason=reason)

    def next_minute(self, at_least=8):
        """The first full minute that is that many seconds away: eight are enough to press a button before."""
        then = datetime.datetime.now(JST) + datetime.timedelta(seconds=at_least)
        return then.replace(second=0, microsecond=0) + datetime.timedelta(minutes=1)

    def wait_published(self, seconds=100):
        """The portal's path of the advisory."""
        visitor, until = self.server.visitor(), time.monotonic() + seconds
        while time.monotonic() < until:
            links = self.cast.cb.get(f"/advisories/{self.advisory}").links(re.escape(self.server.portal_url) + r"[^\"]*")
            links = [link for link in links if "/advisories/" in link]
            if links and visitor.get(links[0]).status == 200:
                return links[0][len(self.server.portal_url):]
            time.sleep(1)
        raise AssertionError("not published in time\n" + self.server.running.log()[-3000:])
