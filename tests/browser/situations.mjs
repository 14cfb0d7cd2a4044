// What is not straightforward, in Japanese and really clicked, on a filled demonstration: its guided tour says where each story begins.
// The committee's clock and the publication's run while the other stories are told.
// Rule: FND-12 INT-12 CFD-15 PRI-01 PRI-02 PRI-08 FND-08 EOL-05 INT-18 COO-30 UNR-02 UNR-04 UNR-05 P18
import fs from "node:fs";
import { Person, launch } from "./browser.mjs";
import { Noroshi, sleep } from "./noroshi.mjs";
import { assert, failed, test } from "./tally.mjs";

const minute = (at) => new Date(at.getTime() + 9 * 3600000).toISOString().slice(0, 16);
const inDays = (days) => minute(new Date(Date.now() + days * 86400000));
const nextMinute = (seconds) => new Date(Math.ceil((Date.now() + seconds * 1000) / 60000) * 60000);

const ADVISORY = {
  "ja.title": "ためし製品における任意のコマンドが実行される脆弱性", "en.title": "Sample product vulnerable to command execution",
  "ja.action": "使用を中止してください。", "en.action": "Stop using the product.",
  "ja.overview": "ためし製品には、任意のコマンドが実行される脆弱性があります。", "en.overview": "The sample product executes commands.",
  "ja.details": "入力の検査が十分ではありません。", "en.details": "Input is not checked enough.",
  "ja.impact": "第三者に操作される可能性があります。", "en.impact": "A third party may operate it.",
  "ja.solution": "【使用を中止する】\n製品の使用を中止してください。", "en.solution": "[Stop using it]\nStop using the product.",
  "product.vendor_ja": "ためし製作所", "product.vendor_en": "Sample Works", "product.product": "ためし製品", "product.versions": "1.0 以前", "product.versions_en": "1.0 and earlier",
  "weakness.cwe": "CWE-78", "weakness.cwe_name_ja": "OSコマンドインジェクション", "weakness.cwe_name_en": "OS Command Injection",
  "weakness.cvss": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "weakness.cve": "CVE-2026-47654",
};

class Town {
  constructor(noroshi, browser) {
    const rows = fs.readFileSync(`${noroshi.state}/demonstration.tsv`, "utf8").split("\n").map((line) => line.split("\t"));
    Object.assign(this, { noroshi, browser, logins: rows.filter((row) => row[0].includes("@")), people: new Map() });
  }

  async sit(name, enter) {
    if (!this.people.has(name)) {
      const person = await Person.sit(this.browser, this.noroshi);
      this.people.set(name, person);
      await enter(person);
    }
    return this.people.get(name);
  }

  // Logged in once: the code of the second step is good for one login. start: of the address.
  person(start) {
    const [address, password, secret] = this.logins.find(([one]) => one.startsWith(start));
    return this.sit(address, async (person) => {
      await person.open("/login");
      await person.act("/login", { email: address, password });
      await person.enterCode(secret);
    });
  }

  // The finder to whom the tour says this, at its mailbox.
  finder(situation) {
    return this.sit(situation, async (person) => {
      await person.open("/tour");
      const row = person.page.locator("#finders ~ table tr", { hasText: situation }).first();
      const [receipt, passphrase] = await row.locator("code").allInnerTexts();
      await person.open("/mailbox");
      await person.act("/mailbox", { receipt, passphrase });
    });
  }

  // The manager of a developer, by the name that the tour has of it.
  async manager(organisation) {
    const visitor = await this.sit("a visitor", (person) => person.open("/tour"));
    await visitor.open("/tour");
    return this.person(await visitor.page.locator("#people ~ table tr", { hasText: organisation }).first().locator("code").innerText());
  }

  // Where this person's tour leads.
  async tour(person, situation) {
    await person.open("/tour");
    await person.press(person.page.locator("#own").getByRole("link", { name: situation, exact: true }).first());
  }
}

const caseOf = (person) => person.page.url().match(/\/(?:cases|reports)\/([0-9a-z]{20,})/)[1];

async function says(person, ...words) {
  const text = await person.text();
  for (const one of words) assert(text.includes(one), `${person.page.url()} does not say ${one}:\n${text.slice(0, 2000)}`);
}

async function keepsFrom(person, words) {
  assert(!(await person.page.content()).includes(words), `${person.page.url()} says ${words}`);
}

async function sees(person, ...words) {
  await person.page.reload();
  await says(person, ...words);
}

