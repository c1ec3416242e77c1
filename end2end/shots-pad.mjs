// Claims a seat of a contest with its card and walks through the pad, for the pictures.

/** Yields the name of each page once it stands. Needs a page that is signed in as organiser. */
export async function* openPads(page, base, contest) {
  await page.goto(`${base}/admin/contests/${contest}/cards`);
  await page.locator('body[data-hydrated]').waitFor({ state: 'attached' });
  const card = page.locator('.card:has(.card-code)').last();
  await card.waitFor({ timeout: 5000 });
  const link = await card.locator('a').getAttribute('href');
  const digits = (await card.locator('.card-code').textContent()).trim();
  const target = new URL(link);
  await page.goto(base + target.pathname + target.search + target.hash);
  await page.locator('body[data-hydrated]').waitFor({ state: 'attached' });
  yield 'pad-card';
  await page.locator('input[inputmode="numeric"]').first().fill(digits);
  const consent = page.locator('input[type="checkbox"]');
  if (await consent.count()) await consent.first().check();
  await page.locator('.btn[data-kind="main"]').first().click();
  await page.waitForURL(/\/seat/, { timeout: 10_000 });
  await page.locator('.ledger .row').first().waitFor({ timeout: 10_000 });
  yield 'pad-list';
  await page.locator('a[href*="/entry/"]').first().click();
  await page.locator('.keys').waitFor({ timeout: 10_000 });
  yield 'pad-blank';
  await page.locator('.keys .key').nth(0).click();
  yield 'pad-marked';
}
