import { expect, test } from "bun:test";
import { whyNoSession } from "./why-no-session.ts";

test("a game without sessions speaks of tracking only where Steam counts it and there was play", () => {
  const words = (library_state: "owned" | null, playtime_minutes: number) =>
    whyNoSession({ library_state, playtime_minutes });

  expect(words("owned", 60)).toContain("before tracking");
  for (const other of [words("owned", 0), words(null, 60), words(null, 0)]) {
    expect(other).not.toContain("before tracking");
  }
  expect(words(null, 0)).toContain("by hand");
});
