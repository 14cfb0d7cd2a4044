// Each part by its name, or all.
import { closing, failed } from "./tally.mjs";

const parts = ["story", "pages", "situations", "csaf_schema", "scan_schema", "catalog_schema"].filter((part) => process.argv.length < 3 || process.argv.includes(part));
const shared = {};
for (const part of parts) {
  const { run } = await import(`./${part}.mjs`);
  console.log(`== ${part}`);
  try {
    await run(shared);
  } catch (e) {
    failed(part, e.stack);
  }
}
process.exit(closing());
