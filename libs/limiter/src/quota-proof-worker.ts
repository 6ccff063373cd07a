/** One of the competing processes of the quota proof: asks the upstream as fast as its permits let it, until it is killed. */
import { createLimiter, type Limiter } from "./limiter.ts";
import type { WorkerOrder } from "./quota-proof.ts";
import type { WorkerReport } from "./quota-proof-report.ts";
import { connectTestBus } from "./test-bus.ts";

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
await using bus = await connectTestBus(order.natsUrl, order.dataDir);
await using limiter = await createLimiter(bus, [order.quota]);
await Promise.all(Array.from({ length: PARALLEL }, () => compete(limiter, order)));
