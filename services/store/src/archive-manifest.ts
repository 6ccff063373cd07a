import { ServiceError } from "@tracker/contracts";
import { type Static, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { ARCHIVED_TABLES, SHEETS, sheetFile, tableFile } from "./archive-table.ts";

export const MANIFEST = "manifest.json";
export const FORMAT = "game-tracker-archive";
/** Counts up when an older program could not read what a newer one writes. Tables and columns are the schema version's matter. */
export const FORMAT_VERSION = 1;

const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });

/** What is in an archive, and how to tell that all of it is there as it was. */
export const Manifest = Type.Object({
  format: Type.Literal(FORMAT),
  format_version: Type.Integer({ minimum: 1 }),
  schema_version: Type.Integer({ minimum: 1 }),
  exported_at: Type.String(),
  files: Type.Array(
    Type.Object({
      name: Type.String(),
      rows: Count,
      bytes: Count,
      sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
    }),
    { maxItems: 200 },
  ),
});
export type Manifest = Static<typeof Manifest>;
export type ManifestFile = Manifest["files"][number];

/** Far above any library: 100 MB are ten years of 300 games. */
const BYTES_MAX = 4 * 1024 ** 3;
/** JSON lines pack to a tenth; a file that grows a thousandfold was made to fill disks. */
export const RATIO_MAX = 250;

/** Every name that an archive may hold. None is ever used as a path. */
export function knownFiles(): ReadonlySet<string> {
  return new Set([
    MANIFEST,
    ...ARCHIVED_TABLES.map(({ name }) => tableFile(name)),
    ...SHEETS.map(sheetFile),
  ]);
}

/** Reads and judges a manifest before anything else of its archive is read. */
export function parseManifest(text: string, schemaVersion: number): Manifest {
  const manifest = parseJson(text);
  if (typeof manifest !== "object" || manifest === null || !("format" in manifest)) {
    throw refused("it is no archive of this program: its manifest does not say so");
  }
  if (manifest.format !== FORMAT) throw refused("it is no archive of this program");
  const version = "format_version" in manifest ? manifest.format_version : undefined;
  if (typeof version === "number" && version > FORMAT_VERSION) {
    throw refused(
      `it is of format ${version}, this program reads up to ${FORMAT_VERSION}: use a newer version`,
    );
  }
  const error = Value.Errors(Manifest, manifest).First();
  if (error !== undefined)
    throw refused(`its manifest is wrong at ${error.path}: ${error.message}`);
  const checked = manifest as Manifest;
  if (checked.schema_version > schemaVersion) {
    throw refused(
      `it was made by a newer version (schema ${checked.schema_version}, this program knows ${schemaVersion}): use that one`,
    );
  }
  checkFiles(checked);
  return checked;
}

function checkFiles({ files }: Manifest): void {
  const known = knownFiles();
  const names = new Set(files.map(({ name }) => name));
  const stranger = [...names].find((name) => !known.has(name) || name === MANIFEST);
  if (stranger !== undefined) throw refused(`its manifest names ${JSON.stringify(stranger)}`);
  if (names.size < files.length) throw refused("its manifest names a file twice");
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > BYTES_MAX) {
    throw refused(`it unpacks to ${bytes} bytes; at most ${BYTES_MAX} are taken`);
  }
  const crowded = files.find(({ rows, bytes }) => rows > bytes);
  if (crowded !== undefined) throw refused(`${crowded.name} cannot hold ${crowded.rows} rows`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused("its manifest is no JSON", error);
  }
}

/** An archive that is not taken; nothing of it has reached the database. */
export function refused(reason: string, cause?: unknown): ServiceError {
  return new ServiceError("INVALID", `the archive is refused: ${reason}`, { cause });
}
