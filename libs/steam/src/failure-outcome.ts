import type { FailureKind, SteamFailure } from "./failure.ts";

/** The kinds that can meet every caller. */
type OutcomeKind = Exclude<FailureKind, "not_found" | "no_stats" | "not_visible" | "empty">;

/** What a failure is called in a run that looked at an account, and one sentence for people. */
export interface FailureOutcome {
  readonly outcome: OutcomeKind;
  readonly reason: string;
}

/** The longest reason that a fact or a run may have. */
const REASON_MAX = 1_000;

/** A kind that only methods about one app, year or list can meet is, met elsewhere, an answer that makes no sense. */
const OUTCOMES: Readonly<Record<FailureKind, OutcomeKind>> = {
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

export function outcomeOf({ kind, message }: SteamFailure): FailureOutcome {
  return { outcome: OUTCOMES[kind], reason: message.slice(0, REASON_MAX) };
}
