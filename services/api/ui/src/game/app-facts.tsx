import { Link } from "@tanstack/react-router";
import type { AppSummary } from "@tracker/contracts";
import { FactList } from "../kit/app-facts.tsx";
import { Panel } from "../kit/panel.tsx";

/** What everybody else does with the game. */
export function AppFacts({ app }: { readonly app: AppSummary }) {
  return (
    <Panel
      title="On Steam"
      actions={
        <Link
          to="/catalogue/$appId"
          params={{ appId: String(app.app_id) }}
          className="inline-flex min-h-8 items-center text-accent underline"
        >
          History
        </Link>
      }
    >
      <FactList app={app} />
    </Panel>
  );
}
