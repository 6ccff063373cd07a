import { useQuery } from "@tanstack/react-query";
import type { Achievement } from "@tracker/contracts";
import { achievements } from "../data/game.ts";
import { useTimeZone } from "../data/status.ts";
import { classes } from "../kit/classes.ts";
import { moment, percent, plural } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { DATES_MIN, type Mark, placeUnlocks, RARE_PERCENT } from "./unlock-place.ts";

const HEIGHT = 150;
const RADIUS = 4;
/** Room above and below, so that no mark is cut off. */
const EDGE = 10;
/** Shares of all players that have a line of their own. */
const LINES = [100, 50, 10, 1] as const;

/** When each achievement was unlocked and how few have it; those without a date from Steam stand apart. Shown once there are some. */
export function Unlocks({ id }: { readonly id: number }) {
  const answer = useQuery(achievements(id));
  const unlocked = (answer.data?.items ?? []).filter((item) => item.unlocked);
  const { dated, undated, first, last } = placeUnlocks(unlocked);
  if (unlocked.length < DATES_MIN || first === undefined || last === undefined) return null;
  const rare = unlocked.filter(isRare).length;
  return (
    <Panel
      title="When achievements were unlocked"
      hint={`The higher, the fewer players have it; ${plural(rare, "rare one")} (below ${RARE_PERCENT} %)`}
    >
      <Chart dated={dated} undated={undated} first={first} last={last} />
    </Panel>
  );
}

interface ChartProps {
  readonly dated: readonly Mark[];
  readonly undated: readonly Mark[];
  readonly first: string;
  readonly last: string;
}

function Chart({ dated, undated, first, last }: ChartProps) {
  const zone = useTimeZone();
  const day = (instant: string) => moment(instant, zone).split(",").slice(0, 2).join(",");
  return (
    <figure className="flex gap-2">
      <div aria-hidden="true" className="figures relative w-9 shrink-0 text-xs text-muted">
        {LINES.map((share) => (
          <span
            key={share}
            className="absolute right-0 -translate-y-1/2"
            style={{ top: yOf(heightOf(share)) }}
          >
            {percent(share / 100)}
          </span>
        ))}
      </div>
      {undated.length > 0 && (
        <div className="w-14 shrink-0">
          <Marks
            marks={undated}
            zone={zone}
            className="rounded-sm bg-sunken"
            label={`${plural(undated.length, "achievement")} of which Steam does not say when`}
          />
          <p className="text-center text-xs text-muted">no date</p>
        </div>
      )}
      <div className="min-w-0 flex-1">
        <Marks
          marks={dated}
          zone={zone}
          label={`${plural(dated.length, "achievement")} unlocked from ${day(first)} to ${day(last)}; each is in the list of achievements`}
        />
        <figcaption className="flex justify-between text-xs text-muted">
          <span>{day(first)}</span>
          {last !== first && <span>{day(last)}</span>}
        </figcaption>
      </div>
    </figure>
  );
}

interface MarksProps {
  readonly marks: readonly Mark[];
  readonly zone: string;
  readonly label: string;
  readonly className?: string;
}

/** In pixels and shares of the width, so that marks stay round on every screen. */
function Marks({ marks, zone, label, className }: MarksProps) {
  return (
    <div className={classes("px-1.5", className)}>
      <svg role="img" aria-label={label} width="100%" height={HEIGHT} className="overflow-visible">
        {LINES.map((share) => (
          <line
            key={share}
            x1="0"
            x2="100%"
            y1={yOf(heightOf(share))}
            y2={yOf(heightOf(share))}
            className="stroke-line"
          />
        ))}
        {marks.map(({ item, x }) => (
          <circle
            key={item.id}
            cx={`${x * 100}%`}
            cy={yOf(heightOf(item.global_percent ?? 100))}
            r={RADIUS}
            className={isRare(item) ? "fill-warn stroke-surface" : "fill-heat-3 stroke-surface"}
          >
            <title>{describe(item, zone)}</title>
          </circle>
        ))}
      </svg>
    </div>
  );
}

function describe(item: Achievement, zone: string): string {
  const share = item.global_percent;
  const when = item.unlocked_at === null ? "date unknown" : moment(item.unlocked_at, zone);
  return `${item.title}: ${when}${share === null ? "" : `, ${percent(share / 100, 1)} have it`}`;
}

function isRare({ global_percent: share }: Achievement): boolean {
  return share !== null && share < RARE_PERCENT;
}

/** By powers of ten, since what is rare differs in its decimals: 0 for all players, 1 for one in a thousand and fewer. */
function heightOf(share: number): number {
  return Math.min(1, Math.max(0, (2 - Math.log10(Math.max(share, 0.1))) / 3));
}

function yOf(height: number): number {
  return HEIGHT - EDGE - height * (HEIGHT - 2 * EDGE);
}
