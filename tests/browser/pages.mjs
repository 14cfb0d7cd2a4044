// Every page of a filled demonstration as each role sees it: wide and narrow, a screenshot, axe-core (narrow in dark colours), html-validate,
// nothing wider than the screen, no complaint of the browser (console, Content-Security-Policy).
import fs from "node:fs";
import axe from "axe-core";
import { HtmlValidate } from "html-validate";
import { NARROW, Person, SHOTS, WIDE, launch } from "./browser.mjs";
import { many } from "./many.mjs";
import { Noroshi } from "./noroshi.mjs";
import { assert, failed, passed, test } from "./tally.mjs";

// What a page means is checked; how its source is laid out is not.
const grammar = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "aria-label-misuse": ["error", { allowAnyNamable: true }], "form-dup-name": "off", "valid-id": ["error", { relaxed: true }], "attribute-boolean-style": "off", "attribute-empty-style": "off", "attr-quotes": "off", "doctype-style": "off", "long-title": "off",
    "no-trailing-whitespace": "off", "require-sri": "off", "tel-non-breaking": "off", "void-style": "off",
  },
});

// The rows of demonstration.tsv: people by role, finders' boxes.
function cast(noroshi) {
  const rows = fs.readFileSync(`${noroshi.state}/demonstration.tsv`, "utf8").split("\n").map((line) => line.split("\t"));
  return { logins: rows.filter((row) => row[0].includes("@")), boxes: rows.filter((row) => row[0].startsWith("R-")) };
}

// Serious and critical faults by axe-core, one line each.
async function axeFaults(page, view) {
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations
    .filter((violation) => ["serious", "critical"].includes(violation.impact))
    .map((one) => `axe, ${view}, ${one.id}: ${one.help} (${one.nodes.slice(0, 3).map((node) => node.target.join(" ") + " " + (node.any[0]?.message ?? "")).join(" | ")})`);
}

class Album {
  constructor(browser, noroshi) {
    Object.assign(this, { browser, noroshi, count: 0, seen: new Set() });
  }

  sit(options) {
    return Person.sit(this.browser, this.noroshi, options).then((person) => {
      person.page.on("response", (answer) => {
        if (answer.request().isNavigationRequest()) person.answer = answer;
      });
      return person;
    });
  }

  // Looks at the page that is open; one result.
  async look(person, name, { status = 200 } = {}) {
    const { page } = person, faults = [], base = person.base ? "-en" : "";
    try {
      if (person.answer.status() !== status) faults.push(`status ${person.answer.status()}`);
      const report = await grammar.validateString(await person.answer.text());
      for (const one of report.results.flatMap((result) => result.messages).filter((message) => message.severity === 2))
        faults.push(`html ${one.ruleId}: ${one.message} (${one.selector})`);
      await page.screenshot({ path: `${SHOTS}${name}${base}-wide.png`, fullPage: true });
      const complaints = person.complaints.splice(0).filter((one) => status === 200 || !one.includes(`status of ${status}`));
      faults.push(...complaints.map((one) => `console: ${one}`));
      const folded = await page.$$eval("details:not([open])", (all) => all.map((one) => ((one.open = true), (one.dataset.folded = "yes"))).length);
      await page.evaluate(axe.source);
      faults.push(...(await axeFaults(page, "wide")));
      await page.setViewportSize(NARROW);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" }); // no colour half way to another
      faults.push(...(await axeFaults(page, "narrow and dark")));
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
      const wide = await page.evaluate(() => {
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return "";
        const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > room + 1);
        return `${document.documentElement.scrollWidth} > ${room}: ${out.slice(0, 4).map((e) => `${e.tagName.toLowerCase()}.${e.className}`).join(", ")}`;
      });
      if (wide) faults.push(`wider than a narrow screen, ${wide}`);
      if (folded) await page.$$eval("details[data-folded]", (all) => all.forEach((one) => (one.open = false)));
      await page.screenshot({ path: `${SHOTS}${name}${base}-narrow.png`, fullPage: true });
      await page.setViewportSize(WIDE);
    } catch (e) {
      faults.push(e.stack);
    }
    if (faults.length) failed(`${name}${base}`, faults.join("\n"));
    else passed(`${name}${base}`);
    this.seen.add(name);
  }

  // Opens the path and looks; every third page in English as well.
  async visit(person, name, path, how) {
    if (this.seen.has(name)) return;
    await person.open(path);
    await this.look(person, name, how);
    if (this.count++ % 3 === 0 && !how?.isSingle) {
      person.base = "/en";
      await person.open(path);
      await this.look(person, name, how);
      person.base = "";
    }
  }

  async first(person, path, pattern) {
    await person.open(path);
    const links = (await person.links(pattern)).map((link) => new URL(link).pathname);
    return links[0];
  }

  // What the menu of this person leads to.
  async menu(person, who) {
    await person.open("/");
    const paths = await person.page.$$eval("nav a[href^='/'], .strip a", (all) => all.map((a) => a.getAttribute("href")));
    for (const path of new Set(paths.filter((one) => !one.startsWith("/en")))) await this.visit(person, `${who}-${path.slice(1).replaceAll(/[^a-z]+/g, "-")}`, path);
  }
}

