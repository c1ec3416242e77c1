// The big screen: a posted result in full, a contest under way without one number of it.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

test("a posted result fills the screen and fits on it", async ({ page, county }) => {
  await page.goto(`${county.url}/screen/${county.posted}`);
  await alive(page);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "stage");
  await expect(page.locator("main")).toContainText(county.champions[0]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
  expect(found.violations.map((each) => each.id)).toEqual([]);
});

test("a contest under way shows a name and no score", async ({ page, county }) => {
  await page.goto(`${county.url}/screen/${county.open}`);
  await alive(page);
  await expect(page.locator("main")).not.toContainText(/\d\d\.\d\d/);
});
