// A photo beside an inspector's record, without network: on the disk with the record or not at all,
// sent after it, and off the phone once the server has the very bytes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, type Page } from "@playwright/test";
import { claim, link } from "../../fixtures/links.ts";
import { Organiser } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, fair, network, test } from "../../fixtures/test.ts";

declare global {
  interface Window {
    photosFail: boolean;
  }
}

interface Merit {
  id: string;
  photo: string | null;
}

const UNITS = "编码,名称,层级,上级\n01,青禾镇,乡镇,\n";
const GROUPS = "赛季,组别,单位\n2026,乡镇组,01\n";
/** As the camera of a phone writes it: where the picture was taken. */
const PLACE = "Exif\0\0 GPS 30.2741 N 120.1551 E";

async function season(organiser: Organiser, browser: Browser): Promise<string> {
  const staff = await organiser.tablet(browser);
  for (const [name, text] of [["units.csv", UNITS], ["groups.csv", GROUPS]]) {
    await staff.open("/admin/roster");
    await staff.upload("文件", "试导入", { name, text });
    await staff.applyImport();
  }
  await staff.page.context().close();
  return (await organiser.call<{ seasons: { id: string }[] }>("month/seasons")).seasons[0].id;
}

/** The season takes photos from now on, or takes none any more. */
function takePhotos(server: LeitaiServer, on = true): void {
  const charter = JSON.parse(server.run("season", "2026"));
  expect(charter.merit_photos, "off by default").toBe(!on);
  const file = join(server.folder, "charter.json");
  writeFileSync(file, JSON.stringify({ ...charter, merit_photos: on }));
  server.run("season", "2026", "--charter", file);
}

/** A JPEG larger than what is kept, with the place in it. */
async function camera(page: Page): Promise<Buffer> {
  const plain = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2000, 3000];
    const pen = canvas.getContext("2d")!;
    for (let at = 0; at < 3000; at += 10) {
      pen.fillStyle = `hsl(${at % 360} 60% 50%)`;
      pen.fillRect(0, at, 2000 - at / 2, 10);
    }
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  });
  const jpeg = Buffer.from(plain, "base64");
  const place = Buffer.from(PLACE, "latin1");
  const head = Buffer.from([0xff, 0xe1, 0, place.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), head, place, jpeg.subarray(2)]);
}

/** What is typed, without the photo. */
async function fillIn(page: Page, reason: string): Promise<void> {
  await page.getByRole("button", { name: "记一笔" }).click();
  await page.getByRole("button", { name: "青禾镇" }).click();
  await page.getByRole("radio", { name: "扣分" }).click();
  await page.getByRole("button", { name: "2", exact: true }).click();
  await page.getByLabel("类别").fill("责任落实");
  await page.getByLabel("情况").fill(reason);
}

async function fillInWithPhoto(page: Page): Promise<void> {
  await fillIn(page, "河道有漂浮物");
  const buffer = await camera(page);
  await page.getByLabel("照片（可以不加）").setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer });
  await expect(chosen(page)).toBeVisible();
}

/** The numbers of ops and photos that lie on this phone. */
async function onDisk(page: Page): Promise<{ ops: number; photos: number }> {
  return page.evaluate(async () => {
    const name = `leitai-seat-${location.pathname.split("/").at(-1)}`;
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((yes, no) => {
        request.onsuccess = () => yes(request.result);
        request.onerror = () => no(request.error);
      });
    const db = await done(indexedDB.open(name));
    const ops = await done(db.transaction("op").objectStore("op").getAll());
    const keys = (await done(db.transaction("meta").objectStore("meta").getAllKeys())) as string[];
    db.close();
    return {
      ops: ops.filter((each) => each.body !== "").length,
      photos: keys.filter((key) => key.startsWith("photo:")).length,
    };
  });
}

/** The disk takes a photo and then gives the transaction back, as Chrome does when it is full. */
function failingPhotos(): void {
  window.photosFail = false;
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...record) {
    const request = put.apply(this, record);
    if (window.photosFail && String(record[0].id).startsWith("photo:")) {
      request.addEventListener("success", () => {
        const full = new DOMException("no space left", "QuotaExceededError");
        Object.defineProperty(this.transaction, "error", { value: full });
        this.transaction.abort();
      });
    }
    return request;
  };
}

const chosen = (page: Page) => page.getByRole("img", { name: "已加的照片" });

