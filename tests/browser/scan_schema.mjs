// What a scan writes for programs, against the schema of each format. The documents are those the tests of domain/triage hold the writers to.
// Rule: PSR-21
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { assert, failed, passed, skipped, test } from "./tally.mjs";

const SHARED = process.env.NOROSHI_SHARED ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const SOURCE = fileURLToPath(new URL("../../", import.meta.url));
const read = (path) => JSON.parse(fs.readFileSync(path, "utf8"));
const written = (name) => read(`${SOURCE}src/domain/triage/testdata/${name}`);

function checker(draft2020, schema, others = []) {
  const ajv = new (draft2020 ? Ajv2020 : Ajv).default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ["iri", "iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const [other, id] of others) ajv.addSchema(other, id);
  return ajv.compile(schema);
}

function csaf(folder) {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addMetaSchema(createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-07.json"));
  for (const version of ["2.0", "3.0", "3.1"]) {
    const { $schema, $id, id, license, ...schema } = read(`${folder}referenced_schema/first/cvss-v${version}.json`);
    ajv.addSchema(schema, `https://www.first.org/cvss/cvss-v${version}.json`);
  }
  return ajv.compile(read(`${folder}json_schema/csaf_json_schema.json`));
}

// SARIF's schema comes with Microsoft's matchers for it. It is of draft 4, of which it uses what later drafts have as well, but for the name of its id and a
// bracket that is nothing to a regular expression of Unicode.
function sarif() {
  const schemas = fileURLToPath(new URL("node_modules/@microsoft/jest-sarif/lib/schemas/", import.meta.url));
  const { $schema, id, ...schema } = read(schemas + fs.readdirSync(schemas)[0]);
  const ajv = new Ajv.default({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

// name, document, what its schema needs of the data sets, how it is checked
const formats = [
  ["JSON", "scan.json", "", () => checker(true, read(`${SOURCE}docs/schemas/scan.schema.json`))],
  ["OpenVEX", "scan.openvex.json", "vex/openvex-spec/openvex_json_schema.json", (path) => checker(true, read(path))],
  ["CycloneDX", "scan.cdx.json", "cyclonedx/schema/bom-1.6.schema.json", (path) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    return checker(false, read(path), [[read(`${folder}spdx.schema.json`)], [read(`${folder}jsf-0.82.schema.json`)]]);
  }],
  ["CSAF", "scan.csaf.json", "csaf/oasis-csaf-2.0/", csaf],
  ["SARIF", "scan.sarif", "", sarif],
];

const WILD = `${SHARED}/sbom-wild/in-the-wild-spdx.tar.zst`;
const LISTS = ["grype-sbom.spdx.json", "constellation-spdx.json", "chronicle-sbom.spdx.json"];

// What the schema cannot say (sections 3.27.6, 3.49.3, 3.8.1): an index leads to its rule, a rule is named once, a matter has its mark once, and no tag stands twice.
function sarifFaults({ runs: [run] }) {
  const { rules } = run.tool.driver, marks = new Set(run.results.map((result) => result.partialFingerprints["noroshiFinding/v1"]));
  return [
    ...run.results.filter((result) => rules[result.ruleIndex]?.id !== result.ruleId).map((result) => `${result.ruleId} is not rule ${result.ruleIndex}`),
    ...(new Set(rules.map((rule) => rule.id)).size === rules.length ? [] : ["a rule is named twice"]),
    ...(marks.size === run.results.length ? [] : [`${run.results.length} results have ${marks.size} marks`]),
  ];
}

// Lists of the world, from a file, from one with an odd name and from a pipe, on what OSV says of Go, npm and Python.
async function realScans() {
  if (!fs.existsSync(WILD)) return skipped("SARIF of lists of the world fits its schema", `${WILD} is not there`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "noroshi-sarif-"));
  const noroshi = (words, input) => execFileSync(process.env.NOROSHI_BIN, words, { cwd: folder, input, maxBuffer: 1 << 28, stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, NOROSHI_STATE_DIR: `${folder}/state` } });
  const check = sarif();
  fs.chmodSync(folder, 0o755);
  try {
    execFileSync("sh", ["-c", `zstd -dc --long=27 '${WILD}' | tar x --no-same-owner -C '${folder}' --strip-components=2`]);
    for (const source of ["golang", "npm", "pip"]) noroshi(["import", "osv", `${SHARED}/osv/${source}.jsonl.zst`, "--catalog", "catalog"]);
    fs.copyFileSync(`${folder}/${LISTS[0]}`, `${folder}/部品 100%[1]: a#b?.json`);
    let results = 0;
    await test("SARIF of lists of the world fits its schema", () => {
      for (const name of [...LISTS, "部品 100%[1]: a#b?.json", "-"]) {
        const said = JSON.parse(noroshi(["scan", name, "--catalog", "catalog", "--format", "sarif"], name === "-" ? fs.readFileSync(`${folder}/${LISTS[0]}`) : ""));
        const wrong = check(said) ? sarifFaults(said) : check.errors.map((e) => `${e.instancePath} ${e.message}`);
        results += said.runs[0].results.length;
        assert(wrong.length === 0, `${name}: ${wrong.slice(0, 10).join("\n")}`);
      }
      assert(results > 100, `only ${results} results`);
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

export async function run() {
  for (const [name, document, needs, schema] of formats) {
    const path = `${SHARED}/${needs}`;
    if (needs && !fs.existsSync(path)) {
      skipped(`${name} of a scan against its schema`, `${path} is not there`);
      continue;
    }
    const check = schema(path);
    await test(`the schema of ${name} refuses what is wrong`, () => assert(!check({ wrong: [] }), "it takes anything"));
    if (check(written(document))) passed(`${name} of a scan fits its schema`);
    else failed(`${name} of a scan fits its schema`, check.errors.slice(0, 10).map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`).join("\n"));
  }
  await realScans();
}
