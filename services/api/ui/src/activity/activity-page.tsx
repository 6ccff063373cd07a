import { Page } from "../kit/panel.tsx";

export function ActivityPage() {
  return <Page title="Activity">…</Page>;
}
