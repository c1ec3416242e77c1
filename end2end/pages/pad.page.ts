// The judge's phone, as a judge uses it.
import { type BrowserContext, type Page, expect } from "@playwright/test";
import type { Card } from "../fixtures/organiser.ts";
import { alive, controlled } from "../fixtures/test.ts";

export class PadPage {
  constructor(readonly page: Page) {}

  static async open(context: BrowserContext): Promise<PadPage> {
    return new PadPage(await context.newPage());
  }

  /** Opens a card's link, enters the digits, and waits until the pad can go offline. */
  async pair(card: Card): Promise<void> {
    await this.page.goto(card.url);
    await alive(this.page);
    await this.enter(card.digits);
    await this.page.waitForURL(/\/seat\/[0-9a-f-]+$/);
    await controlled(this.page);
    await expect(this.page.getByText("本机可离线评分")).toBeVisible();
  }

  async enter(digits: string): Promise<void> {
    await this.page.getByLabel("第 1 位").click();
    await this.page.keyboard.type(digits);
    await this.page.getByRole("checkbox").check();
    await this.page.getByRole("button", { name: "领取席位，准备评分" }).click();
  }

  /** Opens an entry of the running order by its name. */
  async choose(name: string): Promise<void> {
    await this.page.getByRole("link", { name }).first().click();
    await this.page.waitForURL(/\/entry\//);
    await expect(this.page.getByRole("group", { name: "数字键" })).toBeVisible();
  }

  /** Marks every criterion on the screen's keypad, reviews, and seals. */
  async tap(marks: string[]): Promise<void> {
    for (const mark of marks) {
      for (const key of mark) {
        const name = key === "." ? "小数点" : key;
        await this.page.getByRole("group", { name: "数字键" }).getByRole("button", { name, exact: true }).tap();
      }
      await this.page.locator(".dock .btn[data-kind=main]").tap();
    }
    await this.seal();
  }

  /** The same with a keyboard: digits and Enter. */
  async type(marks: string[]): Promise<void> {
    for (const mark of marks) {
      await this.page.keyboard.type(mark);
      await this.page.keyboard.press("Enter");
    }
    await this.seal();
  }

  private async seal(): Promise<void> {
    await this.page.waitForURL(/\/review$/);
    await this.page.getByRole("button", { name: /^提交/ }).click();
    await this.page.waitForURL((url) => !url.pathname.endsWith("/review"));
  }

  get slip() {
    return this.page.locator("header.bar .sync");
  }
}
