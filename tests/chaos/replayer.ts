/** The poller's part of the chaos test, in a process that may be killed: replays steps from a file and says how far it is. */
import { busOptions, connectBus } from "@tracker/bus";
import { createHost } from "@tracker/service";
import { replay, type ReplayStep } from "../replay.ts";
import { SIM_STEAM_ID } from "../steam-sim/sim.ts";

const [planFile = "", simUrl = "", from = "0"] = process.argv.slice(2);
const steps: readonly ReplayStep[] = await Bun.file(planFile).json();
const host = createHost({ env: process.env, version: "0.0.0", logLevel: "error" });
await using bus = await connectBus(busOptions(host, "steam-poller"));
await replay(steps.slice(Number(from)), {
  simUrl,
  steamId: SIM_STEAM_ID,
  bus,
  signal: host.signal,
  onStep: (done) => void process.stdout.write(`${Number(from) + done}\n`),
});
process.stdout.write(`${steps.length}\n`);
