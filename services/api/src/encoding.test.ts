import { expect, test } from "bun:test";
import { assertEncodable, encode } from "./encoding.ts";
import { Problem } from "./problem.ts";

const LARGE = new TextEncoder().encode("what was played when ".repeat(200));
const SMALL = new TextEncoder().encode("{}");

test.each([
  [null, undefined],
  ["", undefined],
  ["identity", undefined],
  ["gzip", "gzip"],
  ["gzip, deflate, br", "gzip"],
  ["gzip, deflate, br, zstd", "zstd"],
  ["GZIP;Q=0.5", "gzip"],
  ["zstd;q=0.5, gzip", "gzip"],
  ["zstd;q=0, gzip;q=0.1", "gzip"],
  ["*", "zstd"],
  ["*, zstd;q=0", "gzip"],
  ["br, deflate", undefined],
  ["identity, gzip;q=0.5", undefined],
  ["gzip;q=nonsense", undefined],
  ["identity;q=0, gzip", "gzip"],
])("Accept-Encoding %p is answered with %p", (accepted, expected) => {
  const { body, encoding } = encode(LARGE, accepted);

  expect(encoding).toBe(expected);
  const unpacked =
    encoding === "zstd" ? Bun.zstdDecompressSync(body) : encoding ? Bun.gunzipSync(body) : body;
  expect(new TextDecoder().decode(unpacked)).toBe(new TextDecoder().decode(LARGE));
  expect(body.length < LARGE.length).toBe(encoding !== undefined);
  expect(() => assertEncodable(accepted)).not.toThrow();
});

test("a small body is packed only for who does not take it as it is", () => {
  expect(encode(SMALL, "zstd, gzip")).toEqual({ body: SMALL });
  expect(encode(SMALL, "identity;q=0, gzip").encoding).toBe("gzip");
});

test.each(["identity;q=0", "*;q=0", "br, identity;q=0", "gzip;q=0, zstd;q=0, *;q=0"])(
  "who accepts nothing that we know is told what there is: %p",
  (accepted) => {
    expect(() => assertEncodable(accepted)).toThrow(Problem);
    expect(() => assertEncodable(accepted)).toThrow("expected one of zstd, gzip, identity");
  },
);

test("what never changes is packed once, tighter, and is the same unpacked", () => {
  for (const name of ["gzip", "zstd"]) {
    const once = encode(LARGE, name, "a name of its own");
    const again = encode(LARGE, name, "a name of its own");

    expect(again.body).toBe(once.body);
    expect(once.encoding).toBe(name);
    const unpacked =
      name === "zstd" ? Bun.zstdDecompressSync(once.body) : Bun.gunzipSync(once.body);
    expect(new TextDecoder().decode(unpacked)).toBe(new TextDecoder().decode(LARGE));
    expect(once.body.length).toBeLessThanOrEqual(encode(LARGE, name).body.length);
  }
});
