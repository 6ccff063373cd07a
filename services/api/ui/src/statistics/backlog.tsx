import { Link } from "@tanstack/react-router";
import type { Statistics } from "@tracker/contracts";
import { duration, hours, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

/** As the tracker counts the pace. */
const PACE_WEEKS = 12;

/** How long the backlog lasts at one's own pace, or why that cannot be said. */
export function Backlog({ backlog }: { readonly backlog: Statistics["backlog"] }) {
  const { games, minutes_per_game: perGame, minutes_per_week: perWeek, weeks } = backlog;
  const { minutes_left: left, active_weeks: active } = backlog;
  return (
    <Panel
      title="How long the backlog lasts"
      actions={
        <Link
          to="/library"
          search={{ status: "Backlog" }}
          className="inline-flex min-h-8 items-center text-accent underline"
        >
          {plural(games, "game")}
        </Link>
      }
    >
      <p className="figures text-xl font-semibold">
        {weeks === null
          ? "Not known"
          : weeks > 104
            ? `${Math.round(weeks / 52)} years`
            : plural(weeks, "week")}
      </p>
      <p className="mt-1 text-muted">
        {perGame === null
          ? "It takes three completed games to tell how long one lasts"
          : `A completed game took ${hours(perGame)}, the median`}
        {perWeek === null
          ? ", and some play in the last twelve weeks to tell the pace."
          : `, and a week has had ${duration(perWeek)} of play of late.`}
      </p>
      {weeks !== null && left !== null && perWeek !== null && (
        <p className="figures mt-1 text-xs text-muted">
          {hours(left)} left until each has had that, ÷ {duration(perWeek)} × {active} of the last{" "}
          {PACE_WEEKS} weeks with play = {plural(weeks, "week")}
        </p>
      )}
    </Panel>
  );
}
