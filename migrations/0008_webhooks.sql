-- Who is told of events, and what became of each telling. An address may itself be a secret (Discord's are), so it lies
-- beside the signing secret in the folder of credentials, under the webhook's key.
CREATE TABLE webhooks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  host TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('standard', 'discord', 'ntfy')),
  events TEXT NOT NULL CHECK (json_valid(events)),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  -- Why the tracker itself switched it off.
  disabled_reason TEXT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE webhook_deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
  -- The same in every attempt, so that the receiver can tell a repetition.
  message_id TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed', 'skipped')),
  attempts INTEGER NOT NULL DEFAULT 0,
  due_at INTEGER NOT NULL,
  leased_until INTEGER,
  status INTEGER,
  error TEXT,
  duration_ms INTEGER,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX webhook_deliveries_by_webhook ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (due_at) WHERE state = 'waiting';
