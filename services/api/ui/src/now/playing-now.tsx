import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Gamepad2 } from "lucide-react";
import type { NowPlaying } from "@tracker/contracts";
import { nowPlaying } from "../data/playing.ts";
import { useFollowsSteam } from "../data/status.ts";
import { useKnown } from "../data/visitor.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { useNow } from "../kit/clock.ts";
import { Cover } from "../kit/cover.tsx";
import { ago, hours, percent } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { elapsed } from "./elapsed.ts";

const TICK_MS = 1_000;

/** What is being played, with the time ticking, or what was played last. */
export function PlayingNow() {
  const playing = useQuery(nowPlaying);
  const title = playing.data?.playing ? "Playing now" : "Played last";
  return (
    <Panel title={title}>
      <Answer of={playing} skeleton={<Skeleton className="h-28" />}>
        {(value) => <Playing {...value} />}
      </Answer>
    </Panel>
  );
}

function Playing({ playing, game, since, stale, as_of: asOf }: NowPlaying) {
  const known = useKnown();
  const now = useNow(TICK_MS);
  if (game === null) {
    return (
      <Empty icon={Gamepad2} title="Nothing yet">
        {known ? <HowToBegin /> : "It is shown here as soon as something is played."}
      </Empty>
    );
  }
  const { id, title } = game;
  const link = known && id !== null;
  return (
    <div className="flex min-h-28 flex-wrap items-center gap-4">
      <Cover title={title} url={game.cover_url} className="w-full sm:w-60" eager />
      <div className="min-w-0 flex-1">
        <h3 className="text-lg font-semibold break-words">
          {link ? (
            <Link to="/games/$gameId" params={{ gameId: String(id) }} className="hover:underline">
              {title}
            </Link>
          ) : (
            title
          )}
        </h3>
        {playing && since !== null && (
          <p className="figures text-xl font-semibold text-accent">
            {elapsed(now - Date.parse(since))}{" "}
            <span
              className="text-xs font-normal text-muted"
              title="By the clock. The minutes that count are Steam’s: it tells them about every half hour and when the game is closed."
            >
              since it began
            </span>
          </p>
        )}
        {!playing && game.last_played_at !== null && (
          <p className="text-muted">{ago(game.last_played_at, now)}</p>
        )}
        <p className="figures mt-1 text-muted">{facts(game)}</p>
        {stale && (
          <p className="mt-1 text-xs text-warn">As of {ago(asOf, now)}: Steam does not answer.</p>
        )}
      </div>
    </div>
  );
}

function HowToBegin() {
  return useFollowsSteam() === false
    ? "What was played last is shown here: add a game, and on its page a session."
    : "It is shown here as soon as Steam says that something is played.";
}

function facts(game: NonNullable<NowPlaying["game"]>): string {
  const { hours_played: played, unlocked_achievements: unlocked, total_achievements: total } = game;
  const parts = [played === null ? undefined : `${hours(played * 60)} in all`];
  if (unlocked !== null && total !== null && total > 0) {
    parts.push(`${unlocked} of ${total} achievements (${percent(unlocked / total)})`);
  }
  return parts.filter((part) => part !== undefined).join(" · ");
}
