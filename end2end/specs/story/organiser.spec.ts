// An organiser makes a whole contest on the pages alone: roster, contest, seats, cards, gate,
// result and its correction. Readers see what was posted, and nothing before.
import { type Browser, type Page } from "@playwright/test";
import { PASSWORD, TABLET, oneTimePassword } from "../../fixtures/organiser.ts";
import { alive, expect, test } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";
import { StaffPage } from "../../pages/staff.page.ts";

const HEADER = "编码,名称,层级,上级\n";
const BAD_UNITS = `${HEADER}01,青禾镇,乡镇,\n01,石桥乡,乡镇,\n02,竹海乡,火星,\n0301,柳下村,村,03\n`;
const UNITS = `${HEADER}01,青禾镇,乡镇,\n02,石桥乡,乡镇,\n0101,柳下村,村,01\n`;

async function importRoster(staff: StaffPage): Promise<void> {
  await staff.open("/admin/roster");
  await staff.upload("文件", "试导入", { name: "units.csv", text: BAD_UNITS });
  const problems = staff.page.locator("ol.problems li");
  await expect(problems.filter({ hasText: "编码重复" }).locator(".row-no")).toHaveText("3");
  await expect(problems.filter({ hasText: "层级只认" }).locator(".row-no")).toHaveText("4");
  await expect(problems.filter({ hasText: "没有这个上级编码" }).locator(".row-no")).toHaveText("5");
  await expect(staff.importAct).toHaveAttribute("aria-disabled", "true");
  await staff.open("/admin/roster");
  await expect(staff.page.getByText("名册还是空的")).toBeVisible();

  await staff.upload("文件", "试导入", { name: "units.csv", text: UNITS });
  await staff.expectTally("单位", { added: 3, known: 0 });
  await staff.applyImport();
  await staff.open("/admin/roster");
  await expect(staff.page.getByText("石桥乡")).toBeVisible();
}

/** A contest by a preset's rule, with an entry from the roster and two judges; its id. */
async function makeContest(staff: StaffPage): Promise<string> {
  const { page } = staff;
  await staff.open("/admin/contests/new");
  await page.getByRole("radio", { name: /^九名评委/ }).check();
  await page.getByLabel("名称").fill("全程擂台");
  await page.getByLabel("从名册添加").selectOption("石桥乡");
  await expect(page.getByLabel(/^登台顺序/)).toHaveValue("石桥乡\n");
  await page.getByLabel("评委几席").fill("1");
  await page.getByRole("button", { name: "建好，去排席位" }).click();
  await page.waitForURL(/\/seats$/);

  await page.getByRole("button", { name: "加席位" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("几个").fill("2");
  await dialog.getByRole("button", { name: "加入" }).click();
  await expect(page.locator(".seatboard > li")).toHaveCount(3);
  return new URL(page.url()).pathname.split("/")[3];
}

async function judge(browser: Browser, page: Page, mark: string): Promise<void> {
  const card = page.getByRole("article", { name: "1 号席席卡" });
  const url = (await card.getByRole("link").getAttribute("href"))!;
  const digits = await card.locator(".card-code").innerText();
  const pad = await PadPage.open(await browser.newContext());
  await pad.pair({ number: 1, url, digits });
  await pad.score("石桥乡", [mark]);
  await pad.sentOnce(1);
  await pad.page.context().close();
}

test("a contest is made, run, posted and corrected on the organiser's pages", async ({ browser, server }) => {
  test.setTimeout(120_000);
  const once = oneTimePassword(server.run("admin", "create", "whole"));
  const desk = await browser.newContext(TABLET);
  const staff = new StaffPage(await desk.newPage(), server.url);
  const { page } = staff;
  await staff.signIn("whole", once);
  await staff.changePassword(once, PASSWORD);
  await importRoster(staff);
  const contest = await makeContest(staff);

  await page.getByRole("link", { name: "席卡" }).click();
  await page.getByRole("button", { name: "制作 3 张席卡" }).click();
  await expect(page.locator(".card-code")).toHaveCount(3);
  const cards = page.url();
  await page.getByRole("link", { name: "主控" }).click();
  await page.getByRole("button", { name: "开始打分" }).click();
  await expect(page.getByText("场次码")).toBeVisible();
  const paper = await desk.newPage();
  await paper.goto(cards);
  await judge(browser, paper, "88");

  const close = page.getByRole("button", { name: "封卷" });
  await expect(close).toContainText("少 2 席");
  await close.hover();
  await page.mouse.down();
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.mouse.up();
  await staff.answer("封卷", "理由", "两席未到");
  await page.getByRole("link", { name: /复核、发布/ }).first().click();
  await expect(page.locator("main")).toContainText("88.00");

  const reader = await browser.newContext(TABLET);
  const [board, screen] = [await reader.newPage(), await reader.newPage()];
  await board.goto(`${server.url}/contests/${contest}`);
  await expect(board.locator("main")).not.toContainText("88.00");
  await screen.goto(`${server.url}/screen/${contest}`);
  await alive(screen);
  await expect(screen.locator("main")).not.toContainText("88.00");

  await page.getByRole("button", { name: "发布成绩" }).click();
  await staff.answer("发布成绩", "理由", "两席因公缺席");
  await expect(screen.locator("main")).toContainText("88.00", { timeout: 20_000 });
  await board.reload();
  await expect(board.locator("main")).toContainText("88.00");
  await expect(board.locator("main")).toContainText("两席因公缺席");

  await page.getByRole("link", { name: "主控" }).click();
  await page.getByRole("button", { name: "扣分" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("扣多少分").fill("1.5");
  await staff.answer("扣分", "理由", "超时");
  await page.getByRole("link", { name: "计算" }).click();
  await page.getByRole("button", { name: "发布更正" }).click();
  await staff.answer("发布更正", "改了什么", "补记超时扣分");
  await expect(screen.locator("main")).toContainText("86.50", { timeout: 20_000 });
  await board.reload();
  const main = board.locator("main");
  await expect(main).toContainText("86.50");
  await expect(main).toContainText("第 2 版");
  await expect(main).toContainText("补记超时扣分");
  await reader.close();
  await desk.close();
});
