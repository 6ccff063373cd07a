import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { Link } from "@tanstack/react-router";
import type { AppSummary } from "@tracker/contracts";
import { useEffect, useRef } from "react";
import { ownersOf, priceOf, reviewsOf } from "../kit/app-facts.tsx";
import { Badge } from "../kit/badge.tsx";
import { Cover } from "../kit/cover.tsx";
import { count } from "../kit/format.ts";
import { usePlace } from "../kit/use-place.ts";

const ROW_HEIGHT = 64;
/** The next page is loaded this many rows before the end. */
const AHEAD = 30;
const COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 md:grid-cols-[minmax(0,1fr)_6rem_8rem_9rem_5rem]";

interface AppTableProps {
  readonly apps: readonly AppSummary[];
  /** Whether they are of the question before. */
  readonly isOld: boolean;
  readonly more: boolean;
  readonly loading: boolean;
  readonly loadMore: () => void;
}

/** Only rows near the screen are rendered; more are loaded on scrolling. */
export function AppTable({ apps, isOld, more, loading, loadMore }: AppTableProps) {
  const list = useRef<HTMLDivElement>(null);
  const { top } = usePlace(list);
  const rows = useWindowVirtualizer({
    count: apps.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollMargin: top,
  });
  const lastShown = rows.getVirtualItems().at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !loading && lastShown > apps.length - AHEAD) loadMore();
  }, [more, loading, lastShown, apps.length, loadMore]);
  return (
    <div
      role="table"
      aria-label="Apps"
      aria-busy={isOld}
      aria-rowcount={more ? -1 : apps.length + 1}
      className="rounded-lg border border-line bg-surface"
    >
      <div
        role="row"
        aria-rowindex={1}
        className={`${COLUMNS} border-b border-line px-3 py-2 text-xs font-medium text-muted`}
      >
        <span role="columnheader">Name</span>
        <span role="columnheader" className="text-right">
          Price
        </span>
        {["Owners", "Reviews", "Players"].map((name) => (
          <span key={name} role="columnheader" className="hidden text-right md:block">
            {name}
          </span>
        ))}
      </div>
      <div ref={list} role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const app = apps[index];
          return (
            app !== undefined && (
              <div
                key={app.app_id}
                role="row"
                aria-rowindex={index + 2}
                className={`${COLUMNS} absolute inset-x-0 top-0 border-b border-line px-3`}
                style={{ height: ROW_HEIGHT, transform: `translateY(${start - top}px)` }}
              >
                <Row app={app} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

function Row({ app }: { readonly app: AppSummary }) {
  return (
    <>
      <span role="cell" className="flex min-w-0 items-center gap-3">
        <Cover title={app.name} url={app.header_url} className="w-20" eager />
        <span className="min-w-0">
          <Link
            to="/catalogue/$appId"
            params={{ appId: String(app.app_id) }}
            className="block truncate font-medium hover:underline"
          >
            {app.name === "" ? `App ${app.app_id}` : app.name}
          </Link>
          <span className="flex gap-2 text-xs text-muted">
            {[app.type, app.release_date?.slice(0, 4)].filter(Boolean).join(" · ")}
            {app.game_id !== null && <Badge tone="accent">mine</Badge>}
            {!app.is_active && <Badge tone="warn">left Steam</Badge>}
          </span>
        </span>
      </span>
      <span role="cell" className="figures text-right">
        {priceOf(app)}
      </span>
      <span role="cell" className="figures hidden text-right md:block">
        {ownersOf(app)}
      </span>
      <span role="cell" className="figures hidden text-right md:block">
        {reviewsOf(app)}
      </span>
      <span role="cell" className="figures hidden text-right md:block">
        {app.ccu === null ? "–" : count(app.ccu)}
      </span>
    </>
  );
}
