import { Page } from "../kit/panel.tsx";

export function YearPage() {
  return <Page title="Year in review">…</Page>;
}
