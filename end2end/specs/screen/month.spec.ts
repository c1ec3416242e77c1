// A posted month on the big screen: everything fits, nothing is too small, on either projector.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

/** With the least size of a name, as a part of the height: long ones give way where width is short. */
const SIZES = [
  { width: 1920, height: 1080, least: 1 / 25 },
  { width: 1024, height: 768, least: 1 / 40 },
];

for (const size of SIZES) {
  test(`lists and firsts can be read from the back at ${size.width}x${size.height}`, async ({ page, county }) => {
    await page.setViewportSize(size);
    await page.goto(`${county.url}/screen/months/${county.month.season}/${county.month.period}`);
    await alive(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "stage");
    for (const first of county.month.firsts.slice(0, 3)) {
      await expect(page.locator('[data-wall="first"]')).toContainText(first.name);
    }
    const names = await page.locator(".wall li b").evaluateAll((nodes) =>
      nodes.map((node) => {
        const box = node.getBoundingClientRect();
        const section = node.closest("section")!.getBoundingClientRect();
        const foot = document.querySelector(".st-foot")!.getBoundingClientRect();
        return {
          name: node.textContent,
          type: parseFloat(getComputedStyle(node).fontSize),
          fits: box.bottom <= foot.top + 1 && box.right <= section.right + 1 && box.height > 0,
        };
      }),
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter(({ type, fits }) => type < size.height * size.least || !fits)).toEqual([]);
    const rows = await page.locator(".wall li").evaluateAll((nodes) =>
      nodes.map((node) => node.scrollHeight - node.clientHeight),
    );
    expect(Math.max(...rows), "no row is cut").toBeLessThanOrEqual(1);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
    expect(found.violations.map((each) => `${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
  });
}

test("a month that was not posted has no screen", async ({ page, county }) => {
  const answer = await page.goto(`${county.url}/screen/months/${county.month.season}/1999-01`);
  expect(answer?.status()).toBe(404);
});
