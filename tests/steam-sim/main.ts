/** A simulated Steam as a process of its own: prints its URL as one line of JSON and runs until it is stopped. */
import { readCommand } from "./command.ts";
import { startSteamSim } from "./sim.ts";

await using sim = await startSteamSim(await readCommand(Bun.argv.slice(2)));
process.stdout.write(`${JSON.stringify({ url: sim.url })}\n`);

const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
process.once("SIGTERM", () => stop());
process.once("SIGINT", () => stop());
await stopped;
