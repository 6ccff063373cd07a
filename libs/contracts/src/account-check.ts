import { type Static, Type } from "@sinclair/typebox";
import { defineRequest } from "./conversation.ts";
import { Count, Nullable, Strict } from "./primitive.ts";
import { Outcome } from "./library.ts";

/** What Steam says of an account that somebody wants to follow. */
export const AccountCheck = Type.Object({
  /** `ok`; `private` where the account exists but hides its games, so that it can be followed and shows nothing yet; otherwise why not. */
  outcome: Outcome,
  reason: Nullable(Type.String()),
  /** SteamID64, persona name and number of games, as far as Steam told them. */
  steam_id: Nullable(Type.String()),
  persona_name: Nullable(Type.String()),
  games: Nullable(Count),
});
export type AccountCheck = Static<typeof AccountCheck>;

const TIMEOUT_MS = 30_000;

export const checkAccount = defineRequest({
  subject: "steam-poller.account.check",
  description:
    "Asks Steam about the account whose key and id lie in the data folder's credentials under the id of this check: no key goes over the bus.",
  input: Strict({
    check: Type.String({ pattern: "^[0-9a-f]{32}$", description: "the id of a check" }),
  }),
  output: AccountCheck,
  timeoutMs: TIMEOUT_MS,
});
