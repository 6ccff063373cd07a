import { expect, test } from "bun:test";
import { inPassingTransaction, openDatabase } from "./database.ts";

test("a passing step does not wait for the disk, and every other one does again after it, also after one that failed", () => {
  using database = openDatabase(":memory:");
  const waits = () =>
    database.raw.query<{ synchronous: number }, []>("PRAGMA synchronous").get()?.synchronous;

  const during = inPassingTransaction(database, waits);
  const after = waits();
  const failing = () =>
    inPassingTransaction(database, () => {
      database.raw.run("INSERT INTO settings (key, value) VALUES ('a', '1')");
      throw new Error("no");
    });

  expect([during, after]).toEqual([1, 2]);
  expect(failing).toThrow("no");
  expect(waits()).toBe(2);
  expect(database.prepare("SELECT * FROM settings WHERE key = 'a'").all()).toEqual([]);
});
