/** How the UI asks the REST API: same origin, JSON, the cookie that the browser keeps. */
import { answerOf as answerOfApi, ApiProblem, createClient } from "../../../src/client.ts";
import { inWords } from "./problem-words.ts";

export { ApiProblem, present } from "../../../src/client.ts";
export const { api } = createClient(location.origin);

/** What a route answers when all goes well; throws ApiProblem, whose message a person can read, when it does not. */
export const answerOf: typeof answerOfApi = async (asked) => {
  try {
    return await answerOfApi(asked);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    throw new ApiProblem(error.status, inWords(error.message), error.field);
  }
};

/** Whether an answer says that one has to sign in, which is told by the page that opens then. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Wishes whose parts may also be there and not set. */
export type Wish<Q> = { readonly [K in keyof Q]?: Q[K] | undefined };
