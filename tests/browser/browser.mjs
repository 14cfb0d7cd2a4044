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
