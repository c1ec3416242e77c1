// The poster of a month: on a phone, on each paper, and the way to it and back.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

/** Millimetres of each paper; a point is 25.4 / 72 of one. */
const PAPERS = { a4: [210, 297], a3: [297, 420], a1: [594, 841] };

test("from the month to its poster, with reasons, edition and check code", async ({ page, county }) => {
  const path = `/months/${county.month.season}/${county.month.period}`;
  await page.goto(county.url + path);
  const code = (await page.locator(".frozen").innerText()).match(/[0-9A-F]{4}-[0-9A-F]{4}/)![0];
  await page.getByRole("link", { name: "海报" }).click();
  await expect(page).toHaveURL(`${county.url}${path}/poster`);
  const poster = page.locator(".poster");
  await expect(poster).toContainText(code);
  await expect(poster).toContainText("第 1 版");
  await expect(poster.locator('[data-board="red"] li li').first()).toContainText("月");
  await expect(poster.locator('[data-board="black"] .po-name').first()).toContainText("−");
  await expect(poster.locator(".qr")).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await poster.getByRole("link").click();
  await expect(page).toHaveURL(county.url + path);
});

test("the poster is one sheet of every paper", async ({ page, county }) => {
  const path = `/months/${county.month.season}/${county.month.period}/poster`;
  for (const [paper, [width, height]] of Object.entries(PAPERS)) {
    await page.goto(`${county.url}${path}?paper=${paper}`);
    await expect(page.locator("html")).toHaveAttribute("data-paper", paper);
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
    const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length, `${paper}: sheets`).toBe(1);
    expect(Number(boxes[0][1]) * (25.4 / 72), `${paper}: width`).toBeCloseTo(width, -0.5);
    expect(Number(boxes[0][2]) * (25.4 / 72), `${paper}: height`).toBeCloseTo(height, -0.5);
  }
});

test("each flag has its holders, the present one first", async ({ page, county }) => {
  const path = `/months/${county.month.season}/${county.month.period}`;
  await page.goto(county.url + path);
  await page.getByRole("link", { name: "流动旗流转" }).click();
  await expect(page).toHaveURL(`${county.url}${path}/flags`);
  const flag = page.locator(".handed > li").first();
  await expect(flag.locator(".stays > li").first()).toHaveAttribute("data-now", "");
  await expect(flag.locator(".stays > li").first()).toContainText("个月");
  await expect(flag.locator(".stays > li[data-now]")).toHaveCount(1);
  await expect(page.locator(".stays > li:not([data-now])").filter({ hasText: "2025年" })).not.toHaveCount(0);
});

test("poster and flags are clean for axe", async ({ page, county, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "axe runs as a script");
  const path = `/months/${county.month.season}/${county.month.period}`;
  for (const each of ["poster", "flags"]) {
    await page.goto(`${county.url}${path}/${each}`);
    await alive(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width: 360, height });
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((one) => `${each} ${one.id}: ${one.nodes[0]?.target}`)).toEqual([]);
  }
});
