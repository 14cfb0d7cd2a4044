// One case and 121 vendors, as an officer of the coordinating body sees them: narrowed down, put in order, reminded at once, joined by a list.
// Rule: COO-06 COO-19
import { assert, test } from "./tally.mjs";

const names = (cb) => cb.page.$$eval("table.grid tbody th[scope=row]", (all) => all.map((one) => one.textContent.replace(/\s*新着.*/s, "").trim()));
// As the desk compares names: in one case and one kana.
const folded = (name) => name.toLowerCase().replace(/[ァ-ヶ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60)).replaceAll("ー", "");
const groups = (cb) => cb.page.$$eval("details > summary b", (all) => all.map((one) => one.innerText));

async function choose(cb, fields) {
  const form = cb.page.locator("form.filters").first();
  await cb.type(form, fields);
  await cb.press(form.locator("button[type=submit]"));
}

export async function many(album, cb) {
  let path;
  await test("121 vendors: the case is found, and its table stands in groups", async () => {
    await cb.open("/tour");
    path = new URL(await cb.page.getByRole("link", { name: /121社/ }).first().getAttribute("href"), cb.page.url()).pathname;
    await cb.open(path);
    assert((await cb.text()).includes("121社中121社"), "not all are counted");
    const titles = await groups(cb);
    for (const one of ["調整機関の対応待ち", "回答なし", "検証中", "影響あり"]) assert(titles.includes(one), `${one}: ${titles}`);
  });
  await album.visit(cb, "cb-many", path);
  await test("121 vendors: narrowed down by a name and by an answer", async () => {
    await cb.open(path);
    await choose(cb, { party: "通信" });
    const found = await names(cb);
    assert(found.length > 5 && found.every((name) => name.includes("通信")), found.join(" "));
    await choose(cb, { party: "", answer: "affected" });
    assert((await groups(cb)).every((title) => title === "影響あり"), (await groups(cb)).join(" "));
  });
  await album.look(cb, "cb-many-affected");
  await test("121 vendors: put in order", async () => {
    await cb.open(path);
    await choose(cb, { answer: "none", order: "name" });
    const found = await names(cb);
    assert(found.length > 5 && found.map(folded).join() === found.map(folded).sort().join(), found.join(" "));
    await choose(cb, { answer: "none", order: "quiet" });
    const moved = await cb.page.$$eval("table.grid tbody td:last-child time", (all) => all.map((one) => one.dateTime));
    assert(moved.length === found.length && moved.join() === [...moved].sort().join(), moved.join(" "));
  });
  await test("121 vendors: all who owe an answer are reminded at once", async () => {
    await cb.open(path);
    const form = await cb.form("/reminders");
    const help = await form.innerText();
    assert(/回答待ちのすべての製品開発者\s+\d+件/.test(help), help);
    await cb.act("/reminders", { whom: "all" });
    assert((await cb.text()).includes("督促を送信しました"), (await cb.text()).slice(0, 300));
  });
  await album.look(cb, "cb-many-reminded");
  await test("121 vendors: a pasted list says that they all take part already", async () => {
    await cb.open(path);
    await cb.page.getByRole("link", { name: "一覧を貼り付けて製品開発者を追加" }).click();
    await cb.act("/invitations", { lines: "見本通信株式会社\n例示電機\n例のない会社" });
    const text = await cb.text();
    assert(text.includes("この案件に参加済み") && text.includes("リストにありません"), text.slice(0, 800));
  });
  await album.look(cb, "cb-many-known");
  await test("many at once: a pasted list is looked up, chosen and joined", async () => {
    const other = await album.first(cb, "/cases?state=WITH_CB", /\/cases\/[0-9a-z]{20,}$/);
    await cb.open(`${other}/invitations`);
    await album.look(cb, "cb-invite");
    await cb.act("/invitations", { lines: "見本通信株式会社\n例示無線\nサンプル\n例のない会社" });
    await album.look(cb, "cb-invite-found");
    await cb.act("/invitations/join");
    const text = await cb.text();
    assert(text.includes("追加した製品開発者：2"), text.slice(0, 800));
    assert((await cb.page.locator("textarea[name=lines]").inputValue()).includes("例のない会社"), "the line is lost");
  });
  await album.look(cb, "cb-invite-left");
}
