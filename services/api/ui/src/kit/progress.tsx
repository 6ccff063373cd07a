import { classes } from "./classes.ts";
import { percent } from "./format.ts";

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  /** Null while it is not known how much there is. */
  readonly total: number | null;
}

export function Progress({ label, done, total }: ProgressProps) {
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={total === null ? "in progress" : percent(share)}
      className="h-2 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={classes(
          "h-full rounded-full bg-accent transition-[width] duration-500",
          total === null && "animate-pulse opacity-60",
        )}
        style={{ width: total === null ? "100%" : `${share * 100}%` }}
      />
    </div>
  );
}
