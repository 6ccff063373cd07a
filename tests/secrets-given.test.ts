import { expect, test } from "bun:test";
import type { WebhookDelivery } from "@tracker/contracts";
import { runJob } from "./finished-job.ts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { credentialsOf, expectUntold, filesOf, type Told, unpacked } from "./secret-search.ts";
import { temporaryFolder } from "./temporary-folder.ts";
import { until } from "./service-process.ts";
import { EMPTY_TRUTH, SIM_STEAM_ID, startSteamSim } from "./steam-sim/sim.ts";
import { truthGame } from "./steam-sim/truth.ts";

const WITHIN_MS = 60_000;
const KEY = "5E7BAC0FFEE0DDBA11F005BA11CAB1E5";
const WRONG_KEY = "BADBAC0FFEE0DDBA11F005BA11CAB1E5";
const PASSWORD = "the-Password-of-that-test-3vw";
/** Whoever has the address of a channel may write to it. */
const CHANNEL = "a-channel-that-nobody-knows-77";
const USER = "a-user-of-ntfy:and-their-password";
const TITLE = "A game in the archive";

interface Made {
  readonly id: number;
  readonly secret: string;
}

/** What an open stream says, until it is ended. */
function listen(tracker: RunningTracker, path: string) {
  const line = new AbortController();
  let text = "";
  const reading = (async () => {
    const decoder = new TextDecoder();
    const response = await tracker.fetch(path, { signal: line.signal });
    for await (const part of response.body ?? []) text += decoder.decode(part, { stream: true });
  })().catch(() => {}); // It is ended here.
  return {
    async end(): Promise<Told> {
      line.abort();
      await reading;
      return [path, text];
    },
    heard: () => text,
  };
}

