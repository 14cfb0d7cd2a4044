// A noroshi of one's own: a temporary state, free ports, a mail server that keeps what it is given; all gone afterwards.
import { execFile, spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";

export const program = process.env.NOROSHI_BIN;
export const sleep = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function freePort() {
  const server = net.createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

function runUser() {
  const names = fs.readFileSync("/etc/passwd", "utf8").split("\n").map((line) => line.split(":")[0]);
  return names.includes("noroshi") ? "noroshi" : "nobody";
}

// Mails as they came, headers and text decoded far enough to find an address or a word in them.
class MailSink {
  mails = [];

  async start() {
    this.server = net.createServer((socket) => this.talk(socket));
    await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
    this.port = this.server.address().port;
  }

  talk(socket) {
    let rest = "", data = null, to = [];
    const say = (words) => socket.write(words + "\r\n");
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    say("220 sink");
    socket.on("data", (chunk) => {
      rest += chunk;
      for (let end; (end = rest.indexOf("\r\n")) >= 0; rest = rest.slice(end + 2)) {
        const line = rest.slice(0, end), verb = line.slice(0, 4).toUpperCase();
        if (data !== null) {
          if (line === ".") {
            this.mails.push({ to, text: decoded(data.join("\n")) });
            data = null;
            say("250 taken");
          } else data.push(line.startsWith("..") ? line.slice(1) : line);
        } else if (verb === "RCPT") {
          to.push(line.slice(8).split(">")[0].replace(/^</, ""));
          say("250 ok");
        } else if (verb === "DATA") {
          data = [];
          say("354 go on");
        } else if (verb === "QUIT") {
          say("221 bye");
          socket.end();
        } else {
          if (verb === "MAIL") to = [];
          say("250 ok");
        }
      }
    });
  }

  // The newest mail to the address with the words in it.
  async wait(address, words, seconds = 20) {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const found = this.mails.filter((mail) => mail.to.includes(address) && mail.text.includes(words)).pop();
      if (found) return found;
      if (Date.now() > until) throw new Error(`no mail to ${address} with ${words}`);
      await sleep(50);
    }
  }
}

function decoded(raw) {
  const parts = raw.split(/\n\n/);
  const text = parts.map((part) => (/^[A-Za-z0-9+/=\n]{20,}$/.test(part.trim()) ? Buffer.from(part, "base64").toString() : part)).join("\n\n");
  const joined = text.replaceAll("=\n", "").replace(/((?:=[0-9A-F]{2})+)/g, (all) => Buffer.from(all.replaceAll("=", ""), "hex").toString());
  return raw + "\n" + joined;
}

export class Noroshi {
  static async make(settings = {}) {
    const self = new Noroshi();
    self.sink = new MailSink();
    await self.sink.start();
    self.folder = fs.mkdtempSync(path.join(os.tmpdir(), "noroshi-browser-"));
    fs.chmodSync(self.folder, 0o711);
    self.state = path.join(self.folder, "state");
    const portal = await freePort(), desk = await freePort();
    self.portal = `http://localhost:${portal}`;
    self.desk = `http://desk.localhost:${desk}`;
    const values = {
      STATE_DIR: self.state, RUN_USER: runUser(), PORTAL_LISTEN: `127.0.0.1:${portal}`, DESK_LISTEN: `127.0.0.1:${desk}`,
      PORTAL_URL: self.portal, DESK_URL: self.desk, MAIL_SMARTHOST: `127.0.0.1:${self.sink.port}`, SMTP_STARTTLS: "false",
      MAIL_FROM: "noroshi@example.jp", PUBLIC_RATE_PER_MINUTE: "1000000", ...settings,
    };
    self.environment = { ...process.env };
    for (const [name, value] of Object.entries(values)) self.environment[`NOROSHI_${name}`] = value;
    self.log = "";
    return self;
  }

  async command(...words) {
    const { stdout } = await promisify(execFile)(program, words, { env: this.environment, maxBuffer: 1 << 26 });
    return stdout;
  }

  async start() {
    this.process = spawn(program, ["serve"], { env: this.environment, stdio: ["ignore", "ignore", "pipe"] });
    this.process.stderr.on("data", (chunk) => (this.log += chunk));
    const until = Date.now() + 60000;
    for (;;) {
      if (this.process.exitCode !== null) throw new Error("noroshi ended:\n" + this.log);
      if (Date.now() > until) throw new Error("noroshi does not serve:\n" + this.log);
      if (this.log.includes("event=serving") && (await this.healthy())) return this;
      await sleep(100);
    }
  }

  // A way in for somebody new: the address of the page that takes the invitation.
  async invite(address, name, role, organisation, lang = "ja") {
    const said = await this.command("account", "add", address, "--name", name, "--role", role, "--organisation", organisation, "--lang", lang);
    return said.match(/http:\/\/\S*\/invitation\/\S+/)[0];
  }

  // By the address it listens at: node does not know that every *.localhost is this machine.
  ask(origin, path) {
    const { host, port } = new URL(origin);
    return new Promise((done, fail) => {
      const request = http.get({ host: "127.0.0.1", port, path, headers: { Host: host } }, (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () => done({ status: answer.statusCode, text: Buffer.concat(parts).toString() }));
      });
      request.on("error", fail);
    });
  }

  async healthy() {
    const answers = await Promise.allSettled([this.portal, this.desk].map((origin) => this.ask(origin, "/healthz")));
    return answers.every((answer) => answer.value?.status === 200);
  }

  // The CSAF documents that are public now, and what tells of them, by their paths.
  async csaf() {
    const get = async (path) => {
      const answer = await this.ask(this.portal, "/.well-known/csaf/" + path);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return answer.text;
    };
    const index = (await get("white/index.txt")).split("\n").filter(Boolean), found = [];
    for (const path of ["provider-metadata.json", ...index.map((one) => "white/" + one)]) found.push([path, JSON.parse(await get(path))]);
    return found;
  }

  async stop() {
    if (this.process && this.process.exitCode === null) {
      const ended = new Promise((done) => this.process.once("exit", done));
      this.process.kill("SIGTERM");
      await Promise.race([ended, sleep(20000)]);
      if (this.process.exitCode === null) this.process.kill("SIGKILL");
    }
    this.sink.server.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
