// The main job by six people, each with a browser of their own: from the finder's report to the public advisory, in Japanese;
// the beginning of it once more in English, and the report once without scripts.
// Rule: INT-01 INT-06 INT-11 COO-06 COO-10 COO-12 COO-14 COO-22 COO-23 CFD-05 PUB-01 FND-06
import { Person, SHOTS, launch } from "./browser.mjs";
import { Noroshi, sleep } from "./noroshi.mjs";
import { assert, skipped, test } from "./tally.mjs";

const FINDER = "hakken@finder.example";
const NAMES = { A: ["青空電機", "Aozora Electric"], B: ["白樺通信", "Shirakaba Networks"] };

// What the finder types, a step of the form each.
const REPORT = {
  ja: [
    { product_name: "見本ルーター RX-100", product_version: "1.0 から 2.1.3", product_vendor: "ルーターの会社", product_url: "https://rx.example/", category: "router", told_nobody: "yes" },
    { vuln_kind: "OSコマンドインジェクション", vuln_info: "管理画面の入力が検査されない", vuln_impact: "第三者が設定を読める", workaround: "管理画面を外から閉じる" },
    { verification: "検証環境で応答を見る", reproducibility: "always", attack: "細工した要求を送る" },
    { finder_name: "発見 太郎", finder_email: FINDER, consent_credit: "yes", credit_name: "発見 太郎" },
  ],
  en: [
    { product_name: "Sample Camera SC-7", product_version: "3.0 to 3.4", product_vendor: "Aozora Electric", category: "router", told_nobody: "yes" },
    { vuln_kind: "Authentication bypass", vuln_info: "The login of the camera can be passed by", vuln_impact: "A stranger sees the pictures" },
    { verification: "Open the second page first", reproducibility: "always", attack: "Ask for the second page" },
    { finder_name: "Hanako Hakken", finder_email: FINDER },
  ],
};
const ADVISORY = {
  "ja.title": "見本ルーターにおける OS コマンドインジェクションの脆弱性", "en.title": "Sample Router vulnerable to OS command injection",
  "ja.action": "最新版へ更新してください。", "en.action": "Update to the latest version.",
  "ja.overview": "見本ルーターには、OS コマンドインジェクションの脆弱性があります。", "en.overview": "Sample Router has an OS command injection vulnerability.",
  "ja.details": "管理画面の入力の検査が十分ではありません。", "en.details": "Input to the management page is not checked enough.",
  "ja.impact": "第三者に設定を読まれる可能性があります。", "en.impact": "A third party may read the settings.",
  "ja.solution": "【更新する】\n2.1.4 以降へ更新してください。", "en.solution": "[Update]\nUpdate to 2.1.4 or later.",
  "ja.workaround": "管理画面を外から閉じてください。", "en.workaround": "Close the management page to the outside.",
  "product.vendor_ja": "青空電機", "product.vendor_en": "Aozora Electric", "product.product": "見本ルーター RX-100",
  "product.versions": "1.0 から 2.1.3 まで", "product.versions_en": "1.0 to 2.1.3", "product.fixed": "2.1.4",
  "weakness.cwe": "CWE-78", "weakness.cwe_name_ja": "OSコマンドインジェクション", "weakness.cwe_name_en": "OS Command Injection",
  "weakness.cvss": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "weakness.cve": "CVE-2026-41234",
  "reference.kind": "VENDOR", "reference.title": "青空電機", "reference.url": "https://aozora.example/advisory",
};

// As a datetime-local field takes it, Japanese time.
const minute = (at) => new Date(at.getTime() + 9 * 3600000).toISOString().slice(0, 16);
const inDays = (days) => minute(new Date(Date.now() + days * 86400000));

class Story {
  constructor(noroshi, browser) {
    Object.assign(this, { noroshi, browser, developer: {}, party: {}, pm: {} });
  }

  sit(options) {
    return Person.sit(this.browser, this.noroshi, options);
  }

  async officer(address, name, role, organisation) {
    const invitation = await this.noroshi.invite(address, name, role, organisation);
    return (await this.sit()).takeInvitation(invitation);
  }

