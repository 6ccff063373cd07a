import { expect, test } from "bun:test";
import { WEBHOOK_EVENTS } from "@tracker/contracts";
import * as fc from "fast-check";
import { signatureOf, webhookMessage } from "./webhook-message.ts";

const SECRET = {
  url: "https://hooks.example.org/a/b?c=1",
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
};
const TELLING = {
  format: "standard",
  message_id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  event: "session.ended",
  created_at: "2026-11-20T21:00:00.000Z",
  data: { game_id: 1, title: "Tunnel Two", minutes: 95 },
} as const;

// The vector of the specification's own libraries (standard-webhooks, tests of every language).
test("a message is signed as the Standard Webhooks specification says", () => {
  const content = `${TELLING.message_id}.1614265330.{"test": 2432232314}`;

  expect(signatureOf(SECRET.secret, content)).toBe("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

test("the standard body holds the event whole, signed with the headers that were sent", () => {
  const { url, headers, body } = webhookMessage(TELLING, SECRET, 1_614_265_330_999);

  expect(url.href).toBe(SECRET.url);
  expect(JSON.parse(body)).toEqual({
    type: "session.ended",
    timestamp: TELLING.created_at,
    data: TELLING.data,
  });
  expect(headers).toMatchObject({
    "webhook-id": TELLING.message_id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": `v1,${signatureOf(SECRET.secret, `${TELLING.message_id}.1614265330.${body}`)}`,
  });
});

test("whatever a game is called, Discord and ntfy get a body within their limits that calls nobody", () => {
  const data = fc.record({
    title: fc.oneof(
      fc.string({ unit: "binary", maxLength: 6_000 }),
      fc.constant("@everyone <@1> [x](y)"),
    ),
    achievement: fc.string({ unit: "binary", maxLength: 6_000 }),
    minutes: fc.nat(),
  });
  fc.assert(
    fc.property(fc.constantFrom(...WEBHOOK_EVENTS, "webhook.test"), data, (event, data) => {
      const discord = webhookMessage({ ...TELLING, event, data, format: "discord" }, SECRET, 0);
      const told = JSON.parse(discord.body) as {
        embeds: { title: string; description: string }[];
        allowed_mentions: unknown;
      };
      const [embed] = told.embeds;
      expect(embed?.title.length).toBeLessThanOrEqual(256);
      expect(embed?.description.length).toBeLessThanOrEqual(4_096);
      expect(embed?.title).not.toMatch(/(^|[^\\])@everyone/);
      expect(told.allowed_mentions).toEqual({ parse: [] });

      const ntfy = webhookMessage({ ...TELLING, event, data, format: "ntfy" }, SECRET, 0);
      const note = JSON.parse(ntfy.body) as { topic: string; title: string; message: string };
      expect(ntfy.url.href).toBe("https://hooks.example.org/a?c=1");
      expect(note.topic).toBe("b");
      expect(note.title.length).toBeLessThanOrEqual(250);
      expect(note.message.length).toBeLessThanOrEqual(1_000);
    }),
    { numRuns: 500 },
  );
});
