import { Page } from "../kit/panel.tsx";
import { Jobs } from "./jobs.tsx";
import { Quotas } from "./quotas.tsx";
import { Runs } from "./runs.tsx";
import { Services } from "./services.tsx";
import { Tokens } from "./tokens.tsx";

/** The machine room: what runs, how much of each quota is used, what came of each look, and who may ask the API. */
export function OperationsPage() {
  return (
    <Page title="Operations">
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <div className="grid min-w-0 gap-4">
          <Jobs />
          <Runs />
        </div>
        <div className="grid min-w-0 gap-4">
          <Services />
          <Quotas />
          <Tokens />
        </div>
      </div>
    </Page>
  );
}
