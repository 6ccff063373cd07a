/** One of the competing processes of the quota proof: asks the upstream as fast as its permits let it, until it is killed. */
import { busOptions, connectBus } from "@tracker/bus";
import { createHost } from "@tracker/service";
import { createLimiter, type Limiter } from "./limiter.ts";
import type { WorkerOrder } from "./quota-proof-fixture.ts";
import type { WorkerReport } from "./quota-proof-report-fixture.ts";

const PARALLEL = 3;

async function compete(limiter: Limiter, { upstream, worker, quota }: WorkerOrder): Promise<void> {
  for (;;) {
    await limiter.acquire(quota.api);
    const { user, system } = process.cpuUsage();
    const cpuMs = (user + system) / 1_000;
    const upMs = performance.now();
    const report: WorkerReport = { worker, pid: process.pid, counts: limiter.counts, cpuMs, upMs };
    await fetch(upstream, { method: "POST", body: JSON.stringify(report) });
  }
}

const order: WorkerOrder = JSON.parse(Bun.argv[2] ?? "{}");
const host = createHost({
  env: { NATS_URL: order.natsUrl, DATA_DIR: order.dataDir },
  version: "0.0.0",
  logLevel: "error",
});
await using bus = await connectBus(busOptions(host, "importer"));
await using limiter = await createLimiter(bus, [order.quota]);
await Promise.all(Array.from({ length: PARALLEL }, () => compete(limiter, order)));
