import { expect, test } from "bun:test";
import { measure } from "./bench/history-measure.ts";
import { brokenPromises } from "./bench/history-promise.ts";
import { SCENARIOS } from "./bench/history-scenario.ts";
import { followYear } from "./bench/history-year.ts";

const DAYS = 28;

// The bounded slice of `./tracker bench history`: the product's figures are only worth what they are true to.
test.each([...SCENARIOS])(
  "four weeks keep every promise of accuracy: $name",
  async (scenario) => {
    const year = await followYear(scenario, DAYS);

    expect(brokenPromises(scenario, measure(year))).toEqual([]);
  },
  60_000,
);
