import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { isPublicAddress, resolveHost } from "./private-network.ts";

/** Network and prefix of everything that a stranger must not be able to have asked. */
const PRIVATE: readonly (readonly [number, number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xe0000000, 4],
  [0xf0000000, 4],
];

function dotted(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
}

const privateV4 = fc.oneof(
  ...PRIVATE.map(([network, prefix]) =>
    fc
      .integer({ min: 0, max: 2 ** (32 - prefix) - 1 })
      .map((host) => dotted((network | host) >>> 0)),
  ),
);
const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
const groups = (count: number) =>
  fc.array(group, { minLength: count, maxLength: count }).map((parts) => parts.join(":"));

test("no address of a private network passes, in whatever form it is written", () => {
  fc.assert(
    fc.property(privateV4, (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const hex = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
      expect(isPublicAddress(address)).toBe(false);
      // Mapped, compatible, NAT64, 6to4.
      for (const prefix of ["::ffff:", "::", "64:ff9b::"]) {
        expect(isPublicAddress(`${prefix}${address}`)).toBe(false);
        expect(isPublicAddress(`${prefix}${hex}`)).toBe(false);
      }
      expect(isPublicAddress(`2002:${hex}::1`)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc
          .tuple(fc.constantFrom("fc", "fd", "ff", "fe"), groups(7))
          .map(([first, rest]) => `${first}00:${rest}`),
        groups(7).map((rest) => `fe80:${rest}`),
        groups(6).map((rest) => `2001:db8:${rest}`),
        groups(6).map((rest) => `2001:0:${rest}`),
        groups(7).map((rest) => `0:${rest}`),
      ),
      (address) => expect(isPublicAddress(address)).toBe(false),
    ),
    { numRuns: 1_000 },
  );
});

test.each([
  "8.8.8.8",
  "93.184.216.34",
  "172.32.0.1",
  "100.128.0.1",
  "2606:4700::1111",
  "2a00:1450:4001::200e",
])("%s is of the internet", (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test.each(["", "localhost", "8.8.8", "fe80::1%eth0", "1.2.3.4.5", "::1", "::"])(
  "%p is not",
  (text) => {
    expect(isPublicAddress(text)).toBe(false);
  },
);

test("a name that means a private address is refused before anything is sent, unless that is allowed", async () => {
  const resolve = (host: string, mayBePrivate: boolean) =>
    resolveHost(host, mayBePrivate).catch(String);

  expect(await resolve("localhost", false)).toContain("private network");
  expect(await resolve("[::1]", false)).toContain("private network");
  expect(await resolve("no-such-name.invalid", true)).toContain("no address");
  expect(await resolve("localhost", true)).not.toBeEmpty();
  expect(await resolve("localhost", true)).toBeArray();
});
