import { expect, test } from "bun:test";
import { createSteamClient, unlimitedPermits } from "@tracker/steam";
import { EMPTY_TRUTH, SIM_KEY, startSteamSim } from "./sim.ts";
import { type Truth, truthGame } from "./truth.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const HOUR = 3_600_000;
const TRUTH: Truth = {
  ...EMPTY_TRUTH,
  games: [truthGame(9_000_010), truthGame(9_000_040), truthGame(9_000_050, { delisted: true })],
  sittings: [
    { appId: 9_000_010, startedAt: NOON - 3 * HOUR, endedAt: NOON - HOUR, mode: "online" },
  ],
};

function client(apiUrl: string) {
  return createSteamClient({ apiUrl, key: SIM_KEY, permits: unlimitedPermits, retryAttempts: 1 });
}

test("apps have art at hashed addresses, older ones their header at the old one, hidden ones none", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });

  const items = await client(sim.url).storeItems([9_000_050, 9_000_010, 9_000_040, 77]);

  const prefix = "https://shared.akamai.steamstatic.com/store_item_assets/steam/apps";
  const hashed = expect.stringMatching(/\/9000010\/[0-9a-f]{40}\/header\.jpg\?t=\d+$/);
  expect(items).toEqual([
    { appId: 9_000_050, art: null },
    {
      appId: 9_000_010,
      art: {
        headerUrl: hashed,
        capsuleUrl: expect.stringMatching(/\/[0-9a-f]{40}\/library_capsule\.jpg\?t=\d+$/),
      },
    },
    {
      appId: 9_000_040,
      art: {
        headerUrl: `${prefix}/9000040/header.jpg?t=1700000040`,
        capsuleUrl: expect.stringMatching(/\/[0-9a-f]{40}\/library_600x900\.jpg\?t=\d+$/),
      },
    },
    { appId: 77, art: null },
  ]);
  expect(await client(sim.url).storeItems([9_000_010])).toEqual(items.slice(1, 2));
  expect(sim.requests("GetItems").map(({ keyHash }) => keyHash)).toEqual([null, null]);
});

test("without being asked for assets it tells of none", async () => {
  await using sim = await startSteamSim({ truth: TRUTH });
  const input = encodeURIComponent(JSON.stringify({ ids: [{ appid: 9_000_010 }] }));

  const url = `${sim.url}/IStoreBrowseService/GetItems/v1/?input_json=${input}`;
  const text = await (await fetch(url)).text();

  expect(text).toContain('"success":1');
  expect(text).not.toContain("assets");
});
