import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { accountFile, readAccountFile, steamIdIn, writeAccountFile } from "./account-file.ts";

const STEAM_ID = "76561190000000001";
const KILLS = 20;

function temporaryFolder() {
  const path = mkdtempSync(join(tmpdir(), "tracker-account-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

test("an account is read back as it was written, and by nobody else", () => {
  using folder = temporaryFolder();
  const path = accountFile(folder.path);
  const account = { steam_api_key: "A".repeat(32), steam_id: STEAM_ID };

  writeAccountFile(path, account);

  expect(readAccountFile(path)).toEqual(account);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
});

test("a writer that is killed at any moment leaves the account before or the one after, whole", async () => {
  using folder = temporaryFolder();
  const path = accountFile(folder.path);
  const writer = `
    import { writeAccountFile } from ${JSON.stringify(join(import.meta.dir, "account-file.ts"))};
    for (let digit = 0; ; digit = (digit + 1) % 10) {
      writeAccountFile(${JSON.stringify(path)}, { steam_api_key: String(digit).repeat(32), steam_id: "${STEAM_ID}" });
      if (digit === 0) process.stdout.write("written\\n");
    }`;

  for (let kill = 0; kill < KILLS; kill++) {
    const child = Bun.spawn([process.execPath, "--no-env-file", "-e", writer], {
      stdout: "pipe",
      stderr: "inherit",
    });
    await child.stdout.getReader().read();
    await Bun.sleep(Math.random() * 5);
    child.kill("SIGKILL");
    await child.exited;
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(/^\{"steam_api_key":"(\d)\1{31}","steam_id":"76561190000000001"\}\n$/);
    expect(readAccountFile(path)).not.toBeNull();
    expect(statSync(path).mode & 0o777).toBe(0o600);
  }
});

test("whatever lies in its place, what is read is an account or none", () => {
  using folder = temporaryFolder();
  const path = join(folder.path, "account.json");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      writeFileSync(path, text);
      expect(readAccountFile(path)).toBeNull();
    }),
    { numRuns: 200 },
  );
  expect(readAccountFile(join(folder.path, "nothing"))).toBeNull();
});

test.each([
  [STEAM_ID, STEAM_ID],
  ["some-body_1", "some-body_1"],
  [" some-body ", "some-body"],
  ["https://steamcommunity.com/profiles/76561190000000001/", STEAM_ID],
  ["steamcommunity.com/id/somebody", "somebody"],
  ["https://www.steamcommunity.com/id/somebody/?xml=1", "somebody"],
  ["https://example.com/id/somebody", null],
  ["two words", null],
  ["", null],
])("%p means the account %p", (given, id) => {
  expect(steamIdIn(given)).toBe(id);
});
