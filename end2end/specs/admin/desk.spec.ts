// The organiser's pages over the demo county: signing in, the forced new password, the desk, the
// unfolded calculation and the cards, each clean for axe.
import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { type County, expect, test } from "../../fixtures/demo.ts";
import { PASSWORD } from "../../fixtures/organiser.ts";
import { alive } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

async function signIn(page: Page, county: County): Promise<void> {
  const staff = new StaffPage(page, county.url);
  await staff.signIn("organiser", county.changed ? PASSWORD : county.password);
  if (county.changed) {
    await page.waitForURL(/\/admin$/);
    return;
  }
  await staff.changePassword(county.password, PASSWORD);
  county.changed = true;
}

test("the organiser signs in and finds desk, calculation and cards", async ({ page, county }) => {
  await signIn(page, county);
  await page.goto(`${county.url}/admin/contests/${county.open}`);
  await alive(page);
  await expect(page.locator("main.desk")).toContainText("应收");
  await page.goto(`${county.url}/admin/contests/${county.posted}/calculation`);
  await alive(page);
  await page.getByText("怎么算的").first().click();
  await expect(page.getByText("去最高").first()).toBeVisible();
  await page.goto(`${county.url}/admin/contests/${county.open}/cards`);
  await alive(page);
  await expect(page.locator(".card-code").first()).toHaveText(/\d{4}/);
});

test("staff pages are clean for axe and never cached", async ({ page, county }) => {
  await signIn(page, county);
  const open = `/admin/contests/${county.open}`;
  for (const path of ["/admin", open, `${open}/seats`, `${open}/cards`, `/admin/contests/${county.posted}/calculation`, "/admin/roster"]) {
    const answer = await page.goto(county.url + path);
    expect(answer!.headers()["cache-control"], path).toContain("no-store");
    await alive(page);
    const found = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(found.violations.map((each) => `${path} ${each.id}: ${each.nodes[0]?.target}`)).toEqual([]);
  }
});

test("a stranger is sent to the sign-in", async ({ page, county }) => {
  await page.goto(`${county.url}/admin/contests/${county.open}`);
  await page.waitForURL(/\/admin\/sign-in/);
});
