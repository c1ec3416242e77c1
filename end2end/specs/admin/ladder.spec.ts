// A slip from the proposal of a posted month to its closing: issued by one account, replied to on
// paper, closed by another; and an account that may not says who can.
import { type Browser, type Page } from "@playwright/test";
import { PASSWORD, TABLET, oneTimePassword } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { expect, fair, test } from "../../fixtures/test.ts";
import { StaffPage } from "../../pages/staff.page.ts";

async function signedIn(browser: Browser, server: LeitaiServer, login: string, once: string): Promise<StaffPage> {
  const context = await browser.newContext(TABLET);
  const staff = new StaffPage(await context.newPage(), server.url);
  await staff.signIn(login, once);
  await staff.changePassword(once, PASSWORD);
  return staff;
}

const passwordOf = (server: LeitaiServer, login: string): string =>
  oneTimePassword(server.printed.split("\n").find((each) => each.startsWith(`${login} `))!);

/** Fills in the dialog and sends it. */
async function answer(page: Page, act: string, fields: Record<string, string>): Promise<void> {
  const dialog = page.getByRole("dialog");
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole("button", { name: act, exact: true }).click();
  await expect(dialog).toBeHidden();
}

async function expectAccessible(page: Page): Promise<void> {
  await fair(page);
}

test("a slip is issued by one account, replied to, and closed by the other", async ({ browser }) => {
  test.setTimeout(120_000);
  const server = await LeitaiServer.start([], ["demo"]);
  try {
    const organiser = await signedIn(browser, server, "organiser", passwordOf(server, "organiser"));
    const supervisor = await signedIn(browser, server, "supervisor", passwordOf(server, "supervisor"));
    const { page } = supervisor;
    await supervisor.open("/admin/slips");
    await expectAccessible(page);
    const waiting = page.getByRole("button", { name: "签发", exact: true });
    const count = await waiting.count();
    await waiting.first().click();
    await expect(page.getByRole("dialog").getByLabel("事由")).toHaveValue(/连续 \d+ 个公布月份落后/);
    await expectAccessible(page);
    await answer(page, "签发", { 要求: "列出补进度的措施", 回复期限: "2099-10-18" });
    await expect(waiting).toHaveCount(count - 1);

    await page.getByRole("link", { name: /^已发 / }).click();
    const slip = page.locator("a.row", { hasText: /〔\d+〕\d+号/ }).first();
    await slip.click();
    await expect(page.getByText("列出补进度的措施")).toBeVisible();
    await expectAccessible(page);
    const address = new URL(page.url()).pathname;

    await organiser.open(address);
    await organiser.page.getByRole("button", { name: "记回复" }).click();
    await answer(organiser.page, "记回复", { 谁回复的: "单位办公室", 内容: "措施已定，月底见效" });
    await supervisor.open(address);
    await expect(page.getByText("请另一个账号来销号")).toBeVisible();
    await organiser.open(address);
    await organiser.page.getByRole("button", { name: "销号" }).click();
    await answer(organiser.page, "销号", { 核实情况: "看过，属实" });
    await expect(organiser.page.getByText("已销号")).toBeVisible();

    await organiser.open(`${address}/print`);
    await expect(organiser.page.locator(".a4")).toContainText("措施已定，月底见效");
    await expectAccessible(organiser.page);
    const download = organiser.page.waitForEvent("download");
    await organiser.open(address);
    await organiser.page.getByRole("link", { name: "下载 Word" }).click();
    expect((await download).suggestedFilename()).toBe("slip.docx");
  } finally {
    await server.stop();
  }
});
