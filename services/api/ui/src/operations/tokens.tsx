import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Token } from "@tracker/contracts";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { KEYS } from "../data/key.ts";
import { createToken, tokens, useRevokeToken } from "../data/operations.ts";
import { Answer, Empty, Skeleton } from "../kit/answer.tsx";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Form } from "../kit/form.tsx";
import { ago } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** Who may ask the API without the password. */
export function Tokens() {
  const answer = useQuery(tokens);
  const revoke = useRevokeToken();
  const [adding, setAdding] = useState(false);
  const [sure, setSure] = useState<number | null>(null);
  return (
    <Panel
      title="API tokens"
      actions={
        <Button size="small" onClick={() => setAdding(true)}>
          New token
        </Button>
      }
    >
      <Answer of={answer} skeleton={<Skeleton className="h-24" />}>
        {({ items }) => {
          const active = items.filter(({ revoked_at: revokedAt }) => revokedAt === null);
          if (active.length === 0) {
            return (
              <Empty icon={KeyRound} title="No token yet">
                A script needs one. What it may do is its scope.
              </Empty>
            );
          }
          return (
            <ul>
              {active.map(({ id, name, scopes, last_used_at: usedAt, expires_at: expiresAt }) => (
                <li
                  key={id}
                  className="flex flex-wrap items-center gap-2 border-b border-line py-2 last:border-b-0"
                >
                  <span className="min-w-0 flex-1">
                    <span className="block truncate font-medium">{name}</span>
                    <span className="text-xs text-muted">
                      {usedAt === null ? "never used" : `used ${ago(usedAt)}`}
                      {expiresAt !== null && ` · ends ${ago(expiresAt)}`}
                    </span>
                  </span>
                  {scopes.map((scope) => (
                    <Badge key={scope}>{scope}</Badge>
                  ))}
                  <Button
                    size="small"
                    look={sure === id ? "danger" : "quiet"}
                    aria-label={sure === id ? `Revoke ${name} for good` : `Revoke ${name}`}
                    onBlur={() => setSure(null)}
                    onClick={() => (sure === id ? revoke.mutate(id) : setSure(id))}
                  >
                    {sure === id ? "Revoke for good" : "Revoke…"}
                  </Button>
                </li>
              ))}
            </ul>
          );
        }}
      </Answer>
      {adding && <NewToken onClose={() => setAdding(false)} />}
    </Panel>
  );
}

const SCOPES = ["read", "write", "admin", "widget"] as const satisfies Token["scopes"];

function NewToken({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const [secret, setSecret] = useState<string>();
  const create = async (form: FormData) => {
    const ends = textOf(form, "expires_at");
    const expiry = ends === "" ? {} : { expires_at: new Date(`${ends}T00:00:00Z`).toISOString() };
    const { token } = await createToken({
      name: textOf(form, "name"),
      scopes: SCOPES.filter((scope) => scope === textOf(form, "scope")),
      ...expiry,
    });
    setSecret(token);
    await client.invalidateQueries({ queryKey: [KEYS.tokens] });
  };
  if (secret !== undefined) {
    return (
      <ShownOnce title="The token" label="Token" secret={secret} onClose={onClose}>
        It is shown this once. Whoever has it may do what its scope says.
      </ShownOnce>
    );
  }
  return (
    <Dialog title="New token" onClose={onClose}>
      <Form send={create} submit="Create" onCancel={onClose}>
        {(problemAt) => (
          <>
            <TextField
              label="Name"
              name="name"
              required
              maxLength={100}
              placeholder="portfolio"
              problem={problemAt("/name")}
            />
            <SelectField label="It may" name="scope" defaultValue="read">
              <option value="widget">show widgets</option>
              <option value="read">read everything</option>
              <option value="write">read and change games</option>
              <option value="admin">do everything</option>
            </SelectField>
            <TextField
              label="Ends on"
              name="expires_at"
              type="date"
              hint="Empty: it does not end by itself."
              problem={problemAt("/expires_at")}
            />
          </>
        )}
      </Form>
    </Dialog>
  );
}
