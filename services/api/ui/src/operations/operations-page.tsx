import { Page } from "../kit/panel.tsx";

export function OperationsPage() {
  return <Page title="Operations">…</Page>;
}
