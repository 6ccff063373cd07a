import { messageOf } from "@tracker/service";
import { parseArgs } from "node:util";
import { Value } from "@sinclair/typebox/value";
import { achievementLibrary } from "./achievement-library.ts";
import { EMPTY_TRUTH, type SteamSimOptions } from "./sim.ts";
import { Truth } from "./truth.ts";
import { yearOfPlay } from "./year-of-play.ts";

const OPTIONS = {
  port: { type: "string", default: "0" },
  hostname: { type: "string", default: "127.0.0.1" },
  key: { type: "string" },
  /** The account's vanity name. */
  vanity: { type: "string" },
  /** A recorded GetOwnedGames body. */
  library: { type: "string" },
  /** A truth as JSON. */
  truth: { type: "string" },
  /** A seed: a year of invented play that ends now, in the middle of a game. */
  year: { type: "string" },
  /** A number: so many invented games with achievements, played over three years that end now. */
  games: { type: "string" },
  zone: { type: "string", default: "America/New_York" },
  /** An instant at which the clock stands; without it the clock is the real one. */
  now: { type: "string" },
  /** How many apps the catalogue has. */
  apps: { type: "string", default: "1000" },
  "catalogue-seed": { type: "string", default: "1" },
  /** A recorded app list. */
  "app-list": { type: "string" },
  /** A folder of recorded pages of SteamSpy's. */
  "spy-pages": { type: "string" },
  /** The key is not the account's own. */
  "foreign-key": { type: "boolean", default: false },
} as const;

/** The options that a command line asks for. Ends the process with 2 and one line when it makes no sense. */
export async function readCommand(words: string[]): Promise<SteamSimOptions> {
  const values = parse(words);
  const now = values.now === undefined ? undefined : Date.parse(values.now);
  if (Number.isNaN(now)) return refuse("--now: expected an instant such as 2026-11-20T22:30:00Z");
  return {
    port: wholeNumber("--port", values.port),
    hostname: values.hostname,
    ownKey: !values["foreign-key"],
    ...(now !== undefined && { now }),
    ...(values.key !== undefined && { key: values.key }),
    ...(values.vanity !== undefined && { vanityName: values.vanity }),
    ...(values.library !== undefined && { libraryFile: values.library }),
    ...(values["app-list"] !== undefined && { appListFile: values["app-list"] }),
    ...(values["spy-pages"] !== undefined && { spyPagesFolder: values["spy-pages"] }),
    catalogue: {
      apps: wholeNumber("--apps", values.apps),
      seed: wholeNumber("--catalogue-seed", values["catalogue-seed"]),
    },
    truth: await truthOf(values, now),
  };
}

type Values = ReturnType<typeof parse>;

async function truthOf({ truth, year, games, zone }: Values, now = Date.now()): Promise<Truth> {
  if (truth !== undefined) return Value.Parse(Truth, await Bun.file(truth).json());
  if (games !== undefined) {
    return achievementLibrary({ seed: 1, endsAt: now, games: wholeNumber("--games", games) });
  }
  if (year === undefined) return EMPTY_TRUTH;
  return yearOfPlay({ seed: wholeNumber("--year", year), endsAt: now, timeZone: zone });
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    return refuse(messageOf(error));
  }
}

function wholeNumber(option: string, text: string): number {
  return /^\d{1,9}$/.test(text)
    ? Number(text)
    : refuse(`${option}: expected a whole number, got ${text}`);
}

function refuse(reason: string): never {
  process.stderr.write(`${reason}\n`);
  process.exit(2);
}
