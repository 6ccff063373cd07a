import { isIP } from "node:net";
import { isPublicAddress } from "./private-network.ts";
import { Problem } from "./problem.ts";

/** The host of an address that can be told; what a name means is looked at before each delivery. */
export function hostOf(text: string, mayBePrivate: boolean): string {
  const url = URL.parse(text);
  const bare = url?.hostname.replace(/^\[(.*)\]$/, "$1") ?? "";
  const refuse = (expected: string) =>
    new Problem("INVALID", `/url: expected ${expected}`, { field: "/url" });
  if (url === null || !/^https?:$/.test(url.protocol)) throw refuse("an http or https address");
  if (url.username !== "" || url.password !== "") {
    throw refuse("an address without a name and password before its host");
  }
  const isPrivate = isIP(bare) > 0 ? !isPublicAddress(bare) : /(^|\.)localhost\.?$/i.test(bare);
  if (isPrivate && !mayBePrivate) {
    throw refuse("an address on the internet; WEBHOOK_PRIVATE_NETWORKS=true allows private ones");
  }
  return url.host;
}

export function missingAddress(): Problem {
  return new Problem(
    "CONFLICT",
    "the webhook's address is missing here, as after a restore on another machine: set its url again",
  );
}
