import { ChevronDown } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { classes } from "./classes.ts";

interface FilterBarProps {
  /** What one looks for by name: always there. */
  readonly search: ReactNode;
  /** How many of the filters narrow what is shown. */
  readonly active: number;
  /** The layout of the fields from where there is room for all of them. */
  readonly className: string;
  readonly children: ReactNode;
}

/** Filters in a row; on a phone behind one button, so that what they filter is seen at once. */
export function FilterBar({ search, active, className, children }: FilterBarProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className={classes("mb-4 grid grid-cols-2 items-end gap-2 sm:grid-cols-3", className)}>
      {search}
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="inline-flex min-h-10 items-center justify-between gap-2 rounded-md border border-edge bg-surface px-3 sm:hidden"
      >
        <span>Filter, sort{active > 0 && ` (${active})`}</span>
        <ChevronDown
          className={classes("size-4 text-muted", open && "rotate-180")}
          aria-hidden="true"
        />
      </button>
      <div
        id={id}
        className={classes(
          open ? "col-span-2 grid grid-cols-2 items-end gap-2" : "hidden",
          "sm:contents",
        )}
      >
        {children}
      </div>
    </div>
  );
}
