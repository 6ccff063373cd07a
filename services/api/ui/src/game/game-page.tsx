import { Page } from "../kit/panel.tsx";

export function GamePage() {
  return <Page title="Game">…</Page>;
}