// Known vulnerabilities: what is found, what is not, an entry of each kind, who makes what, what is new.
async function catalogue(album, visitor) {
  const pages = {
    search: "/search", "search-words": "/search?q=%E8%84%86%E5%BC%B1%E6%80%A7", "search-narrowed": "/search?severity=critical,high&ja=yes&sort=severity",
    "search-none": "/search?q=zzzzzz&kev=yes", vendors: "/vendors", new: "/new", updated: "/updated", calendar: "/calendar",
  };
  for (const [name, path] of Object.entries(pages)) await album.visit(visitor, `portal-${name}`, path);
  await album.visit(visitor, "portal-search-wrong", "/search?severity=bad&year=12&page=0", { status: 400 });
  await album.visit(visitor, "portal-month", await album.first(visitor, "/calendar", /:\d+\/calendar\/\d+\/\d+$/));
  for (const [name, list] of Object.entries({ exploited: "/search?kev=yes", device: "/search?embedded=yes", "in-english": "/search?ja=no" }))
    await album.visit(visitor, `portal-record-${name}`, await album.first(visitor, list, /\/records\/CVE-/));
  const known = await album.first(visitor, "/search?kev=yes", /\/records\/CVE-/);
  await album.visit(visitor, "portal-vendor", await album.first(visitor, known, /\/vendors\/\d+$/));
  await album.visit(visitor, "portal-product", await album.first(visitor, known, /\/products\/\d+$/));
  await album.visit(visitor, "portal-weakness", await album.first(visitor, known, /\/weaknesses\/\d+$/));
}

const portal = async (album) => {
  const visitor = await album.sit({ face: "portal" });
  for (const [name, path] of Object.entries({
    home: "/", list: "/advisories", about: "/about", "for-developers": "/for-developers", feeds: "/feeds", report: "/report", statistics: "/statistics", receipts: "/receipts", unreachable: "/unreachable", "unreachable-answer": "/unreachable/answer",
  })) await album.visit(visitor, `portal-${name}`, path);
  await album.visit(visitor, "portal-list-year", await album.first(visitor, "/advisories", /\/advisories\?.*\d{4}/) ?? "/advisories");
  await album.visit(visitor, "portal-list-empty", "/advisories?q=zzzzzz");
  await album.visit(visitor, "portal-advisory", await album.first(visitor, "/advisories", /\/advisories\/[A-Z]/));
  await catalogue(album, visitor);
  await album.visit(visitor, "portal-not-found", "/nothing-here", { status: 404 });

  // The steps of the report, an error first.
  for (const base of ["", "/en"]) {
    visitor.base = base;
    await visitor.open("/report");
    await visitor.send("/report/step");
    await album.look(visitor, "portal-report-1");
    await visitor.send("/report/step", { product_name: "見本" }, { go: "next" });
    await album.look(visitor, "portal-report-error", { status: 422 });
    const steps = [
      { product_name: "見本ルーター", product_version: "1.0", category: "router", told_nobody: "yes" },
      { vuln_kind: "XSS", vuln_info: "入力がそのまま表示される", vuln_impact: "画面を書き換えられる" },
      { verification: "検索欄に入力する", reproducibility: "always", attack: "細工したリンクを開かせる" },
      { finder_name: "発見 太郎", finder_email: "hakken@finder.example" },
    ];
    for (const [i, fields] of steps.entries()) {
      await visitor.send("/report/step", fields, { go: "next" });
      await album.look(visitor, `portal-report-${i + 2}`);
    }
    await visitor.send("/report/send", { read_notes: "yes", declares_legal: "yes", keeps_silent: "yes" }, { go: "send" });
    await album.look(visitor, "portal-receipt");
  }
  await visitor.leave();
};

