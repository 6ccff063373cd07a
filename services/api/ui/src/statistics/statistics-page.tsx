import { Page } from "../kit/panel.tsx";

export function StatisticsPage() {
  return <Page title="Statistics">…</Page>;
}
