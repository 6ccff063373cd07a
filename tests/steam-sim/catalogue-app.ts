import { type Static, Type } from "@sinclair/typebox";

export const SIM_APP_KINDS = ["game", "dlc", "software", "video", "hardware", "music"] as const;
export type SimAppKind = (typeof SIM_APP_KINDS)[number];

const Count = Type.Integer({ minimum: 0 });
const Texts = Type.Array(Type.String());

/** What is true of one app of the simulated catalogue; each source shows a part of it. */
export const SimApp = Type.Object({
  appId: Type.Integer({ minimum: 1, maximum: 4_294_967_295 }),
  name: Type.String(),
  kind: Type.Unsafe<SimAppKind>(Type.Union(SIM_APP_KINDS.map((kind) => Type.Literal(kind)))),
  /** Epoch milliseconds, of whole seconds; null is not told. */
  modifiedAt: Type.Union([Count, Type.Null()]),
  priceChangeNumber: Type.Union([Count, Type.Null()]),
  /** In the app list. */
  isListed: Type.Boolean(),
  /** In the store: else GetItems tells of it with `success` 15, and the store's details with `success` false. */
  isShown: Type.Boolean(),
  /** Known to SteamSpy: else its details are `{}`, and no page has it. */
  isTracked: Type.Boolean(),
  /** Hidden by SteamSpy on its developer's request: it answers with a row of app 999999. */
  isHiddenBySpy: Type.Boolean(),
  /** As they are; SteamSpy tells a range. */
  owners: Count,
  positive: Count,
  negative: Count,
  ccu: Count,
  isFree: Type.Boolean(),
  /** US cents to pay now; null when there is no price. */
  cents: Type.Union([Count, Type.Null()]),
  initialCents: Type.Union([Count, Type.Null()]),
  discount: Type.Integer({ minimum: 0, maximum: 100 }),
  developer: Type.String(),
  publisher: Type.String(),
  /** Epoch milliseconds; null is coming soon. */
  releasedAt: Type.Union([Count, Type.Null()]),
  /** The most votes first; SteamSpy shows none of them as `[]`. */
  tags: Type.Array(Type.Object({ name: Type.String(), votes: Count })),
  genres: Texts,
  languages: Type.Union([Texts, Type.Null()]),
});
export type SimApp = Static<typeof SimApp>;

/** What can be changed of an app: everything but which one it is. */
export const SimAppChange = Type.Partial(Type.Omit(SimApp, ["appId"]), {
  additionalProperties: false,
});
export type SimAppChange = Static<typeof SimAppChange>;
