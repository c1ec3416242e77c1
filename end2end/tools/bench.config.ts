// The measurements that need a browser, for `make bench`: one after another, in the phone of the
// browser tests.
import { defineConfig } from "@playwright/test";
import base from "../playwright.config.ts";

const { use } = base.projects!.find(({ name }) => name === "offline")!;

export default defineConfig({
  ...base,
  testDir: ".",
  testMatch: "*.bench.ts",
  outputDir: "../report/bench",
  retries: 0,
  workers: 1,
  timeout: 600_000,
  projects: [{ name: "bench", use }],
});
