import { expect, test } from "bun:test";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { BACKUP_EXAMPLE as BACKUP } from "./operation-example.ts";
import { startSystem } from "./test-system.ts";

const OTHER = "tracker-20261119T093000Z.db";
const HOSTILE = [
  "..%2Ftracker.db",
  "..%2F..%2Fcredentials%2Foperator.nk",
  "tracker.db",
  "tracker-20261120T093000Z.db%00.txt",
  "%2Fetc%2Fpasswd",
  "tracker-nightly-20261120T093000Z.db.partial",
];

test("a backup is handed out whole and only to admins, and no name leads out of the folder", async () => {
  await using system = await startSystem();
  const dataDir = system.nats.env["DATA_DIR"] ?? "";
  const token = system.token("admin");
  const folder = join(dataDir, "backups");
  const bytes = crypto.getRandomValues(new Uint8Array(3_000_000));
  mkdirSync(folder, { recursive: true });
  await Bun.write(join(folder, BACKUP.name), bytes);
  await Bun.write(join(dataDir, "tracker.db"), "secret");
  symlinkSync("../tracker.db", join(folder, OTHER));

  const listed = await system.fetch("/api/backups", { token });
  const reader = await system.fetch(`/api/backups/${BACKUP.name}`, { token: system.token("read") });
  const answer = await system.fetch(`/api/backups/${BACKUP.name}`, { token });
  const body = await answer.bytes();
  const head = await system.fetch(`/api/backups/${BACKUP.name}`, { token, method: "HEAD" });
  const linked = await system.fetch(`/api/backups/${OTHER}`, { token });
  const hostile = await Promise.all(
    HOSTILE.map(async (name) => (await system.fetch(`/api/backups/${name}`, { token })).status),
  );

  expect(await listed.json()).toEqual({ items: [BACKUP] });
  expect(reader.status).toBe(403);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([
    200,
    "application/vnd.sqlite3",
  ]);
  expect(answer.headers.get("content-disposition")).toBe(`attachment; filename="${BACKUP.name}"`);
  expect(body).toEqual(bytes);
  expect([head.status, head.headers.get("content-length")]).toEqual([200, "3000000"]);
  expect(linked.status).toBe(404);
  for (const status of hostile) expect([404, 422]).toContain(status);
}, 20_000);

test("a backup that the store has and the api does not see is no riddle", async () => {
  await using system = await startSystem();

  const answer = await system.fetch(`/api/backups/${BACKUP.name}`, {
    token: system.token("admin"),
  });

  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining("DATA_DIR") });
});
