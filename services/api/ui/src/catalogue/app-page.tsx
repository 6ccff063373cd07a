import { Page } from "../kit/panel.tsx";

export function AppPage() {
  return <Page title="App">…</Page>;
}
