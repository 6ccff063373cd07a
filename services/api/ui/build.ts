/** Builds the web UI into a folder: one HTML document, hashed scripts and styles, icons. `bun build.ts FOLDER`. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
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
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Another process was quicker with the same.
    rmSync(draft, { recursive: true, force: true });
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("expected the folder to build into");
await buildInto(folder);
