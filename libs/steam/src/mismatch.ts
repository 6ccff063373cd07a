import type { Endpoint } from "./endpoint.ts";
import { SteamFailure } from "./failure.ts";
import { explain } from "./message.ts";

/** A well-formed answer to another question than the one that was asked: `malformed`, for what it says of `field` is not to be believed. */
export function mismatch(endpoint: Endpoint<unknown>, field: string): SteamFailure {
  const circumstances = { status: 200, field };
  return new SteamFailure("malformed", {
    endpoint: endpoint.name,
    status: circumstances.status,
    message: explain("malformed", endpoint, circumstances),
  });
}
