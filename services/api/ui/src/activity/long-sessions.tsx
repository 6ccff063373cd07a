import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { sessions } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Panel } from "../kit/panel.tsx";
import { SessionMenu } from "../kit/session-menu.tsx";
import { SessionRow } from "../kit/session-row.tsx";

/** Few people play for half a day at a stretch; many leave a game running. */
const LONG_HOURS = 12;
const SHOWN_MAX = 10;

/** Sessions that were likely left running, until somebody corrected them; shown when there are any. */
export function LongSessions() {
  const zone = useTimeZone();
  const answer = useInfiniteQuery(sessions({ min_minutes: LONG_HOURS * 60 + 1, corrected: false }));
  // The minutes of a gap are those of many days: nothing was left running.
  const list = (answer.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ precision, live }) => precision !== "gap" && !live);
  if (list.length === 0) return null;
  return (
    <Panel
      title="Left running?"
      hint={`Longer than ${LONG_HOURS} hours: say how much of it was idle, split it, or take it out`}
    >
      <ul>
        {list.slice(0, SHOWN_MAX).map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            zone={zone}
            actions={<SessionMenu session={session} />}
            lead={
              <Link
                to="/games/$gameId"
                params={{ gameId: String(session.game_id) }}
                className="min-w-0 basis-48 truncate font-medium hover:underline"
              >
                {session.title}
              </Link>
            }
          />
        ))}
      </ul>
      {list.length > SHOWN_MAX && (
        <p className="mt-2 text-xs text-muted">The newest {SHOWN_MAX} are shown.</p>
      )}
    </Panel>
  );
}
