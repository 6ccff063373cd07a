import type { Random } from "../steam-sim/random.ts";
import type { SittingMode, TruthGame } from "../steam-sim/truth.ts";
import type { Span } from "./history-span.ts";
import {
  busOutages,
  longAbsences,
  NO_TROUBLES,
  restarts,
  steamOutages,
  storeOutages,
  type Troubles,
} from "./history-trouble.ts";

/** A year, and the way in which it is followed. */
export interface Scenario {
  readonly name: string;
  readonly seed: number;
  readonly zone: string;
  readonly dayStartHour?: number;
  /** Whether days are promised to the minute: presence, or Steam's dates, say when each game was played. */
  readonly exact: boolean;
  /** Whether Steam tells when a game was last played and what was played offline. */
  readonly ownKey: boolean;
  /** How a sitting of the simulated year is played in this scenario; only owned games are ever played offline. */
  readonly modeOf: (mode: SittingMode, kind: TruthGame["kind"], startedAt: number) => SittingMode;
  readonly troubles: (span: Span, random: Random) => Troubles;
}

const NEW_YORK = "America/New_York";

const BASE = {
  zone: NEW_YORK,
  exact: true,
  ownKey: true,
  modeOf: (mode: SittingMode) => mode,
  troubles: () => NO_TROUBLES,
} as const;

const invisible = (mode: SittingMode): SittingMode => (mode === "online" ? "invisible" : mode);

/** What the bench lives through. Every seed is a player of its own. */
export const SCENARIOS: readonly Scenario[] = [
  { ...BASE, name: "presence", seed: 1 },
  { ...BASE, name: "presence, Lord Howe", seed: 2, zone: "Australia/Lord_Howe" },
  { ...BASE, name: "presence, Santiago", seed: 3, zone: "America/Santiago" },
  { ...BASE, name: "presence, day from 4 h", seed: 4, zone: "Europe/Berlin", dayStartHour: 4 },
  { ...BASE, name: "invisible", seed: 5, modeOf: invisible },
  {
    ...BASE,
    name: "no presence, no dates",
    seed: 6,
    exact: false,
    ownKey: false,
    // Nothing at all tells play offline from other play then.
    modeOf: () => "invisible",
  },
  { ...BASE, name: "presence, no dates", seed: 7, ownKey: false, modeOf: () => "online" },
  {
    ...BASE,
    name: "poller restarts",
    seed: 8,
    troubles: (span, random) => ({ ...NO_TROUBLES, pollerDown: restarts(span, random) }),
  },
  {
    ...BASE,
    name: "Steam fails",
    seed: 9,
    troubles: (span, random) => ({
      ...NO_TROUBLES,
      steamDown: steamOutages(span, random),
      failureChance: 0.01,
    }),
  },
  {
    ...BASE,
    name: "poller away",
    seed: 10,
    troubles: (span, random) => ({ ...NO_TROUBLES, pollerDown: longAbsences(span, random) }),
  },
  {
    ...BASE,
    name: "store and NATS away",
    seed: 11,
    troubles: (span, random) => ({
      ...NO_TROUBLES,
      natsDown: busOutages(span, random),
      storeDown: storeOutages(span, random),
      duplicateChance: 0.02,
    }),
  },
  {
    ...BASE,
    name: "much offline",
    seed: 12,
    modeOf: everyFourth("offline"),
  },
  { ...BASE, name: "all of it", seed: 13, troubles: everything, modeOf: everyFourth("invisible") },
  {
    ...BASE,
    name: "all of it, invisible",
    seed: 14,
    troubles: everything,
    modeOf: invisible,
  },
];

function everything(span: Span, random: Random): Troubles {
  return {
    pollerDown: [...restarts(span, random), ...longAbsences(span, random)],
    steamDown: steamOutages(span, random),
    natsDown: busOutages(span, random),
    storeDown: storeOutages(span, random),
    failureChance: 0.01,
    duplicateChance: 0.02,
  };
}

/** Sittings at every fourth minute of the clock are played in another mode. */
function everyFourth(mode: SittingMode): Scenario["modeOf"] {
  return (own, kind, startedAt) =>
    Math.floor(startedAt / 60_000) % 4 === 0 && kind === "owned" ? mode : own;
}