/** Asks as the administrator, or as whoever the headers say, and keeps what is answered. */
function teller(tracker: RunningTracker, told: Told[]) {
  const keep = async (place: string, status: number, response: Response) => {
    const text = await response.text();
    const headers = JSON.stringify([...response.headers]);
    told.push([place, `${headers}\n${text}`]);
    expect([place, response.status]).toEqual([place, status]);
  };
  return {
    asAdmin: async (status: number, method: string, path: string, body?: unknown) =>
      keep(
        `${method} ${path}`,
        status,
        await tracker.fetch(path, {
          method,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    asToken: async (status: number, name: string, path: string, token: string) =>
      keep(
        `${name}: ${path}`,
        status,
        await fetch(tracker.url + path, { headers: { authorization: `Bearer ${token}` } }),
      ),
    inAddress: async (status: number, name: string, path: string, token: string) =>
      keep(
        `${name} in the address: ${path}`,
        status,
        await fetch(`${tracker.url}${path}?token=${token}`),
      ),
  };
}

/** One that tells everything that it was told, and takes nothing. */
function startGossip() {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: ({ url, headers }) =>
      new Response(`${url} ${JSON.stringify(headers)}`, { status: 500, statusText: CHANNEL }),
  });
  return { url: server.url.origin, [Symbol.asyncDispose]: () => server.stop(true) };
}

test("what the API was given, or gave once, is told by none of its other answers, streams, errors, archives and backups", async () => {
  using data = temporaryFolder("given");
  await using sim = await startSteamSim({
    key: KEY,
    truth: { ...EMPTY_TRUTH, games: [truthGame(620, { minutesBefore: 90 })] },
  });
  await using gossip = startGossip();
  const told: Told[] = [];
  const secrets = new Map([
    ["the key of the setup", KEY],
    ["a key that Steam refused", WRONG_KEY],
    ["the password", PASSWORD],
    ["the address of a webhook", CHANNEL],
    ["the user of a webhook", USER.split(":")[1] ?? ""],
  ]);
  {
    await using tracker = await startTracker({
      dataDir: data.path,
      env: {
        STEAM_API_URL: sim.url,
        ADMIN_PASSWORD: PASSWORD,
        PRESENCE_INTERVAL_SECONDS: "0.5",
        RETRY_ATTEMPTS: "1",
        LOG_LEVEL: "debug",
        WEBHOOK_PRIVATE_NETWORKS: "true",
      },
    });
    const streams = ["/api/events", "/api/now-playing/events"].map((each) => listen(tracker, each));
    const { asAdmin, asToken, inAddress } = teller(tracker, told);
    const makeToken = async (name: string, scope: string) => {
      const made = { name, scopes: [scope] };
      const { token } = await tracker.send<{ token: string }>("POST", "/api/tokens", made);
      secrets.set(`the token ${name}`, token);
      return token;
    };
    const [widget, admin] = [
      await makeToken("feeds", "widget"),
      await makeToken("everything", "admin"),
    ];

    // The key that is set up in the browser, taken and refused.
    const setup = (steam_api_key: string) => ({ steam_api_key, steam_id: SIM_STEAM_ID });
    await asAdmin(422, "POST", "/api/setup", setup(WRONG_KEY));
    await asAdmin(422, "POST", "/api/setup", setup(`${KEY}0`));
    await asAdmin(200, "POST", "/api/setup", setup(KEY));
    await asAdmin(200, "GET", "/api/setup");
    await until("the library", WITHIN_MS, async () => {
      return (await tracker.get<{ items: unknown[] }>("/api/games")).items.length === 1;
    });
    await sim.control.fail({ kind: "server_error" });
    await asAdmin(503, "POST", "/api/setup", setup(KEY));
    await runJob(tracker, "poll");
    await sim.control.clearFaults();

    // A webhook that fails, and the log of its deliveries.
    const url = `${gossip.url}/${CHANNEL}`;
    const wish = { name: "gossip", url, format: "standard", events: ["game.added"] };
    const hook = await tracker.send<Made>("POST", "/api/webhooks", wish);
    secrets.set("the secret of a webhook", hook.secret);
    await asAdmin(201, "POST", "/api/games", { title: TITLE, platform: "PC" });
    const deliveries = `/api/webhooks/${hook.id}/deliveries`;
    await until("a delivery to fail", WITHIN_MS, async () => {
      const { items } = await tracker.get<{ items: WebhookDelivery[] }>(deliveries);
      return items.some(({ attempts }) => attempts > 0);
    });
    await asAdmin(200, "POST", `/api/webhooks/${hook.id}/test`);
    await asAdmin(200, "GET", deliveries);
    await asAdmin(200, "GET", `/api/webhooks/${hook.id}`);
    await asAdmin(200, "GET", "/api/webhooks");
    await asAdmin(422, "PATCH", `/api/webhooks/${hook.id}`, { url: `gopher://${USER}@x/` });
    await asAdmin(422, "POST", "/api/webhooks", { ...wish, url: `http://${USER}@[::/${CHANNEL}` });

    // Tokens, right and wrong, where they belong and where they do not.
    for (const feed of ["/api/feed.atom", "/api/feed.json"]) {
      await inAddress(200, "widget", feed, widget);
      await inAddress(401, "wrong", feed, `${widget}x`);
      await inAddress(403, "admin", feed, admin);
      await asToken(200, "widget", feed, widget);
    }
    await inAddress(401, "admin", "/api/export", admin);
    await asToken(403, "widget", "/api/export", widget);
    await asToken(403, "widget", "/api/backups", widget);
    await asToken(401, "wrong", "/api/events", `${admin}x`);
    await asToken(200, "admin", "/api/tokens", admin);

    await runJob(tracker, "backup");
    const archive = await tracker.fetch("/api/export");
    told.push(["the archive", unpacked(Buffer.from(await archive.arrayBuffer()))]);
    const { items: backups } = await tracker.get<{ items: { name: string }[] }>("/api/backups");
    for (const { name } of backups) await asAdmin(200, "GET", `/api/backups/${name}`);
    await until("the streams to have said something", WITHIN_MS, () =>
      streams.every(({ heard }) => heard().includes("data: ")),
    );
    for (const stream of streams) told.push(await stream.end());
    await tracker.stop();
    told.push(["log", tracker.output()]);
  }
  for (const [name, secret] of credentialsOf(data.path)) secrets.set(name, secret);
  told.push(...filesOf(data.path));

  expectUntold(secrets, told);
  // What was searched is really what was told.
  const textOf = (place: string) => told.find(([each]) => each === place)?.[1] ?? "";
  expect(textOf("the archive")).toContain(TITLE);
  expect(textOf("/api/events")).toContain("event: game.added");
  expect(textOf("tracker.db")).toContain(TITLE);
  expect(told.filter(([place]) => place.startsWith("backups/"))).not.toEqual([]);
  expect(textOf("log").length).toBeGreaterThan(5_000);
}, 180_000);
