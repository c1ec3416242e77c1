// Takes every page of a running demo server in the sizes it is used in, reports what is wider than
// the window, and lays the pictures out on contact sheets.
//
//   node shots.mjs BASE_URL OUT_DIR [--only NAME]
//
// ADMIN_LOGIN and ADMIN_PASSWORD sign in; without them the organiser's pages are left out, loudly.
// A one-time password is changed to ADMIN_NEW_PASSWORD (or the old one with "-shots" behind it).
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { openField, openHost, openPads } from './shots-pad.mjs';

const [base, out] = process.argv.slice(2);
if (!base || !out) {
  console.error('usage: node shots.mjs BASE_URL OUT_DIR [--only NAME]');
  process.exit(2);
}
const only = process.argv.includes('--only') ? process.argv.at(process.argv.indexOf('--only') + 1) : '';
const { ADMIN_LOGIN: login, ADMIN_PASSWORD: password } = process.env;
const newPassword = process.env.ADMIN_NEW_PASSWORD ?? `${password}-shots`;

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1024, height: 768 };
const SIZES = {
  phone: [
    { name: 'std', ...PHONE, scale: 'std' },
    { name: 'xl', ...PHONE, scale: 'xl' },
  ],
  tablet: [{ name: 'tablet', ...DESK, scale: 'std' }],
  english: [{ name: 'en', ...PHONE, scale: 'std', lang: 'en' }],
  staff: [
    { name: 'desk', ...DESK, scale: 'std' },
    { name: 'phone', ...PHONE, scale: 'std' },
  ],
  screen: [
    { name: 'wide', width: 1920, height: 1080, scale: 'std' },
    { name: '4x3', width: 1024, height: 768, scale: 'std' },
  ],
  // What a public account takes.
  drawing: [{ name: '1080', width: 1080, height: 1440, scale: 'std' }],
  // A4 at 96 dots to the inch.
  print: [{ name: 'a4', width: 794, height: 1123, scale: 'std', media: 'print' }],
};

const taken = [];
let slip;
const faults = [];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
});
try {
  await mkdir(out, { recursive: true });
  const contests = await findContests();
  const months = await findMonth();
  await shoot('phone', publicPages(contests, months));
  await shoot('english', publicPages(contests, months));
  await shoot('tablet', months);
  await shootDrawings(drawings(months));
  await shoot('screen', screenPages(contests, months));
  await shootPrint(publicPrints(contests, months));
  const staff = await signIn();
  if (staff) {
    slip = await findSlip(staff);
    await shoot('staff', staffPages(contests, months), staff);
    await shootPrint(staffPrints(contests, months), staff);
    await shootPads(contests, staff);
    await shootHost(contests, staff);
    await shootField(addressOf(months), staff);
  } else {
    console.error('ORGANISER PAGES LEFT OUT: set ADMIN_LOGIN and ADMIN_PASSWORD');
  }
  await contactSheets();
} finally {
  await browser.close();
}
for (const fault of faults) console.error(fault);
console.log(`${taken.length} pictures in ${out}, ${faults.length} faults`);
process.exitCode = faults.length ? 1 : 0;

/** The contests of the demo by state, read from the public page like anybody would. */
async function findContests() {
  const page = await browser.newPage();
  await page.goto(base);
  const found = {};
  const links = await page.locator('a[href^="/contests/"]').evaluateAll((nodes) =>
    nodes.map((node) => node.getAttribute('href')));
  for (const href of new Set(links)) {
    await page.goto(base + href);
    const id = href.split('/').at(-1);
    const posted = await page.locator('.board').count();
    const open = await page.locator('.row[aria-current]').count();
    const closed = await page.locator('.row .tag[data-tone="ok"]').count();
    const state = posted ? 'posted' : open || closed ? 'open' : 'ready';
    found[state] ??= id;
  }
  await page.close();
  return found;
}

/** The newest month, and a unit of it: one that is on a list, the first, and the last. */
async function findMonth() {
  const page = await browser.newPage();
  const href = (link) => link.getAttribute('href', { timeout: 5000 });
  await page.goto(`${base}/boards`);
  const month = await href(page.locator('a[href^="/months/"]').first()).catch(() => undefined);
  if (!month) return [['units', '/units']];
  await page.goto(base + month);
  const places = page.locator('ol.ledger').first().locator('a[href^="/units/"]');
  const pages = [['month', month], ['poster', `${month}/poster`], ['month-flags', `${month}/flags`], ['units', '/units'], ['units-none', '/units?q=zzz'],
    ['unit-first', await href(places.first())], ['unit-last', await href(places.last())]];
  for (const list of ['red', 'black']) {
    const listed = page.locator(`[data-board="${list}"] a[href^="/units/"]`).first();
    if (await listed.count()) pages.push([`unit-${list}`, await href(listed)]);
  }
  await page.close();
  return pages;
}

