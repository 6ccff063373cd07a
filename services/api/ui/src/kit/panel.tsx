import type { ReactNode } from "react";
import { useId } from "react";
import { classes } from "./classes.ts";

interface PanelProps {
  readonly title: string;
  /** One line under the title: what is shown, and of when. */
  readonly hint?: ReactNode;
  /** At the right of the title. */
  readonly actions?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A part of a page under a heading of its own. */
export function Panel({ title, hint, actions, className, children }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={classes("min-w-0 rounded-lg border border-line bg-surface p-4 sm:p-5", className)}
    >
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-40">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {hint !== undefined && <p className="text-xs text-muted">{hint}</p>}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        )}
      </div>
      {children}
    </section>
  );
}

interface PageProps {
  readonly title: string;
  readonly hint?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page with its title, which the browser's tab shows too. */
export function Page({ title, hint, actions, children }: PageProps) {
  return (
    <>
      <title>{`${title} · Game Tracker`}</title>
      <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          {/* A game's title may be long enough to push the page itself out of sight. */}
          <h1 title={title} className="line-clamp-3 text-xl font-semibold tracking-tight">
            {title}
          </h1>
          {hint !== undefined && <p className="mt-0.5 text-sm text-muted">{hint}</p>}
        </div>
        {actions !== undefined && (
          <div className="flex flex-wrap items-center gap-2">{actions}</div>
        )}
      </header>
      {children}
    </>
  );
}
