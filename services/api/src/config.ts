import { type Static, Type } from "@sinclair/typebox";

/** What the api reads from the environment; the bus reads its own (NATS_URL). */
export const Config = Type.Object({
  HOST: Type.String({ default: "127.0.0.1", description: "the address to listen on" }),
  PORT: Type.Integer({
    default: 8080,
    minimum: 0,
    maximum: 65_535,
    description: "a port from 0 to 65535; 0 takes a free one",
  }),
  DATA_DIR: Type.String({ default: "./data", description: "a folder" }),
  /** When unset, a password is made at the first start, printed once and kept as its hash. */
  ADMIN_PASSWORD: Type.Optional(
    Type.String({
      minLength: 8,
      maxLength: 1_000,
      description: "a password of 8 to 1,000 characters",
    }),
  ),
  /** Off, so that an address entered on bad advice cannot reach the router or a database next door. */
  WEBHOOK_PRIVATE_NETWORKS: Type.Boolean({ default: false, description: "true or false" }),
  /** Set it only behind a reverse proxy: X-Forwarded-For, -Proto and -Host are believed then. */
  TRUST_PROXY: Type.Boolean({ default: false, description: "true or false" }),
  /** Whether the feeds are public; otherwise they take a token of scope `widget`. */
  PUBLIC_FEEDS: Type.Boolean({ default: false, description: "true or false" }),
  /** The same for what is being played and the pictures of it. */
  PUBLIC_WIDGETS: Type.Boolean({ default: true, description: "true or false" }),
});
export type Config = Static<typeof Config>;
