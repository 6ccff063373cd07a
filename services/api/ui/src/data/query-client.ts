import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { announce } from "../kit/notice.ts";
import { ApiProblem } from "./client.ts";
import { setKnown } from "./visitor.ts";

/** How long an answer is taken as it is; what changes meanwhile comes by the event stream (live.ts). */
const FRESH_MS = 60_000;
const RETRIES_MAX = 2;

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteSignedOut }),
  mutationCache: new MutationCache({
    onError: (error, _variables, _result, { meta }) => {
      noteSignedOut(error);
      // A form says it where it is to be mended.
      if (meta?.["tellsItself"] !== true) announce({ tone: "bad", text: error.message });
    },
  }),
  defaultOptions: {
    mutations: { networkMode: "always" },
    queries: {
      staleTime: FRESH_MS,
      // The tracker may be on this very machine: whether there is an internet is nothing to wait for.
      networkMode: "always",
      retry: (failures, error) => mayPass(error) && failures < RETRIES_MAX,
    },
  },
});

function noteSignedOut(error: Error): void {
  if (error instanceof ApiProblem && error.status === 401) setKnown(false);
}

/** No answer and a 5xx may be better the next time; a 4xx says that it will not. */
function mayPass(error: Error): boolean {
  return !(error instanceof ApiProblem) || error.status === 0 || error.status >= 500;
}