function publicPages(contests, months) {
  return [
    ['home', '/'],
    ['boards', '/boards'],
    ...months,
    ...Object.entries(contests).map(([state, id]) => [`contest-${state}`, `/contests/${id}`]),
    ['help', '/help/install'],
    ['prefs', '/prefs'],
    ['sign-in', '/admin/sign-in'],
    ['missing', '/no-such-page'],
  ];
}

function screenPages(contests, months) {
  const pages = Object.entries(contests).map(([state, id]) => [`screen-${state}`, `/screen/${id}`]);
  const month = addressOf(months);
  return month ? [...pages, ['screen-month', `/screen${month}`]] : pages;
}

/** The pictures of the month and of its units, as the server draws them. */
function drawings(months) {
  const drawn = months.filter(([name]) => name === 'month' || name.startsWith('unit-'));
  return drawn.map(([name, path]) => [`drawing-${name}`, `${path}/picture.svg`]);
}

/** The address of the newest month. */
function addressOf(months) {
  return months.find(([name]) => name === 'month')?.[1];
}

function staffPages(contests, months) {
  const pages = [['admin', '/admin'], ['new', '/admin/contests/new'], ['roster', '/admin/roster'],
    ['account', '/admin/account'], ['months', '/admin/months'], ...slipPages()];
  const posted = addressOf(months);
  if (posted) {
    const [, season, period] = posted.match(/^(.*\/)(\d+-\d+)$/);
    pages.push(['links', `/admin/links/${posted.split('/')[2]}`]);
    pages.push(['calendar', `/admin/calendar/${posted.split('/')[2]}`]);
    pages.push(['rules', `/admin/rules/${posted.split('/')[2]}`]);
    for (const name of ['leaders', 'work']) pages.push([name, `/admin/${name}/${posted.split('/')[2]}`]);
    pages.push(['month-posted', `/admin${posted}`], ['month-open', `/admin${season}${after(period)}`]);
  }
  for (const [state, id] of Object.entries(contests)) {
    const of = `/admin/contests/${id}`;
    pages.push([`desk-${state}`, of], [`seats-${state}`, `${of}/seats`]);
    pages.push([`cards-${state}`, `${of}/cards`], [`calculation-${state}`, `${of}/calculation`]);
  }
  return pages;
}

/** The slips by state, and the first document that is issued. */
function slipPages() {
  const states = ['proposed', 'issued', 'overdue', 'replied', 'closed'];
  const lists = states.map((state) => [`slips-${state}`, `/admin/slips?state=${state}`]);
  return slip ? [...lists, ['slip', slip]] : lists;
}

/** A document that was replied to, as a signed-in account finds it. */
async function findSlip(storageState) {
  const context = await browser.newContext({ storageState });
  const page = await context.newPage();
  await page.goto(`${base}/admin/slips?state=closed`);
  const link = page.locator('a.row[href^="/admin/slips/"]').first();
  const href = (await link.count()) ? await link.getAttribute('href') : undefined;
  await context.close();
  return href;
}

