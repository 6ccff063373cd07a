import { expect, test } from "bun:test";
import { startSystem } from "./test-system.ts";

// Two scripts that read the same game and both write it: the later one would undo the earlier without knowing.
test("a write with If-Match is done only to what was read", async () => {
  await using system = await startSystem();
  const token = system.token("write");
  const read = async () => {
    const response = await system.fetch("/api/games/1", { token });
    return response.headers.get("etag") ?? "";
  };
  const write = (method: string, match: string, path = "/api/games/1") =>
    system.fetch(path, {
      method,
      token,
      headers: { "content-type": "application/json", "if-match": match },
      ...(method === "PATCH" ? { body: JSON.stringify({ notes: match }) } : {}),
    });

  const first = await read();
  const done = await write("PATCH", first);
  const late = await write("PATCH", first);
  const lateDelete = await write("DELETE", first);
  const second = await read();
  const bare = await write("PATCH", `"x", ${second.slice("W/".length)}`);
  const any = await write("DELETE", "*");
  const nothing = await write("PATCH", "*", "/api/games/99");

  expect([done.status, late.status, lateDelete.status]).toEqual([200, 412, 412]);
  expect(await late.json()).toMatchObject({ field: "If-Match", title: "Changed meanwhile" });
  expect(late.headers.get("etag")).toBe(second);
  expect([bare.status, any.status, nothing.status]).toEqual([200, 200, 404]);
});

test("a condition that a write does not know is refused and nothing is done, a read knows none", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const send = (method: string, path: string, header: string) =>
    system.fetch(path, {
      method,
      token,
      headers: { "content-type": "application/json", [header]: "W/x-12345678" },
      ...(method === "GET" ? {} : { body: JSON.stringify({ title: "Other" }) }),
    });

  const refused = await Promise.all([
    send("POST", "/api/games", "If-Match"),
    send("PATCH", "/api/games/1", "If-Unmodified-Since"),
    send("PATCH", "/api/games/1", "Idempotency-Key"),
    send("PATCH", "/api/sessions/1", "Idempotency-Key"),
  ]);
  const read = await send("GET", "/api/games", "If-Match");

  expect(refused.map(({ status }) => status)).toEqual([422, 422, 422, 422]);
  const problems = await Promise.all(refused.map((each): Promise<unknown> => each.json()));
  expect(problems).toMatchObject([
    { field: "If-Match" },
    { field: "If-Unmodified-Since" },
    { field: "Idempotency-Key" },
    { field: "Idempotency-Key" },
  ]);
  expect([read.status, system.store.games.size]).toEqual([200, 1]);
  expect(system.store.game(1).title).not.toBe("Other");
});
