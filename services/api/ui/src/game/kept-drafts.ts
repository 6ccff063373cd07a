/**
 * Drafts outlive their page, which is taken away where somebody was signed out in another tab. They are kept with the answers, and
 * forgotten with them when one signs out here.
 */
import { KEYS } from "../data/key.ts";
import { queryClient } from "../data/query-client.ts";
import type { NoteDraft } from "./note-draft.ts";

interface KeptDraft extends NoteDraft {
  /** Whether the browser is to ask before the tab is closed on it. */
  readonly mustAsk: boolean;
}

queryClient.setQueryDefaults([KEYS.drafts], { gcTime: Infinity });
window.addEventListener("beforeunload", (event) => {
  const kept = queryClient.getQueriesData<KeptDraft>({ queryKey: [KEYS.drafts] });
  if (kept.some(([, draft]) => draft?.mustAsk === true)) event.preventDefault();
});

export function keptDraft(gameId: number): NoteDraft | undefined {
  return queryClient.getQueryData<KeptDraft>([KEYS.drafts, gameId]);
}

/** Keeps what is not saved, until it is. */
export function keepDraft(gameId: number, { text, base }: NoteDraft, mustAsk: boolean): void {
  const queryKey = [KEYS.drafts, gameId];
  if (text === base) queryClient.removeQueries({ queryKey });
  else queryClient.setQueryData<KeptDraft>(queryKey, { text, base, mustAsk });
}