test("a photo arrives with its record, byte for byte, and leaves the phone only then", async ({ browser, context }) => {
  test.setTimeout(180_000);
  const server = await LeitaiServer.start();
  try {
    const organiser = await Organiser.create(server, "photo");
    const id = await season(organiser, browser);
    const period = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 7);
    const merits = async () =>
      (await organiser.call<{ merits: Merit[] }>("month/desk", { season: id, period })).merits;
    const issue = { do: "issue_inspector", holder: "第一检查组" };
    const page = await claim(context, await link(organiser, id, issue, "第一检查组"));
    await page.getByRole("button", { name: "记一笔" }).click();
    await expect(page.getByLabel("情况")).toBeVisible();
    await expect(page.getByLabel("照片（可以不加）")).toHaveCount(0);
    await page.getByRole("button", { name: "不记了" }).click();
    takePhotos(server);
    await page.reload();
    await alive(page);
    // The new rules have arrived before the network goes.
    await page.getByRole("button", { name: "记一笔" }).click();
    await expect(page.getByLabel("照片（可以不加）")).toHaveCount(1, { timeout: 60_000 });
    await page.getByRole("button", { name: "不记了" }).click();
    const original = await camera(page);

    await network(context, false);
    await fillIn(page, "河道有漂浮物");
    const file = page.getByLabel("照片（可以不加）");
    // What is no picture is said, and what was typed stays.
    await file.setInputFiles({ name: "b.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no picture") });
    await expect(page.getByRole("alert").filter({ hasText: "读不出来" })).toContainText("已填的内容都在");
    await fair(page);
    await file.setInputFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: original });
    await expect(chosen(page)).toBeVisible();
    const source = await chosen(page).getAttribute("src");
    await page.reload();
    await alive(page);
    await expect(chosen(page)).toHaveAttribute("src", source!);
    await expect(page.getByLabel("情况")).toHaveValue("河道有漂浮物");
    await fair(page);
    await page.getByRole("button", { name: "提交" }).dblclick();
    await expect(page.getByText("照片待上传 1")).toBeVisible();
    expect(await onDisk(page)).toEqual({ ops: 1, photos: 1 });
    await page.reload();
    await alive(page);
    await expect(page.getByText("照片待上传 1")).toBeVisible();
    await page.getByRole("button", { name: "看照片" }).click();
    await expect(page.getByRole("img", { name: "这一笔的现场照片" })).toBeVisible();
    await fair(page);
    expect(await merits()).toEqual([]);

    await network(context, true);
    await expect.poll(async () => (await merits()).map((one) => one.photo), { timeout: 60_000 }).toEqual(["here"]);
    await expect(page.getByText("照片待上传 1")).toBeHidden();
    await expect.poll(async () => (await onDisk(page)).photos).toBe(0);

    // The very bytes that were shown in the form, smaller, and without the place.
    const [merit] = await merits();
    const answer = await organiser.http.get(`/admin/photos/${merit.id}`);
    const bytes = await answer.body();
    expect(bytes.toString("base64")).toBe(source!.split(",")[1]);
    expect(original.includes("GPS")).toBe(true);
    expect(bytes.includes("GPS")).toBe(false);
    expect(bytes.length).toBeLessThanOrEqual(600 * 1024);

    const staff = await organiser.tablet(browser);
    await staff.open(`/admin/months/${id}/${period}`);
    const shown = staff.page.getByRole("img", { name: "这一笔的现场照片" });
    await expect(shown).toBeVisible();
    const size = () => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
    await expect.poll(size).toEqual([853, 1280]);
    await fair(staff.page);

    // The phone sees it from the server now, and keeps it in no cache.
    await page.getByRole("button", { name: "看照片" }).click();
    await expect(page.getByRole("img", { name: "这一笔的现场照片" })).toBeVisible();
    const cached = await page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map((request) => new URL(request.url).pathname);
    });
    expect(cached).toContain("/photo.js");
    expect(cached.filter((path) => path.includes("/photos/"))).toEqual([]);
  } finally {
    await server.stop();
  }
});

test("what the server refuses stays on the phone until a person deletes it", async ({ browser, context }) => {
  test.setTimeout(120_000);
  const server = await LeitaiServer.start();
  try {
    const organiser = await Organiser.create(server, "photo");
    const id = await season(organiser, browser);
    takePhotos(server);
    const issue = { do: "issue_inspector", holder: "第一检查组" };
    const page = await claim(context, await link(organiser, id, issue, "第一检查组"));
    await network(context, false);
    await fillInWithPhoto(page);
    await page.getByRole("button", { name: "提交" }).click();
    await expect(page.getByText("照片待上传 1")).toBeVisible();
    takePhotos(server, false);
    await network(context, true);
    await expect(page.getByText("有一张照片服务器不收")).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText("已送达，待确认")).toBeVisible({ timeout: 60_000 });
    expect(await onDisk(page)).toMatchObject({ photos: 1 });

    await page.getByRole("button", { name: "从本机删除" }).click();
    await expect(page.getByText("有一张照片服务器不收")).toBeHidden();
    expect(await onDisk(page)).toMatchObject({ photos: 0 });
  } finally {
    await server.stop();
  }
});

test("a record and its photo come on the disk together, or neither does", async ({ browser, context }) => {
  test.setTimeout(120_000);
  const server = await LeitaiServer.start();
  try {
    const organiser = await Organiser.create(server, "photo");
    const id = await season(organiser, browser);
    takePhotos(server);
    await context.addInitScript(failingPhotos);
    const issue = { do: "issue_inspector", holder: "第一检查组" };
    const page = await claim(context, await link(organiser, id, issue, "第一检查组"));
    await network(context, false);
    await fillInWithPhoto(page);
    await page.evaluate(() => (window.photosFail = true));
    await page.getByRole("button", { name: "提交" }).click();
    await expect(page.getByText("没存下")).toBeVisible();
    expect(await onDisk(page)).toEqual({ ops: 0, photos: 0 });
    await expect(chosen(page)).toBeVisible();

    await page.evaluate(() => (window.photosFail = false));
    await page.getByRole("button", { name: "再试一次" }).click();
    await expect(page.getByText("照片待上传 1")).toBeVisible();
    expect(await onDisk(page)).toEqual({ ops: 1, photos: 1 });
  } finally {
    await server.stop();
  }
});
