/** Callers of one address as a process of their own, so that the api's time is not theirs. Each has a line of its own; prints what they saw as one line of JSON. */
import { wait } from "@tracker/service";
import { spreadOf, type Spread } from "./spread.ts";

export interface CallerOrder {
  readonly url: string;
  readonly callers: number;
  readonly seconds: number;
  /** How long each waits between an answer and its next question; 0 asks as much as the api can take. */
  readonly pauseMs: number;
}

/** What came back, and how long it took. */
export interface CallerReport {
  readonly answers: number;
  /** Anything but 200, and lines that broke. */
  readonly failures: number;
  /** From the first byte asked to the last byte answered, as seen by the callers' process: its own work is in it. */
  readonly wire: Spread;
  /** What the api says of each answer itself (Server-Timing): from the request as it gets it to the answer as it hands it on. */
  readonly server: Spread;
  /** How many of the answers were of each tier. */
  readonly tiers: Readonly<Record<string, number>>;
}

interface Seen {
  readonly wire: number[];
  readonly server: number[];
  readonly tiers: Record<string, number>;
  failures: number;
}

const HEAD_END = "\r\n\r\n";

/** Asks on one line until it is told to stop. */
async function call({ url, pauseMs }: CallerOrder, seen: Seen, signal: AbortSignal): Promise<void> {
  const { hostname, port, pathname, host } = new URL(url);
  const asking = Buffer.from(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  let text = "";
  let askedAt = 0;
  const broken = () => {
    if (!signal.aborted) seen.failures++;
    end();
  };
  const ask = (socket: Bun.Socket) => {
    text = "";
    askedAt = performance.now();
    socket.write(asking);
  };
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      open: ask,
      data(line, data) {
        text += data.toString("latin1");
        if (!isWhole(text)) return;
        note(text, performance.now() - askedAt, seen);
        if (signal.aborted) end();
        else if (pauseMs === 0) ask(line);
        else void wait(pauseMs, signal).then(() => (signal.aborted ? end() : ask(line)));
      },
      close: broken,
      error: broken,
    },
  });
  await over;
  socket.end();
}

function isWhole(text: string): boolean {
  const head = text.indexOf(HEAD_END);
  if (head < 0) return false;
  const length = Number(/^content-length: (\d+)/im.exec(text.slice(0, head))?.[1] ?? Number.NaN);
  return text.length >= head + HEAD_END.length + length;
}

function note(text: string, ms: number, seen: Seen): void {
  if (!text.startsWith("HTTP/1.1 200 ")) seen.failures++;
  const tier = /"tier":(\d)/.exec(text)?.[1] ?? "none";
  seen.tiers[tier] = (seen.tiers[tier] ?? 0) + 1;
  seen.wire.push(ms);
  seen.server.push(Number(/app;dur=([\d.]+)/.exec(text)?.[1] ?? Number.NaN));
}

if (import.meta.main) {
  const order = JSON.parse(Bun.argv[2] ?? "") as CallerOrder;
  const seen: Seen = { wire: [], server: [], tiers: {}, failures: 0 };
  const stop = new AbortController();
  const calling = Array.from({ length: order.callers }, () => call(order, seen, stop.signal));
  await wait(order.seconds * 1_000, stop.signal);
  stop.abort();
  await Promise.all(calling);
  const report: CallerReport = {
    answers: seen.wire.length,
    failures: seen.failures,
    wire: spreadOf(seen.wire),
    server: spreadOf(seen.server),
    tiers: seen.tiers,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
