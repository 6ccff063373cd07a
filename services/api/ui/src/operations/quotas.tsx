import { useQuery } from "@tanstack/react-query";
import { systemStatus, useTimeZone } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { ago, clock, count, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Progress } from "../kit/progress.tsx";

/** How much of what the outside allows is used, in each window, by all processes together. */
export function Quotas() {
  const status = useQuery(systemStatus);
  const zone = useTimeZone();
  return (
    <Panel title="Quotas" hint="Used of what is allowed, by all services together">
      <Answer of={status} skeleton={<Skeleton className="h-48" />}>
        {({ quotas }) => (
          <ul className="grid gap-4">
            {quotas.map(({ api, windows, paused_until: paused, waiting }) => (
              <li key={api}>
                <p className="mb-1 flex items-center justify-between gap-2">
                  {NAMES[api] ?? api}
                  <span className="flex flex-wrap justify-end gap-1">
                    {waiting > 0 && <Badge>{plural(waiting, "caller")} waiting</Badge>}
                    {paused !== null && <Badge tone="warn">paused</Badge>}
                  </span>
                </p>
                {paused !== null && (
                  <p className="mb-1 text-xs text-warn">
                    It refused a request as one too many, or was too busy: nobody asks it until{" "}
                    {clock(paused, zone)} ({ago(paused)}). What waits goes on by itself.
                  </p>
                )}
                {windows.map(({ limit, window_ms: windowMs, used }) => (
                  <div key={windowMs} className="mb-1 grid grid-cols-[1fr_auto] items-center gap-3">
                    <Progress
                      label={`${NAMES[api] ?? api}: used of ${limit} per ${span(windowMs)}`}
                      done={used}
                      total={limit}
                    />
                    <span className="figures text-right text-xs text-muted">
                      {count(used)} / {count(limit)} per {span(windowMs)}
                    </span>
                  </div>
                ))}
              </li>
            ))}
            {quotas.length === 0 && (
              <li className="text-muted">Nobody has asked the outside yet.</li>
            )}
          </ul>
        )}
      </Answer>
    </Panel>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  "steam-web-api": "Steam Web API",
  "steam-achievements": "Steam Web API, achievements",
  "steam-store": "Steam store",
  "steamspy-details": "SteamSpy, app by app",
  "steamspy-all": "SteamSpy, whole pages",
};

const SPANS = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

function span(windowMs: number): string {
  const [size, name] = SPANS.find(([sizeMs]) => windowMs >= sizeMs) ?? [1, "millisecond"];
  const number = windowMs / size;
  return number === 1 ? name : `${count(number)} ${name}s`;
}