/** The month after one. */
function after(period) {
  const [year, month] = period.split('-').map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

function publicPrints(contests, months) {
  const pages = contests.posted ? [['contest-print', `/contests/${contests.posted}`]] : [];
  const month = addressOf(months);
  return month ? [...pages, ['poster-print', `${month}/poster?paper=a4`]] : pages;
}

function staffPrints(contests, months) {
  const id = contests.posted ?? contests.open;
  const cards = contests.ready ?? id;
  const month = addressOf(months);
  const letter = slip ? [['slip-print', `${slip}/print`]] : [];
  const pages = [...letter, ...(month ? [['bulletin-print', `/admin${month}/print`]] : [])];
  if (!id) return pages;
  return [...pages, ['sheets-print', `/admin/contests/${id}/print`], ['cards-print', `/admin/contests/${cards}/cards`]];
}

/** A signed-in context's cookies, or nothing. */
async function signIn() {
  if (!login || !password) return undefined;
  const context = await browser.newContext();
  const page = await context.newPage();
  for (const secret of [newPassword, password]) {
    await page.goto(`${base}/admin/sign-in`);
    await alive(page);
    await page.locator('#login').fill(login);
    await page.locator('#password').fill(secret);
    await page.locator('button[type="submit"]').click();
    const left = await page.waitForURL((url) => !url.pathname.endsWith('sign-in'), { timeout: 8000 })
      .then(() => true, () => false);
    if (!left) continue;
    if (page.url().endsWith('/account')) {
      await page.locator('#old').fill(secret);
      await page.locator('#new').fill(newPassword);
      await page.locator('form button[type="submit"]').first().click();
      await page.waitForURL(`${base}/admin`, { timeout: 8000 });
    }
    const state = await context.storageState();
    await context.close();
    return state;
  }
  throw new Error('the organiser could not sign in');
}

async function alive(page) {
  await page.locator('body[data-alive]').waitFor({ state: 'attached', timeout: 20_000 });
}

async function shoot(group, pages, storageState) {
  for (const size of SIZES[group]) {
    const context = await open(size, storageState);
    const page = await context.newPage();
    for (const [name, path] of pages) await picture(page, group, size, name, path);
    await context.close();
  }
}

/** A browser takes no picture of a bare SVG, so each stands on a page. */
async function shootDrawings(pages) {
  for (const size of SIZES.drawing) {
    const context = await open(size);
    const page = await context.newPage();
    for (const [name, path] of pages.filter(([name]) => name.includes(only))) {
      await page.setContent(`<body style="margin:0"><img style="display:block" src="${base}${path}">`, { waitUntil: 'load' });
      await keep(page, 'drawing', size, name);
    }
    await context.close();
  }
}

async function shootPrint(pages, storageState) {
  await shoot('print', pages, storageState);
}

async function shootPads(contests, storageState) {
  const contest = contests.ready ?? contests.open;
  if (!contest || (only && !'pad'.includes(only) && !only.startsWith('pad'))) return;
  // Each size claims a seat of its own.
  for (const [seat, size] of SIZES.phone.entries()) {
    const context = await open(size, storageState);
    const page = await context.newPage();
    try {
      for await (const name of openPads(page, base, contest, seat)) await keep(page, 'pad', size, name);
    } catch (error) {
      faults.push(`pad-${size.name}: ${error.message.split('\n')[0]}`);
    }
    await context.close();
  }
}

async function shootHost(contests, storageState) {
  const contest = contests.ready ?? contests.open;
  if (!contest || !'host'.includes(only)) return;
  for (const size of SIZES.staff) {
    const context = await open(size, storageState);
    const page = await context.newPage();
    try {
      for await (const name of openHost(page, base, contest)) await keep(page, 'pad', size, name);
    } catch (error) {
      faults.push(`host-${size.name}: ${error.message.split('\n')[0]}`);
    }
    await context.close();
  }
}

async function shootField(month, storageState) {
  if (!month || (only && !'field'.includes(only))) return;
  const [, season] = month.match(/^\/months\/([^/]+)\//);
  for (const size of SIZES.phone) {
    const context = await open(size, storageState);
    const page = await context.newPage();
    try {
      for await (const name of openField(page, base, season)) await keep(page, 'pad', size, name);
    } catch (error) {
      faults.push(`field-${size.name}: ${error.message.split('\n')[0]}`);
    }
    await context.close();
  }
}

async function open(size, storageState) {
  const { width, height } = size;
  const context = await browser.newContext({
    viewport: { width, height }, storageState, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
  });
  const cookies = [['scale', size.scale], ['lang', size.lang ?? 'zh-CN']];
  await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: base })));
  return context;
}

async function picture(page, group, size, name, path) {
  if (only && !name.includes(only)) return;
  await page.emulateMedia({ media: size.media ?? 'screen' });
  const answer = await page.goto(base + path);
  if (answer.status() >= 400 && name !== 'missing') {
    faults.push(`${name}-${size.name}: status ${answer.status()}`);
  }
  if (size.media !== 'print') await alive(page);
  // Folded calculations are what these pages are for.
  await page.locator('details.fold').first().evaluateAll((nodes) => nodes.forEach((node) => { node.open = true; }));
  await keep(page, group, size, name);
}

/** Takes the window and the whole page, and says what sticks out. */
async function keep(page, group, size, name) {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room + 1) return [];
    const scrolls = (node) => node.closest('.table-box, .heat, .chips, [data-kind="doc"]');
    return [...document.querySelectorAll('body *')]
      .filter((node) => node.getBoundingClientRect().right > room + 1 && !scrolls(node))
      .slice(0, 3).map((node) => `${node.tagName.toLowerCase()}.${node.className}`);
  });
  if (wide.length) faults.push(`${name}-${size.name}: too wide: ${wide.join(', ')}`);
  const file = `${name}-${size.name}.png`;
  const fullPage = group !== 'screen' && group !== 'pad' && !(group === 'staff' && size.name === 'desk' && name.startsWith('desk'));
  await page.screenshot({ path: join(out, file), fullPage });
  taken.push({ group: `${group}-${size.name}`, file, name });
}

/** One page of pictures for each group and size. */
async function contactSheets() {
  const groups = new Map();
  for (const shot of taken) groups.set(shot.group, [...(groups.get(shot.group) ?? []), shot]);
  const page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
  for (const [group, shots] of groups) {
    const width = /phone|std|xl|en$/.test(group) ? 236 : 470;
    const figures = shots.map(({ file, name }) =>
      `<figure><img src="${file}" width="${width}"><figcaption>${name}</figcaption></figure>`);
    const html = `<!doctype html><meta charset="utf-8"><title>${group}</title><style>
      body{margin:12px;background:#888;font:14px sans-serif;display:flex;flex-wrap:wrap;gap:12px;align-items:flex-start}
      figure{margin:0;background:#fff}figcaption{padding:4px 8px}
      img{display:block;max-height:760px;object-fit:cover;object-position:top}</style>${figures.join('')}`;
    const sheet = resolve(out, `sheet-${group}.html`);
    await writeFile(sheet, html);
    await page.goto(pathToFileURL(sheet).href);
    await page.screenshot({ path: join(out, `sheet-${group}.png`), fullPage: true });
  }
  await page.close();
}
