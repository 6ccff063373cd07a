import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { days, oneDay, sessions } from "../data/history.ts";
import { systemStatus, useTimeZone } from "../data/status.ts";
import { isStep } from "../kit/address.ts";
import { Together } from "../kit/answer.tsx";
import { Button, IconButton } from "../kit/button.tsx";
import { today } from "../kit/civil-day.ts";
import { Page } from "../kit/panel.tsx";
import { SessionDialogs } from "../kit/session-dialogs.tsx";
import { Corrections } from "./corrections.tsx";
import { Day } from "./day.tsx";
import { LongSessions } from "./long-sessions.tsx";
import { Month } from "./month.tsx";
import { Scope } from "./scope.tsx";
import type { ActivitySearch } from "./search.ts";
import { SessionList, wantedOf } from "./session-list.tsx";
import { Year } from "./year.tsx";

/** Typed, or leafed through day by day. */
const PASSING = ["day", "month", "year", "from", "to"] as const;

/** What was played when: a year of days or a month of them, one day, and every session. */
export function ActivityPage() {
  const search = useSearch({ from: "/activity" });
  const navigate = useNavigate({ from: "/activity" });
  const zone = useTimeZone();
  const status = useQuery(systemStatus);
  const now = today(zone, status.data?.store?.day_start_hour);
  const day = search.day ?? now;
  const year = search.year ?? Number(day.slice(0, 4));
  const byMonth = search.view === "month";
  const scope = { game_id: search.game, tag: search.tag };
  const change = (part: Partial<ActivitySearch>) =>
    void navigate({
      search: (before) => ({ ...before, ...part }),
      replace: !isStep(part, PASSING),
      resetScroll: false,
    });
  const choose = (chosen: string) => change({ day: chosen, year: undefined, month: undefined });
  const answers = [
    status,
    useQuery({
      ...days({ from: `${year}-01-01`, to: `${year}-12-31`, ...scope }),
      enabled: !byMonth,
    }),
    useQuery(oneDay(day)),
    useInfiniteQuery(sessions(wantedOf(search))),
  ].filter(({ isEnabled }) => isEnabled);
  return (
    <Page
      title="Activity"
      hint={status.data === undefined ? "…" : zone}
      actions={<ViewPicker byMonth={byMonth} year={year} now={now} change={change} />}
    >
      <Scope search={search} change={change} />
      <SessionDialogs>
        <Together of={answers}>
          <div className="grid gap-4">
            {byMonth ? (
              <Month
                month={search.month ?? day.slice(0, 7)}
                chosen={day}
                today={now}
                scope={scope}
                choose={choose}
                show={(month) => change({ month })}
              />
            ) : (
              <Year year={year} chosen={day} today={now} scope={scope} choose={choose} />
            )}
            <Day day={day} today={now} choose={choose} />
            <LongSessions />
            <SessionList search={search} change={change} />
            <Corrections />
          </div>
        </Together>
      </SessionDialogs>
    </Page>
  );
}

interface ViewPickerProps {
  readonly byMonth: boolean;
  readonly year: number;
  readonly now: string;
  readonly change: (part: Partial<ActivitySearch>) => void;
}

/** Year or month; the year's own way back and on. */
function ViewPicker({ byMonth, year, now, change }: ViewPickerProps) {
  return (
    <>
      {!byMonth && (
        <span className="flex items-center">
          <IconButton label={`Show ${year - 1}`} onClick={() => change({ year: year - 1 })}>
            <ChevronLeft className="size-5" aria-hidden="true" />
          </IconButton>
          <strong className="figures text-base">{year}</strong>
          <IconButton
            label={`Show ${year + 1}`}
            disabled={year >= Number(now.slice(0, 4))}
            onClick={() => change({ year: year + 1 })}
          >
            <ChevronRight className="size-5" aria-hidden="true" />
          </IconButton>
        </span>
      )}
      <span role="group" aria-label="View" className="flex gap-1">
        <Button
          look={byMonth ? "plain" : "primary"}
          aria-pressed={!byMonth}
          onClick={() => change({ view: undefined, month: undefined })}
        >
          Year
        </Button>
        <Button
          look={byMonth ? "primary" : "plain"}
          aria-pressed={byMonth}
          onClick={() => change({ view: "month" })}
        >
          Month
        </Button>
      </span>
    </>
  );
}
