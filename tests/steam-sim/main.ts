/** A simulated Steam as a process of its own: prints its URL as one line of JSON and runs until it is stopped. */
import { parseArgs } from "node:util";
import { Value } from "@sinclair/typebox/value";
import { EMPTY_TRUTH, startSteamSim } from "./sim.ts";
import { Truth } from "./truth.ts";
import { yearOfPlay } from "./year-of-play.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    hostname: { type: "string", default: "127.0.0.1" },
    key: { type: "string" },
    vanity: { type: "string" },
    /** A recorded GetOwnedGames body. */
    library: { type: "string" },
    /** A truth as JSON. */
    truth: { type: "string" },
    /** A seed: a year of invented play that ends now, in the middle of a game. */
    year: { type: "string" },
    zone: { type: "string", default: "America/New_York" },
    /** An instant at which the clock stands; without it the clock is the real one. */
    now: { type: "string" },
    /** The key is not the account's own. */
    "foreign-key": { type: "boolean", default: false },
  },
});

const now = values.now === undefined ? undefined : Date.parse(values.now);

await using sim = await startSteamSim({
  port: Number(values.port),
  hostname: values.hostname,
  ownKey: !values["foreign-key"],
  truth: await readTruth(),
  ...(now !== undefined && { now }),
  ...(values.key !== undefined && { key: values.key }),
  ...(values.vanity !== undefined && { vanityName: values.vanity }),
  ...(values.library !== undefined && { libraryFile: values.library }),
});
process.stdout.write(`${JSON.stringify({ url: sim.url })}\n`);

const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
process.once("SIGTERM", () => stop());
process.once("SIGINT", () => stop());
await stopped;

async function readTruth(): Promise<Truth> {
  if (values.truth !== undefined) {
    return Value.Parse(Truth, await Bun.file(values.truth).json());
  }
  if (values.year === undefined) return EMPTY_TRUTH;
  return yearOfPlay({
    seed: Number(values.year),
    endsAt: now ?? Date.now(),
    timeZone: values.zone,
  });
}
