import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { CalendarX2 } from "lucide-react";
import type { Statistics } from "@tracker/contracts";
import { statistics } from "../data/statistics.ts";
import { useToday } from "../data/status.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { addDays } from "../kit/civil-day.ts";
import { Figure } from "../kit/figure.tsx";
import { briefDay, dayName, duration, hours, plural } from "../kit/format.ts";
import { HourGrid } from "../kit/hour-grid.tsx";
import { Page, Panel } from "../kit/panel.tsx";
import { Ranking } from "../kit/ranking.tsx";
import { Undated } from "../kit/undated.tsx";
import { Backlog } from "./backlog.tsx";
import { Months } from "./months.tsx";
import { RangePicker } from "./range-picker.tsx";
import { Ratings } from "./ratings.tsx";
import type { StatisticsSearch } from "./search.ts";

const LENGTHS = { week: 7, month: 30, quarter: 91, year: 365, all: 3_653 } as const;

/** How much, when and of what, for any range of days. */
export function StatisticsPage() {
  const search = useSearch({ from: "/statistics" });
  const navigate = useNavigate({ from: "/statistics" });
  const now = useToday();
  const { from, to } = rangeOf(search, now);
  const answer = useQuery(statistics({ from, to }));
  return (
    <Page
      title="Statistics"
      hint={`${dayName(from, "long")} to ${dayName(to, "long")}`}
      actions={
        <Link
          to="/years/$year"
          params={{ year: now.slice(0, 4) }}
          className="inline-flex min-h-10 items-center text-accent underline"
        >
          Year in review
        </Link>
      }
    >
      <RangePicker
        search={search}
        from={from}
        to={to}
        today={now}
        change={(next) => void navigate({ search: next, replace: true })}
      />
      <Answer of={answer} skeleton={<Skeleton className="h-[80dvh]" />}>
        {(value) =>
          value.minutes === 0 ? (
            <Empty icon={CalendarX2} title="Nothing was played in this range">
              Choose a longer one.
              <Undated games={value.completed_undated} />
            </Empty>
          ) : (
            <Figures value={value} />
          )
        }
      </Answer>
    </Page>
  );
}

function rangeOf(
  { range = "month", from, to }: StatisticsSearch,
  now: string,
): { from: string; to: string } {
  if (from !== undefined && to !== undefined) return { from, to };
  return { from: addDays(now, 1 - LENGTHS[range]), to: now };
}

function Figures({ value }: { readonly value: Statistics }) {
  const {
    most_active_day: most,
    longest_session: longest,
    current_streak: streak,
    longest_streak: best,
  } = value;
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure label="Played" value={hours(value.minutes)} note={against(value)} />
        <Figure label="Active days" value={value.active_days} note={activity(value)} />
        <Figure
          label="Sessions"
          value={value.sessions}
          note={
            longest === null ? undefined : `longest ${duration(longest.minutes)}, ${longest.title}`
          }
        />
        <Figure
          label="Streak"
          value={streak === null ? "none" : plural(streak.days, "day")}
          note={best === null ? undefined : `longest here ${plural(best.days, "day")}`}
        />
        <Figure
          label="Games played"
          value={value.games_played}
          note={`${value.new_games} for the first time`}
        />
        <Figure label="Achievements" value={value.achievements_unlocked} note="unlocked" />
        <Figure
          label="Completed"
          value={value.completions.length}
          note={
            <>
              {firstOf(value.completions.map(({ title }) => title))}
              <Undated games={value.completed_undated} />
            </>
          }
        />
        <Figure
          label="Most active day"
          value={most === null ? "–" : duration(most.minutes)}
          note={most === null ? undefined : briefDay(most.day)}
        />
      </div>
      {value.gap_minutes > 0 && (
        <p className="text-xs text-muted">
          {duration(value.gap_minutes)} of it lie between days: nobody knows on which, so no figure
          by day or hour holds them.
        </p>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid gap-4">
          <MostPlayed games={value.by_game} />
          <Months months={value.by_month} />
          <Parts title="By tag" parts={value.by_tag} />
          <Parts title="By status" parts={value.by_status} />
        </div>
        <div className="grid gap-4">
          <Panel title="At what time of the week" hint={`By the clock of ${value.time_zone}`}>
            <HourGrid table={value.by_hour} />
          </Panel>
          <Parts title="By genre" parts={value.by_genre} />
          <Parts title="By platform" parts={value.by_platform} />
          <Ratings ratings={value.ratings} />
          <Backlog backlog={value.backlog} />
        </div>
      </div>
    </div>
  );
}

function MostPlayed({ games }: { readonly games: Statistics["by_game"] }) {
  return (
    <Panel title="What was played most">
      <Ranking
        items={games.slice(0, 10).map(({ game_id: id, title, cover_url: cover, minutes }) => ({
          key: id,
          name: title,
          cover,
          minutes,
          gameId: id,
        }))}
      />
    </Panel>
  );
}

function Parts({ title, parts }: { readonly title: string; readonly parts: Statistics["by_tag"] }) {
  if (parts.length === 0) return null;
  return (
    <Panel title={title}>
      <Ranking
        items={parts.slice(0, 8).map(({ name, minutes, games }) => ({
          key: name,
          name,
          minutes,
          note: plural(games, "game"),
        }))}
      />
    </Panel>
  );
}

/** `Portal`, or `Portal and 5 more`. */
function firstOf([first, ...others]: readonly string[]): string | undefined {
  return first === undefined || others.length === 0 ? first : `${first} and ${others.length} more`;
}

function activity({ active_days: active, days, minutes, gap_minutes: gaps }: Statistics): string {
  const each = active === 0 ? "" : `, ${duration((minutes - gaps) / active)} on each`;
  return `of ${plural(days, "day")}${each}`;
}

function against({ before, minutes }: Statistics): string {
  if (before === null) return "nothing is known of the time before";
  const change = minutes - before.minutes;
  if (change === 0) return "as much as before";
  return `${hours(Math.abs(change))} ${change > 0 ? "more" : "less"} than before`;
}
