import { expect, test } from "bun:test";
import { fetchExample, PICTURES, pictureHtml, pictureMarkdown, streamExample } from "./snippet.ts";

const ORIGIN = "https://games.example.org";

test("what is copied names the server's own address, and the theme only where one was chosen", () => {
  const [card] = PICTURES;
  if (card === undefined) throw new Error("expected a card");

  expect(pictureHtml(card, ORIGIN, "auto")).toBe(
    '<img src="https://games.example.org/api/widgets/card.svg" alt="What I am playing">',
  );
  expect(pictureMarkdown(card, ORIGIN, "dark")).toBe(
    "![What I am playing](https://games.example.org/api/widgets/card.svg?theme=dark)",
  );
});

test("the examples are programs", () => {
  for (const example of [fetchExample(ORIGIN), streamExample(ORIGIN)]) {
    expect(example).toContain(ORIGIN);
    expect(() => new Bun.Transpiler({ loader: "js" }).scan(example)).not.toThrow();
  }
});
