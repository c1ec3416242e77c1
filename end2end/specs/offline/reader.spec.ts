// A village cadre reads the boards, and reads them again where there is no network.
import { expect, test } from "../../fixtures/demo.ts";
import { alive, controlled, network } from "../../fixtures/test.ts";

test("what was opened by tapping is found by tapping without network, and says of when it is", async ({ page, context, county }) => {
  const month = page.locator('a[href^="/months/"]').first();
  const units = page.locator('ol.ledger a[href^="/units/"]');
  const copy = page.getByRole("button", { name: /的数据$/ });
  await page.goto(`${county.url}/boards`);
  await alive(page);
  await controlled(page);
  await month.click();
  await page.waitForURL(/\/months\//);
  await alive(page);
  const name = (await units.first().locator(".row-name").innerText()).trim();
  await units.first().click();
  await page.waitForURL(/\/units\//);
  await expect(page.getByText(name).first()).toBeVisible();
  await expect(copy).toHaveCount(0);

  await network(context, false);
  // The page that brought the worker is kept as well.
  await page.goto(`${county.url}/boards`);
  await alive(page);
  await expect(copy).toBeVisible();
  await month.click();
  await page.waitForURL(/\/months\//);
  await alive(page);
  await expect(copy).toBeVisible();
  await units.first().click();
  await page.waitForURL(/\/units\//);
  await alive(page);
  await expect(page.getByText(name).first()).toBeVisible();
  await page.goBack();
  await alive(page);
  await units.nth(1).click();
  await expect(page.getByText("没有存过这一页")).toBeVisible();

  await network(context, true);
  await page.reload();
  await alive(page);
  await expect(copy).toHaveCount(0);
});

test("a page is kept by its plain address alone, whatever its reader asked of it", async ({ page, context, county }) => {
  const month = `/months/${county.month.season}/${county.month.period}`;
  const copies = (): Promise<string[]> =>
    page.evaluate(async () => (await (await caches.open("pages")).keys()).map(({ url }) => url.replace(location.origin, "")));
  await page.goto(`${county.url}/units`);
  await alive(page);
  await controlled(page);
  await page.goto(`${county.url}${month}/poster`);
  const chosen = ["/units?q=x", `/boards?season=${county.month.season}`, `${month}?edition=1`, `${month}/poster?paper=a1`];
  for (const address of [...chosen, "/?src=pwa"]) {
    await page.goto(county.url + address);
    await alive(page);
  }
  await expect.poll(copies).toContain("/");
  const kept = await copies();
  expect(kept.filter((address) => address.includes("?"))).toEqual([]);
  expect(kept).toEqual(expect.arrayContaining(["/units", `${month}/poster`]));
  expect(kept).not.toContain(month);

  await network(context, false);
  for (const address of ["/?src=pwa", "/units?q=x", `${month}/poster?paper=a1`]) {
    await page.goto(county.url + address);
    await alive(page);
    await expect(page.locator("html")).toHaveAttribute("data-kept", /^[0-9]+$/);
  }
  await expect(page.locator("html")).toHaveAttribute("data-paper", "a1");
});
