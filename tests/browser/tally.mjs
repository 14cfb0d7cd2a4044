// Tests one after another, each with its own line; counted for the last one.
const counts = { passed: 0, failed: 0, skipped: 0 };

export function passed(name) {
  counts.passed++;
  console.log(`ok      ${name}`);
}

export function failed(name, why) {
  counts.failed++;
  console.log(`FAILED  ${name}\n        ${String(why).trimEnd().replaceAll("\n", "\n        ")}`);
}

export function skipped(name, why) {
  counts.skipped++;
  console.log(`skip    ${name}: ${why}`);
}

// Whether it went well.
export async function test(name, body) {
  try {
    await body();
  } catch (e) {
    failed(name, e instanceof Error ? e.stack : e);
    return false;
  }
  passed(name);
  return true;
}

export function assert(condition, message) {
  if (!condition) throw new Error(message);
}

export function closing() {
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  return counts.failed ? 1 : 0;
}