// From the page of the day to the case that waits with these words.
async function task(person, name, words) {
  await person.open("/today");
  const links = await person.page.getByRole("link", { name }).evaluateAll((all) => all.map((one) => one.href));
  for (const link of links) {
    await person.open(link);
    if ((await person.text()).includes(words)) return caseOf(person);
  }
  throw new Error(`no task "${name}" about ${words}`);
}

async function at(person, path, ending, fields) {
  await person.open(path);
  await person.act(ending, fields);
}

// The clock may have noted something in the case since the page was opened: then it is pressed once more, as the page asks.
async function insist(person, path, ending, fields) {
  await person.open(path);
  if ((await person.send(ending, fields)) === 409) await person.act(ending, fields);
}

// ---- one year: FND-12 ----

async function oneYear(town) {
  const young = await town.finder("公表前に第三者へ伝えたい");
  await says(young, "起算日から1年となる");
  assert(!(await young.has("/mailbox/case/withdrawal")), "it can be asked for before the year is over");
  const finder = await town.finder("1年が過ぎても、公表されていない");
  await finder.act("/mailbox/case/withdrawal", { words: "五月の学会で発表したい", understood: "yes" });
  await says(finder, "情報非開示依頼の取り下げを求められました");
  assert(!(await finder.has("/mailbox/case/withdrawal")), "it can be asked for twice");
  const rb = await town.person("rb1"), cb = await town.person("cb1");
  const id = await task(rb, "情報非開示依頼の取り下げの求めに回答する", "五月の学会で発表したい");
  await cb.open(`/cases/${id}`);
  await says(cb, "発見者が情報非開示依頼の取り下げを求めています");
  await keepsFrom(cb, "五月の学会で発表したい");
  await rb.act("/withdrawal", { decision: "WITHDRAW", words: "ご協力に感謝します。" });
  await sees(finder, "公表はご自身の判断でできます", "ご協力に感謝します。");
  await sees(cb, "取り下げ済み", "調整中"); // nothing moves by itself
}

// ---- a question of the finder: INT-12 ----

async function question(town) {
  const finder = await town.finder("公表前に第三者へ伝えたい"), rb = await town.person("rb1"), cb = await town.person("cb1");
  await finder.act("/mailbox/case/messages", { kind: "INQUIRY", text: "対策はいつごろできますか。" });
  const id = await task(rb, "発見者の問合せについて協議し、回答する", "対策はいつごろできますか。");
  assert(!(await rb.has("/answer")), "it can be answered before the consultation");
  await rb.act("/consult", { text: "対策の見込みを伝えてよいか。" });
  assert(!(await rb.has("/answer")), "it can be answered before the coordinating body has");
  assert((await task(cb, "発見者に伝えてよい内容を回答する", "対策の見込みを伝えてよいか。")) === id, "another case");
  await keepsFrom(cb, "対策はいつごろできますか。");
  await cb.act("/advise", { text: "準備中であることまで。" });
  await rb.open(`/reports/${id}`);
  await says(rb, "準備中であることまで。");
  await rb.act("/answer", { text: "製品開発者が準備しています。" });
  await sees(finder, "製品開発者が準備しています。");
}

// ---- a leak: CFD-15 ----

async function leak(town) {
  const finder = await town.finder("情報の漏えいに気づいた"), rb = await town.person("rb1"), cb = await town.person("cb1");
  await finder.act("/mailbox/case/observation", { kind: "LEAK", words: "掲示板に同じ内容の書き込みがある" });
  const id = await task(rb, "漏えい・攻撃手段・攻撃の知らせを確認する", "掲示板に同じ内容の書き込みがある");
  await rb.act("/adopt", { words: "外部に知られました。緊急の体制で対応してください。" });
  await sees(finder, "緊急の体制で対応してください");
  await cb.open(`/cases/${id}`);
  await says(cb, "至急判断");
  await cb.act("/decide", { decision: "KEEP", words: "日程は変えず、状況を見守ります" });
  await sees(finder, "日程は変えず、状況を見守ります");
}

// ---- the end of support, case D: EOL-05 ----

async function endOfSupport(town) {
  const cb = await town.person("cb1"), rb = await town.person("rb1");
  await town.tour(cb, "一社は修正中で、別の一社は対応を拒んでいる");
  await cb.act("/eol", { url: "https://mihon.example/end", declared_at: inDays(-400), ends_at: inDays(-30), ci_use: "1", advice: "STOP_USE" });
  await says(cb, "D：", "公表判定委員会");
  const refuses = cb.page.locator('form[action$="/docket"] input[name=developer]').first();
  await cb.act("/docket", { developer: await refuses.getAttribute("value"), reason: "サポートが終了し、対応を拒んでいる" });
  await says(cb, "委員会で審議中");
  await rb.open(`/cases/${caseOf(cb)}`);
  await says(rb, "D：");
  assert(await rb.has("/docket/check"), "the receiving body cannot check the criteria");
}

