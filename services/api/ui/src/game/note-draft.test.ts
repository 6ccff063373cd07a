import { expect, test } from "bun:test";
import { fitsLastMessage, meet } from "./note-draft.ts";

test("a note that nobody edits here follows what was written elsewhere; what is being typed is kept", () => {
  const untouched = { text: "one", base: "one" };
  const typed = { text: "one, and mine", base: "one" };

  expect(meet(untouched, "theirs")).toEqual({ text: "theirs", base: "theirs" });
  expect(meet(typed, "theirs")).toBe(typed);
  expect(meet(typed, "one")).toBe(typed);
  expect(meet(typed, "one, and mine")).toEqual({ text: typed.text, base: typed.text });
});

test("a note longer than a page may send as it is left is known beforehand", () => {
  expect(fitsLastMessage({ text: "a".repeat(20_000), base: "" })).toBe(true);
  expect(fitsLastMessage({ text: "\u{1}".repeat(20_000), base: "" })).toBe(false);
  expect(fitsLastMessage({ text: "", base: "\u{1}".repeat(20_000) })).toBe(false);
});
