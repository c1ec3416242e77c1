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
