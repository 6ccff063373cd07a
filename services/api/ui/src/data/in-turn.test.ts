import { expect, test } from "bun:test";
import { ApiProblem } from "../../../src/client.ts";
import { inTurn, PartlyDone } from "./in-turn.ts";

// Whoever is told nothing but the failure takes all of them for unchanged.
test("what is refused half-way says how much went before it and why, and what is refused alone says why", async () => {
  const sent: number[] = [];
  const send = async (each: number) => {
    if (each === 3) throw new ApiProblem(500, "The tracker answered 500.", "/tags");
    sent.push(each);
  };
  const failure = (items: readonly number[]) => inTurn(items, send).catch((error) => error);

  const half = await failure([1, 2, 3, 4]);
  const alone = await failure([3]);

  expect(sent).toEqual([1, 2]);
  expect(half).toBeInstanceOf(PartlyDone);
  expect(half).toMatchObject({ done: 2, status: 500, field: "/tags" });
  expect(half.message).toBe("2 of 4 games changed. The tracker answered 500.");
  expect(alone).not.toBeInstanceOf(PartlyDone);
  expect(await inTurn([1, 2], send)).toBeUndefined();
  expect(new PartlyDone(1, 2, new ApiProblem(401, "expected a session")).message).toBe(
    "1 of 2 games changed.",
  );
});