// ---- priority provision: PRI-01 PRI-02 FND-08 PRI-08 ----

async function priority(town) {
  const cb = await town.person("cb1"), rb = await town.person("rb1"), ci = await town.person("csirt@");
  await town.tour(cb, "公表の準備が整った");
  await cb.press(cb.page.locator('main a[href*="/cases/"]').first());
  const id = caseOf(cb), developer = await cb.page.locator(`a[href*="/cases/${id}/developers/"]`).first().innerText();
  await cb.act("/priority", { sector: "POWER", reason: "変電所の設備に使われている" });
  assert(!(await cb.has("/priority/provision")), "provided before anybody was consulted");
  await at(rb, `/cases/${id}`, "/priority/answer", { answer: "AGREED" });
  await at(await town.manager(developer), `/cases/${id}`, "/answer/priority", { answer: "AGREED" });
  await cb.page.reload();
  assert(!(await cb.has("/priority/provision")), "provided before the finder was told");
  await at(rb, `/cases/${id}`, "/priority/finder");
  await cb.page.reload();
  const power = await (await cb.form("/priority/provision")).locator("input[name=recipient]").first().getAttribute("value");
  await cb.act("/priority/provision", { recipient: power, leak: "知る者が限られている" });
  await ci.open("/provisions");
  for (const link of await ci.links(/\/provisions\/[0-9a-z]{20,}$/)) {
    await ci.open(link);
    if (await ci.has("/receipt")) break;
  }
  await ci.act("/receipt");
  await sees(cb, "受領確認済み");
}

// ---- a developer's own vulnerability: INT-18 COO-30 ----

async function ownProduct(town) {
  const pm = await town.person("psirt@"), rb = await town.person("rb1"), cb = await town.person("cb1");
  await town.tour(pm, "自社製品の脆弱性を見つけた");
  const product = "見本自社ルーター", own = await pm.form("/own-product");
  await pm.type(own, {
    is_limited: "1", product_name: product, product_version: "1.0", category: "router", vuln_info: "設定画面の認証が足りない", vuln_impact: "設定を読まれる",
    countermeasure: "FIX", fixed_versions: "1.1", words: "検証を終えた", statement_ja: "修正版 1.1 を用意した", statement_en: "1.1 fixes it", url: "https://own.example/1",
  });
  await pm.act("/own-product");
  const id = caseOf(pm);
  for (const body of [rb, cb]) {
    await body.open(`/cases/${id}`);
    await says(body, "設定画面の認証が足りない"); // at once
  }
  assert(!(await cb.has("/developers")), "somebody else can join");
  await cb.act("/take");
  await cb.act("/date", { date: inDays(20), heard: "1" });
  await sees(pm, "公表日");
  await cb.act("/advisories");
  assert((await cb.page.content()).includes(product), "the product is not in the first draft");
}

// ---- a developer that cannot be reached, the committee, the publication: UNR-01 to UNR-08 ----

