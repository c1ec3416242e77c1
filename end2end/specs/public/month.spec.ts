// The month for everybody: from the boards to a month, to a unit, and by search.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

test("from the boards to the month and to the first of a group", async ({ page, county }) => {
  const first = county.month.firsts[0];
  await page.goto(`${county.url}/boards`);
  await page.getByRole("link", { name: "看全部排名" }).first().click();
  await expect(page).toHaveURL(`${county.url}/months/${county.month.season}/${county.month.period}`);
  await expect(page.locator("main")).toContainText("校验码");
  // The field of colours stands before its table.
  await expect(page.locator(".heat").first()).toContainText(first.name);
  await page.getByText("看数值、名次和升降").first().click();
  await expect(page.getByRole("table").first()).toContainText(first.name);
  await page.locator("ol.ledger").getByRole("link", { name: first.name }).click();
  await expect(page).toHaveURL(`${county.url}/units/${first.unit}`);
  await expect(page.locator(".plaque .rank")).toHaveText(/第\s*1\s*名/);
  await expect(page.locator(".spark")).toHaveAttribute("aria-label", new RegExp(first.name));
  await expect(page.locator(".bar-row").first()).toContainText("满分");
});

test("another season is chosen on the boards, and an older month of it", async ({ page, county }) => {
  await page.goto(`${county.url}/boards`);
  const seasons = page.getByRole("navigation", { name: "选赛季" }).getByRole("link");
  await expect(seasons.first()).toHaveAttribute("aria-current", "page");
  await seasons.nth(1).click();
  await expect(page).toHaveURL(/\/boards\?season=/);
  await expect(seasons.nth(1)).toHaveAttribute("aria-current", "page");
  await expect(seasons.first()).not.toHaveAttribute("aria-current", "page");
  const season = new URL(page.url()).searchParams.get("season");
  await page.getByRole("link", { name: "2026年7月", exact: true }).click();
  await expect(page).toHaveURL(`${county.url}/months/${season}/2026-07`);
});

test("a month links to the one before it and back", async ({ page, county }) => {
  await page.goto(`${county.url}/months/${county.month.season}/${county.month.period}`);
  const title = page.locator(".month h2");
  const newest = await title.innerText();
  await page.getByRole("link", { name: /^上一期/ }).click();
  await expect(title).not.toHaveText(newest);
  await page.getByRole("link", { name: /^下一期/ }).click();
  await expect(title).toHaveText(newest);
  await expect(page.getByRole("link", { name: /^下一期/ })).toHaveCount(0);
});

test("a unit is found by its name", async ({ page, county, javaScriptEnabled }) => {
  const { name, unit } = county.month.firsts[0];
  await page.goto(`${county.url}/units`);
  const rows = page.locator("ul.ledger > li");
  const all = await rows.count();
  if (javaScriptEnabled) await alive(page);
  await page.getByRole("searchbox").fill(name);
  if (!javaScriptEnabled) await page.getByRole("button", { name: "查找" }).click();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await expect(page.getByRole("searchbox")).toHaveValue(name);
  await expect(rows.first().getByRole("link")).toHaveAttribute("href", `/units/${unit}`);
});

test("a search that finds nothing says so", async ({ page, county }) => {
  await page.goto(`${county.url}/units?q=zzzzzz`);
  await expect(page.getByText("没有找到")).toBeVisible();
  await expect(page.locator("ul.ledger > li")).toHaveCount(0);
});

test("a month and a unit that are not there answer 404", async ({ page, county }) => {
  for (const path of ["/months/x/2026-07", `/months/${county.month.season}/1999-01`, "/units/x"]) {
    expect((await page.goto(county.url + path))?.status(), path).toBe(404);
  }
});

test("the pages of the month are clean for axe", async ({ page, county, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "axe runs as a script");
  // A county's month is a page of twenty thousand pixels.
  test.setTimeout(120_000);
  const { season, period, firsts } = county.month;
  for (const path of [`/months/${season}/${period}`, "/units", `/units/${firsts[0].unit}`]) {
    await page.goto(county.url + path);
    await alive(page);
    // The tab bar lies over whatever row is at the window's edge, and no row stays there.
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 360, height });
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
  }
});
