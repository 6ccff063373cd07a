import { createRandom } from "../steam-sim/random.ts";
import { type Accuracy, measure } from "./history-measure.ts";
import {
  brokenPromises,
  EDGE_PROMISES,
  errorOf,
  isOff,
  shareWithin,
  worstOf,
} from "./history-promise.ts";
import { type Scenario, SCENARIOS } from "./history-scenario.ts";
import { seedsDays } from "./history-seeds.ts";
import { formatTable } from "./history-table.ts";
import { followYear, type FollowedYear } from "./history-year.ts";

const YEAR_DAYS = 365;
/** About a night a month. */
const MISSED_NIGHTS = 0.03;

const HEADER = [
  "a year",
  "seed",
  "hours",
  "game days",
  "watched",
  "off > 1",
  "worst",
  "all off > 1",
  "gap min",
  "unexplained",
  "outside",
  `edges ≤ ${EDGE_PROMISES.withPresence} (worst)`,
  `edges ≤ ${EDGE_PROMISES.without} (worst)`,
  "adds up",
  "s",
];
const RULES_HEADER = [
  "minutes wrong in the year",
  "here",
  "seeds' rules",
  "redated",
  "nights missed",
  "days wrong here",
  "seeds' rules",
  "redated",
  "nights missed",
];

const LEGEND = `game days: days × games with play. watched: those whose play the system ran to see, not offline; off > 1 and worst are theirs, in whole
minutes as Steam counts them. unexplained: minutes left as gap without play offline or an outage. outside: minutes that were not
played within their window. edges: starts and ends of sessions with and without presence, minutes from the nearest real one.
The seeds' rules: a snapshot at 00:05 at UTC−5, hours to one decimal, compared with exactly the night before, from 0.09 hours on, dated
with the new day; redated: with the day that ended; nights missed: 3 % of them, else by the seeds' rules.`;

/** Lives every scenario's year and prints how true the history is; answers whether every promise was kept. */
export async function benchHistory(): Promise<boolean> {
  const startedAt = performance.now();
  const rows: string[][] = [];
  const rules: string[][] = [];
  const broken: string[] = [];
  for (const scenario of SCENARIOS) {
    const from = performance.now();
    const year = await followYear(scenario, YEAR_DAYS);
    const accuracy = measure(year);
    const seconds = (performance.now() - from) / 1_000;
    broken.push(...brokenPromises(scenario, accuracy));
    rows.push(rowOf(scenario, accuracy, seconds));
    rules.push(rulesRowOf(scenario, year, accuracy));
    process.stderr.write(`bench history: ${rows.length} of ${SCENARIOS.length} years\r`);
  }
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0);
  const verdict =
    broken.length === 0
      ? "every promise was kept"
      : `broken promises:\n${broken.map((line) => `  ${line}`).join("\n")}`;
  process.stdout.write(
    `${formatTable(HEADER, rows)}\n\n${LEGEND}\n\n${formatTable(RULES_HEADER, rules)}\n\n${seconds} s; ${verdict}\n`,
  );
  return broken.length === 0;
}

function rowOf({ name, seed }: Scenario, accuracy: Accuracy, seconds: number): string[] {
  const watched = accuracy.days.filter((day) => day.watched);
  return [
    name,
    String(seed),
    accuracy.hours.toFixed(0),
    String(accuracy.days.length),
    String(watched.length),
    String(watched.filter(isOff).length),
    String(worstOf(watched.map(errorOf))),
    String(accuracy.days.filter(isOff).length),
    String(accuracy.gapMinutes),
    String(accuracy.unexplainedGapMinutes),
    String(accuracy.outsideMinutes),
    edges(accuracy.withPresence.errors, EDGE_PROMISES.withPresence),
    edges(accuracy.withoutPresence.errors, EDGE_PROMISES.without),
    accuracy.conserved ? "yes" : "NO",
    seconds.toFixed(1),
  ];
}

function edges(errors: readonly number[], promise: number): string {
  if (errors.length === 0) return "–";
  return `${(shareWithin(errors, promise) * 100).toFixed(1)} % (${worstOf(errors).toFixed(1)})`;
}

/** The same year under both rules: every day and game, with what is missing and what is too much. */
function rulesRowOf({ name, seed }: Scenario, year: FollowedYear, { days }: Accuracy): string[] {
  const truth = new Map(days.map((day) => [`${day.day} ${day.appId}`, day.exactMinutes]));
  const here = new Map(days.map((day) => [`${day.day} ${day.appId}`, day.minutes]));
  const random = createRandom(seed);
  const seeds = [
    { missed: 0, random },
    { missed: 0, redated: true, random },
    { missed: MISSED_NIGHTS, random },
  ].map((nights) => seedsDays(year.player, year.span, nights));
  const all = [here, ...seeds].map((shown) => wrongness(truth, shown));
  return [
    name,
    ...all.map(({ minutes }) => Math.round(minutes).toLocaleString("en")),
    ...all.map((wrong) => String(wrong.days)),
  ];
}

function wrongness(
  truth: ReadonlyMap<string, number>,
  shown: ReadonlyMap<string, number>,
): { minutes: number; days: number } {
  const errors = [...new Set([...truth.keys(), ...shown.keys()])].map((key) =>
    Math.abs((shown.get(key) ?? 0) - (truth.get(key) ?? 0)),
  );
  return {
    minutes: errors.reduce((sum, error) => sum + error, 0),
    // Under two minutes a day cannot be told from whole minutes.
    days: errors.filter((error) => error >= 2).length,
  };
}
