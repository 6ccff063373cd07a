import type { Outcome } from "@tracker/contracts";
import { outcomeOf, SteamFailure } from "@tracker/steam";
import type { Log } from "@tracker/service";

/** Why a look showed nothing: an outcome for programs, one sentence for people. */
export interface LookFailure {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** What a look's rejection means. Anything but a failure of Steam's is a fault of ours: the log gets it in full, people get a sentence. */
export function understandFailure(error: unknown, log: Pick<Log, "error">): LookFailure {
  if (error instanceof SteamFailure) return outcomeOf(error);
  log.error("a look at Steam failed for a reason of our own", { error });
  return {
    outcome: "unreachable",
    reason: "The poller could not ask Steam: its log says why; it tries again by itself.",
  };
}
