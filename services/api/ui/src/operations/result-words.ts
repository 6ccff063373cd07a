/** What came of a job, in words: a job's result is JSON that differs by kind, and may be of an older version. */
import type { Job } from "@tracker/contracts";
import { bytes, count, join, plural } from "../kit/format.ts";

type Result = Readonly<Record<string, unknown>>;

/** Empty where there is nothing to say beyond that it is done. */
export function resultWords({ kind, result }: Pick<Job, "kind" | "result">): string {
  return result === null ? "" : (WORDS[kind]?.(result) ?? "");
}

const WORDS: Partial<Readonly<Record<Job["kind"], (result: Result) => string>>> = {
  poll: ({ outcome, reason }) => textOf(reason) ?? textOf(outcome)?.replaceAll("_", " ") ?? "",
  import: importWords,
  history: historyWords,
  snapshot: ({ days }) =>
    days === 0 ? "every day had its snapshot already" : `${plural(numberOf(days), "day")} written`,
  nightly: nightWords,
  crawl: crawlWords,
  backup: ({ file, bytes: size, removed }) =>
    join([
      textOf(file),
      typeof size === "number" ? bytes(size) : null,
      numberOf(removed) > 0 ? `${plural(numberOf(removed), "old one")} removed` : null,
    ]),
  export: ({ file, bytes: size }) =>
    join([textOf(file), typeof size === "number" ? bytes(size) : null]),
};

function importWords({ games, outcomes, library }: Result): string {
  const failed = Object.entries(recordOf(outcomes))
    .filter(([outcome]) => ["limited", "unreachable", "malformed"].includes(outcome))
    .reduce((sum, [, times]) => sum + numberOf(times), 0);
  return join([
    `${plural(numberOf(games), "game")} looked at`,
    failed > 0 ? `${count(failed)} could not be read` : null,
    textOf(library),
  ]);
}

function historyWords({ years }: Result): string {
  const told = listOf(years).filter(({ outcome }) => outcome === "ok");
  const months = told.reduce((sum, year) => sum + numberOf(year["months"]), 0);
  return `${plural(months, "month")} of play in ${plural(told.length, "year")}`;
}

function nightWords(result: Result): string {
  return join(
    ["poll", "import", "snapshot"].map((step) => {
      const { state, error } = recordOf(result[step]);
      if (textOf(state) === null) return null;
      return `${step} ${String(state)}${textOf(error) === null ? "" : ` (${String(error)})`}`;
    }),
  );
}

function crawlWords({ stages, problems, met }: Result): string {
  const counted = Object.entries(recordOf(stages)).map(([stage, values]) => {
    const first = Object.entries(recordOf(values)).find(([, value]) => numberOf(value) > 0);
    return first === undefined
      ? null
      : `${stage.replaceAll("_", " ")}: ${count(numberOf(first[1]))} ${first[0].replaceAll("_", " ")}`;
  });
  const times = Object.values(recordOf(met)).reduce<number>(
    (sum, trouble) => sum + numberOf(recordOf(trouble)["times"]),
    0,
  );
  return join([
    ...counted,
    times > 0 ? `${plural(times, "failure")} outlived` : null,
    ...(Array.isArray(problems) ? problems.map(textOf) : []),
  ]);
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function recordOf(value: unknown): Result {
  return typeof value === "object" && value !== null ? (value as Result) : {};
}

function listOf(value: unknown): readonly Result[] {
  return Array.isArray(value) ? value.map(recordOf) : [];
}
