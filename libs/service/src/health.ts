/** What a part of a process says of itself. `detail` is shown to people: one clause, no secrets. */
export interface HealthCheck {
  readonly name: string;
  ready(): boolean;
  detail?(): string | undefined;
}

export interface HealthReport {
  readonly status: "ready" | "starting" | "stopping";
  readonly version: string;
  readonly uptime_seconds: number;
  readonly memory_bytes: number;
  readonly services: Record<string, { readonly ready: boolean; readonly detail?: string }>;
}

/** Live as long as the process answers; ready once every registered part is. One per process. */
export class Health {
  readonly #checks = new Map<string, HealthCheck>();
  readonly #version: string;
  /** Tells this process from the one before it and from others. */
  readonly process: string = crypto.randomUUID().slice(0, 8);
  readonly #startedAt = performance.now();
  #stopping = false;

  constructor(version: string) {
    this.#version = version;
  }

  /** Registers a part until the returned handle is disposed. */
  register(check: HealthCheck): Disposable {
    this.#checks.set(check.name, check);
    return { [Symbol.dispose]: () => void this.#checks.delete(check.name) };
  }

  /** From here on the process says that it is not ready, so that nobody sends it new work. */
  stopping(): void {
    this.#stopping = true;
  }

  report(): HealthReport {
    const services: HealthReport["services"] = {};
    for (const check of this.#checks.values()) {
      const detail = check.detail?.();
      services[check.name] = {
        ready: check.ready(),
        ...(detail === undefined ? {} : { detail }),
      };
    }
    const ready =
      this.#checks.size > 0 && Object.values(services).every((service) => service.ready);
    return {
      status: this.#stopping ? "stopping" : ready ? "ready" : "starting",
      version: this.#version,
      uptime_seconds: Math.round((performance.now() - this.#startedAt) / 1000),
      memory_bytes: process.memoryUsage.rss(),
      services,
    };
  }

  /** `GET /health` is 200 while the process is alive; `GET /health/ready` is 503 until it is ready. */
  response(path: string): Response | undefined {
    if (path === "/health" || path === "/health/live") return Response.json(this.report());
    if (path !== "/health/ready") return undefined;
    const report = this.report();
    return Response.json(report, {
      status: report.status === "ready" ? 200 : 503,
    });
  }
}

/** Serves `/health` of a process that has no other HTTP server. Port 0 takes a free one. */
export function serveHealth(
  health: Health,
  hostname: string,
  port: number,
): Disposable & { readonly url: URL } {
  const server = Bun.serve({
    hostname,
    port,
    fetch: (request) =>
      health.response(new URL(request.url).pathname) ?? new Response("not found", { status: 404 }),
  });
  return { url: server.url, [Symbol.dispose]: () => void server.stop(true) };
}
