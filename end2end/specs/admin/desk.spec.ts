// The organiser's pages over the demo county: signing in, the forced new password, the desk, the
// unfolded calculation and the cards, each clean for axe.
import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { type County, expect, test } from "../../fixtures/demo.ts";
import { alive } from "../../fixtures/test.ts";

const NEW_PASSWORD = "correct-horse-9";

async function signIn(page: Page, county: County): Promise<void> {
  await page.goto(`${county.url}/admin/sign-in`);
  await alive(page);
  await page.locator("#login").fill("organiser");
  await page.locator("#password").fill(county.changed ? NEW_PASSWORD : county.password);
  await page.getByRole("button", { name: "登录" }).click();
  if (county.changed) {
    await page.waitForURL(/\/admin$/);
    return;
  }
  await page.waitForURL(/\/admin\/account/);
  await page.locator("#old").fill(county.password);
  await page.locator("#new").fill(NEW_PASSWORD);
  const answer = page.waitForResponse(/change-password/);
  await page.getByRole("button", { name: "换密码" }).click();
  expect((await answer).ok()).toBe(true);
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
