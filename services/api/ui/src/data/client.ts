/** How the UI asks the REST API: same origin, JSON, the cookie that the browser keeps. */
import { createClient } from "../../../src/client.ts";

export { ApiProblem, answerOf, present } from "../../../src/client.ts";
export const { api } = createClient(location.origin);

/** Wishes whose parts may also be there and not set. */
export type Wish<Q> = { readonly [K in keyof Q]?: Q[K] | undefined };
