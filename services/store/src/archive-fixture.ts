import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database as Sqlite } from "bun:sqlite";
import { Uint8ArrayWriter, ZipWriter } from "@zip.js/zip.js";
import { writeArchive } from "./archive-write.ts";
import { type Database, openDatabase } from "./database.ts";

/** Trackers and archives in a folder that goes with its scope. */
export class ArchivePlace implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "tracker-archive-"));
  #made = 0;

  dataDir(name: string): string {
    return join(this.path, name);
  }

  database(name: string): Database {
    return openDatabase(join(this.path, name, "tracker.db"));
  }

  file(name: string): string {
    return join(this.path, name);
  }

  /** Exports a tracker and answers the archive's path. */
  async export(name: string, now: number): Promise<string> {
    this.#made += 1;
    const path = this.file(`${name}-${this.#made}.zip`);
    using raw = new Sqlite(join(this.path, name, "tracker.db"), { readonly: true, strict: true });
    await writeArchive(raw, path, now);
    return path;
  }

  /** A zip with whatever is given, made without any of our checks. */
  async zip(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
    const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
    for (const [entry, content] of Object.entries(files)) {
      await zip.add(entry, new Response(content as Uint8Array<ArrayBuffer>).body ?? undefined);
    }
    const path = this.file(name);
    await Bun.write(path, await zip.close());
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