// A developer asks to be put on the list.
async function apply(stranger, name) {
  await stranger.open("/join");
  await stranger.send("/join", { name_ja: name, window_email: "madoguchi@mihon.example", window_phone: "03-0000-0000", person: "窓口 五郎", products: "見本エディタ\n見本ビューア", words: "登録を希望します。" });
}

const doors = async (album, { boxes }) => {
  const stranger = await album.sit();
  for (const path of ["/login", "/password/forgotten", "/join", "/mailbox", "/tour"]) await album.visit(stranger, `door-${path.slice(1).replaceAll("/", "-")}`, path);
  await stranger.open("/login");
  await stranger.send("/login", { email: "nobody@example.jp", password: "wrong wrong wrong" });
  await album.look(stranger, "door-login-error", { status: stranger.answer.status() });
  await album.visit(stranger, "door-not-found", "/nothing-here", { status: 404 });
  await stranger.open("/password/forgotten");
  await stranger.send("/password/forgotten", { email: "nobody@example.jp" });
  await album.look(stranger, "door-forgotten-sent", { status: stranger.answer.status() });
  await apply(stranger, "株式会社見本制作");
  await album.look(stranger, "door-join-sent", { status: stranger.answer.status() });
  const invitation = await album.noroshi.invite("new@chousei.example.jp", "新人 九", "cb", "調整機関");
  await album.visit(stranger, "door-invitation", new URL(invitation).pathname);
  await stranger.send(new URL(invitation).pathname, { password: "short" });
  await album.look(stranger, "door-invitation-error", { status: 422 });
  await stranger.send(new URL(invitation).pathname, { password: "a sentence of several words 42" });
  await album.look(stranger, "door-enrol");
  await stranger.leave();
  // One that has waited for more than a year, and may ask to be released (FND-12), comes first.
  for (const [i, row] of [boxes[0], boxes[2], boxes[boxes.length - 1]].entries()) {
    const finder = await album.sit({ base: i === 2 ? "/en" : "" });
    await finder.open("/mailbox");
    await finder.send("/mailbox", { receipt: row[0], passphrase: row[1] });
    await album.look(finder, `finder-mailbox-${i + 1}`);
    await finder.leave();
  }
};

// A developer's own publication before the agreed date, from the case to the developer list.
async function breach(album, cb) {
  const party = await album.first(cb, await album.first(cb, "/cases?state=DATE_SET", /\/cases\/[0-9a-z]{20,}$/), /\/developers\/[0-9a-z]{20,}$/);
  await cb.open(party);
  const name = await cb.page.locator("h1").innerText(), now = new Date(Date.now() + 9 * 3600e3 - 60e3).toISOString().slice(0, 16);
  await cb.act("/breach", { published_at: now, words: "製品の更新情報のページに、公表日前に脆弱性の内容が掲載されました。" });
  await album.look(cb, "cb-party-breach");
  const entry = await album.first(cb, `/developers?q=${encodeURIComponent(name)}`, /\/developers\/[0-9a-z]{20,}$/);
  await cb.open(entry);
  await cb.act("/handling", { reason: "公表日前に単独で公表したため。" });
  await album.look(cb, "cb-developer-left-out");
  await cb.act("/handling", { reason: "再発防止策の報告を受けたため。" });
}

