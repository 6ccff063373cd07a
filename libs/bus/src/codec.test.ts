import { expect, test } from "bun:test";
import { Id, Nullable, ServiceError } from "@tracker/contracts";
import { Type } from "@sinclair/typebox";
import { decode, encode } from "./codec.ts";

const Anything = Type.Unknown();
const Named = Type.Object(
  { name: Type.String({ minLength: 1, description: "a name" }) },
  { additionalProperties: false },
);

function refusal(body: Uint8Array | string): ServiceError {
  try {
    decode(Named, typeof body === "string" ? new TextEncoder().encode(body) : body);
  } catch (error) {
    if (error instanceof ServiceError) return error;
  }
  throw new Error("expected a ServiceError");
}

test("what was encoded is decoded as it was, small or large", () => {
  const small = { text: "ünï", list: [1, null, true] };
  const large = { games: Array.from({ length: 25_000 }, (_, id) => ({ id, name: `Game ${id}` })) };

  expect(decode(Anything, encode(small))).toEqual(small);
  expect(decode(Anything, encode(large))).toEqual(large);
  // The server takes 1 MB: a library of 25,000 games has to fit.
  expect(encode(large).length).toBeLessThan(1_000_000);
});

test("an empty body stands for the defaults", () => {
  expect(decode(Type.Object({}), new Uint8Array())).toEqual({});
  expect(decode(Type.Object({}), new TextEncoder().encode(" \n"))).toEqual({});
});

test("a wrong body is refused with the field, what was expected and what came", () => {
  expect(refusal('{"name":""}')).toMatchObject({
    code: "INVALID",
    field: "/name",
    message: '/name: expected a name, got ""',
  });
  expect(refusal('{"name":"a","nmae":1}').message).toBe("/nmae: expected no property nmae, got 1");
  expect(refusal("{}").message).toBe("/name: expected a name, got nothing");
  expect(refusal("{nonsense").message).toContain("JSON");
  expect(refusal(new Uint8Array([0x1f, 0x8b, 1, 2, 3])).code).toBe("INVALID");
});

test("what is expected is said also of choices, of what may be null, and of plain types; no rounded number is shown", () => {
  const schemas = {
    rating: Nullable(Type.Number({ multipleOf: 0.5, description: "0 to 10 in halves" })),
    tier: Type.Union([Type.Literal(1), Type.Literal("two")]),
    favorite: Type.Boolean(),
    id: Id,
    name: Type.String(),
    count: Nullable(Type.Integer({ minimum: 0, maximum: 9 })),
  };
  const messageOf = (name: keyof typeof schemas, json: string) => {
    const schema = Type.Object({ [name]: schemas[name] });
    try {
      decode(schema, new TextEncoder().encode(json));
    } catch (error) {
      return String(error);
    }
    return "fits";
  };

  expect([
    messageOf("rating", '{"rating":7.3}'),
    messageOf("tier", '{"tier":3}'),
    messageOf("favorite", '{"favorite":1}'),
    messageOf("id", '{"id":9007199254740993}'),
    messageOf("name", "{}"),
    messageOf("count", '{"count":10}'),
  ]).toEqual([
    "ServiceError: /rating: expected 0 to 10 in halves or null, got 7.3",
    'ServiceError: /tier: expected 1 or "two", got 3',
    "ServiceError: /favorite: expected true or false, got 1",
    "ServiceError: /id: expected a whole number from 1, got a number that is too large",
    "ServiceError: /name: expected a text, got nothing",
    "ServiceError: /count: expected a whole number from 0 to 9 or null, got 10",
  ]);
});

test("a body that unpacks to more than any of ours is refused before it is unpacked", () => {
  const bomb = Bun.gzipSync(new Uint8Array(64 * 1024 * 1024));

  expect(refusal(bomb).code).toBe("TOO_LARGE");
});
