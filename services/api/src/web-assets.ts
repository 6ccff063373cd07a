/** The files of the web UI: built from services/api/ui once per version of its sources, then read into memory. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const UI = join(import.meta.dir, "../ui");
/** Beside what the launcher fetches; in the image it is filled when that is built. */
const BUILDS = join(import.meta.dir, "../../../.cache/ui");
/** Served as they are. */
const ICONS = ["icon.svg", "icon-192.png", "icon-512.png", "manifest.webmanifest"] as const;

/** Not in the document itself, since the bundler would give the files other names. */
const LINKS = `<link rel="icon" href="/icon.svg" type="image/svg+xml"><link rel="apple-touch-icon" href="/icon-192.png"><link rel="manifest" href="/manifest.webmanifest">`;

export interface WebAssets {
  /** The page with `data-visitor`: `known` for a request with a session cookie, else `stranger`. */
  readonly document: (visitor: "known" | "stranger") => string;
  /** Scripts and styles by their name, which changes with what they hold. */
  readonly hashed: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Opens the app without a network. */
  readonly worker: Uint8Array<ArrayBuffer>;
  readonly icons: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

const WORKER = "service-worker.js";
/** Files of a build whose names never change: they are revalidated each time. */
const NAMED: ReadonlySet<string> = new Set(["index.html", WORKER]);

let loaded: Promise<WebAssets> | undefined;

/** The same for every caller of a process; the first one builds, when nobody has. Throws when the sources do not build. */
export function webAssets(): Promise<WebAssets> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<WebAssets> {
  const folder = join(BUILDS, fingerprint());
  if (!existsSync(folder)) await build(folder);
  const names = readdirSync(folder);
  const html = readFileSync(join(folder, "index.html"), "utf8").replace(
    "</head>",
    `${LINKS}</head>`,
  );
  return {
    document: (visitor) => html.replace("<html ", `<html data-visitor="${visitor}" `),
    hashed: new Map(
      names.flatMap((name) => (NAMED.has(name) ? [] : [[name, read(join(folder, name))]])),
    ),
    worker: read(join(folder, WORKER)),
    icons: new Map(ICONS.map((name) => [name, read(join(UI, "icons", name))])),
  };
}

/** In a process of its own: the bundler would keep 100 MB of this one. */
async function build(folder: string): Promise<void> {
  const child = Bun.spawn([process.execPath, "--no-env-file", join(UI, "build.ts"), folder], {
    stdout: "ignore",
    stderr: "pipe",
  });
  const [exitCode, said] = await Promise.all([child.exited, new Response(child.stderr).text()]);
  if (exitCode !== 0) throw new Error(`the web UI does not build: ${said}`);
}

/** Changes whenever what is built would. */
function fingerprint(): string {
  const sources = [
    "src/**/*",
    "worker/*",
    "icons/*",
    "*.ts",
    "*.html",
    "package.json",
    "../src/client.ts",
  ].flatMap((pattern) => Array.from(new Bun.Glob(pattern).scanSync({ cwd: UI })));
  const hasher = new Bun.CryptoHasher("sha256").update(Bun.version);
  for (const path of sources.sort()) {
    hasher.update(`\n${path}\n`).update(readFileSync(join(UI, path)));
  }
  return hasher.digest("hex").slice(0, 16);
}

function read(path: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(path));
}
