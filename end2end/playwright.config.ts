// Debian's Chromium drives the release build; each worker has a server and a database of its own.
import { defineConfig } from "@playwright/test";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const needsJs = /\/arrival\.spec\.ts|\/offline\/|\/story\//;

export default defineConfig({
  testDir: "specs",
  outputDir: "report/output",
  forbidOnly: !!process.env.CI,
  // Two cores run server, browser and tests; a second try tells a slow moment from a fault.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    serviceWorkers: "block",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "phone", use: phone, testIgnore: [/\/offline\//, /\/story\//, /\/admin\//, /\/screen\//] },
    { name: "phone-nojs", use: { ...phone, javaScriptEnabled: false }, testMatch: /\/public\//, testIgnore: needsJs },
    { name: "tablet", use: { viewport: { width: 1024, height: 768 } }, testMatch: /\/admin\// },
    { name: "screen", use: { viewport: { width: 1920, height: 1080 } }, testMatch: /\/screen\// },
    { name: "offline", use: { ...phone, serviceWorkers: "allow" }, testMatch: [/\/offline\//, /\/story\//] },
  ],
});
