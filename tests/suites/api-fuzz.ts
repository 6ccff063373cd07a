import { expect, test } from "bun:test";
import { fuzzApi } from "../api-fuzz/fuzz.ts";
import { startTracker } from "../running-tracker.ts";
import { EMPTY_TRUTH, SIM_KEY, SIM_STEAM_ID, startSteamSim } from "../steam-sim/sim.ts";
import { truthGame } from "../steam-sim/truth.ts";

const REQUESTS_MIN = 5_000;

// Another program than ours reads the description and believes it: what it says is what it gets, whatever it sends.
test("a fuzzer that knows only the API's description finds no server error, no answer off its description, and no way in", async () => {
  await using sim = await startSteamSim({
    truth: { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 90 }), truthGame(630)] },
  });
  await using tracker = await startTracker({
    env: {
      STEAM_API_KEY: SIM_KEY,
      STEAM_ID: SIM_STEAM_ID,
      STEAM_API_URL: sim.url,
      STEAM_STORE_URL: sim.url,
      STEAMSPY_URL: sim.url,
    },
  });
  const { stdout } = await tracker.command("token", "create", "fuzzer", "admin");
  const token = /^trk_\S+$/m.exec(stdout)?.[0] ?? "";

  const found = await fuzzApi({ url: tracker.url, token });

  process.stdout.write(`api-fuzz: seed ${found.seed}, ${found.requests} requests\n`);
  expect(found.failures).toBe("");
  expect(found.requests).toBeGreaterThan(REQUESTS_MIN);
}, 1_800_000);
