import { sessionChanged, sessionEnded, sessionStarted } from "@tracker/contracts";
import { instantOf, instantOrNull } from "./instant.ts";
import type { Match, NextSession, StoredSession } from "./match.ts";
import { emit } from "./outbox.ts";
import type { PlacementContext } from "./placement.ts";

/** Emits what happened to a session. One that is gone (its minutes joined another) is reported as changed to 0 minutes. */
export function tellMatch(
  { database, at }: PlacementContext,
  gameId: number,
  id: number,
  match: Match,
): void {
  const { before, after, rememberedId } = match;
  if ((after ?? before)?.precision === "gap") return;
  const game = database
    .prepare<{ title: string; steam_app_id: number | null }>(
      "SELECT coalesce(title_override, title) AS title, steam_app_id FROM games WHERE id = ?",
    )
    .get(gameId);
  const session = { session_id: id, game_id: gameId, title: "", steam_app_id: null, ...game };
  const startedAt = instantOf((after ?? before)?.startedAt ?? at);
  if (before === null && rememberedId === null) {
    emit(database, sessionStarted, { ...session, started_at: startedAt });
    return;
  }
  const minutes = after?.minutes ?? 0;
  if (before !== null && before.endedAt === null && after?.endedAt !== null) {
    const endedAt = instantOf(after?.endedAt ?? before.evidenceAt);
    emit(database, sessionEnded, { ...session, started_at: startedAt, ended_at: endedAt, minutes });
    return;
  }
  if (before !== null && after !== null && sameToSee(before, after)) return;
  const endedAt = instantOrNull((after ?? before)?.endedAt ?? null);
  emit(database, sessionChanged, { ...session, started_at: startedAt, ended_at: endedAt, minutes });
}

/** What moved is only how sure we are, or that it was seen once more. */
function sameToSee(before: StoredSession, after: NextSession): boolean {
  return (
    before.startedAt === after.startedAt &&
    before.endedAt === after.endedAt &&
    before.minutes === after.minutes
  );
}
