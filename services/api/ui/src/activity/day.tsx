import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarX2, ChevronLeft, ChevronRight } from "lucide-react";
import { oneDay } from "../data/history.ts";
import { useTimeZone } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { IconButton } from "../kit/button.tsx";
import { addDays } from "../kit/civil-day.ts";
import { Cover } from "../kit/cover.tsx";
import { DayTimeline } from "../kit/day-timeline.tsx";
import { dayName, duration, moment, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

interface DayProps {
  readonly day: string;
  readonly today: string;
  readonly choose: (day: string) => void;
}

/** One day: its games, their hours, and what is known to lie around it but not on it. */
export function Day({ day, today, choose }: DayProps) {
  const zone = useTimeZone();
  const answer = useQuery(oneDay(day));
  return (
    <Panel
      title={dayName(day, "long")}
      hint={answer.data === undefined ? "…" : duration(answer.data.minutes)}
      actions={
        <>
          <IconButton label="The day before" onClick={() => choose(addDays(day, -1))}>
            <ChevronLeft className="size-5" aria-hidden="true" />
          </IconButton>
          <IconButton
            label="The day after"
            disabled={day >= today}
            onClick={() => choose(addDays(day, 1))}
          >
            <ChevronRight className="size-5" aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="h-40" />}>
        {({ games, sessions, gaps }) =>
          games.length === 0 && gaps.length === 0 && sessions.length === 0 ? (
            <Empty icon={CalendarX2} title="Nothing was played" />
          ) : (
            <>
              <DayTimeline sessions={sessions} zone={zone} daysMax={2} />
              <ul className="mt-3 flex flex-col gap-1">
                {games.map((game) => (
                  <Game
                    key={game.game_id}
                    game={game}
                    sessions={sessions.filter((session) => session.game_id === game.game_id).length}
                  />
                ))}
              </ul>
              {gaps.map((gap) => (
                <p
                  key={`${gap.game_id}-${gap.not_before}`}
                  className="mt-2 rounded-md border border-dashed border-edge p-3 text-muted"
                >
                  <strong className="text-ink">{gap.title}</strong>: {duration(gap.minutes)} some
                  time between {moment(gap.not_before, zone)} and {moment(gap.not_after, zone)}.
                  Nobody knows on which day.
                </p>
              ))}
            </>
          )
        }
      </Answer>
    </Panel>
  );
}

interface GameProps {
  readonly game: {
    readonly game_id: number;
    readonly title: string;
    readonly cover_url: string | null;
    readonly minutes: number;
  };
  readonly sessions: number;
}

function Game({ game, sessions }: GameProps) {
  return (
    <li className="flex flex-wrap items-center gap-3 py-1">
      <Cover title={game.title} url={game.cover_url} className="w-20" />
      <span className="min-w-0 flex-1">
        <Link
          to="/games/$gameId"
          params={{ gameId: String(game.game_id) }}
          className="block truncate font-medium hover:underline"
        >
          {game.title}
        </Link>
        <span className="figures block text-xs text-muted">{plural(sessions, "session")}</span>
      </span>
      <span className="figures font-medium">{duration(game.minutes)}</span>
    </li>
  );
}
