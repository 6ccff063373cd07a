import { expect, test } from "bun:test";
import { LoginThrottle } from "./login-throttle.ts";
import { Problem } from "./problem.ts";

const wrong = () => Promise.resolve(false);
const right = () => Promise.resolve(true);

/** What an attempt came to: right, wrong, or the seconds to wait. */
async function outcome(attempt: Promise<boolean>): Promise<boolean | string> {
  const result = await attempt.catch((error: unknown) => error);
  if (typeof result === "boolean") return result;
  return result instanceof Problem ? (result.headers["retry-after"] ?? "") : "another error";
}

test("after five free attempts each wait is twice the one before, up to a minute", async () => {
  let now = 0;
  const throttle = new LoginThrottle(() => now);
  for (let free = 0; free < 5; free++) await throttle.attempt("a", wrong);

  const waits: (boolean | string)[] = [];
  for (let attempt = 0; attempt < 8; attempt++) {
    const seconds = await outcome(throttle.attempt("a", wrong));
    waits.push(seconds);
    now += Number(seconds) * 1_000;
    await throttle.attempt("a", wrong);
  }

  expect(waits).toEqual(["1", "2", "4", "8", "16", "32", "60", "60"]);
});

test("many attempts at once count as many, and a right one clears the address", async () => {
  const throttle = new LoginThrottle(() => 0);

  const burst = await Promise.all(
    Array.from({ length: 20 }, () => outcome(throttle.attempt("a", wrong))),
  );
  const fresh = new LoginThrottle(() => 0);
  for (let round = 0; round < 20; round++) {
    await fresh.attempt("a", wrong);
    await fresh.attempt("a", right);
  }

  expect(burst.filter((result) => result === false)).toHaveLength(5);
  expect(await outcome(fresh.attempt("a", right))).toBe(true);
});

// A password check costs 64 MB and 100 ms of a core: many strangers at once must not cost the machine.
test("a flood from everywhere is checked one at a time, and does not shut out who was in before", async () => {
  const throttle = new LoginThrottle(() => 0);
  await throttle.attempt("home", right);
  let running = 0;
  let most = 0;
  const gate = Promise.withResolvers<void>();
  const order: string[] = [];
  const check = (name: string) => async () => {
    most = Math.max(most, ++running);
    await gate.promise;
    order.push(name);
    running--;
    return false;
  };

  const flood = Array.from({ length: 50 }, (_, index) =>
    outcome(throttle.attempt(`bot ${index}`, check("bot"))),
  );
  const owner = outcome(throttle.attempt("home", check("owner")));
  gate.resolve();
  const results = await Promise.all(flood);
  await owner;

  expect(most).toBe(1);
  expect(order.indexOf("owner")).toBe(1);
  expect(results.filter((result) => result === "1")).toHaveLength(50 - 9);
});
