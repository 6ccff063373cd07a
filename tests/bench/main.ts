import { UsageError } from "@tracker/commands";
import { benchCatalogue } from "./catalogue.ts";
import { benchHistory } from "./history.ts";

const BENCHES: Readonly<Record<string, () => Promise<boolean>>> = {
  history: benchHistory,
  catalogue: benchCatalogue,
};

/** `./tracker bench`: runs the named benches, all when none is named; answers the exit code, 1 when one breaks a promise. */
export async function bench(words: readonly string[]): Promise<number> {
  const names = words.length === 0 ? Object.keys(BENCHES) : words;
  const chosen = names.map((name) => {
    const run = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined;
    if (run === undefined) {
      throw new UsageError(`unknown bench ${name}; there are: ${Object.keys(BENCHES).join(", ")}`);
    }
    return run;
  });
  let kept = true;
  for (const run of chosen) kept = (await run()) && kept;
  return kept ? 0 : 1;
}
