// A unit is passed on: its address by the system or the clipboard, its standing as a picture.
import { expectPicture } from "../../fixtures/png.ts";
import { expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

test("a unit's standing is saved as a picture 1080 px wide", async ({ page, county, javaScriptEnabled }) => {
  const { name, unit } = county.month.firsts[0];
  await page.goto(`${county.url}/units/${unit}`);
  const link = page.getByRole("link", { name: "存成图片" });
  const download = page.waitForEvent("download");
  if (!javaScriptEnabled) {
    // Without script it is what the server drew.
    await link.click();
    expect((await download).suggestedFilename()).toBe("picture.svg");
    return;
  }
  await alive(page);
  await link.click();
  const [year, month] = county.month.period.split("-").map(Number);
  await expectPicture(page, await download, `${name}${year}年${month}月.png`);
  const shown = page.getByRole("img", { name: `${name}${year}年${month}月` });
  await expect(shown).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "图片已存下" })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});

test("the address is copied, or handed to the system where it can share", async ({
  page, county, context, javaScriptEnabled,
}) => {
  const address = `/units/${county.month.firsts[0].unit}`;
  await page.goto(county.url + address);
  await expect(page.locator("main")).toContainText(address);
  if (!javaScriptEnabled) return;
  await alive(page);
  const link = page.getByRole("link", { name: "分享链接" });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => Object.defineProperty(navigator, "share", { value: undefined, configurable: true }));
  await link.click();
  await expect(page.getByText("链接已复制")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(copied).pathname).toBe(address);

  await page.evaluate(() => {
    const share = async (what: ShareData) => void (document.body.dataset.shared = what.url);
    Object.defineProperty(navigator, "share", { value: share });
  });
  await link.click();
  await expect(page.locator("body")).toHaveAttribute("data-shared", copied);
});

test("a picture that does not arrive says so", async ({ page, county, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled === false, "the picture is drawn by a script");
  await page.route("**/picture.svg", (route) => route.abort());
  await page.goto(`${county.url}/units/${county.month.firsts[0].unit}`);
  await alive(page);
  await page.getByRole("link", { name: "存成图片" }).click();
  await expect(page.getByText("图片没有画成")).toBeVisible();
});

test("the field of colours scrolls in its box and has its table behind it", async ({ page, county }) => {
  await page.goto(`${county.url}/months/${county.month.season}/${county.month.period}`);
  const field = page.locator(".heat").first();
  await expect(field).toHaveCSS("overflow-x", "auto");
  await expect(field.locator("[data-on]").first()).toHaveText(/[+−%\d]/);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await expect(page.getByRole("table")).toHaveCount(0);
  const folded = page.getByText("看数值、名次和升降");
  await folded.first().click();
  await expect(page.getByRole("table")).toHaveCount(1);
  const cells = await page.getByRole("table").locator("tbody tr").first().locator("td").count();
  await expect(field.locator("tspan")).toHaveCount(cells * (await page.getByRole("table").locator("tbody tr").count()));
});