  async shot(person, name) {
    await person.page.screenshot({ path: `${SHOTS}story-${name}.png`, fullPage: true });
  }

  mail(address, path) {
    return this.noroshi.sink.wait(address, path);
  }

  async seat() {
    this.finder = await this.sit({ face: "portal" });
    this.rb = await this.officer("rb@office.example", "受付 花子", "rb", "受付機関");
    this.cb = await this.officer("cb@office.example", "調整 三郎", "cb", "調整機関");
    this.cb2 = await this.officer("cb2@office.example", "調整 桃子", "cb", "調整機関");
  }

  // First contact, invitation, identity, terms, preparations, registration (COO-01 COO-07).
  async register(key) {
    const { cb } = this, address = `psirt@developer-${key.toLowerCase()}.example`, [ja, en] = NAMES[key];
    await cb.open("/developers/new");
    await cb.act("/developers", {
      name_ja: ja, name_en: en, window_email: address, window_phone: "03-1111-2222",
      products: key === "A" ? "見本ルーター RX-100\n見本カメラ SC-7" : "見本サーバー", keywords: key === "A" ? "RX\nSC" : "SV",
    });
    const place = new URL(cb.page.url()).pathname;
    this.developer[key] = place.split("/").pop();
    await cb.open(`${place}/people/new`);
    await cb.act("/people", { name: `窓口 担当${key}`, email: address, roles: "pm" });
    const mail = await this.mail(address, "/invitation/");
    const pm = (this.pm[key] = await this.sit());
    await pm.takeInvitation(mail.text.match(/http:\/\/\S*\/invitation\/[\w-]+/)[0]);
    const step = (person, event, fields) => person.act("/steps", fields, { holding: `:has(input[name=event][value=${event}])` });
    await cb.open(place);
    await step(cb, "identify", { note: "代表番号へ折り返した" });
    await pm.open("/organisation");
    await step(pm, "agree", {});
    await pm.act("/preparation", { guideline_read: "1", handling_rules: "1", protection: "DESK" });
    await cb.open(place);
    await step(cb, "register", {});
  }

  // The whole form, up to the receipt.
  async report(finder, steps) {
    await finder.open("/report");
    await finder.act("/report/step");
    for (const fields of steps) await finder.act("/report/step", fields, { go: "next" });
    await finder.act("/report/send", { read_notes: "yes", declares_legal: "yes", keeps_silent: "yes" }, { go: "send" });
    const text = await finder.text(), receipt = text.match(/R-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/)[0];
    return { receipt, passphrase: text.replaceAll(receipt, "").match(/(?:[0-9A-Z]{4}[- ]){5}[0-9A-Z]{4}/)[0] };
  }

  async mailbox(finder, { receipt, passphrase }) {
    await finder.open(`${this.noroshi.desk}${finder.base}/mailbox`);
    await finder.act("/mailbox", { receipt, passphrase });
    assert(finder.page.url().includes("/mailbox/case"), "the mailbox did not open");
  }

  // The receiving body opens the report with this product name.
  async find(rb, product) {
    await rb.open("/reports");
    await rb.press(rb.page.getByRole("link", { name: product }).first());
    return new URL(rb.page.url()).pathname.split("/").pop();
  }

  at(person, path, ending, fields, how) {
    return person.open(path).then(() => person.act(ending, fields, how));
  }

  async bringIn(key) {
    const { cb, id } = this, pm = this.pm[key];
    await this.at(cb, this.party[key], "/summary", { answer_due: inDays(14) });
    await this.mail(`psirt@developer-${key.toLowerCase()}.example`, `/cases/${id}`);
    await pm.open(`/cases/${id}`);
    assert((await pm.text()).includes("管理画面に関する情報"), "no summary");
    assert(!(await pm.text()).includes("細工した要求を送る"), "the attack is shown before the detail was given");
    await pm.act("/answer/detail", { acknowledged: "yes" });
    await this.at(cb, this.party[key], "/detail", { answer_due: inDays(14) });
    await pm.open(`/cases/${id}`);
    assert((await pm.text()).includes("管理画面の入力が検査されない"), "no detail");
  }
}

