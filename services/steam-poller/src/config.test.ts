import { expect, test } from "bun:test";
import { readConfig } from "./config.ts";

const KEY = "0123456789ABCDEF0123456789ABCDEF";

test("without a key or an id there is nobody to follow, and it says what is missing", () => {
  expect(readConfig({})).toMatchObject({
    pollIntervalMs: 1_800_000,
    presenceIntervalMs: 60_000,
    startupDelayMs: 60_000,
  });
  expect(readConfig({}).account()).toEqual({
    account: null,
    key: null,
    source: null,
    missing: "no Steam account is set up: do it in the browser, or set STEAM_API_KEY and STEAM_ID",
  });
  expect(readConfig({ STEAM_ID: "somebody" }).account().missing).toBe("no STEAM_API_KEY");
  expect(readConfig({ STEAM_ID: "somebody", STEAM_API_KEY: KEY }).account()).toEqual({
    account: { steam_api_key: KEY, steam_id: "somebody" },
    key: KEY,
    source: "environment",
    missing: null,
  });
});

test("wrong values are named all at once, and never shown", () => {
  const secret = "not-a-key-but-secret";
  const env = {
    STEAM_API_KEY: secret,
    STEAM_ID: "a b",
    TIME_ZONE: "Mars/Base",
    DAY_START_HOUR: "24",
  };

  const read = () => readConfig(env);

  expect(read).toThrow(/STEAM_API_KEY.*STEAM_ID|STEAM_ID.*STEAM_API_KEY/);
  expect(read).toThrow(/TIME_ZONE: expected an IANA time zone/);
  expect(read).toThrow(/DAY_START_HOUR/);
  expect(read).not.toThrow(secret);
});