// Two reports of one vulnerability, and two vulnerabilities in one report.
async function together(album, cb) {
  const rests = await album.first(cb, "/cases?state=VENDOR_IDENTIFIED", /\/cases\/[0-9a-z]{20,}$/), goesOn = await album.first(cb, "/cases?state=COORDINATING", /\/cases\/[0-9a-z]{20,}$/);
  await cb.open(goesOn);
  const number = await cb.page.locator("main .id").first().innerText();
  await cb.open(rests);
  await cb.act("/merge", { into: number, words: "同じ部品の同じ処理についての届出のため。" });
  await album.look(cb, "cb-case-merged");
  await album.visit(cb, "cb-case-merged-here", goesOn);
  await cb.open(rests);
  await cb.act("/release", { words: "別の版だけに該当すると分かったため。" });
  await album.look(cb, "cb-case-released");
  await cb.act("/split");
  await album.look(cb, "cb-case-split");
}

// Two developers that agreed to talk with each other.
async function room(album, cb) {
  await cb.open("/tour");
  const share = cb.page.getByRole("link", { name: "二つの製品開発者が公開日をそろえる必要がある" }), page = new URL(await share.getAttribute("href"), cb.page.url()).pathname;
  const one = await album.first(cb, page, /\/cases\/[0-9a-z]{20,}\/rooms\/[0-9a-z]{20,}$/);
  await album.visit(cb, "cb-room", one);
  await cb.open(one);
  await cb.act("/messages", { text: "お二方の日程を伺い、公表日の案をお示しします。" });
  await album.look(cb, "cb-room-written");
}

// A record that turns out to be about the same flaw as another, for a while.
const TWIN = {
  schema_version: "1.6.0", id: "GHSA-2345-6789-cfgh", modified: "2026-11-01T00:00:00Z", summary: "A made-up weakness",
  affected: [{ package: { ecosystem: "npm", name: "made-up" }, ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "1.2.3" }] }] }],
};

// A statement that is being written, in the first case that asks for one.
async function draft(album, pm) {
  await pm.open("/cases");
  for (const link of await pm.links(/\/cases\/[0-9a-z]{20,}$/)) {
    await pm.open(new URL(link).pathname);
    if (!(await pm.has("/answer/status"))) continue;
    const form = await pm.form("/answer/status");
    await pm.type(form, { statement_ja: "修正版を準備しています。" });
    await pm.press(form.locator("button[formaction]"));
    return album.look(pm, "pm-case-draft");
  }
  throw new Error("no case asks for a status");
}

// Which records of the catalogue are about the same: what is asked before two entries become one, before one is taken apart, and before that is taken back.
async function rulings(album, cb) {
  await cb.open("/curation");
  const names = [...new Set((await cb.links(/\/curation\/CVE-[0-9-]+$/)).map((link) => new URL(link).pathname))];
  for (const one of ["records", "join", "part"]) await album.visit(cb, `cb-ruling-${one}`, `${names[0]}/${one}`);
  await cb.open(`${names[0]}/join`);
  await cb.send("/join", { other: names[1].split("/").pop(), reason: "同じ処理の同じ誤りについての記録のため。" });
  await album.look(cb, "cb-ruling-refused", { status: 422 });
  await cb.open(`/curation/${TWIN.id}/join`);
  await cb.act("/join", { other: names[0].split("/").pop(), reason: "修正が同じため。" });
  await album.look(cb, "cb-ruling-joined");
  const undo = new URL((await cb.links(/\/rulings\/\d+$/))[0]).pathname;
  await album.visit(cb, "cb-ruling-undo", undo);
  await cb.open(undo);
  await cb.act(undo, { reason: "別の誤りだと分かったため。" });
  await album.look(cb, "cb-ruling-undone");
}

