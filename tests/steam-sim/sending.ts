import type { Fault } from "./fault.ts";
import type { Reply } from "./reply.ts";

/** Sends a reply, spoilt on its way by the failures that are about sending. */
export async function send(
  reply: Reply,
  fault: Fault | null,
  isService: boolean,
  signal: AbortSignal,
): Promise<Response> {
  const headers = new Headers({ "content-type": reply.contentType });
  // Only service interfaces send their result; that it is there on failures is not settled, so there it is left out.
  const eresult = reply.eresult ?? (isService && reply.outcome === "ok" ? 1 : null);
  if (eresult !== null) headers.set("x-eresult", String(eresult));
  if (fault?.retryAfter) headers.set("retry-after", fault.retryAfter);
  const init = { status: reply.status, headers };
  const half = reply.body.slice(0, reply.body.length / 2);

  const kind = fault?.kind;
  if (kind === "slow") {
    await Promise.race([Bun.sleep(fault?.delayMs ?? 0), aborted(signal)]);
  }
  if (kind === "hang") await aborted(signal);
  if (kind === "hang" || kind === "reset") return closed("");
  if (kind === "cut") return closed(half);
  return new Response(kind === "truncated" ? half : reply.body, init);
}

/** Bun closes the connection when the stream of a body fails; an error without a reason does so in silence. */
function closed(text: string): Response {
  const body = new ReadableStream<string>({
    start(controller) {
      if (text !== "") controller.enqueue(text);
      queueMicrotask(() => controller.error());
    },
  });
  return new Response(body);
}

function aborted(signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) resolve();
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise;
}
