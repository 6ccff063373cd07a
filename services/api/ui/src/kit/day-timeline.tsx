import type { Session } from "@tracker/contracts";
import { briefDay, clock, duration, hourName } from "./format.ts";

interface DayTimelineProps {
  readonly sessions: readonly Session[];
  readonly zone: string;
  readonly daysMax: number;
}

interface Block {
  readonly key: string;
  readonly day: string;
  /** Hours of the clock, 0 to 24. */
  readonly from: number;
  readonly until: number;
  readonly text: string;
}

/** The hours of each day at which something was played: one line a day, newest first, from midnight to midnight by the clock. */
export function DayTimeline({ sessions, zone, daysMax }: DayTimelineProps) {
  const blocks = sessions
    .filter(({ precision }) => precision !== "gap")
    .flatMap((session) => blocksOf(session, zone));
  const byDay = [...Map.groupBy(blocks, ({ day }) => day)]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, daysMax);
  if (byDay.length === 0) return null;
  return (
    <div>
      <ol className="grid gap-1">
        {byDay.map(([day, parts]) => (
          <li key={day} className="grid grid-cols-[5.5rem_1fr] items-center gap-2">
            <span className="figures truncate text-xs text-muted">{briefDay(day)}</span>
            <span className="relative h-5 overflow-hidden rounded-sm bg-sunken">
              {[6, 12, 18].map((hour) => (
                <span
                  key={hour}
                  className="absolute inset-y-0 w-px bg-line"
                  style={{ left: `${(hour / 24) * 100}%` }}
                />
              ))}
              {parts.map(({ key, from, until, text }) => (
                <span
                  key={key}
                  role="img"
                  aria-label={text}
                  title={text}
                  className="absolute inset-y-0 rounded-sm bg-heat-3"
                  style={{
                    left: `${(from / 24) * 100}%`,
                    width: `max(2px, ${((until - from) / 24) * 100}%)`,
                  }}
                />
              ))}
            </span>
          </li>
        ))}
      </ol>
      <div aria-hidden="true" className="mt-1 ml-24 flex justify-between text-xs text-muted">
        {[0, 6, 12, 18, 24].map((hour) => (
          <span key={hour}>{hourName(hour)}</span>
        ))}
      </div>
    </div>
  );
}

/** A session by the clock's days: one that crosses midnight is two blocks. */
function blocksOf(session: Session, zone: string): Block[] {
  const until = session.ended_at ?? new Date().toISOString();
  const [start, end] = [clockPlace(session.started_at, zone), clockPlace(until, zone)];
  const text = `${clock(session.started_at, zone)} – ${session.ended_at === null ? "now" : clock(until, zone)}: ${session.title}, ${duration(session.minutes)}`;
  const block = (day: string, from: number, to: number): Block => ({
    key: `${session.id}-${day}`,
    day,
    from,
    until: to,
    text,
  });
  if (start.day === end.day) return [block(start.day, start.hour, end.hour)];
  return [block(start.day, start.hour, 24), block(end.day, 0, end.hour)];
}

function clockPlace(instant: string, zone: string): { day: string; hour: number } {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
  return { day: at.toPlainDate().toString(), hour: at.hour + at.minute / 60 };
}
