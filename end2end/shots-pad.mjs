// Opens a gate, claims a seat of the contest with its card, and walks through the pad, for the
// pictures. It changes the demo it runs against.

const hydrated = (page) => page.locator('body[data-alive]').waitFor({ state: 'attached' });

/** Yields the name of each page once it stands. Needs a page that is signed in as organiser. */
export async function* openPads(page, base, contest, seat) {
  page.setDefaultTimeout(10_000);
  await page.goto(`${base}/admin/contests/${contest}`);
  await hydrated(page);
  const open = page.locator('.acts .btn[data-kind="main"]:not([data-hold])');
  if (await page.locator('.gate li').first().getAttribute('aria-current') && await open.count()) {
    await open.click();
    await page.locator('.acts .btn[data-hold]').waitFor();
  }
  await page.goto(`${base}/admin/contests/${contest}/cards`);
  await hydrated(page);
  const card = page.locator('.card:has(.card-code)').nth(seat);
  await card.waitFor();
  const link = new URL(await card.locator('a').getAttribute('href'));
  const digits = (await card.locator('.card-code').textContent()).trim();
  await page.goto(base + link.pathname + link.search + link.hash);
  await hydrated(page);
  yield 'pad-card';
  const boxes = page.locator('input[inputmode="numeric"]');
  for (const [index, digit] of [...digits].entries()) await boxes.nth(index).fill(digit);
  await page.locator('input[type="checkbox"]').first().check();
  await page.locator('.btn[data-kind="main"]').first().click();
  await page.waitForURL(/\/seat/);
  await page.locator('a[href*="/entry/"]').first().waitFor();
  yield 'pad-list';
  await page.locator('a[href*="/entry/"]').first().click();
  await page.locator('.keys').waitFor();
  yield 'pad-blank';
  await page.locator('.keys .key').first().click();
  yield 'pad-marked';
}
