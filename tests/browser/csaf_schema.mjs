// The CSAF documents that the story and the demonstration published, against the JSON schema of CSAF 2.0; so their provider metadata.
// Rule: PUB-16
import fs from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { assert, failed, passed, skipped, test } from "./tally.mjs";

const SHARED = process.env.NOROSHI_SHARED ?? fileURLToPath(new URL("../../../shared/data", import.meta.url));
const DATA = `${SHARED}/csaf/oasis-csaf-2.0/`;
const read = (path) => JSON.parse(fs.readFileSync(DATA + path, "utf8"));

function schemas() {
  const ajv = new Ajv.default({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addMetaSchema(createRequire(import.meta.url)("ajv/dist/refs/json-schema-draft-07.json"));
  for (const version of ["2.0", "3.0", "3.1"]) {
    // The older ones are of a draft that differs in the name of its id alone, as far as they use it.
    const { $schema, $id, id, license, ...schema } = read(`referenced_schema/first/cvss-v${version}.json`);
    ajv.addSchema(schema, `https://www.first.org/cvss/cvss-v${version}.json`);
  }
  const document = ajv.compile(read("json_schema/csaf_json_schema.json"));
  return { document, provider: ajv.compile(read("json_schema/provider_json_schema.json")) };
}

export async function run(shared) {
  if (!fs.existsSync(DATA + "json_schema/csaf_json_schema.json")) return skipped("CSAF against its schema", "../shared/data/csaf is not there");
  const { document, provider } = schemas();
  await test("the schema refuses what is wrong", () => {
    assert(!document({ document: { category: "csaf_base" } }), "a document without publisher was taken");
  });
  const all = shared.csaf ?? [];
  if (!all.some(([path]) => path.startsWith("white/"))) return skipped("CSAF against its schema", "no document was published by the parts before");
  const wrong = [];
  for (const [path, content] of all) {
    const check = path.startsWith("white/") ? document : provider;
    if (!check(content)) wrong.push(`${path}: ${check.errors.slice(0, 5).map((e) => `${e.instancePath} ${e.message}`).join("; ")}`);
  }
  const name = `${all.length} documents of CSAF fit their schema`;
  if (wrong.length) failed(name, wrong.slice(0, 10).join("\n"));
  else passed(name);
}
