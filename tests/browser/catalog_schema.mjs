// What the interfaces of the catalogue answer, against the schema of each: NVD's, OSV's, that of CVE records, CSAF's, JVN's alerts, and our own. MyJVN's XML and
// JVN's feed files are held to theirs in tests/whole/myjvn_test.py.
// Rule: API-01, API-04, API-05
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { Noroshi } from "./noroshi.mjs";
import { assert, failed, passed, skipped, test } from "./tally.mjs";

const SHARED = process.env.NOROSHI_SHARED ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../", import.meta.url));
const FIXTURES = `${SHARED}/feed-fixtures/vuls-data-update-fetch-fixtures.tar.zst`;
const read = (file) => JSON.parse(fs.readFileSync(file, "utf8"));
const EACH = "100"; // records of each source

function fresh(draft = Ajv2020) {
  const ajv = new draft.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ["iri", "iri-reference", "idn-email"]) ajv.addFormat(format, true);
  return ajv;
}

function schemas() {
  const csaf = fresh(), folder = `${SHARED}/csaf/oasis-csaf-2.0/`, nvd = fresh();
  csaf.addMetaSchema(createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-07.json"));
  for (const version of ["2.0", "3.0", "3.1"]) {
    const { $schema, $id, id, license, ...schema } = read(`${folder}referenced_schema/first/cvss-v${version}.json`);
    csaf.addSchema(schema, `https://www.first.org/cvss/cvss-v${version}.json`);
  }
  nvd.addSchema(read(fileURLToPath(new URL("nvd.schema.json", import.meta.url))), "nvd");
  const { $schema, $id, ...alerts } = read(`${SHARED}/jvn/myjvn-np/schemas-hnd/getalert1.json`);
  // The published schema lists three of the five grades that occur.
  alerts.$defs.category_type.properties.term.enum.push("Medium", "High");
  alerts.$defs.category_type.properties.label.enum.push("警告", "重要");
  return {
    json: fresh().compile(read(`${SOURCE}docs/schemas/record.schema.json`)),
    osv: osvOf(fresh().compile(read(`${SHARED}/osv/schema/schema.json`))),
    cve: fresh(Ajv).compile(read(`${SHARED}/cve5/schema/CVE_JSON_5.1_bundled.json`)),
    csaf: csaf.compile(read(`${folder}json_schema/csaf_json_schema.json`)),
    nvd: nvd.compile({ $ref: "nvd#/$defs/cves/properties/vulnerabilities/items" }),
    alerts: fresh().compile(alerts),
    ...Object.fromEntries(["cves", "cvehistory", "cpes", "cpematch", "source"].map((name) => [name, nvd.compile({ $ref: `nvd#/$defs/${name}` })])),
  };
}

// The fixtures of NVD's own interface, unpacked.
function fixtures() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "noroshi-schema-"));
  fs.chmodSync(folder, 0o755);
  execFileSync("sh", ["-c", `zstd -dc --long=27 '${FIXTURES}' | tar x -C '${folder}' nvd/api && chmod -R a+rX '${folder}'`]);
  return folder;
}

function files(folder) {
  return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".json")).map((name) => path.join(folder, name));
}

async function ask(noroshi, address, body) {
  const answer = await fetch(noroshi.portal + address, body === undefined ? {} : { method: "POST", body: JSON.stringify(body) });
  return { status: answer.status, json: answer.status === 200 ? await answer.json() : null };
}

// Each [name, document]; what does not fit is told, the first few of them.
function hold(what, check, documents) {
  const wrong = [];
  for (const [name, document] of documents)
    if (!check(document)) wrong.push(`${name}: ${check.errors.slice(0, 4).map((e) => `${e.instancePath} ${e.message}`).join("; ")}`);
  if (documents.length === 0) failed(`${what} fit their schema`, "there are none");
  else if (wrong.length) failed(`${what} fit their schema`, `${wrong.length} of ${documents.length} do not\n${wrong.slice(0, 8).join("\n")}`);
  else passed(`${what} fit their schema (${documents.length})`);
}

async function nvd(noroshi, check, folder) {
  const stored = { cves: "cve", cvehistory: "cvehistory", cpes: "cpe", cpematch: "cpematch" };
  for (const [name, from] of Object.entries(stored)) {
    const real = files(`${folder}/nvd/api/${from}`).flatMap((file) => { try { return [[file, read(file)]]; } catch { return []; } });
    hold(`stored answers of NVD (${name})`, check[name], real.filter(([file, document]) => document.format && !file.includes("/invalid_id/")));
  }
  for (const name of ["cves", "cvehistory", "cpes", "cpematch", "source"]) {
    const { json } = await ask(noroshi, `/rest/json/${name}/2.0?resultsPerPage=500`);
    for (const row of json.vulnerabilities ?? []) delete row._from; // the data set's note of where it has the record
    hold(`answers as NVD's (${name})`, check[name], [[name, json], [`${name}, nothing`, (await ask(noroshi, `/rest/json/${name}/2.0?startIndex=99999999`)).json]]);
  }
}

