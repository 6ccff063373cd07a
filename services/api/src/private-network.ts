import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/**
 * Everything that is not the public internet: the special-purpose registries of IANA (RFC 6890 and its updates), multicast,
 * and the IPv6 forms that carry an IPv4 address inside, through which a private one could be meant.
 */
const SPECIAL = new BlockList();
for (const [network, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const) {
  SPECIAL.addSubnet(network, prefix, "ipv4");
}

/** Of IPv6 only what is given out to be reached (2000::/3) can be public, less these. */
const SPECIAL_6 = new BlockList();
const GLOBAL_6 = new BlockList();
GLOBAL_6.addSubnet("2000::", 3, "ipv6");
for (const [network, prefix] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["2620:4f:8000::", 48],
  ["3fff::", 20],
] as const) {
  SPECIAL_6.addSubnet(network, prefix, "ipv6");
}

/** Whether an IP address is one of the public internet. False for anything that is no address. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !SPECIAL.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  return GLOBAL_6.check(address, "ipv6") && !SPECIAL_6.check(address, "ipv6");
}

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/**
 * The addresses of a host, to connect to just these: a name that is asked for again may mean another place by then. Throws
 * for a name without an address, and, unless private networks are allowed, for one with any address in such a network.
 */
export async function resolveHost(
  hostname: string,
  mayBePrivate: boolean,
): Promise<readonly ResolvedAddress[]> {
  const bare = hostname.replace(/^\[(.*)\]$/, "$1");
  const addresses = isIP(bare) > 0 ? [{ address: bare, family: isIP(bare) }] : await ask(bare);
  if (!mayBePrivate && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw new Error(
      "the host is in a private network, which WEBHOOK_PRIVATE_NETWORKS does not allow",
    );
  }
  return addresses;
}

async function ask(hostname: string): Promise<readonly ResolvedAddress[]> {
  const found = await lookup(hostname, { all: true }).catch(() => []);
  if (found.length === 0) throw new Error("the host has no address");
  return found;
}
