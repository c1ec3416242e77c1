// The judge's phone, as a judge uses it.
import { type BrowserContext, type Page, expect } from "@playwright/test";
import type { Card } from "../fixtures/organiser.ts";
import { alive, controlled } from "../fixtures/test.ts";

/** What pairing gave a pad; the key seals its sheets (hex). */
export interface Credential {
  contest: string;
  seat: string;
  device: string;
  token: string;
  seat_key: string;
}

/** One version of a sheet on the server. */
export interface OwnSheet {
  sheet_id: string;
  version: number;
  entry: string;
  marks: { criterion: string; millis: number }[];
  standing: string | object;
}

export class PadPage {
  /** The address of the judge's list, once the seat is claimed. */
  list = "";

  constructor(readonly page: Page) {}

  static async open(context: BrowserContext): Promise<PadPage> {
    return new PadPage(await context.newPage());
  }

  /** Opens a card's link, enters the digits, and waits until the pad can go offline. */
  async pair(card: Card): Promise<void> {
    await this.claim(card);
    await this.ready();
  }

  /** The same with a card whose seat another device holds. */
  async takeOver(card: Card): Promise<void> {
    await this.claim(card);
    await this.page.getByRole("button", { name: "接管到本机" }).click();
    await this.ready();
  }

  private async claim(card: Card): Promise<void> {
    await this.page.goto(card.url);
    await alive(this.page);
    await this.enter(card.digits);
  }

  private async ready(): Promise<void> {
    await this.page.waitForURL(/\/seat\/[0-9a-f-]+$/);
    this.list = this.page.url();
    await controlled(this.page);
    await expect(this.page.getByText("本机可离线评分")).toBeVisible();
  }

  async enter(digits: string): Promise<void> {
    await this.page.getByLabel("第 1 位").click();
    await this.page.keyboard.type(digits);
    await this.page.getByRole("checkbox").check();
    await this.page.getByRole("button", { name: "领取席位，准备评分" }).click();
  }

  /** Starts the page anew on the judge's list, as after a crash or a closed tab. */
  async reopen(): Promise<void> {
    await this.page.goto(this.list);
    await alive(this.page);
    await expect(this.slip).not.toContainText("正在打开");
  }

  /** Marks an entry of the list with the keyboard, and seals it. */
  async score(name: string, marks: string[]): Promise<void> {
    await this.choose(name);
    await this.type(marks);
  }

  /** Opens an entry of the running order by its name. */
  async choose(name: string): Promise<void> {
    await this.page.getByRole("link", { name }).first().click();
    await this.page.waitForURL(/\/entry\//);
    // Three phones at once on a small machine take their time.
    await expect(this.page.getByRole("group", { name: "数字键" })).toBeVisible({ timeout: 30_000 });
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
    await this.submit.click();
    await this.page.waitForURL((url) => !url.pathname.endsWith("/review"));
  }

  get submit() {
    return this.page.getByRole("button", { name: /^提交/ });
  }

  get slip() {
    return this.page.locator("header.bar .sync");
  }

  /** The seat's credential, as it lies in the seat's own database. */
  async credential(): Promise<Credential> {
    const seat = new URL(this.list).pathname.split("/").at(-1);
    const body = await this.page.evaluate(
      (name) =>
        new Promise<string>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const reading = opening.result.transaction("meta").objectStore("meta").get("credential");
            reading.onerror = () => reject(reading.error);
            reading.onsuccess = () => resolve(reading.result.body);
            opening.result.close();
          };
        }),
      `leitai-seat-${seat}`,
    );
    return JSON.parse(body) as Credential;
  }

  /** What the server holds of this seat, every version. Asked beside the page, so a cut network
      does not matter. */
  async received(): Promise<OwnSheet[]> {
    const { token, device } = await this.credential();
    const answer = await this.page.request.get(new URL("/api/v1/sync/pull", this.list).href, {
      params: { protocol: 1, device, cursor: 0 },
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return ((await answer.json()) as { view: { sheets: OwnSheet[] } }).view.sheets;
  }

  /** Waits until the pad calls everything sent; then the server holds so many versions, and none
      of them twice. */
  async sentOnce(versions: number): Promise<OwnSheet[]> {
    await expect(this.slip).toHaveAttribute("data-state", "synced", { timeout: 30_000 });
    const sheets = await this.received();
    expect(sheets).toHaveLength(versions);
    expect(new Set(sheets.map((sheet) => `${sheet.entry} ${sheet.version}`)).size).toBe(versions);
    return sheets;
  }
}
