import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { systemStatus } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { ago, bytes, duration, moment } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";

/** Who answers, what they say of themselves, and the state of what is stored. */
export function Services() {
  const status = useQuery(systemStatus);
  return (
    <Panel
      title="System"
      actions={
        <Link to="/setup" className="inline-flex min-h-8 items-center text-accent underline">
          Steam account
        </Link>
      }
    >
      <Answer of={status} skeleton={<Skeleton className="h-72" />}>
        {({ version, problems, services, process, store, accounts }) => (
          <div className="grid gap-4">
            {problems.map((problem) => (
              <p key={problem} className="rounded-md bg-warn-soft p-3 text-warn">
                {problem}
              </p>
            ))}
            <ul className="flex flex-wrap gap-2">
              {services.map(({ name, version: itsVersion }) => {
                const { ready = true, detail } = process.services[name] ?? {};
                return (
                  <li key={name} title={detail}>
                    <Badge tone={ready ? "good" : "bad"}>
                      {name} {itsVersion}
                    </Badge>
                  </li>
                );
              })}
            </ul>
            <dl className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <Fact name="Version" value={version} />
              <Fact name="Running for" value={duration(process.uptime_seconds / 60)} />
              <Fact name="Memory of this process" value={bytes(process.memory_bytes)} />
              {store !== null && (
                <>
                  <Fact
                    name="Database"
                    value={`${bytes(store.database_bytes)}, schema ${store.schema_version}`}
                  />
                  <Fact
                    name="Last backup"
                    value={store.last_backup_at === null ? "none yet" : ago(store.last_backup_at)}
                  />
                  <Fact name="Last snapshot" value={store.last_snapshot_date ?? "none yet"} />
                  <Fact
                    name="Books"
                    value={
                      store.unbalanced_games === 0
                        ? "every minute adds up"
                        : `${store.unbalanced_games} games do not add up`
                    }
                  />
                  <Fact
                    name="Time zone"
                    value={`${store.time_zone}${store.day_start_hour === 0 ? "" : `, days begin at ${store.day_start_hour}:00`}`}
                  />
                </>
              )}
              {accounts.map(
                ({ id, steam_id: steamId, persona_name: name, tracking_since: since }) => (
                  <Fact
                    key={id}
                    name="Steam account"
                    value={`${name ?? steamId}${since === null || store === null ? "" : `, tracked since ${moment(since, store.time_zone)}`}`}
                  />
                ),
              )}
            </dl>
          </div>
        )}
      </Answer>
    </Panel>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-right break-words">{value}</dd>
    </>
  );
}
