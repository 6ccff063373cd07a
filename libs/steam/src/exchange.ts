import { errorCode } from "@tracker/service";
import type { Answer } from "./answer.ts";

/** Far above the largest answer there is (a page of 50,000 apps has about 5 MB). */
const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** The codes of failed connections, in words. */
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed",
  ENOTFOUND: "its name could not be resolved",
  EAI_AGAIN: "its name could not be resolved",
  ENETUNREACH: "there is no way to it",
  EHOSTUNREACH: "there is no way to it",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not to be trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not to be trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not to be trusted",
  CERT_HAS_EXPIRED: "its certificate has expired",
};

/** No answer came. `reason` is in our own words, for the error of a failed `fetch` carries the URL, and that the key. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly reason: string;

  constructor(reason: string) {
    super(`No answer: ${reason}.`);
    this.reason = reason;
  }
}

/** Sends one GET request and reads its answer to the end. Rejects with NoAnswer, or with the signal's reason. */
export async function exchange(url: URL, timeoutMs: number, signal?: AbortSignal): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: "application/json" },
      // Following a redirect could carry the key to another host.
      redirect: "manual",
      // On a connection that is used again, Bun sends the request a second time by itself when the server closes it: a request without a permit.
      keepalive: false,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const body = await readText(response);
    return { status: response.status, headers: response.headers, body };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof NoAnswer) throw error;
    throw new NoAnswer(
      timeout.aborted
        ? `no answer within ${timeoutMs / 1_000} s`
        : (REASONS[errorCode(error)] ?? "the connection failed"),
    );
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > BODY_BYTES_MAX) throw new NoAnswer("the answer has no end");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
