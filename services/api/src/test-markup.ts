import { expect } from "bun:test";

/** Throws where tags do not nest, a `<` or `&` stands raw, or an element is not one of those expected. */
export function checkMarkup(markup: string, elements: readonly string[]): void {
  const open: string[] = [];
  const rest = markup.replace(
    /<(\/?)([a-z]+)((?: [a-zA-Z-]+="[^"<&]*")*)(\/?)>/g,
    (_tag, closing, name, _attributes, empty) => {
      expect(elements).toContain(name);
      if (closing === "/") expect(open.pop()).toBe(name);
      else if (empty !== "/") open.push(name);
      return "";
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]|&(?!#\d+;)/);
  // XML has no place for these at all.
  expect(rest.replace(/[\t\n\r]/g, "")).not.toMatch(/[\p{Cc}\p{Cs}]|\ufffe|\uffff/u);
}
