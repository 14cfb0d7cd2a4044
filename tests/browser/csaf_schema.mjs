// The CSAF documents that the story published, and those of a demonstration, against the schema of CSAF 2.0.
// Rule: STD PUB-16
import fs from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import AjvDraft4 from "ajv";
import addFormats from "ajv-formats";
import { assert, skipped, test } from "./tally.mjs";
