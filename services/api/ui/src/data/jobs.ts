import type { JobKind } from "@tracker/contracts";
import { announce } from "../kit/notice.ts";
import { answerOf, api } from "./client.ts";
import { KEYS } from "./key.ts";
import { queryClient } from "./query-client.ts";

/** Starts a job and says so; if one of its kind is running, says that instead. */
export async function startJob(
  kind: JobKind,
  options: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  try {
    const { already_active: alreadyActive } = await answerOf(
      api.jobs.post({ kind, arguments: options }),
    );
    announce({
      text: alreadyActive ? `It is already running: ${kind}.` : `Started: ${kind}.`,
      tone: "good",
    });
  } catch (error) {
    announce({ text: error instanceof Error ? error.message : String(error), tone: "bad" });
  }
  await queryClient.invalidateQueries({ queryKey: [KEYS.jobs] });
}
