import { expect, test } from "bun:test";
import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { request } from "@tracker/bus";
import { EXPORTS_FOLDER, FINAL_JOB_STATES, getJob, type Job, startJob } from "@tracker/contracts";
import { exportStopped } from "./archive-export.ts";
import { ArchivePlace } from "./archive-fixture.ts";
import { importArchive } from "./archive-import.ts";
import { insertGame } from "./question-fixture.ts";
import { type RunningStore, startStore, startTestServer, until } from "./running-store-fixture.ts";

async function exported(store: RunningStore): Promise<Job> {
  const { id } = await request(store.api, startJob("export"), {});
  let job = await request(store.api, getJob, { id });
  await until("the export to end", async () => {
    job = await request(store.api, getJob, { id });
    return FINAL_JOB_STATES.includes(job.state);
  });
  return job;
}

test("a running store writes an archive as a job, and removes those that nobody took for a day", async () => {
  using place = new ArchivePlace();
  await using server = await startTestServer();
  await using store = await startStore(server, { TIME_ZONE: "America/New_York" });
  const folder = join(server.env["DATA_DIR"] ?? "", EXPORTS_FOLDER);

  const first = await exported(store);
  const path = join(folder, String(first.result?.["file"]));
  const old = join(folder, "game-tracker-20200101T000000Z.zip");
  writeFileSync(old, "old");
  utimesSync(old, 0, 0);
  const second = await exported(store);

  expect([first.state, second.state]).toEqual(["done", "done"]);
  expect(first.result).toMatchObject({ bytes: Bun.file(path).size, rows: 1 });
  expect(existsSync(old)).toBe(false);
  expect(await importArchive(place.dataDir("new"), path)).toContain("0 games");
});

test("a stopped tracker is exported from its file, and neither a file nor a folder is taken for another", async () => {
  using place = new ArchivePlace();
  {
    using database = place.database("one");
    insertGame(database, { title: "Ōkami" });
  }
  const file = place.file("all.zip");

  const said = await exportStopped(place.dataDir("one"), file, 0);
  const again = await exportStopped(place.dataDir("one"), file, 0).catch((error: unknown) => error);
  const none = await exportStopped(place.dataDir("none"), place.file("x.zip"), 0).catch(
    (error: unknown) => error,
  );

  expect(said).toBe(`exported 1 games into ${file}`);
  expect(String(again)).toContain("is there already");
  expect(String(none)).toContain("there is no database");
  expect(existsSync(place.file("x.zip"))).toBe(false);
});
