import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { systemStatus } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { bytes, moment } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { Fact } from "./fact.tsx";

/** What is wrong, and the state of what is stored. */
export function System() {
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
      <Answer of={status} skeleton={<Skeleton className="h-48" />}>
        {({ version, problems, store, accounts }) => (
          <div className="grid gap-4">
            {problems.map((problem) => (
              <p key={problem} className="rounded-md bg-warn-soft p-3 text-warn">
                {problem}
              </p>
            ))}
            <dl className="figures grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
              <Fact name="Version" value={version} />
              {store !== null && (
                <>
                  <Fact
                    name="Database"
                    value={`${bytes(store.database_bytes)}, schema ${store.schema_version}`}
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
