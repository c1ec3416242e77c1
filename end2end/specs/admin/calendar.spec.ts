// The season's calendar: home lists what is due with what is overdue first, an entry is made and taken
// back, and both stay readable.
import { PASSWORD, TABLET, oneTimePassword } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { expect, fair, test } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

const WORDS = "在二楼会议室开会，名单存督查室";

test("what the calendar asks for is entered as done, and taken back", async ({ browser }) => {
  test.setTimeout(120_000);
  const server = await LeitaiServer.start([], ["demo"]);
  try {
    const context = await browser.newContext(TABLET);
    const staff = new StaffPage(await context.newPage(), server.url);
    const { page } = staff;
    const once = oneTimePassword(server.printed.split("\n")[0]);
    await staff.signIn("organiser", once);
    await staff.changePassword(once, PASSWORD);
    await staff.open("/admin");
    const due = page.getByRole("list").first().locator("li");
    await expect(due.first()).toContainText("逾期");
    await expect(due.filter({ hasText: "双月表态" }).first()).toContainText("逾期");
    await staff.open("/admin/months");
    // The villages have a season, and so a calendar, of their own; the county's comes after it.
    await page.getByRole("link", { name: "日历" }).nth(1).click();
    await expect(page).toHaveURL(/\/admin\/calendar\//);

    const overdue = page.locator(".ledger").first().locator("li", { hasText: "双月表态" });
    await expect(overdue.first()).toBeVisible();
    const count = await overdue.count();
    const span = (await overdue.first().locator(".row-name").innerText()).trim();
    await fair(page);
    // Its document, and back.
    await overdue.first().getByRole("link", { name: "表态发言名单" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "表态发言名单" })).toBeVisible();
    await expect(page.getByRole("heading", { name: /：表态发言$/ }).first()).toBeVisible();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "下载 Word" }).click();
    expect((await download).suggestedFilename()).toMatch(/双月表态表态发言名单\.docx$/);
    await page.getByRole("link", { name: "回日历" }).click();
    await expect(overdue).toHaveCount(count);
    // How long the season goes.
    await expect(page.getByText("赛季从2025年9月到2026年12月。")).toBeVisible();
    const dialog = page.getByRole("dialog");
    await page.getByRole("button", { name: "改起止月份" }).click();
    await dialog.getByLabel("最后一个月").fill("2027-02");
    await dialog.getByLabel("理由").fill("顺延到年后");
    await dialog.getByRole("button", { name: "改起止月份" }).click();
    await expect(page.getByText("赛季从2025年9月到2027年2月。")).toBeVisible();
    await expect(overdue).toHaveCount(count);
    await overdue.first().getByRole("button", { name: "登记已办" }).click();
    await dialog.getByLabel("办的情况").fill(WORDS);
    await fair(page);
    await dialog.getByRole("button", { name: "登记已办" }).click();
    await expect(dialog).toBeHidden();
    await expect(overdue).toHaveCount(count - 1);

    const folds = page.locator("details.fold");
    await folds.evaluateAll((all) => all.forEach((fold) => ((fold as HTMLDetailsElement).open = true)));
    const done = page.locator("details li", { hasText: span }).filter({ hasText: WORDS });
    await expect(done).toContainText("organiser");
    await fair(page);
    await done.getByRole("button", { name: "撤回登记" }).click();
    await dialog.getByLabel("理由").fill("登记错了");
    await dialog.getByRole("button", { name: "撤回登记" }).click();
    await expect(dialog).toBeHidden();
    await expect(overdue).toHaveCount(count);
  } finally {
    await server.stop();
  }
});
