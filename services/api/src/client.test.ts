import { expect, test } from "bun:test";
import { ApiProblem, answerOf, createClient, present } from "./client.ts";
import { startSystem } from "./test-system.ts";

const caught = (asked: Promise<unknown>) => asked.catch((error: unknown) => error);

test("the client asks every kind of route and gives what it answers, times as they were sent", async () => {
  await using system = await startSystem();
  const { api } = createClient(system.url, { token: system.token("admin") });

  const page = await answerOf(
    api.games.get({ query: present({ q: "a,b&c", tag: "", limit: 5, cursor: null }) }),
  );
  const added = await answerOf(api.games.post({ title: "Ōkami 大神", platform: "Switch" }));
  const changed = await answerOf(api.games({ id: added.id }).patch({ notes: "2026-11-20" }));
  const archived = await answerOf(api.games({ id: added.id }).delete());
  const purged = await answerOf(
    api.games({ id: added.id }).delete(undefined, { query: { purge: true } }),
  );
  const job = await answerOf(api.jobs.post({ kind: "poll" }));
  const paused = await answerOf(api.jobs({ id: job.id }).pause.post());
  const picture = await answerOf(api.widgets["badge.svg"].get());

  expect(page.items[0]).toMatchObject({ id: 1, created_at: "2026-11-20T22:30:00.000Z" });
  expect(system.store.asked).toEqual([{ q: "a,b&c", limit: 5 }]);
  expect([added.title, changed.notes]).toEqual(["Ōkami 大神", "2026-11-20"]);
  expect([archived?.id, purged || undefined]).toEqual([added.id, undefined]);
  expect(paused).toMatchObject({ id: job.id, kind: "poll", state: "paused" });
  expect(picture).toBeInstanceOf(Response);
  expect(await picture.text()).toStartWith("<svg ");
}, 60_000);

test("the client hands out events as they come, and ends them when asked to", async () => {
  await using system = await startSystem();
  const { api } = createClient(system.url, { token: system.token("read") });
  const stop = new AbortController();

  const events = await answerOf(api.events.get({ fetch: { signal: stop.signal } }));
  const reader = events.body?.getReader();
  const first = await reader?.read();
  stop.abort();
  const ended = await caught(reader?.read() ?? Promise.resolve());

  expect(events.headers.get("content-type")).toBe("text/event-stream");
  expect(new TextDecoder().decode(first?.value)).not.toBe("");
  expect(ended).toMatchObject({ name: "AbortError" });
}, 60_000);

test("whatever is refused is thrown with its status, what was expected, and the field to blame", async () => {
  await using system = await startSystem();
  const reader = createClient(system.url, { token: system.token("read") }).api;
  const writer = createClient(system.url, { token: system.token("write") }).api;

  const missing = await caught(answerOf(reader.games({ id: 99 }).get()));
  const forbidden = await caught(answerOf(reader.games.post({ title: "A", platform: "PC" })));
  const wrong = await caught(answerOf(writer.games.post({ title: "", platform: "PC" })));
  const stranger = await caught(answerOf(createClient(system.url).api.games.get()));
  const nobody = await caught(answerOf(createClient("http://127.0.0.1:9").api.games.get()));
  const aborted = await caught(
    answerOf(reader.games.get({ fetch: { signal: AbortSignal.abort() } })),
  );

  for (const problem of [missing, forbidden, wrong, stranger, nobody]) {
    expect(problem).toBeInstanceOf(ApiProblem);
  }
  expect(missing).toMatchObject({ status: 404, message: "no game 99", field: undefined });
  expect(forbidden).toMatchObject({ status: 403 });
  expect(wrong).toMatchObject({ status: 422, field: "/title" });
  expect(wrong).toMatchObject({ message: expect.stringContaining("/title: expected") });
  expect([stranger, nobody]).toMatchObject([{ status: 401 }, { status: 0 }]);
  expect(aborted).toMatchObject({ name: "AbortError" });
}, 60_000);
