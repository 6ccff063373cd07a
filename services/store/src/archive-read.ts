import { existsSync, statSync } from "node:fs";
import { basename } from "node:path";
import { ServiceError } from "@tracker/contracts";
import { BlobReader, configure, type Entry, type FileEntry, ZipReader } from "@zip.js/zip.js";
import {
  knownFiles,
  type Manifest,
  MANIFEST,
  type ManifestFile,
  parseManifest,
  RATIO_MAX,
  refused,
} from "./archive-manifest.ts";

configure({ useWebWorkers: false });

const MANIFEST_BYTES_MAX = 256 * 1024;
const LINE_BYTES_MAX = 4 * 1024 * 1024;
/** Small files may pack as well as they like. */
const RATIO_FROM_BYTES = 1024 * 1024;

/** An archive whose names and manifest are in order; its files are checked as they are read. */
export interface Archive extends AsyncDisposable {
  readonly manifest: Manifest;
  /** Reads a file line by line without holding it, and makes sure at its end that it is the one of the manifest. */
  readLines(name: string, take: (line: string) => void): Promise<void>;
  /** Makes sure that a file of which nothing is taken is the one of the manifest. */
  check(name: string): Promise<void>;
}

/** Opens an archive, which may be anything: every name, size and count is checked before it is relied on. */
export async function openArchive(path: string, schemaVersion: number): Promise<Archive> {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new ServiceError("INVALID", `there is no file ${path}`);
  }
  const reader = new ZipReader(new BlobReader(Bun.file(path)), {
    strictness: "strict",
    checkOverlappingEntry: true,
  });
  try {
    const entries = await readEntries(reader, basename(path));
    const manifestEntry = entries.get(MANIFEST);
    if (manifestEntry === undefined) throw refused("it has no manifest: it is not of this program");
    const text = await readWhole(manifestEntry);
    const manifest = parseManifest(text, schemaVersion);
    checkEntries(manifest, entries);
    const files = new Map(manifest.files.map((file) => [file.name, file]));
    return {
      manifest,
      async readLines(name, take) {
        const [entry, file] = [entries.get(name), files.get(name)];
        if (entry !== undefined && file !== undefined) await readFile(entry, file, take);
      },
      async check(name) {
        const [entry, file] = [entries.get(name), files.get(name)];
        if (entry !== undefined && file !== undefined) await checkFile(entry, file);
      },
      async [Symbol.asyncDispose]() {
        await reader.close();
      },
    };
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function readEntries(
  reader: ZipReader<unknown>,
  name: string,
): Promise<Map<string, FileEntry>> {
  const known = knownFiles();
  const entries = new Map<string, FileEntry>();
  const take = (entry: Entry) => {
    const { filename } = entry;
    if (!known.has(filename)) throw refused(`it holds ${JSON.stringify(filename.slice(0, 100))}`);
    if (entries.has(filename)) throw refused(`it holds ${filename} twice`);
    if (entry.directory || entry.encrypted) throw refused(`${filename} cannot be read`);
    entries.set(filename, entry);
  };
  try {
    for await (const entry of reader.getEntriesGenerator()) take(entry);
    return entries;
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    throw refused(`${name} is no zip, or a part of it is missing`, error);
  }
}

function checkEntries({ files }: Manifest, entries: ReadonlyMap<string, FileEntry>): void {
  const named = new Set([MANIFEST, ...files.map(({ name }) => name)]);
  const extra = [...entries.keys()].find((name) => !named.has(name));
  if (extra !== undefined) throw refused(`its manifest does not name ${extra}`);
  for (const { name, bytes } of files) {
    const entry = entries.get(name);
    if (entry === undefined) throw refused(`${name} is missing`);
    if (entry.uncompressedSize !== bytes) {
      throw refused(`${name} has ${entry.uncompressedSize} bytes, its manifest says ${bytes}`);
    }
    if (bytes > RATIO_FROM_BYTES && bytes > entry.compressedSize * RATIO_MAX) {
      throw refused(`${name} unpacks to more than ${RATIO_MAX} times its size`);
    }
  }
}

async function readWhole(entry: FileEntry): Promise<string> {
  if (entry.uncompressedSize > MANIFEST_BYTES_MAX) throw refused("its manifest is too large");
  const chunks: Uint8Array[] = [];
  await unpack(entry, MANIFEST_BYTES_MAX, (chunk) => void chunks.push(chunk.slice()));
  return decodeText(Buffer.concat(chunks), MANIFEST);
}

async function readFile(
  entry: FileEntry,
  file: ManifestFile,
  take: (line: string) => void,
): Promise<void> {
  const hash = new Bun.CryptoHasher("sha256");
  let left = new Uint8Array(0);
  let bytes = 0;
  let rows = 0;
  await unpack(entry, file.bytes, (chunk) => {
    hash.update(chunk);
    bytes += chunk.length;
    const text = Buffer.concat([left, chunk]);
    const end = text.lastIndexOf(0x0a) + 1;
    left = new Uint8Array(text.subarray(end));
    if (left.length > LINE_BYTES_MAX) throw refused(`${file.name} holds a line without an end`);
    if (end === 0) return;
    for (const line of decodeText(text.subarray(0, end - 1), file.name).split("\n")) {
      rows += 1;
      if (rows > file.rows) throw refused(`${file.name} has more than ${file.rows} rows`);
      take(line);
    }
  });
  if (left.length > 0) throw refused(`${file.name} ends within a line`);
  if (bytes !== file.bytes) throw refused(`${file.name} has ${bytes} of ${file.bytes} bytes`);
  if (rows !== file.rows) throw refused(`${file.name} has ${rows} rows, expected ${file.rows}`);
  checkHash(hash, file);
}

/** Lines are not counted: in a sheet a text may have several. */
async function checkFile(entry: FileEntry, file: ManifestFile): Promise<void> {
  const hash = new Bun.CryptoHasher("sha256");
  await unpack(entry, file.bytes, (chunk) => void hash.update(chunk));
  checkHash(hash, file);
}

function checkHash(hash: Bun.CryptoHasher, { name, sha256 }: ManifestFile): void {
  if (hash.digest("hex") === sha256) return;
  throw refused(`${name} is not what was exported: its sha-256 differs`);
}

/** Unpacks an entry piece by piece, and stops as soon as more comes out than may. */
async function unpack(
  entry: FileEntry,
  bytesMax: number,
  take: (chunk: Uint8Array) => void,
): Promise<void> {
  let bytes = 0;
  let problem: unknown;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      try {
        bytes += chunk.length;
        if (bytes > bytesMax) throw refused(`${entry.filename} is larger than it says`);
        take(chunk);
      } catch (error) {
        problem = error;
        throw error;
      }
    },
  });
  try {
    await entry.getData(sink, { checkCrc32: true, checkOverlappingEntry: true });
  } catch (error) {
    throw problem ?? refused(`${entry.filename} is damaged`, error);
  }
}

function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw refused(`${name} is not in UTF-8`, error);
  }
}