const roles = {
  // The receiving body.
  rb1: async (album, rb) => {
    await album.menu(rb, "rb");
    await album.visit(rb, "rb-report", await album.first(rb, "/reports", /\/reports\/[0-9a-z]{20,}$/));
    await states(album, rb, "rb", "/reports");
    await rb.open("/today");
    const asked = rb.page.getByRole("link", { name: /情報非開示依頼の取り下げ/ }).first();
    await album.visit(rb, "rb-report-release", new URL(await asked.getAttribute("href"), rb.page.url()).pathname);
    await album.visit(rb, "rb-case", await album.first(rb, "/cases?state=COORDINATING", /\/cases\/[0-9a-z]{20,}$/));
    await album.visit(rb, "rb-advisory", await album.first(rb, "/advisories", /\/advisories\/[0-9a-z]{20,}$/));
    await album.visit(rb, "rb-quarter", await album.first(rb, "/statistics", /\/statistics\/\d{4}-q\d$/));
  },
  // The coordinating body.
  cb1: async (album, cb) => {
    await album.menu(cb, "cb");
    await states(album, cb, "cb", "/cases");
    const open = await album.first(cb, "/cases?state=COORDINATING", /\/cases\/[0-9a-z]{20,}$/);
    await album.visit(cb, "cb-history", `${open}/history`);
    await room(album, cb);
    await cb.open(open);
    await cb.act("/advisories");
    await album.look(cb, "cb-advisory-edit");
    const written = new URL(cb.page.url()).pathname.replace("/edit", "");
    await album.visit(cb, "cb-advisory-draft", written);
    await album.visit(cb, "cb-party", await album.first(cb, open, /\/developers\/[0-9a-z]{20,}$/));
    // A leak that has been confirmed, and waits for the decision (CFD-15).
    await cb.open("/today");
    const urgent = cb.page.getByRole("link", { name: /漏えい・攻撃手段・攻撃を確認済み/ }).first();
    await album.visit(cb, "cb-case-leaked", new URL(await urgent.getAttribute("href"), cb.page.url()).pathname);
    // A developer that published too early: on record, and left out of what comes (CFD-07).
    await breach(album, cb);
    await together(album, cb);
    await many(album, cb);
    await rulings(album, cb);
    await album.visit(cb, "cb-cases-empty", "/cases?q=zzzzzz");
    await states(album, cb, "cb", "/advisories");
    // The second look at a quarter's figures (PUB-13).
    await album.visit(cb, "cb-quarter", await album.first(cb, "/statistics", /\/statistics\/\d{4}-q\d$/));
    await cb.act("/approve");
    await album.look(cb, "cb-quarter-published");
    const draft = await album.first(cb, "/advisories?state=REVIEW", /\/advisories\/[0-9a-z]{20,}$/);
    await album.visit(cb, "cb-advisory", draft);
    await album.visit(cb, "cb-advisory-preview", `${draft}/preview`);
    const developer = await album.first(cb, "/developers", /\/developers\/[0-9a-z]{20,}$/);
    await album.visit(cb, "cb-developer", developer);
    await album.visit(cb, "cb-developer-edit", `${developer}/edit`);
    await album.visit(cb, "cb-developer-person", `${developer}/people/new`);
    await album.visit(cb, "cb-developer-new", "/developers/new");
    await album.visit(cb, "cb-partner", await album.first(cb, "/partners", /\/partners\/[0-9a-z]{20,}$/));
    await album.visit(cb, "cb-partner-new", "/partners/new");
    await album.visit(cb, "cb-notice", "/notices/new");
    await album.visit(cb, "cb-cve-numbers", "/cve-numbers");
    await album.visit(cb, "cb-notice-package", "/notices/package");
    const stranger = await album.sit();
    await apply(stranger, "有限会社テスト工房");
    await stranger.leave();
    await album.visit(cb, "cb-applications", "/developers/applications");
    for (const one of ["password", "factor", "key"]) await album.visit(cb, `cb-me-${one}`, `/me/${one}`);
    await album.visit(cb, "cb-not-found", "/cases/00000000000000000000000000", { status: 404 });
  },
  admin: async (album, admin) => {
    await album.menu(admin, "admin");
    await album.visit(admin, "admin-person", await album.first(admin, "/people", /\/people\/[0-9a-z]{20,}$/));
    await album.visit(admin, "admin-events", "/people/events");
    await album.visit(admin, "admin-feed-new", "/feeds/new");
    await album.visit(admin, "admin-refused", "/refused");
    await album.visit(admin, "admin-refused-one", await album.first(admin, "/refused", /\/refused\/\d+$/));
    await album.visit(admin, "admin-feed", "/feeds/nvd-modified");
    await album.visit(admin, "admin-feed-remove", "/feeds/nvd-modified/remove");
  },
  audit: (album, audit) => album.menu(audit, "audit"),
  bunseki: async (album, an) => {
    await album.menu(an, "an");
    await album.visit(an, "an-analysis", await album.first(an, "/analyses", /\/analyses\/[0-9a-z]{20,}$/));
  },
  iin1: async (album, pc) => {
    await album.menu(pc, "pc");
    await album.visit(pc, "pc-judgement", await album.first(pc, "/judgements", /\/judgements\/[0-9a-z]{20,}$/));
  },
  coordinator: async (album, fb) => {
    await album.menu(fb, "fb");
    await album.visit(fb, "fb-exchange", await album.first(fb, "/exchanges", /\/exchanges\/[0-9a-z]{20,}$/));
    await album.visit(fb, "fb-notice", "/notices/new");
  },
  csirt: async (album, ci) => {
    await album.menu(ci, "ci");
    const list = await album.first(ci, "/watch", /\/watch\/[0-9a-z]{20,}$/);
    for (const [name, path] of Object.entries({ checklist: "?state=all", none: "?state=all&severity=low&kev=1", products: "/products?q=a", settings: "/settings", feed: "/feed", removal: "/removal" }))
      await album.visit(ci, `ci-watch-${name}`, list + path);
    await album.visit(ci, "ci-watch-new", "/watch/new");
    await album.visit(ci, "ci-watch-touched", await album.first(ci, list + "?state=all", /\/records\/[^/]+$/));
    await ci.open(list + "/feed");
    await ci.act("/feed");
    await album.look(ci, "ci-watch-feed-made");
    await album.visit(ci, "ci-provision", await album.first(ci, "/provisions", /\/provisions\/[0-9a-z]{20,}$/));
  },
  psirt: async (album, pm) => {
    // while the login is fresh
    for (const [one, fields] of Object.entries({ tokens: { name: "トラッカー", scope: "write", days: "90" }, hooks: { url: "https://tracker.example.jp/hooks" } })) {
      await album.visit(pm, `pm-${one}-new`, `/connections/${one}/new`);
      await pm.open(`/connections/${one}/new`);
      await pm.act(`/connections/${one}`, fields);
      await album.look(pm, `pm-${one}-made`);
    }
    await album.visit(pm, "pm-token-end", await album.first(pm, "/connections", /\/connections\/tokens\/[0-9a-z]+\/end$/));
    const hook = await album.first(pm, "/connections", /\/connections\/hooks\/[0-9a-z]{20,}$/);
    await pm.open(hook);
    await pm.act("/test");
    await album.visit(pm, "pm-hook", hook);
    await album.visit(pm, "pm-hook-end", hook + "/end");
    await album.menu(pm, "pm");
    await pm.open("/cases");
    for (const [i, link] of (await pm.links(/\/cases\/[0-9a-z]{20,}$/)).slice(0, 4).entries()) await album.visit(pm, `pm-case-${i + 1}`, new URL(link).pathname);
    await album.visit(pm, "pm-case-print", await album.first(pm, "/cases", /\/cases\/[0-9a-z]{20,}$/) + "/print");
    await draft(album, pm);
    await album.visit(pm, "pm-own-product", "/own-product");
    await album.visit(pm, "pm-referrals", "/referrals");
    for (const one of ["edit", "people/new"]) await album.visit(pm, `pm-organisation-${one.replace("/", "-")}`, `/organisation/${one}`);
  },
};

