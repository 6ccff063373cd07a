import { Page } from "../kit/panel.tsx";
import { PlayingNow } from "./playing-now.tsx";

export function NowPage() {
  return (
    <Page title="Now">
      <div className="grid gap-4">
        <PlayingNow />
      </div>
    </Page>
  );
}
