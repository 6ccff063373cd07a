import { expect, test } from "bun:test";
import { FAILURE_KINDS } from "./failure.ts";
import { getOwnedGames } from "./owned-games.ts";
import { explain, withoutPromise } from "./message.ts";

const AGAIN = "it is asked again later";
const TROUBLE = { reason: "the connection was refused" };

test("a failure that may pass promises to ask again, and to whoever tries again themselves it does not", () => {
  const messages = FAILURE_KINDS.map((kind) => explain(kind, getOwnedGames, TROUBLE));

  const promising = FAILURE_KINDS.filter((_, index) => messages[index]?.includes(AGAIN));
  const plain = messages.map(withoutPromise);

  expect(promising).toEqual(["limited", "unreachable", "malformed", "empty"]);
  expect(plain.filter((message) => message.includes("again"))).toEqual([]);
  expect(plain.every((message) => /^[A-Z][^]*[^:,]\.$/.test(message))).toBeTrue();
  expect(plain).toContain(
    "Steam could not be reached (the connection was refused): check the network if it lasts.",
  );
});
