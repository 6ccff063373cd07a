import { join } from "node:path";
import { wait } from "@tracker/service";

const MAIN = join(import.meta.dir, "../services/main.ts");
const READY_MS_MAX = 20_000;
const STOP_MS_MAX = 8_000;
const LOOK_MS = 20;

/** A service in a process of its own, as compose runs it. */
export interface ServiceProcess extends AsyncDisposable {
  readonly pid: number;
  /** Ends it as a crash would. Resolves once it is gone. */
  kill(): Promise<void>;
  /** Everything that it wrote, for the message of a failed test and for the search for secrets. */
  output(): string;
}

/** Starts a service and waits until it says that it is ready. Disposing asks it to stop, which it must do with exit 0 within 8 s. */
export async function startServiceProcess(
  name: string,
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const started = spawnService(name, env);
  await started.ready();
  return started;
}

/** The same without the wait: for a service that is expected to fail, or to be killed before it is ready. */
export function spawnService(name: string, env: Readonly<Record<string, string>>) {
  const port = freePort();
  const child = Bun.spawn([process.execPath, "--no-env-file", MAIN, "up", name], {
    env: { ...env, HEALTH_PORT: String(port) },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let text = "";
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  };
  const collected = Promise.all([collect(child.stdout), collect(child.stderr)]);
  return {
    pid: child.pid,
    exited: child.exited,
    output: () => text,
    async ready() {
      await until(`${name} to be ready`, READY_MS_MAX, async () => {
        if (child.exitCode !== null)
          throw new Error(`${name} ended with ${child.exitCode}: ${text}`);
        const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
        return response?.status === 200;
      });
    },
    async kill() {
      child.kill("SIGKILL");
      await child.exited;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill("SIGTERM");
        const late = setTimeout(() => child.kill("SIGKILL"), STOP_MS_MAX);
        const code = await child.exited;
        clearTimeout(late);
        if (code !== 0) throw new Error(`${name} ended with ${code ?? child.signalCode}: ${text}`);
      }
      await collected;
    },
  };
}

/** Waits until `condition` holds; says what it waited for when it does not in time. */
export async function until(
  what: string,
  withinMs: number,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms for ${what}`);
    await wait(LOOK_MS);
  }
}

/** A port that nobody listens on at this moment. */
export function freePort(): number {
  const listener = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = listener;
  listener.stop(true);
  return port;
}
