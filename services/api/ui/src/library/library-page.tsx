import { Page } from "../kit/panel.tsx";

export function LibraryPage() {
  return <Page title="Library">…</Page>;
}
