import { launch } from "./browser.mjs";
import { Noroshi } from "./noroshi.mjs";
import { assert, test } from "./tally.mjs";

export async function run() {
  const noroshi = await Noroshi.make();
  const browser = await launch();
  try {
    await noroshi.command("init");
    await noroshi.start();
    await test("the portal opens", async () => {
      const page = await browser.newPage({ locale: "ja" });
      await page.goto(noroshi.portal + "/");
      assert((await page.locator("html").getAttribute("lang")) === "ja", "not in Japanese");
    });
  } finally {
    await browser.close();
    await noroshi.stop();
  }
}
