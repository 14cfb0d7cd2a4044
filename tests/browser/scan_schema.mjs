// What a scan writes for programs, against the schema of each format. The documents are those the tests of domain/triage hold the writers to.
// Rule: PSR-21
import fs from "node:fs";
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

// name, document, what its schema needs of the data sets, how it is checked
const formats = [
  ["JSON", "scan.json", "", () => checker(true, read(`${SOURCE}docs/schemas/scan.schema.json`))],
  ["OpenVEX", "scan.openvex.json", "vex/openvex-spec/openvex_json_schema.json", (path) => checker(true, read(path))],
  ["CycloneDX", "scan.cdx.json", "cyclonedx/schema/bom-1.6.schema.json", (path) => {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    return checker(false, read(path), [[read(`${folder}spdx.schema.json`)], [read(`${folder}jsf-0.82.schema.json`)]]);
  }],
  ["CSAF", "scan.csaf.json", "csaf/oasis-csaf-2.0/", csaf],
];

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
}
