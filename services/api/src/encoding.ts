import { Problem } from "./problem.ts";

/** Smaller ones fit into one packet as they are. */
const COMPRESS_FROM_BYTES = 1_400;

type Bytes = Uint8Array<ArrayBuffer>;

/** By what is chosen among equals: zstd packs tighter than gzip in less time. */
const PACKERS: Readonly<Record<string, (body: Bytes) => Bytes>> = {
  zstd: (body) => new Uint8Array(Bun.zstdCompressSync(body)),
  gzip: (body) => Bun.gzipSync(body),
};

/** As small as can be: 5 % smaller and ten times slower than the above, for what is packed once. */
const TIGHT_PACKERS: Readonly<Record<string, (body: Bytes) => Bytes>> = {
  zstd: (body) => new Uint8Array(Bun.zstdCompressSync(body, { level: 19 })),
  gzip: (body) => Bun.gzipSync(body, { library: "libdeflate", level: 12 }),
};
/** Of files that never change: one for each file of the web UI and packing, some sixty. */
const tightlyPacked = new Map<string, Bytes>();

export interface Encoded {
  readonly body: Bytes;
  /** Undefined for a body as it is. */
  readonly encoding?: string;
}

/**
 * Packs a body as the caller's Accept-Encoding wishes (RFC 9110, 12.5.3). Without a wish it stays as it is, and so does
 * a small one, unless the caller does not take it so. `unchanging` names a body that is to be packed once and kept so.
 */
export function encode(
  body: Bytes,
  accepted: string | null,
  unchanging: string | null = null,
): Encoded {
  const { best, plain } = choicesOf(accepted);
  if (best === undefined) return { body };
  const isWished = best.weight >= plain && body.length >= COMPRESS_FROM_BYTES;
  if (!isWished && plain !== 0) return { body };
  const packed = unchanging === null ? best.pack(body) : packOnce(body, best.name, unchanging);
  return { body: packed, encoding: best.name };
}

function packOnce(body: Bytes, name: string, unchanging: string): Bytes {
  const key = `${name} ${unchanging}`;
  const packed = tightlyPacked.get(key) ?? TIGHT_PACKERS[name]?.(body) ?? body;
  tightlyPacked.set(key, packed);
  return packed;
}

/** Throws NOT_ACCEPTABLE for a caller that takes neither a body as it is nor any packing that we know. */
export function assertEncodable(accepted: string | null): void {
  const { best, plain } = choicesOf(accepted);
  if (best !== undefined || plain > 0) return;
  throw new Problem(
    "NOT_ACCEPTABLE",
    `Accept-Encoding: expected one of ${Object.keys(PACKERS).join(", ")}, identity, got ${(accepted ?? "").slice(0, 100)}`,
    { field: "Accept-Encoding" },
  );
}

function choicesOf(accepted: string | null) {
  const weights = weightsOf(accepted ?? "");
  const others = weights.get("*");
  const [best] = Object.entries(PACKERS)
    .map(([name, pack]) => ({ name, pack, weight: weights.get(name) ?? others ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight);
  // Who names a packing and not this prefers the packing.
  const plain = weights.get("identity") ?? (others === 0 ? 0 : (best?.weight ?? 1));
  return { best, plain };
}

/** Names with how much each is wanted, 0 to 1. One whose weight cannot be read is not wanted. */
function weightsOf(header: string): ReadonlyMap<string, number> {
  return new Map(
    header.split(",").flatMap((part) => {
      const [name = "", ...parameters] = part.split(";").map((text) => text.trim().toLowerCase());
      if (name === "") return [];
      const weight = parameters.find((text) => text.startsWith("q="))?.slice(2) ?? "1";
      return [[name, /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) ? Number(weight) : 0] as const];
    }),
  );
}
