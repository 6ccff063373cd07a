import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runTracker } from "../running-tracker.ts";

// Half a minute of starting things, and then a stack trace, would tell nobody what to install.
test("where there is no Chromium the command says so at once, and what would help", async () => {
  const folder = join(tmpdir(), "tracker-no-pictures");
  const ended = await runTracker(["screenshots", folder], { PATH: "/nowhere", CI: "" });

  expect(ended.exitCode).toBe(1);
  expect(ended.stderr).toContain("there is none: install it so that chromium");
  expect(ended.stderr.trim().split("\n")).toHaveLength(1);
  expect(existsSync(folder)).toBe(false);
});

test("without a folder it says how it is called", async () => {
  const ended = await runTracker(["screenshots"], {});

  expect(ended.exitCode).toBe(2);
  expect(ended.stderr).toContain("expected: screenshots DIR");
});
