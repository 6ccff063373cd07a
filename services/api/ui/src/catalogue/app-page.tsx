import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import type { App } from "@tracker/contracts";
import { app as appOf, appHistory } from "../data/apps.ts";
import { useTimeZone } from "../data/status.ts";
import { FactList } from "../kit/app-facts.tsx";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Cover } from "../kit/cover.tsx";
import { ago, moment } from "../kit/format.ts";
import { Page, Panel } from "../kit/panel.tsx";
import { NotFound } from "../shell/not-found.tsx";
import { HistoryCharts } from "./history-charts.tsx";

const SOURCE_NAMES: Readonly<Record<string, string>> = {
  store_items: "Steam store, in bulk",
  steamspy_all: "SteamSpy, in bulk",
  steamspy_details: "SteamSpy, app by app",
  store_details: "Steam store, app by app",
};

/** Everything that was collected of one app, and how it moved. */
export function AppPage() {
  const { appId } = useParams({ from: "/catalogue/$appId" });
  return /^[1-9]\d{0,9}$/.test(appId) ? <KnownApp id={Number(appId)} /> : <NotFound />;
}

function KnownApp({ id }: { readonly id: number }) {
  const answer = useQuery(appOf(id));
  const history = useQuery(appHistory(id));
  return (
    <Page title={answer.data?.name ?? "App"}>
      <Answer
        of={answer}
        skeleton={<Skeleton className="h-[80dvh]" />}
        missing={
          <Empty icon={SearchX} title="The catalogue knows no such app">
            Perhaps it is collected with the next crawl.{" "}
            <Link to="/catalogue" className="text-accent underline">
              Look for another
            </Link>
          </Empty>
        }
      >
        {(app) => (
          <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(18rem,1fr)]">
            <div className="grid min-w-0 gap-4">
              <Overview app={app} />
              <Panel
                title="How it moved"
                hint="The figures of each day on which one of them changed"
              >
                <Answer of={history} skeleton={<Skeleton className="h-64" />}>
                  {({ items }) => <HistoryCharts changes={items} />}
                </Answer>
              </Panel>
            </div>
            <Sources app={app} />
          </div>
        )}
      </Answer>
    </Page>
  );
}

function Overview({ app }: { readonly app: App }) {
  return (
    <section
      aria-label="Overview"
      className="flex flex-wrap gap-4 rounded-lg border border-line bg-surface p-4 sm:p-5"
    >
      <Cover title={app.name} url={app.header_url} className="w-full self-start sm:w-72" eager />
      <div className="min-w-0 flex-1 basis-72">
        <p className="mb-2 flex flex-wrap gap-2">
          {app.game_id !== null && (
            <Link
              to="/games/$gameId"
              params={{ gameId: String(app.game_id) }}
              className="underline"
            >
              In the library
            </Link>
          )}
          {!app.is_active && <Badge tone="warn">left Steam</Badge>}
          {app.genres.map((genre) => (
            <Badge key={genre}>{genre}</Badge>
          ))}
        </p>
        <FactList app={app} />
        <p className="mt-3 flex flex-wrap gap-1">
          {app.tags.slice(0, 12).map(({ name }) => (
            <Link
              key={name}
              to="/catalogue"
              search={{ tag: name }}
              className="rounded-full bg-sunken px-2 py-0.5 text-xs hover:text-accent"
            >
              {name}
            </Link>
          ))}
        </p>
        <p className="mt-3 text-xs text-muted">
          {[
            ...app.developers,
            ...app.publishers.filter((name) => !app.developers.includes(name)),
          ].join(" · ")}
        </p>
      </div>
    </section>
  );
}

function Sources({ app }: { readonly app: App }) {
  const zone = useTimeZone();
  return (
    <Panel title="Where it comes from" hint={`First seen ${moment(app.first_seen_at, zone)}`}>
      <ul className="grid gap-2">
        {app.sources.map(({ source, fetch_status: status, last_updated: updated, error }) => (
          <li key={source}>
            <p className="flex items-center justify-between gap-2">
              {SOURCE_NAMES[source] ?? source}
              <Badge tone={status === "success" ? "good" : status === "failed" ? "bad" : "plain"}>
                {status.replace("_", " ")}
              </Badge>
            </p>
            <p className="text-xs text-muted">
              {error ?? (updated === null ? "not asked yet" : ago(updated))}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
