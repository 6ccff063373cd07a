import type { Outcome } from "@tracker/contracts";
import { type FailureKind, SteamFailure } from "@tracker/steam";
import type { Log } from "@tracker/service";

/** Why a look showed nothing: an outcome for programs, one sentence for people. */
export interface LookFailure {
  readonly outcome: Outcome;
  readonly reason: string;
}

const REASON_MAX = 1_000;

/** The kinds that only methods about one app or one list can meet are, met here, answers that make no sense. */
const OUTCOME_OF: Readonly<Record<FailureKind, Outcome>> = {
  private: "private",
  bad_key: "bad_key",
  bad_steam_id: "bad_steam_id",
  limited: "limited",
  unreachable: "unreachable",
  malformed: "malformed",
  not_found: "malformed",
  no_stats: "malformed",
  not_visible: "malformed",
  empty: "malformed",
};

/** What a look's rejection means. Anything but Steam's own failures is trouble in here, told to the log in full and to people in brief. */
export function understandFailure(error: unknown, log: Pick<Log, "error">): LookFailure {
  if (error instanceof SteamFailure)
    return { outcome: OUTCOME_OF[error.kind], reason: error.message.slice(0, REASON_MAX) };
  log.error("a look at Steam failed for a reason of our own", { error });
  return {
    outcome: "unreachable",
    reason: "The poller could not ask Steam: its log says why; it tries again by itself.",
  };
}
