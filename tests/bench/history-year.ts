import type { Calendar } from "@tracker/playtime";
import { createPlayer, type SimulatedPlayer } from "../steam-sim/player.ts";
import { createRandom } from "../steam-sim/random.ts";
import type { Truth } from "../steam-sim/truth.ts";
import { yearOfPlay } from "../steam-sim/year-of-play.ts";
import { type SeenFact, watch } from "./history-poller.ts";
import { type Span, spanAt, union } from "./history-span.ts";
import { type History, HistoryStore } from "./history-store.ts";
import type { Scenario } from "./history-scenario.ts";
import type { Troubles } from "./history-trouble.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** An afternoon without meaning; the year before it holds both changes of every clock. */
const ENDS_AT = Date.parse("2026-11-20T22:00:00Z") + 17_321;
/** Steam's last totals come after the last play. */
const AFTERWARDS_MS = 2 * HOUR_MS;
const BEFORE_MS = 5 * HOUR_MS + 41_234;
/** Looks that came and went without trouble are never this far apart. */
const PRESENCE_PAUSE_MS = 5 * MINUTE_MS;
const SAMPLE_PAUSE_MS = 31 * MINUTE_MS;

/** A followed stretch of time: what happened, what was made of it, and when nobody looked. */
export interface FollowedYear {
  readonly player: SimulatedPlayer;
  readonly truth: Truth;
  readonly calendar: Calendar;
  readonly span: Span;
  readonly history: History;
  /** Times without looks (an outage of whatever kind), from the last sample before to the first after. */
  readonly blind: readonly Span[];
  /** When Steam's totals were told. */
  readonly samples: readonly number[];
  readonly facts: number;
}

/** Lives `days` days of one seed's player under a scenario's troubles, through the poller's looks and the store's functions. */
export async function followYear(scenario: Scenario, days: number): Promise<FollowedYear> {
  const { seed, zone } = scenario;
  const calendar = { zone, dayStartHour: scenario.dayStartHour ?? 0 };
  const span = { from: ENDS_AT - days * DAY_MS - BEFORE_MS, to: ENDS_AT + AFTERWARDS_MS };
  const year = yearOfPlay({ seed, endsAt: ENDS_AT, timeZone: zone });
  const truth = within(year, { from: span.from, to: ENDS_AT }, scenario.modeOf);
  const player = createPlayer(truth, { ownKey: scenario.ownKey });
  const random = createRandom(seed * 1_000 + 7);
  const troubles = scenario.troubles(span, random);
  const looks = { library: [] as number[], presence: [] as number[] };
  using store = new HistoryStore({ calendar, troubles, random });
  let facts = 0;
  const onSeen = (look: "library" | "presence", at: number) => void looks[look].push(at);
  for await (const fact of watch({ player, span, calendar, troubles, random, onSeen })) {
    if (isLost(fact, troubles)) continue;
    store.receive(fact);
    facts += 1;
  }
  const blind = blindSpans(looks, span);
  const history = store.read();
  return { player, truth, calendar, span, history, blind, samples: looks.library, facts };
}

/** The sittings that begin in a span, the last of which ends with it. */
function within(truth: Truth, span: Span, modeOf: Scenario["modeOf"]): Truth {
  const kinds = new Map(truth.games.map((game) => [game.appId, game.kind]));
  const sittings = truth.sittings
    .filter((sitting) => spanAt([span], sitting.startedAt) !== undefined)
    .map(({ appId, startedAt, endedAt, mode }) => ({
      appId,
      startedAt,
      endedAt: Math.min(endedAt ?? span.to, span.to),
      mode: modeOf(mode, kinds.get(appId) ?? "owned", startedAt),
    }));
  return { ...truth, sittings };
}

/** A poller that is killed while the bus is away takes the facts of that minute with it. */
function isLost(fact: SeenFact, { pollerDown, natsDown }: Troubles): boolean {
  return pollerDown.some(
    ({ from }) => from - fact.at < MINUTE_MS && from >= fact.at && spanAt(natsDown, from),
  );
}

/** Pauses in either kind of look, widened to the samples around them. */
function blindSpans(
  { library, presence }: { library: readonly number[]; presence: readonly number[] },
  { from, to }: Span,
): Span[] {
  const pauses = [
    ...pausesOf([from, ...presence, to], PRESENCE_PAUSE_MS),
    ...pausesOf([from, ...library, to], SAMPLE_PAUSE_MS),
  ];
  return union(
    pauses.map((pause) => ({
      from: library.findLast((at) => at <= pause.from) ?? from,
      to: library.find((at) => at >= pause.to) ?? to,
    })),
  );
}

function pausesOf(looks: readonly number[], pauseMs: number): Span[] {
  return looks.flatMap((at, index) => {
    const next = looks[index + 1];
    return next !== undefined && next - at > pauseMs ? [{ from: at, to: next }] : [];
  });
}