const cannotBeReached = {
  async list(town) {
    const cb = await town.person("cb1");
    await town.tour(cb, "連絡がとれない製品開発者の名称を一覧に掲載している");
    this.id = caseOf(cb);
    this.developer = cb.page.url().match(/developers\/([0-9a-z]{20,})/)[1];
    await cb.act("/unreachable/product", { product_name: "ためし製品", versions: "1.0 以前" });
    await cb.act("/unreachable/deadline", { deadline: minute(nextMinute(20)) });
  },

  async refer(town) {
    const { id } = this, cb = await town.person("cb1"), rb = await town.person("rb1");
    await insist(cb, `/cases/${id}`, "/docket", { developer: this.developer, reason: "一覧で告知しても応答がない" });
    await rb.open(`/cases/${id}`);
    await says(rb, "委員会で審議中");
    await rb.act("/docket/check", { value_added: "P", ...Object.fromEntries([..."abcd"].flatMap((one) => [[`holds_${one}`, "1"], [one, `要件${one}を満たす`]])) });
    await rb.act("/docket/notice", { words: "公開の一覧で告知した" });
  },

  async judge(town) {
    const { id } = this, rb = await town.person("rb1"), until = Date.now() + 90000;
    await rb.open(`/cases/${id}`);
    while (!(await rb.has("/docket/heard"))) {
      assert(Date.now() < until, "the day that was announced does not come");
      await sleep(500);
      await rb.page.reload();
    }
    await insist(rb, `/cases/${id}`, "/docket/heard");
    const members = await (await rb.form("/docket/meeting")).locator("input[name=members]").evaluateAll((all) => all.map((one) => one.value));
    await rb.act("/docket/meeting", { meeting_at: inDays(1), members });
    for (const local of ["iin1", "iin2", "iin3"]) await at(await town.person(local), `/judgements/${id}`, "/vote", { vote: "PUBLISH", reason: "利用者に知らせる必要がある" });
    await at(rb, `/cases/${id}`, "/docket/minutes", { minutes: "全員一致で公表を適当とした" });
    await rb.act("/docket/decision", { decision: "PUBLISH", reason: "判定のとおり", public_ja: "利用者が使用を中止できるようにするため", public_en: "So that users can stop using it" });
  },

  async order(town) {
    const { id } = this, cb = await town.person("cb1"), rb = await town.person("rb1"), cb2 = await town.person("cb2");
    await at(cb, `/cases/${id}`, "/advisories");
    const advisory = cb.page.url().match(/\/advisories\/([0-9a-z]+)\/edit/)[1], place = `/advisories/${advisory}`;
    await cb.act("/edit", ADVISORY);
    await at(cb, place, "/submit");
    await at(cb2, place, "/approve");
    await at(rb, place, "/confirm");
    await insist(rb, `/cases/${id}`, "/docket/order", { date: minute((this.instant = nextMinute(20))) });
    await cb.open(place);
    if (await cb.has("/rehearse")) await cb.act("/rehearse");
    this.slug = (await cb.text()).match(/NRS#\d+/)[0].replace("#", "");
  },

  async publish(town) {
    const visitor = await Person.sit(town.browser, town.noroshi, { face: "portal" });
    if (Date.now() < this.instant.getTime() - 1000) assert((await visitor.open(`/advisories/${this.slug}`)) === 404, "public before the instant");
    while (Date.now() < this.instant.getTime() + 500) await sleep(200);
    while ((await visitor.open(`/advisories/${this.slug}`)) !== 200) {
      assert(Date.now() < this.instant.getTime() + 15000, "not public in time");
      await sleep(500);
    }
    await says(visitor, ADVISORY["ja.title"], "利用者が使用を中止できるようにするため");
    await visitor.leave();
    const rb = await town.person("rb1"); // the desk notes it after it has been written
    do await rb.open(`/cases/${this.id}`);
    while (!(await rb.text()).includes("公表済み") && Date.now() < this.instant.getTime() + 30000);
    await says(rb, "公表済み");
  },
};

export async function run() {
  const noroshi = await Noroshi.make({ UNREACHABLE_PRODUCT_MONTHS: "0" });
  const browser = await launch();
  try {
    await noroshi.command("init");
    await noroshi.command("demo", "fill");
    await noroshi.start();
    const town = new Town(noroshi, browser);
    const stories = [
      ["a developer that cannot be reached is named with its product and a day", (t) => cannotBeReached.list(t)],
      ["it is put before the committee, which gathers what was tried", (t) => cannotBeReached.refer(t)],
      ["after one year a finder asks to be released, and is", oneYear],
      ["a finder's question is consulted on, then answered", question],
      ["a leak is reported, confirmed and decided on", leak],
      ["when the day has passed the committee judges", (t) => cannotBeReached.judge(t)],
      ["both bodies prepare what the committee's judgement allows", (t) => cannotBeReached.order(t)],
      ["support has ended and the developer refuses: case D", endOfSupport],
      ["priority provision: asked, told, given, received", priority],
      ["a developer reports a vulnerability of its own product", ownProduct],
      ["it is published by the committee's judgement, and not before", (t) => cannotBeReached.publish(t)],
      ["no browser complained on the way", (t) => {
        const all = [...t.people.values()].flatMap((one) => one.complaints).filter((one) => !/status of (404|409)/.test(one));
        assert(all.length === 0, all.join("\n"));
      }],
    ];
    for (const [name, play] of stories) await test(name, () => play(town));
    if (/signal=/.test(noroshi.log)) failed("situations", "a process died:\n" + noroshi.log.slice(-3000));
  } finally {
    await browser.close();
    await noroshi.stop();
  }
}
