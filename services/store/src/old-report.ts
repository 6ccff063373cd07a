import type { AdoptedGame, AdoptionResult } from "./old-adoption.ts";
import type { OldLibrary } from "./old-library.ts";
import type { ExplainedStep } from "./old-step.ts";

/** Tells what an adoption brings in, what is in conflict, what cannot be read, and why each day is what it is. */
export function adoptionReport(library: OldLibrary, result: AdoptionResult): string {
  const { notes } = library;
  return [
    ...summary(library, result),
    ...section(
      "Here already: what is empty is filled, the rest stays",
      result.games.flatMap(known),
    ),
    ...section(
      "Passed over",
      result.games
        .filter(({ match }) => match === "passed_over")
        .map(({ game, reason }) => `“${game.title}” ${reason}`),
    ),
    ...section("Cannot be read", notes.unreadable),
    ...section("Found there and not taken over as it is", notes.ignored),
    ...section("Not there (left empty)", notes.missing),
    ...table(result),
  ].join("\n");
}

function summary(library: OldLibrary, { games, statuses }: AdoptionResult): string[] {
  const added = games.filter(({ match }) => match === "new");
  const rows = games.flatMap(({ history }) => history?.rows ?? []);
  const sum = (kind: "play" | "baseline") =>
    rows.filter((row) => row.kind === kind).reduce((total, row) => total + row.minutes, 0);
  const gaps = games
    .flatMap(({ steps }) => steps)
    .reduce((total, step) => total + step.gapMinutes, 0);
  const count = (of: (game: AdoptedGame) => number) =>
    games.reduce((total, game) => total + of(game), 0);
  return [
    `${games.length} games there: ${added.length} come in, ${games.filter(({ match }) => match === "known").length} are here already`,
    `${count((game) => game.achievements)} achievements come in (${library.achievementsFolded} that stood there again are folded), ${count((game) => game.tags)} tags, ${statuses} rows of the import's status`,
    `${library.nights} nights: ${sum("play")} minutes of play (${sum("play") - gaps} on days, ${gaps} in gaps), ${sum("baseline")} minutes from before`,
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];
}

function known({ game, match, reason, filled, conflicts, history }: AdoptedGame): string[] {
  if (match !== "known") return [];
  const parts = [
    ...(filled.length > 0 ? [`filled: ${filled.join(", ")}`] : []),
    ...conflicts.map((conflict) => `kept, ${conflict}`),
    history === null
      ? "its old hours are in the ledger already"
      : `stored total ${history.stored} min`,
    ...(history !== null && history.superseded > 0
      ? [`${history.superseded} nights not needed, as the ledger here knows them better`]
      : []),
  ];
  return [`“${game.title}” is ${reason}; ${parts.join("; ")}`];
}

const HEAD = [
  "night",
  "game",
  "hours before → after",
  "minutes",
  "played between (UTC)",
  "shown",
  "why",
];

/** One line for every step between two nights, oldest first. */
function table({ games }: AdoptionResult): string[] {
  const lines = games.flatMap(({ game, steps }) =>
    steps.map((step) => ({ at: step.after.at, cells: cellsOf(game.title, step) })),
  );
  if (lines.length === 0) return [];
  lines.sort((a, b) => a.at - b.at);
  return ["", HEAD.join(" | "), ...lines.map(({ cells }) => cells.join(" | "))];
}

function cellsOf(title: string, step: ExplainedStep): string[] {
  const { before, after, minutes, from, until } = step;
  return [
    instant(after.at).slice(0, 10),
    title,
    `${hours(before.nearest)} → ${hours(after.nearest)}`,
    String(minutes),
    `${instant(from)} – ${instant(until)}`,
    shown(step),
    why(step),
  ];
}

function shown({ kind, days, gapMinutes }: ExplainedStep): string {
  if (kind === "baseline") return "before tracking";
  const placed = days.map(({ day, minutes }) => `day ${day} (${minutes})`);
  const parts = gapMinutes > 0 ? [...placed, `gap (${gapMinutes})`] : placed;
  return parts.join(", ") || "nothing";
}

const DAY_MS = 86_400_000;

function why({ kind, before, after, gapMinutes, until }: ExplainedStep): string {
  const nights = Math.round((after.at - before.at) / DAY_MS);
  const reasons = {
    noise: "within the rounding of both totals: may be no play at all",
    fall: "a lower total appends nothing and takes nothing back",
    undone: "rose by more than the time between, and was taken back later",
    baseline: "rose by more than the time between: from before, nobody's day",
    play:
      gapMinutes > 0
        ? `${nights} nights between the rows and nothing to tell which day it was`
        : "one night between the rows: the day that ended with it",
  };
  const isAfterMidnight = kind === "play" && gapMinutes === 0 && until < after.at;
  return isAfterMidnight
    ? `${reasons.play}, ${Math.round((after.at - until) / 60_000)} min after its midnight`
    : reasons[kind];
}

function hours(minutes: number): string {
  return (Math.round(minutes / 6) / 10).toFixed(1);
}

function instant(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace("T", " ");
}
