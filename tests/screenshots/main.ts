/** `./tracker screenshots DIR`: every page of the web UI as it looks filled, empty and failing. */
import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { UsageError } from "@tracker/commands";
import { findChromium } from "../browser.ts";
import { PASSWORD, spawnTracker, startTracker } from "../running-tracker.ts";
import { freePort, until } from "../service-process.ts";
import { type Album, photograph, type Tracker } from "./photographer.ts";

/** A year is lived through in about a minute, on a busy machine in some more. */
const DEMO_MS_MAX = 600_000;

/** Answers the exit code: 1 when a page says something on the console or is wider than its screen. */
export async function screenshots(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || rest.length > 0) throw new UsageError("expected: screenshots DIR");
  if (findChromium() === null) {
    throw new Error(
      "screenshots are made by Chromium, and there is none: install it so that chromium, chromium-browser or google-chrome is on the PATH",
    );
  }
  const folder = resolve(name);
  mkdirSync(folder, { recursive: true });
  const albums = [await ofEmpty(folder), ...(await ofFilled(folder))];
  const problems = albums.flatMap((album) => album.problems);
  const pictures = albums.reduce((sum, album) => sum + album.pictures, 0);
  for (const problem of problems) say(problem);
  say(`${pictures} pictures in ${folder}, ${problems.length} problems`);
  return problems.length === 0 ? 0 : 1;
}

/** A tracker as it is after its first start. */
async function ofEmpty(folder: string): Promise<Album> {
  await using tracker = await startTracker();
  say("a fresh tracker");
  return await photograph("empty", { url: tracker.url, password: PASSWORD }, folder);
}

/** The demo's year of play; then the same with a store that does not answer. */
async function ofFilled(folder: string): Promise<Album[]> {
  const port = freePort();
  say("a year of play is lived");
  await using demo = spawnTracker(["demo"], { PORT: String(port), ADMIN_PASSWORD: PASSWORD });
  const tracker: Tracker = { url: `http://127.0.0.1:${port}`, password: PASSWORD };
  await until("the demo", DEMO_MS_MAX, () => {
    if (demo.exitCode !== null) throw new Error(`the demo ended: ${demo.output()}`);
    return demo.output().includes("demo: ready");
  });
  say("a filled tracker");
  const filled = await photograph("filled", tracker, folder);
  say("a tracker whose store does not answer");
  return [filled, await photograph("failing", tracker, folder)];
}

function say(line: string): void {
  process.stdout.write(`screenshots: ${line}\n`);
}
