import type { ReactNode } from "react";
import { classes } from "./classes.ts";

interface FigureProps {
  readonly label: string;
  readonly value: ReactNode;
  /** What it is measured against, such as `+2 h against the week before`. */
  readonly note?: ReactNode;
  readonly className?: string;
}

/** One number with its name. */
export function Figure({ label, value, note, className }: FigureProps) {
  return (
    <div className={classes("min-w-0 rounded-lg border border-line bg-surface p-4", className)}>
      <p className="text-xs text-muted">{label}</p>
      <p className="figures mt-1 text-lg font-semibold tracking-tight text-balance break-words sm:text-xl">
        {value}
      </p>
      {note !== undefined && (
        // A game's title may be 300 characters; a link is not to be cut.
        <p
          className={classes(
            "figures mt-1 text-xs text-muted",
            typeof note === "string" && "line-clamp-3",
          )}
        >
          {note}
        </p>
      )}
    </div>
  );
}
