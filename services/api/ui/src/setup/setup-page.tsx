import { Page } from "../kit/panel.tsx";

export function SetupPage() {
  return <Page title="Set up">…</Page>;
}
