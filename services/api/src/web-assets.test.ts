import { expect, test } from "bun:test";
import { webAssets } from "./web-assets.ts";

const FIRST_LOAD_BYTES_MAX = 130 * 1024;

// Over a phone's connection every 50 KB are felt.
test("the script that the first page needs is at most 130 KB as gzip", async () => {
  const { document, hashed } = await webAssets();

  const names = [...document("stranger").matchAll(/src="\/assets\/([^"]+\.js)"/g)];
  const bytes = names.map(([, name = ""]) => Bun.gzipSync(hashed.get(name) ?? new Uint8Array()));

  expect(names).not.toEqual([]);
  expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBeGreaterThan(10_000);
  expect(bytes.reduce((sum, { length }) => sum + length, 0)).toBeLessThan(FIRST_LOAD_BYTES_MAX);
}, 60_000);