// The first page of each state that the list can be narrowed to.
async function states(album, person, who, list) {
  await person.open(list);
  const values = await person.page.$$eval("select[name=state] option", (all) => all.map((one) => one.value).filter((value) => /^[A-Z_]+$/.test(value)));
  for (const value of values) {
    const path = await album.first(person, `${list}?state=${value}`, new RegExp(`${list}/[0-9a-z]{20,}$`));
    if (path) await album.visit(person, `${who}${list.replace("/", "-")}-${value.toLowerCase().replaceAll("_", "-")}`, path);
  }
}

export async function run(shared) {
  const noroshi = await Noroshi.make({ PUBLISHER_NAME_JA: "のろし（デモ）", PUBLISHER_NAME_EN: "Noroshi (demonstration)", PUBLISHER_NAMESPACE: "https://noroshi.example.jp" });
  const browser = await launch();
  const album = new Album(browser, noroshi);
  try {
    await test("the demonstration fills and serves", async () => {
      await noroshi.command("init");
      await noroshi.command("demo", "fill");
      fs.writeFileSync(`${noroshi.folder}/broken.jsonl`, '{"id": "OSV-2026-1", "modified": "yesterday"}\n{"id": \n', { mode: 0o644 });
      await noroshi.command("import", "osv", `${noroshi.folder}/broken.jsonl`).catch(() => {}); // ends with a warning
      fs.writeFileSync(`${noroshi.folder}/twin.json`, JSON.stringify(TWIN), { mode: 0o644 });
      await noroshi.command("import", "osv", `${noroshi.folder}/twin.json`);
      await noroshi.start();
    });
    const people = cast(noroshi);
    const parts = [["portal", () => portal(album)], ["doors", () => doors(album, people)]];
    for (const [local, visit] of Object.entries(roles))
      parts.push([local, async () => {
        const row = people.logins.find(([address]) => address.startsWith(`${local}@`)), person = await album.sit();
        await person.open("/login");
        await person.act("/login", { email: row[0], password: row[1] });
        if (local === "rb1") await album.look(person, "door-code");
        await person.enterCode(row[2]);
        await visit(album, person);
        await person.leave();
      }]);
    // Two at a time: one draws while the other waits for its pages.
    const work = async () => {
      for (let part; (part = parts.shift());) {
        try {
          await part[1]();
        } catch (e) {
          failed(part[0], e.stack);
        }
      }
    };
    await Promise.all([work(), work()]);
    await test("the pages that matter were all seen", () => {
      const missing = ["portal-advisory", "portal-search", "portal-record-exploited", "portal-record-device", "portal-vendor", "portal-product", "portal-weakness", "portal-month", "portal-receipt", "finder-mailbox-1", "rb-report", "cb-party", "cb-advisory-edit", "cb-advisory-preview", "admin-person", "cb-ruling-undo", "pm-case-1", "pm-organisation", ...["rb", "cb", "pm", "ci", "an", "fb", "admin", "audit"].map((who) => `${who}-tour`)]
        .filter((name) => !album.seen.has(name));
      assert(missing.length === 0, missing.join(", "));
    });
    shared.csaf = [...(shared.csaf ?? []), ...(await noroshi.csaf())];
    assert(!/signal=/.test(noroshi.log), "a process died:\n" + noroshi.log.slice(-3000));
  } finally {
    await browser.close();
    await noroshi.stop();
  }
}
