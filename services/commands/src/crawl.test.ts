import { expect, test } from "bun:test";
import { parseCrawl } from "./crawl.ts";
import { UsageError } from "./usage.ts";

test("a crawl is told as it is meant, and nothing that was not said", () => {
  expect(parseCrawl([])).toEqual({ given: {}, follow: false });
  expect(
    parseCrawl(["--mode", "detail", "--batch-size=250", "--full-refresh", "--follow"]),
  ).toEqual({ given: { mode: "detail", batch_size: 250, full_refresh: true }, follow: true });
  expect(parseCrawl(["--mode=bulk", "--update-metadata"])).toEqual({
    given: { mode: "bulk", update_metadata: true },
    follow: false,
  });
});

// A crawl takes hours: whoever mistypes must be told at once, and what would have been right.
test.each([
  [["--mode", "fast"], "--mode: expected one of list, bulk, detail, full, got fast"],
  [["--mode"], "--mode: expected a value, got nothing"],
  [["--batch-size", "0"], "--batch-size: expected a whole number from 1 to 1000, got 0"],
  [["--batch-size", "10000"], "--batch-size: expected a whole number from 1 to 1000, got 10000"],
  [["--batch-size=ten"], "--batch-size: expected a whole number from 1 to 1000, got ten"],
  [
    ["--refresh"],
    "crawl: expected some of --mode, --batch-size, --follow, --full-refresh, --update-metadata, got --refresh",
  ],
  [
    ["bulk"],
    "crawl: expected some of --mode, --batch-size, --follow, --full-refresh, --update-metadata, got bulk",
  ],
])("%p is refused: %s", (words, message) => {
  expect(() => parseCrawl(words)).toThrow(new UsageError(message));
});
