import type { ErrorComponentProps } from "@tanstack/react-router";
import { Failure } from "../kit/answer.tsx";
import { Page } from "../kit/panel.tsx";

/** What a page shows when its own code fails; the bar stays usable. */
export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page failed">
      <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </Page>
  );
}
