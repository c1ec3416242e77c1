// The organiser's pages, as an organiser uses them.
import { type Page, expect } from "@playwright/test";
import { alive } from "../fixtures/test.ts";

export class StaffPage {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
    await alive(this.page);
  }

  async signIn(login: string, password: string): Promise<void> {
    await this.open("/admin/sign-in");
    await this.page.locator("#login").fill(login);
    await this.page.locator("#password").fill(password);
    await this.page.getByRole("button", { name: "登录" }).click();
  }

  async changePassword(old: string, password: string): Promise<void> {
    await this.page.waitForURL(/\/admin\/account/);
    await this.page.locator("#old").fill(old);
    await this.page.locator("#new").fill(password);
    const answer = this.page.waitForResponse(/change-password/);
    await this.page.getByRole("button", { name: "换密码" }).click();
    expect((await answer).ok()).toBe(true);
  }

  /** Sends a file from a form of the page that is open; what comes back is a dry run. */
  async upload(label: string, act: string, file: { name: string; text: string } | string): Promise<void> {
    const content =
      typeof file === "string" ? file : { name: file.name, mimeType: "text/csv", buffer: Buffer.from(file.text) };
    await this.page.getByLabel(label).setInputFiles(content);
    await this.page.getByRole("button", { name: act, exact: true }).click();
    await this.page.waitForURL(/import/);
    await alive(this.page);
  }

  /** What the dry run would do to one table. */
  async expectTally(table: string, tally: { added: number; known: number }): Promise<void> {
    const region = this.page.getByRole("region", { name: table });
    await expect(region).toContainText(`${tally.added}新增`);
    await expect(region).toContainText(`${tally.known}不变`);
  }

  get importAct() {
    return this.page.getByRole("button", { name: "导入", exact: true });
  }

  /** Ticks what has to be checked first, and applies. */
  async applyImport(): Promise<void> {
    const checked = this.page.getByRole("checkbox", { name: /^已核对以上/ });
    if (await checked.isVisible()) {
      await expect(this.importAct).toHaveAttribute("aria-disabled", "true");
      await checked.check();
    }
    await this.importAct.click();
    await expect(this.page.getByText("已导入。")).toBeVisible();
  }

  /** Closes a month of which nothing is missing, on its page; another account has to post it. */
  async closeMonth(month: string): Promise<void> {
    await this.open(month);
    await this.page.getByRole("button", { name: "结账" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "结账", exact: true }).click();
    await expect(this.page.getByText("请另一个账号来发布")).toBeVisible();
  }

  /** Posts a month that another account closed, for the first time. */
  async postMonth(month: string): Promise<void> {
    await this.open(month);
    await this.page.getByRole("button", { name: "发布本月结果" }).click();
    await this.page.getByRole("dialog").getByRole("button", { name: "发布本月结果" }).click();
    await expect(this.page.getByText("校验码")).toBeVisible();
  }

  /** Answers the question before an act: tried without its reason first, which is refused. */
  async answer(act: string, field: string, reason: string): Promise<void> {
    const dialog = this.page.getByRole("dialog");
    const button = dialog.getByRole("button", { name: act, exact: true });
    await button.click();
    await expect(dialog).toContainText("这一项要填");
    await dialog.getByLabel(field).fill(reason);
    await button.click();
    await expect(dialog).toBeHidden();
  }
}
