import { expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import type { Game, Webhook, WebhookDelivery } from "@tracker/contracts";
import { type RunningTracker, startTracker } from "./running-tracker.ts";
import { until } from "./service-process.ts";

const WITHIN_MS = 30_000;
const ALLOWED = { WEBHOOK_PRIVATE_NETWORKS: "true" };

interface Received {
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
}

interface Made extends Webhook {
  readonly secret: string;
}

/** Somebody who is told: `answer` says how each path takes it. */
function startReceiver(answer: (received: Received) => Response | Promise<Response>) {
  const received: Received[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const told = {
        path: new URL(request.url).pathname,
        headers: request.headers,
        body: await request.text(),
      };
      received.push(told);
      return answer(told);
    },
  });
  return {
    url: server.url.origin,
    received,
    at: (path: string) => received.filter((each) => each.path === path),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}

const TAKEN = () => new Response(null, { status: 204 });

function hook(tracker: RunningTracker, url: string, given: object = {}): Promise<Made> {
  const wish = { name: "test", url, format: "standard", events: ["game.added"], ...given };
  return tracker.send<Made>("POST", "/api/webhooks", wish);
}

function addGame(tracker: RunningTracker, title: string): Promise<Game> {
  return tracker.send<Game>("POST", "/api/games", { title, platform: "PC" });
}

async function deliveriesOf(tracker: RunningTracker, { id }: Webhook): Promise<WebhookDelivery[]> {
  return (await tracker.get<{ items: WebhookDelivery[] }>(`/api/webhooks/${id}/deliveries`)).items;
}

function titlesOf(received: readonly Received[]): string[] {
  return received.map(({ body }) => (JSON.parse(body) as { data: { title: string } }).data.title);
}

test("an event is told once, signed with the secret that was shown once, and to nobody who did not ask for it", async () => {
  await using receiver = startReceiver(TAKEN);
  await using tracker = await startTracker({ env: ALLOWED });
  const made = await hook(tracker, `${receiver.url}/wanted`);
  await hook(tracker, `${receiver.url}/other`, { events: ["session.ended"] });

  await addGame(tracker, "Tunnel Two");
  await until("the delivery to be noted", WITHIN_MS, async () => {
    return (await deliveriesOf(tracker, made))[0]?.state === "delivered";
  });
  const tried = await tracker.send("POST", `/api/webhooks/${made.id}/test`);
  const listed = await tracker.fetch("/api/webhooks");

  const [told, trial] = receiver.at("/wanted");
  const id = told?.headers.get("webhook-id") ?? "";
  const at = told?.headers.get("webhook-timestamp") ?? "";
  const signed = createHmac("sha256", Buffer.from(made.secret.replace("whsec_", ""), "base64"))
    .update(`${id}.${at}.${told?.body}`)
    .digest("base64");
  expect(told?.headers.get("webhook-signature")).toBe(`v1,${signed}`);
  expect(JSON.parse(told?.body ?? "")).toMatchObject({
    type: "game.added",
    data: { title: "Tunnel Two", by: "person" },
  });
  expect(JSON.parse(trial?.body ?? "")).toMatchObject({ type: "webhook.test" });
  expect(tried).toMatchObject({ delivered: true, status: 204, error: null });
  expect(await deliveriesOf(tracker, made)).toMatchObject([
    { event: "webhook.test", state: "delivered", status: 204, attempts: 1 },
    { event: "game.added", state: "delivered" },
  ]);
  expect(receiver.at("/other")).toEqual([]);
  const text = await listed.text();
  expect(text).not.toContain(made.secret);
  expect(text).not.toContain("/wanted");
  const kept = join(tracker.dataDir, "credentials");
  const files = readdirSync(kept).filter((name) => name.startsWith("webhook-"));
  expect(files).toHaveLength(2);
  for (const name of files) expect(statSync(join(kept, name)).mode & 0o777).toBe(0o600);
  // Neither the database nor the log nor NATS knows the secret, or the address beyond its host.
  const elsewhere = [tracker.output(), readFileSync(join(tracker.dataDir, "tracker.db"), "latin1")];
  elsewhere.push(...filesUnder(join(tracker.dataDir, "nats")));
  for (const text of elsewhere) {
    expect(text).not.toContain(made.secret);
    expect(text).not.toContain("/wanted");
  }
}, 60_000);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"));
}

