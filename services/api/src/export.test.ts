import { expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startSystem } from "./test-system.ts";

const FILE = "game-tracker-20261120T223000Z.zip";

test("an export is handed out whole and only to admins, and one that failed or is paused says why", async () => {
  await using system = await startSystem();
  const dataDir = system.nats.env["DATA_DIR"] ?? "";
  const token = system.token("admin");
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  mkdirSync(join(dataDir, "exports"), { recursive: true });
  await Bun.write(join(dataDir, "exports", FILE), bytes);

  system.store.exported = { state: "done", result: { file: FILE } };
  const reader = await system.fetch("/api/export", { token: system.token("read") });
  const answer = await system.fetch("/api/export", { token });
  const body = await answer.bytes();
  const again = await system.fetch(`/api/exports/${FILE}`, { token });
  const bodyAgain = await again.bytes();
  const gone = await system.fetch(`/api/exports/${FILE.replace("2026", "2025")}`, { token });
  const outside = await system.fetch("/api/exports/..%2Ftracker.db", { token });
  const asReader = await system.fetch(`/api/exports/${FILE}`, { token: system.token("read") });
  system.store.exported = { state: "done", result: { file: "../credentials/operator.nk" } };
  const climbing = await system.fetch("/api/export", { token });
  system.store.exported = { state: "failed", error: "the disk is full" };
  const failed = await system.fetch("/api/export", { token });
  system.store.exported = { state: "paused" };
  const paused = await system.fetch("/api/export", { token });

  expect(reader.status).toBe(403);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "application/zip"]);
  expect(answer.headers.get("content-disposition")).toContain(FILE);
  expect(body).toEqual(bytes);
  expect([again.status, again.headers.get("content-type")]).toEqual([200, "application/zip"]);
  expect(bodyAgain).toEqual(bytes);
  expect([gone.status, outside.status, asReader.status]).toEqual([404, 422, 403]);
  expect(climbing.status).toBe(503);
  expect(failed.status).toBe(503);
  expect(await failed.json()).toMatchObject({
    detail: expect.stringContaining("the disk is full"),
  });
  expect(paused.status).toBe(409);
  expect(await paused.json()).toMatchObject({ detail: expect.stringContaining("resume it") });
});
