import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { ArchivePlace } from "./archive-fixture.ts";
import { importArchive } from "./archive-import.ts";
import { FORMAT, type Manifest, type ManifestFile } from "./archive-manifest.ts";
import { ARCHIVED_TABLES, tableFile } from "./archive-table.ts";
import { dump } from "./fact-fixture.ts";
import { newestSchemaVersion } from "./migrate.ts";
import { insertGame, NOW } from "./question-fixture.ts";

type Files = Readonly<Record<string, string>>;

function described(name: string, text: string): ManifestFile {
  const rows = text.split("\n").length - 1;
  const sha256 = new Bun.CryptoHasher("sha256").update(text).digest("hex");
  return { name, rows, bytes: Buffer.byteLength(text), sha256 };
}

/** An archive of one purged app, with what a case changes about it. */
function archive(
  change: { tables?: Files; manifest?: Partial<Manifest>; extra?: Files } = {},
): Files {
  const empty = ARCHIVED_TABLES.map(({ name }) => [tableFile(name), ""] as const);
  const row = '{"steam_app_id":7,"purged_at":1}\n';
  const tables = {
    ...Object.fromEntries(empty),
    "tables/purged_apps.jsonl": row,
    ...change.tables,
  };
  const manifest = {
    format: FORMAT,
    format_version: 1,
    schema_version: newestSchemaVersion(),
    exported_at: new Date(NOW).toISOString(),
    files: Object.entries(tables).map(([name, text]) => described(name, text)),
    ...change.manifest,
  };
  return { ...tables, ...change.extra, "manifest.json": JSON.stringify(manifest) };
}

function filesWith(name: string, change: Partial<ManifestFile>): ManifestFile[] {
  const { files } = JSON.parse(archive()["manifest.json"] ?? "") as Manifest;
  return files.map((file) => Object.assign(file, file.name === name ? change : {}));
}

async function failure(work: Promise<unknown>): Promise<string> {
  const error = await work.then(() => new Error("no failure")).catch((problem: unknown) => problem);
  return error instanceof Error ? error.message : "no error";
}

const PURGED = "tables/purged_apps.jsonl";
const ROW = '{"steam_app_id":7,"purged_at":1}\n';
const GAME = '{"id":1,"title":"x"}\n';

const CASES: Readonly<Record<string, readonly [files: Files, words: string]>> = {
  "another zip": [{ "readme.txt": "hello" }, 'it holds "readme.txt"'],
  "a zip without a manifest": [{ [PURGED]: ROW }, "it has no manifest"],
  "another manifest": [{ "manifest.json": '{"name":"x"}' }, "no archive of this program"],
  "a broken manifest": [{ "manifest.json": "{" }, "its manifest is no JSON"],
  "another format": [
    archive({ manifest: { format: "x" as typeof FORMAT } }),
    "no archive of this program",
  ],
  "a newer format": [archive({ manifest: { format_version: 2 } }), "it is of format 2"],
  "a newer schema": [
    archive({ manifest: { schema_version: 999 } }),
    "it was made by a newer version (schema 999",
  ],
  "a name that climbs out": [archive({ extra: { "../../etc/passwd": "x" } }), "refused"],
  "an absolute name": [archive({ extra: { "/etc/passwd": "x" } }), "refused"],
  "a file that nobody named": [
    archive({ extra: { "csv/games.csv": "x" } }),
    "does not name csv/games.csv",
  ],
  "a huge manifest": [{ "manifest.json": " ".repeat(300_000) }, "its manifest is too large"],
  "sizes beyond any disk": [
    archive({ manifest: { files: filesWith(PURGED, { bytes: 2 ** 50 }) } }),
    "at most 4294967296 are taken",
  ],
  "counts beyond any size": [
    archive({ manifest: { files: filesWith(PURGED, { rows: 2 ** 50 }) } }),
    "cannot hold",
  ],
  "another size": [
    archive({ manifest: { files: filesWith(PURGED, { bytes: 34 }) } }),
    "has 33 bytes",
  ],
  "fewer rows": [
    archive({ tables: { [PURGED]: ROW }, manifest: { files: filesWith(PURGED, { rows: 2 }) } }),
    "has 1 rows, expected 2",
  ],
  "more rows": [
    archive({ manifest: { files: filesWith(PURGED, { rows: 0 }) } }),
    "more than 0 rows",
  ],
  "another hash": [
    archive({ manifest: { files: filesWith(PURGED, { sha256: "0".repeat(64) }) } }),
    "its sha-256 differs",
  ],
  "an altered sheet": [
    archive({
      extra: { "csv/games.csv": "x" },
      manifest: {
        files: [
          ...filesWith(PURGED, {}),
          { name: "csv/games.csv", rows: 0, bytes: 1, sha256: "0".repeat(64) },
        ],
      },
    }),
    "csv/games.csv is not what was exported",
  ],
  "a bomb": [
    archive({ tables: { [PURGED]: " ".repeat(30_000_000) } }),
    "more than 250 times its size",
  ],
  "a missing table": [
    archive({ manifest: { files: filesWith(PURGED, {}).filter(({ name }) => name !== PURGED) } }),
    "does not name tables/purged_apps.jsonl",
  ],
  "no JSON": [archive({ tables: { [PURGED]: "nonsense\n" } }), "line 1: expected JSON"],
  "no object": [archive({ tables: { [PURGED]: "[1]\n" } }), "line 1: expected an object"],
  "a strange column": [
    archive({ tables: { [PURGED]: ROW.replace("purged_at", "__proto__") } }),
    "there is no column __proto__",
  ],
  "a wrong value": [
    archive({ tables: { [PURGED]: ROW.replace("7", "true") } }),
    "expected a text, a number or null for steam_app_id",
  ],
  "a wrong type": [archive({ tables: { [PURGED]: ROW.replace("7", '"x"') } }), "line 1:"],
  "a row twice": [archive({ tables: { [PURGED]: ROW + ROW } }), "line 2: UNIQUE"],
  "a row without its columns": [
    archive({ tables: { "tables/games.jsonl": GAME } }),
    "for title_override",
  ],
  "a row without its parent": [
    archive({ tables: { "tables/game_tags.jsonl": '{"game_id":1,"tag_id":1}\n' } }),
    "FOREIGN KEY",
  ],
  "an end within a line": [archive({ tables: { [PURGED]: ROW.trimEnd() } }), "ends within a line"],
};