// The schema at hand is of 5.1 before applicability came into it; what is written is 5.2.
function older(record) {
  delete record.containers.cna.cpeApplicability;
  return record;
}

// OSV knows the prefixes of its members alone: what has a number of JVN's or ours keeps it (docs/conformance.md).
function osvOf(schema) {
  const check = (document) => {
    schema(document);
    check.errors = (schema.errors ?? []).filter((e) => !(e.instancePath === "/id" && /^(JVNDB|NRDB)-/.test(document.id)));
    return check.errors.length === 0;
  };
  return check;
}

// What a source sent in a format is given as it came; what others told is made into the format, and has to fit.
async function records(noroshi, check, names) {
  for (const format of ["json", "osv", "cve", "nvd", "csaf"]) {
    const made = [];
    for (const [name, formats] of names) {
      if (formats.has(format)) continue;
      const { status, json } = await ask(noroshi, `/records/${encodeURIComponent(name)}.${format === "json" ? "" : `${format}.`}json`);
      assert(status === 200 || (status === 404 && !name.startsWith("CVE-")), `${name} as ${format}: ${status}`);
      if (json) made.push([name, format === "cve" ? older(json) : json]);
    }
    hold(`records as ${format}`, check[format], made);
  }
}

async function osv(noroshi, check, names) {
  const packages = [];
  for (const [name, formats] of names) {
    const { json } = formats.has("osv") ? await ask(noroshi, `/v1/vulns/${encodeURIComponent(name)}`) : {};
    if (json?.affected?.[0]?.package) packages.push({ package: { name: json.affected[0].package.name, ecosystem: json.affected[0].package.ecosystem } });
  }
  const queries = packages.slice(0, 40), found = [];
  for (const query of queries) {
    const { json } = await ask(noroshi, "/v1/query", query);
    found.push([JSON.stringify(query), json]);
  }
  const answer = { type: "object", additionalProperties: false, properties: { next_page_token: { type: "string" }, vulns: { type: "array", items: { type: "object", required: ["id", "modified"] } } } };
  hold("answers to OSV's query", fresh().compile(answer), found);
  const row = { type: "object", additionalProperties: false, required: ["id", "modified"], properties: { id: { type: "string" }, modified: { type: "string", format: "date-time" } } };
  const batch = { type: "object", additionalProperties: false, required: ["results"], properties: { results: { type: "array", minItems: queries.length, maxItems: queries.length,
    items: { ...answer, properties: { ...answer.properties, vulns: { type: "array", items: row } } } } } };
  hold("answers to OSV's querybatch", fresh().compile(batch), [["batch", (await ask(noroshi, "/v1/querybatch", { queries })).json]]);
}

export async function run() {
  const needs = [FIXTURES, `${SHARED}/osv/schema/schema.json`, `${SHARED}/cve5/schema/CVE_JSON_5.1_bundled.json`, `${SHARED}/jvn/myjvn-np/schemas-hnd/getalert1.json`];
  const missing = needs.find((file) => !fs.existsSync(file));
  if (missing) return skipped("the catalogue's interfaces against their schemas", `${missing} is not there`);
  const check = schemas(), folder = fixtures();
  const noroshi = await Noroshi.make({ INTERFACE_RATE_PER_MINUTE: "1000000" });
  try {
    await noroshi.command("init");
    await noroshi.command("demo", "fill");
    // The records of the fixtures are excerpts: some of what they hold is refused, which is told by the exit status.
    await noroshi.command("import", "--no-index", `${folder}/nvd/api`, `${SHARED}/osv/mixed-fixtures.jsonl.zst`, `${SHARED}/nvd/nvd20-real-fixtures.jsonl.zst`,
      `${SHARED}/cve5/records`, `${SHARED}/jvn/feeds-2023/detail`).catch(() => {});
    await noroshi.start();
    for (const [name, document] of Object.entries({ json: {}, osv: {}, cve: {}, nvd: {}, csaf: {}, alerts: { feed: 1 }, cves: {} }))
      await test(`the schema of ${name} refuses what is wrong`, () => assert(!check[name](document), "it takes anything"));
    await nvd(noroshi, check, folder);
    const names = await pick(noroshi);
    await records(noroshi, check, names);
    await osv(noroshi, check, names);
    hold("alerts of MyJVN as JSON", check.alerts, [["getAlertList", (await ask(noroshi, "/myjvn?method=getAlertList&feed=hnd&ft=json")).json]]);
  } finally {
    await noroshi.stop();
    fs.rmSync(folder, { recursive: true });
  }
}

// Names of records, some of each source, with the formats they came in.
async function pick(noroshi) {
  const names = new Map();
  for (const source of ["nvd", "cve", "osv", "jvn"]) {
    const found = JSON.parse(await noroshi.command("search", "--source", source, "--rejected", "yes", "--sort", "published", "--format", "json", "--limit", EACH));
    assert(found.entries.length > 0, `nothing of ${source}`);
    for (const { name } of found.entries) {
      const { json } = await ask(noroshi, `/records/${encodeURIComponent(name)}.json`);
      names.set(name, new Set(json.tellings.map((told) => told.format)));
    }
  }
  return names;
}
