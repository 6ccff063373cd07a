import { useState } from "react";
import { useForgetAccount } from "../data/setup.ts";
import { Badge } from "../kit/badge.tsx";
import { Button } from "../kit/button.tsx";
import { Panel } from "../kit/panel.tsx";
import { AccountForm } from "./account-form.tsx";

interface AccountPanelProps {
  readonly source: "environment" | "file" | null;
  /** The persona name, or the SteamID64 while it is not known. */
  readonly name: string | null;
}

/** The followed Steam account, and the way to change it. */
export function AccountPanel({ source, name }: AccountPanelProps) {
  const [changing, setChanging] = useState(false);
  const shows = source === null || (source === "file" && changing);
  return (
    <Panel
      title="1. The account"
      actions={
        <Badge tone={source === null ? "warn" : "good"}>
          {source === null ? "not set up" : "set up"}
        </Badge>
      }
    >
      {source !== null && (
        <p>
          {name === null ? "An account is followed." : <strong>{name}</strong>}
          {name !== null && " is followed."}
        </p>
      )}
      {source === "environment" && (
        <p className="mt-2 text-muted">
          It is set by STEAM_API_KEY and STEAM_ID in the environment (or in .env beside the
          tracker), which counts before anything given here. To follow another, change them there
          and start the tracker again.
        </p>
      )}
      {source === "file" && !changing && <Kept onChange={() => setChanging(true)} />}
      {shows && <AccountForm onDone={() => setChanging(false)} />}
    </Panel>
  );
}

function Kept({ onChange }: { readonly onChange: () => void }) {
  const forget = useForgetAccount();
  const [sure, setSure] = useState(false);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <Button size="small" onClick={onChange}>
        Change the key or the account
      </Button>
      {sure ? (
        <>
          <Button
            size="small"
            look="danger"
            disabled={forget.isPending}
            onClick={() => forget.mutate()}
          >
            Forget the key
          </Button>
          <p className="text-muted">Nobody is followed then; what was counted stays.</p>
        </>
      ) : (
        <Button size="small" look="quiet" onClick={() => setSure(true)}>
          Stop following…
        </Button>
      )}
    </div>
  );
}
