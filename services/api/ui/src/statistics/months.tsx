import type { Statistics } from "@tracker/contracts";
import { duration, monthName } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Scale } from "../kit/scale.tsx";

/** How the months of a range compare. */
export function Months({ months }: { readonly months: Statistics["by_month"] }) {
  const first = months.findIndex(({ minutes }) => minutes > 0);
  const shown = months.slice(Math.max(0, first));
  const [oldest, newest] = [shown[0], shown.at(-1)];
  const most = Math.max(60, ...shown.map(({ minutes }) => minutes));
  // One month alone is compared with nothing.
  if (shown.length < 2) return null;
  return (
    <Panel title="Month by month">
      <Scale most={most} />
      <ol className="flex h-40 items-end gap-px sm:gap-1">
        {shown.map(({ month, minutes }) => {
          const text = `${monthName(month)}: ${duration(minutes)}`;
          return (
            <li key={month} title={text} className="flex h-full min-w-0 flex-1 items-end">
              <span className="sr-only">{text}</span>
              <span
                aria-hidden="true"
                className="w-full rounded-sm bg-heat-3"
                style={{ height: `${Math.max(1, (minutes / most) * 100)}%` }}
              />
            </li>
          );
        })}
      </ol>
      <div aria-hidden="true" className="mt-1 flex justify-between text-xs text-muted">
        {oldest !== undefined && <span>{monthName(oldest.month)}</span>}
        {newest !== undefined && <span>{monthName(newest.month)}</span>}
      </div>
    </Panel>
  );
}
