import { useMutation, useQueryClient } from "@tanstack/react-query";
import { KEYS } from "../data/key.ts";
import { createToken } from "../data/operations.ts";
import { Failure } from "../kit/answer.tsx";
import { Button } from "../kit/button.tsx";
import { Panel } from "../kit/panel.tsx";
import { Code } from "./code.tsx";

const TOKEN_NAME = "feeds";
const FEEDS = [
  ["Atom", "/api/feed.atom"],
  ["JSON Feed", "/api/feed.json"],
] as const;

/** The activity for feed readers. Their addresses need a token, which is made here and shown this once. */
export function Feeds({ origin }: { readonly origin: string }) {
  const client = useQueryClient();
  const making = useMutation({
    mutationFn: () => createToken({ name: TOKEN_NAME, scopes: ["widget"] }),
    onSuccess: () => client.invalidateQueries({ queryKey: [KEYS.tokens] }),
  });
  const query = making.data === undefined ? "?token=…" : `?token=${making.data.token}`;
  return (
    <Panel
      title="Feeds of the activity"
      hint="Play, achievements, completions and new games of the last year"
      actions={
        <Button
          size="small"
          disabled={making.isPending || making.isSuccess}
          onClick={() => making.mutate()}
        >
          Make my addresses
        </Button>
      }
    >
      <div className="grid gap-3">
        <p className="text-muted">
          {making.isSuccess
            ? `These addresses are shown this once. Whoever has them may read the feeds and nothing else; under Operations the token “${TOKEN_NAME}” can be revoked.`
            : "A feed reader cannot sign in, so its address holds a token that may read the feeds and nothing else. With PUBLIC_FEEDS=true anybody may read them, without one."}
        </p>
        {making.isError && <Failure error={making.error} />}
        {FEEDS.map(([language, path]) => (
          <Code
            key={path}
            language={language}
            name="the feed"
            text={`${origin}${path}${query}`}
            isPattern={!making.isSuccess}
          />
        ))}
      </div>
    </Panel>
  );
}
