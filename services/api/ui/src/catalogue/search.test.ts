import { expect, test } from "bun:test";
import { narrowing, readCatalogueSearch } from "./search.ts";

test("an address without filters narrows nothing, however it is sorted", () => {
  expect(narrowing(readCatalogueSearch({}))).toBe(0);
  expect(narrowing(readCatalogueSearch({ sort: "name", order: "asc" }))).toBe(0);
  expect(narrowing(readCatalogueSearch({ genre: "Action", owned: true }))).toBe(2);
});
