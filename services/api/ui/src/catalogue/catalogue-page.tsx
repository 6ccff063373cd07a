import { Page } from "../kit/panel.tsx";

export function CataloguePage() {
  return <Page title="Catalogue">…</Page>;
}
