/** The history rules: what Steam's cumulative totals say about when each game was played. Pure functions over samples; no I/O, no clock. */
export {
  type BaselineMinutes,
  type BeforeTracking,
  type MonthMinutes,
  type RecordedMonth,
  reconstructBefore,
  sumMinutes,
} from "./before-tracking.ts";
export {
  type Calendar,
  dayEnd,
  dayOf,
  daysBetween,
  dayStart,
  nextDay,
  previousDay,
} from "./civil-day.ts";
export {
  type Correction,
  type CorrectionEffect,
  correctSessions,
  extentOfCorrection,
} from "./correction.ts";
export type { CorrectedSession, CorrectionTarget } from "./correction-target.ts";
export { type PlacementCluster, splitIntoClusters } from "./cluster.ts";
export {
  type DayMinutes,
  OUTAGE_MS,
  type PlacedSession,
  type PlacementOptions,
  type PlayRow,
  type PresenceInterval,
  type SessionPrecision,
} from "./evidence.ts";
export { assessSample } from "./library-sample.ts";
export {
  EMPTY_LIBRARY,
  type GameLibraryState,
  type KnownGame,
  type LedgerEntry,
  type LibraryState,
  type SampleAssessment,
  type SampledGame,
  type SampleSource,
} from "./library-state.ts";
export { placeSessions } from "./placement.ts";
export {
  minutesOfHours,
  type RoundedReading,
  type RoundedStep,
  type RoundedTotal,
  stepsOf,
} from "./rounded-hours.ts";
