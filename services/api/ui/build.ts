/** Builds the web UI into a folder: one HTML document, hashed scripts and styles, the service worker. `bun build.ts FOLDER`. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import tailwind from "bun-plugin-tailwind";

const HERE = import.meta.dir;

/** Written beside its place and moved there whole, so that whoever serves it never sees half of it. */
async function buildInto(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(`${folder}.draft-`);
  const built = await Bun.build({
    entrypoints: [join(HERE, "index.html")],
    outdir: draft,
    target: "browser",
    splitting: true,
    minify: true,
    publicPath: "/assets/",
    naming: { entry: "[name].[ext]", chunk: "[name]-[hash].[ext]", asset: "[name]-[hash].[ext]" },
    define: { "process.env.NODE_ENV": '"production"' },
    plugins: [tailwind],
  });
  if (!built.success) throw new AggregateError(built.logs, "the web UI does not build");
  await buildWorker(draft);
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process was quicker with the same.
    rmSync(draft, { recursive: true, force: true });
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}

/** Served beside the document, under a name that stays: it is told which files of this build to keep. */
async function buildWorker(draft: string): Promise<void> {
  const names = readdirSync(draft).sort();
  const icons = readdirSync(join(HERE, "icons")).sort();
  const hasher = new Bun.CryptoHasher("sha256");
  for (const name of names) hasher.update(`\n${name}\n`).update(readFileSync(join(draft, name)));
  for (const name of icons) hasher.update(readFileSync(join(HERE, "icons", name)));
  const files = [
    ...names.filter((name) => name !== "index.html").map((name) => `/assets/${name}`),
    ...icons.map((name) => `/${name}`),
  ];
  const built = await Bun.build({
    entrypoints: [join(HERE, "worker/service-worker.ts")],
    outdir: draft,
    target: "browser",
    minify: true,
    define: {
      SHELL_FILES: JSON.stringify(files),
      SHELL_VERSION: JSON.stringify(hasher.digest("hex").slice(0, 16)),
    },
  });
  if (!built.success) throw new AggregateError(built.logs, "the service worker does not build");
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("expected the folder to build into");
await buildInto(folder);
