// Who may read a month, by its season's charter: what stops being for everybody is gone from a phone
// that had a copy, and what is read by link leaves none.
import AxeBuilder from "@axe-core/playwright";
import { request } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { oneTimePassword, PASSWORD, TABLET } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, controlled, expect, network, test } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

interface Season {
  season: string;
  season_name: string;
  period: string;
}

/** Sets who may read boards and units of a season, as whoever keeps the server does. */
function rule(server: LeitaiServer, season: string, audience: string): void {
  const charter = JSON.parse(server.run("season", season));
  Object.assign(charter.audience, { board: audience, unit: audience });
  const file = join(server.folder, "charter.json");
  writeFileSync(file, JSON.stringify(charter));
  server.run("season", season, "--charter", file);
}

test("a month that is for staff, or by link, lies on no phone", async ({ page, context, browser }) => {
  test.setTimeout(180_000);
  const server = await LeitaiServer.start([], ["demo"]);
  try {
    const http = await request.newContext({ baseURL: server.url });
    const boards = await (await http.post("/fn/public/boards", { data: {} })).json();
    const month = boards.months.newest as Season;
    const url = `${server.url}/months/${month.season}/${month.period}`;
    const open = async (): Promise<number> => (await page.goto(url))!.status();
    const copies = (): Promise<string[]> =>
      page.evaluate(async () => (await (await caches.open("pages")).keys()).map((each) => each.url));

    await page.goto(server.url);
    await alive(page);
    await controlled(page);
    expect(await open()).toBe(200);
    await alive(page);
    await expect.poll(copies).toContain(url);
    await network(context, false);
    await page.reload();
    await expect(page.locator(".month")).toBeVisible();
    await network(context, true);

    rule(server, month.season_name, "staff");
    expect(await open()).toBe(404);
    await expect.poll(copies).not.toContain(url);
    await network(context, false);
    await page.goto(url);
    await expect(page.locator("html")).toHaveAttribute("data-shell", "");
    await expect(page.locator(".month")).toHaveCount(0);
    await network(context, true);

    rule(server, month.season_name, "link");
    expect(await open()).toBe(404);
    const tablet = await browser.newContext(TABLET);
    const staff = new StaffPage(await tablet.newPage(), server.url);
    const once = oneTimePassword(server.printed.split("\n")[0]);
    await staff.signIn("organiser", once);
    await staff.changePassword(once, PASSWORD);
    await staff.open(`/admin/links/${month.season}`);
    await staff.page.getByRole("button", { name: "生成链接" }).click();
    await staff.page.getByRole("dialog").getByRole("button", { name: "生成链接" }).click();
    const link = await staff.page.locator("code", { hasText: "/link/" }).innerText();
    expect((await new AxeBuilder({ page: staff.page }).analyze()).violations).toEqual([]);

    await page.goto(`${link}/months/${month.season}/${month.period}`);
    await alive(page);
    await expect(page).toHaveURL(url);
    await expect(page.locator(".month")).toBeVisible();
    expect(await copies()).not.toContain(url);
    await network(context, false);
    await page.goto(url);
    await expect(page.locator("html")).toHaveAttribute("data-shell", "");
  } finally {
    await server.stop();
  }
});
