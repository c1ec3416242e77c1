// Another build of the site while sheets wait on the phone: forwards and back again. Whatever
// happens to the code, the seat's database opens and every sheet goes up once.
import { type BrowserContext } from "@playwright/test";
import { Organiser } from "../../fixtures/organiser.ts";
import { LeitaiServer } from "../../fixtures/server.ts";
import { alive, expect, network, test as base } from "../../fixtures/test.ts";
import { PadPage } from "../../pages/pad.page.ts";

const PUSH = "**/api/v1/sync/push";

// A server of its own for each spec: no other one shall meet the other build.
const test = base.extend<{ own: LeitaiServer }>({
  own: async ({}, use) => {
    const server = await LeitaiServer.start();
    await use(server);
    await server.stop();
  },
});

/** A pad without network that has sealed the first two entries. */
async function padWithUnsent(context: BrowserContext, organiser: Organiser): Promise<PadPage> {
  const { cards } = await organiser.underWay({ entries: 3, seats: 1 });
  const pad = await PadPage.open(context);
  await pad.pair(cards[0]);
  await network(context, false);
  await pad.score("第1村", ["81"]);
  await pad.score("第2村", ["82"]);
  await expect(pad.slip).toContainText("待上传 2");
  return pad;
}

const build = (pad: PadPage) => pad.page.locator("html").getAttribute("data-build");
const prompt = (pad: PadPage) => pad.page.getByText("有新版本，评完再换");
const take = (pad: PadPage) => pad.page.getByRole("button", { name: "现在换" }).click();

test("an update waits for the open sheet, and what was sealed before it is sent once", async ({ context, own }) => {
  const organiser = await Organiser.create(own, "update");
  const pad = await padWithUnsent(context, organiser);
  const first = await build(pad);
  await own.change(own.otherBuild());
  await pad.choose("第3村");
  await pad.page.keyboard.type("8");

  // The network is back, but nothing gets through to the outbox's address yet.
  await context.route(PUSH, (route) => route.abort());
  await network(context, true);
  await pad.page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(prompt(pad)).toBeVisible({ timeout: 30_000 });
  await take(pad);
  await expect(pad.page.getByText("有一份分正在评，评完再换")).toBeVisible();
  expect(await build(pad)).toBe(first);
  await expect(pad.page.locator(".dial output")).toHaveText(/8/);
  await pad.type(["3"]);
  await expect(pad.slip).toContainText("待上传 3");

  await pad.reopen();
  // Nobody is asked whether to leave the page: it goes on sending on the other side.
  let asked = false;
  pad.page.on("dialog", async (dialog) => {
    asked = true;
    await dialog.accept();
  });
  await take(pad);
  await expect(pad.page.locator("html")).not.toHaveAttribute("data-build", first!);
  await alive(pad.page);
  await expect(pad.slip).toContainText("待上传 3");
  await context.unroute(PUSH);
  const sheets = await pad.sentOnce(3);
  expect(asked).toBe(false);
  expect(sheets.map((sheet) => sheet.marks[0].millis).sort()).toEqual([81_000, 82_000, 83_000]);
});

test("after a rollback the older build opens what the newer one wrote, and sends it once", async ({ context, own }) => {
  const organiser = await Organiser.create(own, "rollback");
  const older = own.site;
  await own.change(own.otherBuild());
  const pad = await padWithUnsent(context, organiser);
  const newer = await build(pad);
  await writeAsNewerBuild(pad);

  await own.change(older);
  await context.route(PUSH, (route) => route.abort());
  await network(context, true);
  await pad.reopen();
  await take(pad);
  await expect(pad.page.locator("html")).not.toHaveAttribute("data-build", newer!);
  await alive(pad.page);
  await expect(pad.slip).toContainText("待上传 2");
  await context.unroute(PUSH);
  await pad.sentOnce(2);
});

/** Leaves in the seat's database what the build that is rolled back to has never heard of: a draft
    and a download of a newer shape, and a record of a kind of its own. */
async function writeAsNewerBuild(pad: PadPage): Promise<void> {
  const seat = new URL(pad.list).pathname.split("/").at(-1);
  await pad.page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const stores = ["cache", "draft", "meta"];
          const writing = opening.result.transaction(stores, "readwrite");
          const newer = (id: string) => ({ id, v: 99, body: JSON.stringify({ shape: "newer" }) });
          writing.objectStore("cache").put(newer("view"));
          writing.objectStore("draft").put(newer("01900000-0000-7000-8000-000000000099"));
          writing.objectStore("meta").put(newer("of-a-newer-build"));
          writing.onabort = () => reject(writing.error);
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    `leitai-seat-${seat}`,
  );
}
