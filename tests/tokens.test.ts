import { expect, test } from "bun:test";
import type { Token } from "@tracker/contracts";
import { PASSWORD, spawnTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const WITHIN_MS = 20_000;
const LIFE_MS = 3_000;

// Whoever revokes a token does so because somebody else has it.
test("a token that is revoked or has expired is refused at once by every process that serves the API", async () => {
  await using tracker = await startTracker();
  const variables = { ...tracker.env, PORT: "0", ADMIN_PASSWORD: PASSWORD };
  await using second = spawnTracker(["up", "api"], variables);
  let address: string | undefined;
  await until("a second API", WITHIN_MS, () => {
    if (second.exitCode !== null) throw new Error(second.output());
    address = /"url":"(http:[^"]+?)\/?"/.exec(second.output())?.[1];
    return address !== undefined;
  });
  const origins = [tracker.url, address ?? ""];
  const make = (given: object) =>
    tracker.send<Token & { token: string }>("POST", "/api/tokens", {
      name: "a script",
      scopes: ["read"],
      ...given,
    });
  const statuses = async (token: string) =>
    Promise.all(
      origins.map(async (origin) => {
        const headers = { authorization: `Bearer ${token}` };
        return (await fetch(`${origin}/api/games`, { headers })).status;
      }),
    );

  const revoked = await make({});
  const before = await statuses(revoked.token);
  await tracker.send("DELETE", `/api/tokens/${revoked.id}`);
  const after = await statuses(revoked.token);
  const expiresAt = Date.now() + LIFE_MS;
  const short = await make({ expires_at: new Date(expiresAt).toISOString() });
  const alive = await statuses(short.token);
  await until("its last moment", WITHIN_MS, () => Date.now() > expiresAt);
  const expired = await statuses(short.token);

  expect(new Set(origins).size).toBe(2);
  expect([before, after]).toEqual([
    [200, 200],
    [401, 401],
  ]);
  expect([alive, expired]).toEqual([
    [200, 200],
    [401, 401],
  ]);
}, 60_000);
