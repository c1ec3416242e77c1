// Public pages: useful without JavaScript, clean for axe, and silent about what is not posted.
import AxeBuilder from "@axe-core/playwright";
import { demo, expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

test("contests, boards and a posted result read without script", async ({ page, county }) => {
  await page.goto(county.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("演示").first()).toBeAttached();
  await page.goto(`${county.url}/boards`);
  await expect(page.locator("main")).toContainText(demo.champion(county));
  await page.goto(`${county.url}/contests/${county.posted}`);
  await expect(page.locator("main")).toContainText("校验码");
  await expect(page.locator("main")).toContainText("有效评委");
});

test("a contest under way shows its order and no score", async ({ page, county }) => {
  await page.goto(`${county.url}/contests/${county.open}`);
  await expect(page.locator("main")).not.toContainText("有效评委");
  await expect(page.locator("main")).not.toContainText(/得分\s*\d/);
});

test("English is complete on the public pages", async ({ page, county, context }) => {
  await context.addCookies([{ name: "lang", value: "en", url: county.url }]);
  await page.goto(`${county.url}/contests/${county.posted}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.locator("header.bar")).not.toContainText("字号");
});

test("public pages are clean for axe", async ({ page, county, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "axe runs as a script");
  for (const path of ["/", "/boards", `/contests/${county.posted}`, "/help/install", "/prefs"]) {
    await page.goto(county.url + path);
    await alive(page);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
  }
});
