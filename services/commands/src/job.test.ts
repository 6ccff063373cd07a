import { expect, test } from "bun:test";
import { endOf } from "./job.ts";

test("the end of a job is told with its reason, where it has one", () => {
  expect(endOf({ id: 15, state: "failed", error: "no key" })).toBe("job 15 failed: no key");
  expect(endOf({ id: 16, state: "cancelled", error: null })).toBe("job 16 cancelled");
});