test("a receiver that fails is asked again later, one that hangs delays nobody else, a redirect is not followed, and 410 switches off", async () => {
  let failures = 0;
  await using receiver = startReceiver(({ path }) => {
    if (path === "/failing" && failures++ === 0) return new Response("no", { status: 500 });
    if (path === "/gone") return new Response(null, { status: 410 });
    if (path === "/hanging") return new Promise<Response>(() => {});
    if (path === "/moved") return Response.redirect(`${receiver.url}/elsewhere`, 307);
    return TAKEN();
  });
  await using tracker = await startTracker({ env: ALLOWED });
  const failing = await hook(tracker, `${receiver.url}/failing`);
  const gone = await hook(tracker, `${receiver.url}/gone`);
  const hanging = await hook(tracker, `${receiver.url}/hanging`);
  const moved = await hook(tracker, `${receiver.url}/moved`);
  const quick = await hook(tracker, `${receiver.url}/quick`);

  await addGame(tracker, "One");
  await addGame(tracker, "Two");
  await until("the quick one to be told", 5_000, async () => {
    const states = (await deliveriesOf(tracker, quick)).map(({ state }) => state);
    return states.length === 2 && states.every((state) => state === "delivered");
  });
  const meanwhile = await deliveriesOf(tracker, hanging);
  await until("the second attempt", WITHIN_MS, () => receiver.at("/failing").length === 3);
  await until("it to be noted", WITHIN_MS, async () =>
    (await deliveriesOf(tracker, failing)).every(({ state }) => state === "delivered"),
  );
  await until("the redirect to be noted", WITHIN_MS, async () =>
    (await deliveriesOf(tracker, moved)).some(({ status }) => status === 307),
  );
  const { items } = await tracker.get<{ items: Webhook[] }>("/api/webhooks");

  expect(meanwhile.map(({ state }) => state)).toEqual(["waiting", "waiting"]);
  expect(titlesOf(receiver.at("/quick"))).toEqual(["One", "Two"]);
  expect(titlesOf(receiver.at("/failing")).sort()).toEqual(["One", "One", "Two"]);
  const ids = receiver.at("/failing").map(({ headers }) => headers.get("webhook-id"));
  expect(new Set(ids).size).toBe(2);
  expect(receiver.at("/elsewhere")).toEqual([]);
  expect((await deliveriesOf(tracker, moved)).at(-1)?.error).toContain("not followed");
  expect(items.find(({ id }) => id === gone.id)).toMatchObject({
    enabled: false,
    disabled_reason: expect.stringContaining("410"),
  });
  expect(receiver.at("/gone")).toHaveLength(1);
}, 90_000);

test("killed between an event and its telling, it tells it after the restart, under the same id", async () => {
  let taking = false;
  const data = mkdtempSync(join(tmpdir(), "tracker-webhooks-"));
  using _removed = { [Symbol.dispose]: () => rmSync(data, { recursive: true, force: true }) };
  await using receiver = startReceiver(() => (taking ? TAKEN() : new Promise<Response>(() => {})));
  const options = { dataDir: data, env: ALLOWED };
  await using tracker = await startTracker(options);
  const made = await hook(tracker, `${receiver.url}/slow`);

  for (const title of ["One", "Two", "Three"]) await addGame(tracker, title);
  await until("the first to be under way", WITHIN_MS, () => receiver.received.length > 0);
  await tracker.kill();
  taking = true;
  await using again = await startTracker(options);
  await until("all to be told", 60_000, async () =>
    (await deliveriesOf(again, made)).every(({ state }) => state === "delivered"),
  );

  const ids = receiver.received.map(({ headers }) => headers.get("webhook-id"));
  expect(new Set(titlesOf(receiver.received))).toEqual(new Set(["One", "Two", "Three"]));
  expect(new Set(ids).size).toBe(3);
  expect(ids.length).toBeLessThanOrEqual(4);
}, 120_000);

test("without leave no private network is reached: neither by its address nor by a name that means one", async () => {
  await using receiver = startReceiver(TAKEN);
  await using tracker = await startTracker();
  const { port } = new URL(receiver.url);
  const refused = [
    receiver.url,
    `http://localhost:${port}`,
    `http://[::ffff:127.0.0.1]:${port}`,
    "http://169.254.169.254/latest",
    "http://user:word@example.org/",
    "ftp://example.org/",
    "not an address",
  ];

  for (const url of refused) {
    const body = JSON.stringify({ name: "x", url, format: "standard", events: ["game.added"] });
    const response = await tracker.fetch("/api/webhooks", { method: "POST", body });
    expect([url, response.status]).toEqual([url, 422]);
  }
  // A name is looked at when it is used: this machine's own means a private address, or none.
  const made = await hook(tracker, `http://${hostname()}:${port}/named`);
  const tried = await tracker.send("POST", `/api/webhooks/${made.id}/test`);

  expect(tried).toMatchObject({ delivered: false, status: null });
  const [kept] = await deliveriesOf(tracker, made);
  expect(kept).toMatchObject({ event: "webhook.test", state: "failed", next_attempt_at: null });
  expect(receiver.received).toEqual([]);
}, 60_000);

test("Discord and ntfy are told of public games only", async () => {
  await using receiver = startReceiver(TAKEN);
  await using tracker = await startTracker({ env: ALLOWED });
  const events = ["game.changed"];
  const chat = await hook(tracker, `${receiver.url}/chat`, { format: "discord", events });
  const phone = await hook(tracker, `${receiver.url}/phone`, { format: "ntfy", events });
  const shown = await addGame(tracker, "Shown");
  const hidden = await addGame(tracker, "Secret");

  await tracker.send("PATCH", `/api/games/${hidden.id}`, { visibility: "hidden" });
  await tracker.send("PATCH", `/api/games/${shown.id}`, { rating: 9 });
  await until("both to be told", WITHIN_MS, async () => {
    const all = [...(await deliveriesOf(tracker, chat)), ...(await deliveriesOf(tracker, phone))];
    return all.length === 4 && all.every(({ state }) => state !== "waiting");
  });

  expect((await deliveriesOf(tracker, chat)).map(({ state }) => state)).toEqual([
    "delivered",
    "skipped",
  ]);
  expect(receiver.received).toHaveLength(2);
  expect(receiver.received.map(({ body }) => body).join()).not.toContain("Secret");
  expect(JSON.parse(receiver.at("/")[0]?.body ?? "")).toMatchObject({
    topic: "phone",
    title: "Shown",
    message: "was edited.",
  });
}, 60_000);