test("what is no archive, or a hostile one, is refused in one line, and nothing has changed", async () => {
  using place = new ArchivePlace();
  for (const [name, [files, words]] of Object.entries(CASES)) {
    const path = await place.zip(`${name}.zip`, files);
    const said = await failure(importArchive(place.dataDir("new"), path));
    expect([name, said]).toEqual([name, expect.stringContaining(words)]);
    expect(said).not.toContain("\n");
    expect(existsSync(`${place.dataDir("new")}/tracker.db`)).toBe(false);
  }
  expect(readdirSync(place.dataDir("new"))).toEqual([]);
  const whole = await place.zip("whole.zip", archive());
  expect(await importArchive(place.dataDir("new"), whole)).toContain("imported whole.zip");
}, 120_000);

test("an archive that is cut anywhere, or of which a bit fell over, is refused and nothing has changed", async () => {
  using place = new ArchivePlace();
  const whole = readFileSync(await place.zip("whole.zip", archive()));
  const empty = place.file("empty.zip");
  writeFileSync(empty, "");
  expect(await failure(importArchive(place.dataDir("new"), empty))).toContain("is no zip");
  for (let cut = 1; cut < whole.length; cut += 97) {
    const path = place.file("cut.zip");
    writeFileSync(path, whole.subarray(0, whole.length - cut));
    expect(await failure(importArchive(place.dataDir("new"), path))).toContain("refused");
  }
  let taken = 0;
  for (let at = 0; at < whole.length; at += 41) {
    const path = place.file("flipped.zip");
    const bytes = Uint8Array.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0x10;
    writeFileSync(path, bytes);
    const dataDir = place.dataDir(`flipped-${at}`);
    const said = await failure(importArchive(dataDir, path));
    // A bit of a date or an attribute says nothing about what is in it.
    if (said === "no failure") taken += 1;
    else expect(existsSync(`${dataDir}/tracker.db`)).toBe(false);
  }
  expect(taken).toBeLessThan(whole.length / 41 / 2);
}, 120_000);

test("a tracker that holds anything, or runs, is not written to", async () => {
  using place = new ArchivePlace();
  const whole = await place.zip("whole.zip", archive());
  using open = place.database("running");
  insertGame(open);
  const before = dump(open);
  {
    using database = place.database("filled");
    database.raw.run("INSERT INTO purged_apps VALUES (1, 1)");
  }
  place.database("started")[Symbol.dispose]();

  const running = await failure(importArchive(place.dataDir("running"), whole));
  const filled = await failure(importArchive(place.dataDir("filled"), whole));
  const missing = await failure(importArchive(place.dataDir("started"), place.file("nothing.zip")));
  const said = await importArchive(place.dataDir("started"), whole);

  expect(running).toContain("the database is in use: stop the tracker first");
  expect(dump(open)).toEqual(before);
  expect(filled).toContain("this tracker is not empty (1 rows in purged_apps)");
  expect(missing).toContain("there is no file");
  expect(said).toContain("imported whole.zip");
});

test("an archive of an older schema is brought up to date", async () => {
  using place = new ArchivePlace();
  const tables = ARCHIVED_TABLES.map(({ name }) => tableFile(name)).filter(
    (name) => !/month_records|review_years|\/apps?[._]|app_|steamspy_/.test(name),
  );
  const files = Object.fromEntries(tables.map((name) => [name, name === PURGED ? ROW : ""]));
  const manifest = {
    ...(JSON.parse(archive()["manifest.json"] ?? "") as Manifest),
    schema_version: 1,
    files: Object.entries(files).map(([name, text]) => described(name, text)),
  };
  const path = await place.zip("old.zip", { ...files, "manifest.json": JSON.stringify(manifest) });

  await importArchive(place.dataDir("new"), path);

  using database = place.database("new");
  expect(database.schemaVersion).toBe(newestSchemaVersion());
  expect(database.raw.query("SELECT * FROM purged_apps").all()).toEqual([
    { steam_app_id: 7, purged_at: 1 },
  ]);
});
