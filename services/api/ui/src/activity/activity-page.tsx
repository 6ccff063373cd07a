import { useNavigate, useSearch } from "@tanstack/react-router";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { systemStatus, useTimeZone } from "../data/status.ts";
import { days, oneDay, sessions } from "../data/history.ts";
import { Together } from "../kit/answer.tsx";
import { IconButton } from "../kit/button.tsx";
import { today } from "../kit/civil-day.ts";
import { Page } from "../kit/panel.tsx";
import { Corrections } from "./corrections.tsx";
import { Day } from "./day.tsx";
import { SessionList } from "./session-list.tsx";
import { Year } from "./year.tsx";

/** What was played when: a year of days, one day of it, and every session. */
export function ActivityPage() {
  const search = useSearch({ from: "/activity" });
  const navigate = useNavigate({ from: "/activity" });
  const zone = useTimeZone();
  const status = useQuery(systemStatus);
  const now = today(zone, status.data?.store?.day_start_hour);
  const day = search.day ?? now;
  const year = search.year ?? Number(day.slice(0, 4));
  const show = (part: { day?: string; year?: number }) =>
    void navigate({ search: part, replace: true, resetScroll: false });
  const answers = [
    status,
    useQuery(days({ from: `${year}-01-01`, to: `${year}-12-31` })),
    useQuery(oneDay(day)),
    useInfiniteQuery(sessions()),
  ];
  return (
    <Page
      title="Activity"
      hint={status.data === undefined ? "…" : zone}
      actions={
        <>
          <IconButton label={`Show ${year - 1}`} onClick={() => show({ year: year - 1 })}>
            <ChevronLeft className="size-5" aria-hidden="true" />
          </IconButton>
          <strong className="figures text-base">{year}</strong>
          <IconButton
            label={`Show ${year + 1}`}
            disabled={year >= Number(now.slice(0, 4))}
            onClick={() => show({ year: year + 1 })}
          >
            <ChevronRight className="size-5" aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      <Together of={answers}>
        <div className="grid gap-4">
          <Year year={year} chosen={day} today={now} choose={(chosen) => show({ day: chosen })} />
          <Day day={day} today={now} choose={(chosen) => show({ day: chosen })} />
          <SessionList />
          <Corrections />
        </div>
      </Together>
    </Page>
  );
}
