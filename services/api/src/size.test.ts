import { expect, test } from "bun:test";
import { connect } from "node:net";
import { BODY_BYTES_MAX, HEADER_BYTES_MAX } from "./body.ts";
import { startSystem, type TestSystem } from "./test-system.ts";

const MIB = 1024 * 1024;
const PIECE = "x".repeat(64 * 1024);
const CHUNK = `${PIECE.length.toString(16)}\r\n${PIECE}\r\n`;
const FLOOD_BYTES = 200 * MIB;
const ANSWER_MS_MAX = 30_000;

const HOW = {
  told: `Content-Length: ${FLOOD_BYTES}`,
  chunked: "Transfer-Encoding: chunked",
} as const;
const WHERE = ["POST /api/games", "GET /api/games", "POST /api/nothing-here", "OPTIONS /api/games"];

/** Writes what is given and goes on holding the line; answers what comes until the other side closes it. */
async function speak(system: TestSystem, text: Iterable<string>) {
  const { hostname, port } = new URL(system.url);
  const socket = connect({ host: hostname, port: Number(port), timeout: ANSWER_MS_MAX });
  const { promise, resolve } = Promise.withResolvers<string>();
  let reply = "";
  socket.on("data", (data) => {
    reply += data.toString("latin1");
  });
  // Who writes on although the other side has closed is told so by an error.
  for (const end of ["end", "close", "error"]) socket.on(end, () => resolve(reply));
  socket.on("timeout", () => resolve(`no end: ${reply}`));
  let written = 0;
  for (const part of text) {
    written += part.length;
    if (!socket.write(part)) {
      const drained = new Promise((done) => socket.once("drain", done));
      await Promise.race([drained, promise]);
    }
    if (socket.destroyed) break;
  }
  await promise;
  socket.destroy();
  return { reply, written };
}

function head(system: TestSystem, line: string, ...headers: string[]): string {
  const own = [
    `Host: ${new URL(system.url).host}`,
    `Authorization: Bearer ${system.token("admin")}`,
    "Content-Type: application/json",
  ];
  return `${line} HTTP/1.1\r\n${[...own, ...headers].join("\r\n")}\r\n\r\n`;
}

function* flood(start: string, piece: string): Iterable<string> {
  yield start;
  for (let sent = 0; sent < FLOOD_BYTES; sent += piece.length) yield piece;
}

// A script that sends the wrong file must hear why, and not only that the line broke.
test("who is still sending a body that is too large gets a problem document, and the line is closed", async () => {
  await using system = await startSystem();
  const tooMuch = Math.floor(BODY_BYTES_MAX / PIECE.length) + 1;
  const chunks = Array.from({ length: tooMuch }, () => CHUNK);

  const told = await Promise.all(
    WHERE.map((line) => speak(system, [head(system, line, HOW.told), PIECE])),
  );
  const chunked = await speak(system, [head(system, "POST /api/games", HOW.chunked), ...chunks]);

  for (const { reply } of [...told, chunked]) {
    expect(reply).toStartWith("HTTP/1.1 413 ");
    expect(reply.toLowerCase()).toContain("content-type: application/problem+json");
    expect(reply.toLowerCase()).toContain("connection: close");
    expect(reply).toContain("expected a body of at most 1048576 bytes, got more");
  }
}, 60_000);

test.each([
  ["GET /api/games", "200"],
  ["POST /api/nothing-here", "404"],
  ["OPTIONS /api/games", "204"],
])("a body without an end that %s does not want is not waited for", async (line, status) => {
  await using system = await startSystem();

  const { reply } = await speak(system, [head(system, line, HOW.chunked), CHUNK]);

  expect(reply).toStartWith(`HTTP/1.1 ${status} `);
  expect(reply.toLowerCase()).toContain("connection: close");
});

test("a small body where none is wanted changes nothing, and the line stays open", async () => {
  await using system = await startSystem();
  const token = system.token("admin");
  const init = { method: "POST", body: "{}", token };

  const [unknown, refused] = await Promise.all([
    system.fetch("/api/nothing-here", init),
    system.fetch("/api/games", { ...init, token: "trk_nobody" }),
  ]);

  expect([unknown.status, refused.status]).toEqual([404, 401]);
  expect([unknown, refused].map(({ headers }) => headers.get("connection"))).not.toContain("close");
});

// A droplet has 1 GB for all six services.
test("floods of 200 MB, with a length or without, leave the api small: most of it is never read", async () => {
  await using system = await startSystem();
  const before = process.memoryUsage.rss();
  const peaks: number[] = [];
  const looking = setInterval(() => peaks.push(process.memoryUsage.rss()), 20);

  const floods = WHERE.flatMap((line) => [
    flood(head(system, line, HOW.told), PIECE),
    flood(head(system, line, HOW.chunked), CHUNK),
  ]);
  const ended = await Promise.all(floods.map((text) => speak(system, text)));
  clearInterval(looking);
  const health = await system.fetch("/health");

  const written = ended.reduce((sum, each) => sum + each.written, 0);
  const grown = (Math.max(...peaks, process.memoryUsage.rss()) - before) / MIB;
  process.stdout.write(
    `floods: ${Math.round(written / MIB)} of ${(WHERE.length * 2 * FLOOD_BYTES) / MIB} MiB taken, grown by ${Math.round(grown)} MiB\n`,
  );
  expect(written).toBeLessThan((WHERE.length * 2 * FLOOD_BYTES) / 2);
  expect(grown).toBeLessThan(200);
  expect(health.status).toBe(200);
}, 120_000);

test("an address and headers up to 16 KiB together are taken, more is told to be too long", async () => {
  await using system = await startSystem();
  const token = system.token("read");
  const send = (length: number) =>
    system.fetch("/api/games", { token, headers: { "x-padding": "x".repeat(length) } });

  const taken = await send(HEADER_BYTES_MAX - 1_024);
  const refused = await Promise.all([
    send(HEADER_BYTES_MAX),
    send(6 * HEADER_BYTES_MAX),
    system.fetch(`/api/games?q=${"x".repeat(HEADER_BYTES_MAX)}`, { token }),
  ]);

  expect(taken.status).toBe(200);
  for (const response of refused) {
    expect([response.status, response.headers.get("content-type")]).toEqual([
      431,
      "application/problem+json",
    ]);
    expect(((await response.json()) as { detail: string }).detail).toStartWith(
      "expected an address and headers of at most 16384 bytes, got ",
    );
  }
});
