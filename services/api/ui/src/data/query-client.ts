import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { announce } from "../kit/notice.ts";
import { ApiProblem, isSignedOut } from "./client.ts";
import { withLocalTimes } from "./problem-words.ts";
import { systemStatus, timeZoneOf } from "./status.ts";
import { noteAway } from "./visitor.ts";

/** How long an answer is taken as it is; what changes meanwhile comes by the event stream (live.ts). */
const FRESH_MS = 60_000;
const RETRIES_MAX = 2;
const FAILED_AGAIN_MS = 5_000;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteSignedOut }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, { meta }) => {
      noteSignedOut(error);
      // A form shows the error at the field to correct.
      if (meta?.["tellsItself"] === true || isSignedOut(error)) return;
      const zone = timeZoneOf(queryClient.getQueryData(systemStatus.queryKey));
      announce({ tone: "bad", text: withLocalTimes(error.message, zone) });
    },
  }),
  defaultOptions: {
    mutations: { networkMode: "always" },
    queries: {
      staleTime: FRESH_MS,
      // The tracker may be on this very machine: whether there is an internet is nothing to wait for.
      networkMode: "always",
      // What failed may work again, and a page that was left open should recover without a click.
      refetchInterval: ({ state }) => failedAgainMs(state),
      retry: (failures, error) => mayPass(error) && failures < RETRIES_MAX,
    },
  },
});

/** When what failed is to be asked for again; false for what did not, and for what will not change. */
export function failedAgainMs({ error }: { readonly error: Error | null }): number | false {
  return error !== null && mayPass(error) ? FAILED_AGAIN_MS : false;
}

/** What the API says of credentials is for programs. */
function noteSignedOut(error: Error): void {
  if (!isSignedOut(error)) return;
  noteAway();
  announce({ text: "You were signed out." });
}

/** No answer and a 5xx may be better the next time; a 4xx says that it will not. */
function mayPass(error: Error): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}
