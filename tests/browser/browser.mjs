// Chromium, and the people who sit before it.
import crypto from "node:crypto";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const WIDE = { width: 1280, height: 1000 };
export const NARROW = { width: 390, height: 844 };
export const SHOTS = fileURLToPath(new URL("shots/", import.meta.url));
export const PASSWORD = "a sentence of several words 42";

export async function launch() {
  fs.mkdirSync(SHOTS, { recursive: true });
  return chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
}

// RFC 6238: SHA-1, 30 seconds, six digits.
export function totp(secret, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/[ =]/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = crypto.createHmac("sha1", key).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, "0");
}

// What the browser complains of while the page is open: errors of the console, exceptions, refused resources, CSP.
export function complaints(page) {
  const found = [];
  page.on("console", (message) => {
    if (message.type() === "error" || /Content Security Policy/.test(message.text())) found.push(`${message.text()} (${page.url()})`);
  });
  page.on("pageerror", (error) => found.push(`${error.message} (${page.url()})`));
  return found;
}

// Somebody with a browser of their own: clicks and types, as people do.
export class Person {
  static async sit(browser, noroshi, { face = "desk", base = "", ...options } = {}) {
    const self = new Person();
    self.context = await browser.newContext({ viewport: WIDE, locale: base ? "en" : "ja", ...options });
    self.context.setDefaultTimeout(10000);
    self.page = await self.context.newPage();
    self.complaints = complaints(self.page);
    Object.assign(self, { noroshi, base, origin: face === "portal" ? noroshi.portal : noroshi.desk });
    return self;
  }

  // The status of the answer.
  async open(path) {
    const answer = await this.page.goto(path.startsWith("http") ? path : this.origin + this.base + path);
    return answer.status();
  }

  async text() {
    return this.page.locator("main").innerText();
  }

  async links(pattern) {
    const found = await this.page.$$eval("a[href]", (all) => all.map((a) => a.href));
    return [...new Set(found)].filter((href) => pattern.test(href));
  }

  // The page's form that goes to an address with this end; opened when it is folded away.
  async form(ending, holding = "") {
    const found = this.page.locator(`form[action$="${ending}"]${holding}, form[action*="${ending}?"]${holding}`).first();
    const folded = found.locator("xpath=ancestor::details[not(@open)]");
    while (await folded.count()) await folded.first().locator("> summary").click();
    return found;
  }

  async has(ending) {
    return (await this.page.locator(`form[action$="${ending}"], form[action*="${ending}?"]`).count()) > 0;
  }

  async type(form, fields) {
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        const all = form.locator(`[name="${name}"]:not([type=hidden])`);
        const field = all.first(), kind = await field.evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type));
        if (kind === "checkbox" || kind === "radio") await ((await all.count()) > 1 ? form.locator(`[name="${name}"][value="${one}"]`) : field).check();
        else if (kind === "select") await field.selectOption(one);
        else await field.fill(one);
      }
    }
  }

  // Presses a button and waits for the page that comes; its status.
  async press(button) {
    const [answer] = await Promise.all([this.page.waitForNavigation(), button.click()]);
    return answer.status();
  }

  // Fills in and sends. A refusal is for the caller to expect.
  async send(ending, fields = {}, { go, holding } = {}) {
    const form = await this.form(ending, holding);
    await this.type(form, fields);
    return this.press(form.locator(go ? `button[name=go][value=${go}]` : "button[type=submit]").first());
  }

  async act(ending, fields, how) {
    const from = this.page.url(), status = await this.send(ending, fields, how);
    if (status !== 200) throw new Error(`…${ending} on ${from}: ${status}\n${(await this.text()).slice(0, 1500)}`);
  }

  // A password and the second step, from the address in the invitation.
  async takeInvitation(address) {
    await this.open(address);
    await this.act(new URL(address).pathname, { password: PASSWORD });
    const key = (await this.text()).match(/\b(?:[A-Z2-7]{4} ?){4,16}(?![A-Z2-7])/)[0];
    return this.enterCode(key);
  }

  async enterCode(secret) {
    await this.act("/login/code", { code: totp(secret) });
    if (this.page.url().includes("/login")) throw new Error("not logged in: " + (await this.text()));
    return this;
  }

  async leave() {
    await this.context.close();
  }
}