const chapters = [
  ["the finder reports and reads the mailbox", async (s) => {
    s.box = await s.report(s.finder, REPORT.ja);
    await s.shot(s.finder, "receipt");
    await s.mailbox(s.finder, s.box);
    assert((await s.finder.text()).includes("見本ルーター RX-100"), "the report is not in the mailbox");
    await s.mail("rb@office.example", "/reports/");
  }],
  ["the receiving body asks, hears, accepts and forwards", async (s) => {
    s.id = await s.find(s.rb, "見本ルーター");
    await s.rb.act("/messages", { kind: "QUESTION", text: "どの版で確かめましたか。" });
    await s.mail(FINDER, "/mailbox");
    await s.finder.page.reload();
    assert((await s.finder.text()).includes("どの版で確かめましたか。"), "the finder does not see the question");
    await s.finder.act("/mailbox/case/messages", { kind: "ANSWER", text: "2.1.3 です。" });
    await s.rb.open(`/reports/${s.id}`);
    assert((await s.rb.text()).includes("2.1.3 です。"), "the answer has not come");
    await s.rb.act("/impact", { range: "wide", score: "9.8", reason: "広く使われている" });
    await s.rb.act("/accept", { is_complete: "yes", is_in_scope: "yes" });
    await s.rb.act("/forward");
    await s.mail("cb@office.example", `/cases/${s.id}`);
  }],
  ["two developers come in by two steps", async (s) => {
    const { cb, id } = s;
    await s.at(cb, `/cases/${id}`, "/take");
    await cb.act("/developers", { organisation: [s.developer.A, s.developer.B] });
    for (const [key, [name]] of Object.entries(NAMES)) {
      const link = cb.page.locator(`a[href*="/cases/${id}/developers/"]`, { hasText: name }).first();
      s.party[key] = new URL(await link.getAttribute("href"), cb.page.url()).pathname;
    }
    await s.at(cb, `/cases/${id}`, "/summary", { summary: "見本ルーターの管理画面に関する情報" });
    assert((await s.pm.A.open(`/cases/${id}`)) === 404, "the developer sees the case before the summary");
    await s.bringIn("A");
    await s.bringIn("B");
  }],
  ["they answer, and none sees the other", async (s) => {
    const { pm, id } = s;
    await s.at(pm.A, `/cases/${id}`, "/answer/result", {
      affected: "YES", novelty: "NEW", words: "A社の社内の検討", product_name: "見本ルーター RX-100", product_affected: "YES", product_versions: "1.0 - 2.1.3", product_fixed: "2.1.4",
    });
    await s.at(pm.B, `/cases/${id}`, "/answer/result", { affected: "NO", novelty: "NEW", words: "B社では再現しない" });
    assert(!(await pm.B.text()).includes("A社の社内の検討") && !(await pm.B.text()).includes("青空電機"), "B sees A");
    await s.shot(pm.A, "developer");
    await s.cb.open(`/cases/${id}`);
    await s.shot(s.cb, "grid");
  }],
  ["a date is agreed, wished away and moved", async (s) => {
    const { cb, pm, id } = s;
    await s.at(cb, `/cases/${id}`, "/date", { date: inDays(20), basis: "AGREED", time_needed: "2週間" });
    await s.mail("psirt@developer-b.example", `/cases/${id}`);
    await s.at(pm.A, `/cases/${id}`, "/answer/date", { proposed: inDays(25), reason: "試験に時間が要る" });
    await cb.open(`/cases/${id}`);
    const wish = await cb.page.locator('form[action*="/wishes/"]').first().getAttribute("action");
    await cb.act(wish.match(/\/wishes\/\d+/)[0], { decision: "ADOPTED", words: "了解した" });
    await s.at(cb, `/cases/${id}`, "/date/change", { date: inDays(25), others_heard: "yes", reason: "開発者の希望" });
  }],
  ["the affected developer gives its status", async (s) => {
    const { pm, id } = s;
    await s.at(s.cb, `/cases/${id}`, "/status-request", { answer_due: inDays(10) });
    await s.at(pm.A, `/cases/${id}`, "/answer/status", {
      countermeasure: "FIX", words: "出荷の準備ができた", statement_ja: "修正版 2.1.4 を用意しました。", statement_en: "2.1.4 fixes it.", url: "https://aozora.example/advisory",
    });
    await pm.B.open(`/cases/${id}`);
    assert(!(await pm.B.has("/answer/status")), "one that is not affected is asked for a countermeasure");
  }],
  ["the advisory takes three people", async (s) => {
    const { cb } = s;
    await s.at(cb, `/cases/${s.id}`, "/advisories");
    s.advisory = cb.page.url().match(/\/advisories\/([0-9a-z]+)\/edit/)[1];
    await cb.act("/edit", ADVISORY);
    await s.at(cb, `/advisories/${s.advisory}`, "/submit");
    await cb.open(`/advisories/${s.advisory}`);
    assert(!(await cb.has("/approve")), "one's own text can be approved");
    await s.at(s.cb2, `/advisories/${s.advisory}`, "/approve");
    await s.at(s.rb, `/advisories/${s.advisory}`, "/confirm");
    await cb.open(`/advisories/${s.advisory}`);
    if (await cb.has("/rehearse")) await cb.act("/rehearse");
    s.number = (await cb.text()).match(/NRS#\d+/)[0];
    await s.shot(cb, "advisory-desk");
    s.slug = s.number.replace("#", "");
  }],
  ["the date is moved to the next minute; nothing is public before", async (s) => {
    s.instant = new Date(Math.ceil((Date.now() + 8000) / 60000) * 60000);
    await s.at(s.cb, `/cases/${s.id}`, "/date/change", { date: minute(s.instant), others_heard: "yes", reason: "準備が整った" });
    await s.cb.open(`/advisories/${s.advisory}`);
    if (await s.cb.has("/rehearse")) await s.cb.act("/rehearse");
    s.visitor = await s.sit({ face: "portal" });
    assert(Date.now() < s.instant.getTime(), "too slow to look before the instant");
    assert((await s.visitor.open(`/advisories/${s.slug}`)) === 404, "public before the instant");
    s.visitor.complaints.length = 0; // the 404 that was asked for
  }],
];

const meanwhile = [
  ["without scripts the report loses nothing at an error and arrives", async (s) => {
    const finder = await s.sit({ face: "portal", javaScriptEnabled: false });
    await finder.open("/report");
    await finder.act("/report/step");
    const [first, ...others] = REPORT.ja;
    assert((await finder.send("/report/step", { ...first, product_url: "これは住所ではない" }, { go: "next" })) === 422, "a wrong address was taken");
    for (const [name, value] of Object.entries({ product_name: first.product_name, product_version: first.product_version, product_url: "これは住所ではない" }))
      assert((await finder.page.inputValue(`[name=${name}]`)) === value, `${name} was lost`);
    assert(await finder.page.isChecked("[name=told_nobody]"), "a tick was lost");
    await s.shot(finder, "form-error");
    await finder.act("/report/step", { product_url: first.product_url }, { go: "next" });
    for (const fields of others) await finder.act("/report/step", fields, { go: "next" });
    await finder.act("/report/send", { read_notes: "yes", declares_legal: "yes", keeps_silent: "yes" }, { go: "send" });
    assert(/R-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.test(await finder.text()), "no receipt");
    await finder.leave();
  }],
  ["in English: reported, accepted, taken, a developer told", async (s) => {
    const finder = await s.sit({ face: "portal", base: "/en" });
    const box = await s.report(finder, REPORT.en);
    await english(finder);
    await s.mailbox(finder, box);
    await english(finder);
    const people = [s.rb, s.cb, s.pm.A];
    for (const one of people) one.base = "/en";
    const id = await s.find(s.rb, "Sample Camera");
    await english(s.rb);
    await s.rb.act("/accept", { is_complete: "yes", is_in_scope: "yes" });
    await s.rb.act("/forward");
    await s.at(s.cb, `/cases/${id}`, "/take");
    await english(s.cb);
    await s.cb.act("/developers", { organisation: [s.developer.A] });
    await s.at(s.cb, `/cases/${id}`, "/summary", { summary: "About the camera's login" });
    const link = s.cb.page.locator(`a[href*="/cases/${id}/developers/"]`).first();
    await s.cb.press(link);
    await s.cb.act("/summary", { answer_due: inDays(14) });
    await english(s.cb);
    await s.pm.A.open(`/cases/${id}`);
    await english(s.pm.A);
    await s.pm.A.act("/answer/detail", { acknowledged: "yes" });
    await s.shot(s.pm.A, "developer-en");
    for (const one of people) one.base = "";
    await finder.leave();
  }],
];

// What the page itself says is English: headings, labels, buttons, the menu.
async function english(person) {
  assert((await person.page.getAttribute("html", "lang")) === "en", `${person.page.url()} is not in English`);
  const words = await person.page.$$eval("h1, h2, h3, legend, label, button, summary, nav a, dt", (all) =>
    all.filter((e) => !e.closest("[lang=ja], [hreflang=ja]")).map((e) => e.innerText));
  const foreign = words.filter((one) => /[\u3041-\u30ff]/.test(one));
  assert(foreign.length === 0, `Japanese on ${person.page.url()}: ${foreign.join(" / ")}`);
}

const ending = [
  ["at the instant it is public, in both languages and in every list", async (s) => {
    const { visitor } = s;
    while (Date.now() < s.instant.getTime() + 500) await sleep(200);
    while ((await visitor.open(`/advisories/${s.slug}`)) !== 200) {
      assert(Date.now() < s.instant.getTime() + 15000, "not public in time");
      await sleep(500);
    }
    visitor.complaints.length = 0;
    for (const word of [ADVISORY["ja.title"], ADVISORY["ja.overview"], "青空電機", "CVE-2026-41234", "発見 太郎", "修正版 2.1.4"])
      assert((await visitor.text()).includes(word), `the advisory does not say ${word}`);
    for (const word of ["細工した要求を送る", "A社の社内の検討", "検証環境で応答を見る"]) assert(!(await visitor.page.content()).includes(word), `the advisory says ${word}`);
    await s.shot(visitor, "published");
    await visitor.open("/advisories");
    await visitor.press(visitor.page.getByRole("link", { name: ADVISORY["ja.title"] }).first());
    await visitor.open(`/en/advisories/${s.slug}`);
    assert((await visitor.text()).includes(ADVISORY["en.title"]), "not in English");
    await visitor.open("/");
    assert((await visitor.text()).includes(ADVISORY["ja.title"]), "not on the front page");
  }],
  ["the finder and the developers are told", async (s) => {
    await s.finder.page.reload();
    assert((await s.finder.links(new RegExp(s.slug))).length > 0, "the mailbox does not lead to the advisory");
    await s.shot(s.finder, "mailbox");
    for (const pm of [s.pm.A, s.pm.B]) {
      await pm.open(`/cases/${s.id}`);
      assert((await pm.text()).includes("公表済み"), "the developer does not see that it is public");
    }
  }],
  ["no browser complained on the way", async (s) => {
    const all = [s.finder, s.rb, s.cb, s.cb2, s.pm.A, s.pm.B, s.visitor].flatMap((one) => one.complaints).filter((one) => !/status of 404/.test(one));
    assert(all.length === 0, all.join("\n"));
  }],
];

export async function run(shared) {
  const noroshi = await Noroshi.make();
  const browser = await launch();
  const story = new Story(noroshi, browser);
  try {
    await noroshi.command("init");
    await noroshi.start();
    const beginning = [["everybody takes a seat", (s) => s.seat()], ["two developers register", async (s) => { await s.register("A"); await s.register("B"); }], ...chapters];
    let goesOn = true;
    for (const [name, play] of [...beginning, ...meanwhile, ...ending]) {
      if (!goesOn) skipped(name, "an earlier chapter failed");
      else goesOn = (await test(name, () => play(story))) || meanwhile.some(([one]) => one === name);
    }
    if (goesOn) shared.csaf = await noroshi.csaf();
    if (/signal=/.test(noroshi.log)) throw new Error("a process died:\n" + noroshi.log.slice(-3000));
  } finally {
    await browser.close();
    await noroshi.stop();
  }
}
