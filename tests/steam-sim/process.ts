import { join } from "node:path";
import { createSteamSimControl, type SteamSimControl } from "./control.ts";

const MAIN = join(import.meta.dir, "./main.ts");

/** A simulated Steam in a process of its own: what is measured beside it does not wait while it answers. */
export interface SteamSimProcess extends AsyncDisposable {
  /** For STEAM_API_URL, STEAM_STORE_URL and STEAMSPY_URL alike. */
  readonly url: string;
  readonly control: SteamSimControl;
}

/** Starts one with the options of its command line, and waits until it listens. Disposing asserts that it ends with 0. */
export async function startSteamSimProcess(options: readonly string[]): Promise<SteamSimProcess> {
  const child = Bun.spawn([process.execPath, MAIN, ...options], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "inherit",
  });
  const { url } = JSON.parse(await firstLine(child.stdout)) as { url: string };
  return {
    url,
    control: createSteamSimControl(url),
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      const code = await child.exited;
      if (code !== 0) throw new Error(`the simulated Steam ended with ${code ?? child.signalCode}`);
    },
  };
}

export async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) {
    text += decoder.decode(chunk, { stream: true });
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error(`expected a line, got ${JSON.stringify(text)}`);
}
