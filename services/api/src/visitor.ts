/** What is known of a caller besides its request. */
export interface Visitor {
  /** Its address; an IPv6 client counts by its /64, which is what one household or server gets. */
  readonly address: string;
  readonly secure: boolean;
  /** The host that the browser's address bar shows. */
  readonly host: string;
}

const visitors = new WeakMap<Request, Visitor>();

/** Notes who sent a request, so that routes need not know of sockets and proxies. */
export function noteVisitor(request: Request, visitor: Visitor): void {
  visitors.set(request, visitor);
}

export function visitorOf(request: Request): Visitor {
  return visitors.get(request) ?? { address: "unknown", secure: false, host: "" };
}

/** The server's own address as the sender of a request knows it. */
export function originOf(request: Request): string {
  const { secure, host } = visitorOf(request);
  const address = `${secure ? "https" : "http"}://${host}`;
  return URL.canParse(address) ? new URL(address).origin : new URL(request.url).origin;
}

/** Headers that a proxy sets are believed only when it is said that there is one: anyone can send them. */
export function describeVisitor(
  request: Request,
  peer: string | undefined,
  trustProxy: boolean,
): Visitor {
  const forwarded = (name: string) => (trustProxy ? lastOf(request.headers.get(name)) : undefined);
  return {
    address: network(forwarded("x-forwarded-for") ?? peer ?? "unknown"),
    secure: forwarded("x-forwarded-proto") === "https" || request.url.startsWith("https:"),
    host: forwarded("x-forwarded-host") ?? request.headers.get("host") ?? "",
  };
}

/** Of several, the last is the one that our own proxy added. */
function lastOf(header: string | null): string | undefined {
  return header?.split(",").at(-1)?.trim() || undefined;
}

function network(address: string): string {
  const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  if (!address.includes(":")) return address.slice(0, 64);
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill("0");
  return `${[...first, ...zeros, ...last].slice(0, 4).join(":")}::/64`;
}
