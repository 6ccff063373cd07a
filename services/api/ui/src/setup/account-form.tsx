import { type FormEvent, useState } from "react";
import { ApiProblem } from "../data/client.ts";
import { useSetUpAccount } from "../data/setup.ts";
import { Button } from "../kit/button.tsx";
import { TextField, textOf } from "../kit/field.tsx";
import { count } from "../kit/format.ts";
import { announce } from "../kit/notice.ts";

const FIELDS = { key: "/steam_api_key", id: "/steam_id" } as const;

/** Takes the key and the account; Steam says whether they fit before anything is kept. */
export function AccountForm({ onDone }: { readonly onDone: () => void }) {
  const setUp = useSetUpAccount();
  const [shown, setShown] = useState(false);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const account = { steam_api_key: textOf(form, "key"), steam_id: textOf(form, "id") };
    setUp.mutate(account, {
      onSuccess: ({ persona_name: name, games }) => {
        const listed = games === null ? "its games are hidden" : `${count(games)} games`;
        announce({ text: `Steam knows ${name ?? "the account"}: ${listed}.`, tone: "good" });
        onDone();
      },
    });
  };
  const problemAt = (field: string) => {
    const { error } = setUp;
    return error instanceof ApiProblem && error.field === field ? withoutName(error) : undefined;
  };
  const elsewhere = Object.values(FIELDS).every((field) => problemAt(field) === undefined);
  return (
    <form onSubmit={submit} className="mt-3 flex flex-col gap-4">
      <p>
        Steam answers only who has a key. It is free and takes a minute: sign in at{" "}
        <a
          href="https://steamcommunity.com/dev/apikey"
          target="_blank"
          rel="noreferrer"
          className="text-accent underline"
        >
          steamcommunity.com/dev/apikey
        </a>{" "}
        and register any domain name.
      </p>
      <div className="flex items-end gap-2">
        <div className="min-w-0 grow">
          <TextField
            label="Steam Web API key"
            name="key"
            type={shown ? "text" : "password"}
            autoComplete="off"
            spellCheck={false}
            required
            minLength={32}
            maxLength={40}
            hint="32 characters, 0 to 9 and A to F. It is kept on the tracker’s own disk and shown nowhere."
            problem={problemAt(FIELDS.key)}
          />
        </div>
      </div>
      <label className="flex min-h-6 items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={shown}
          onChange={({ target }) => setShown(target.checked)}
          className="size-4 accent-accent"
        />
        Show the key
      </label>
      <TextField
        label="Your account"
        name="id"
        autoComplete="off"
        spellCheck={false}
        required
        minLength={2}
        maxLength={200}
        placeholder="https://steamcommunity.com/id/…"
        hint="The address of your profile, its last part, or the 17 digits of your SteamID."
        problem={problemAt(FIELDS.id)}
      />
      {setUp.error !== null && elsewhere && (
        <p role="alert" className="rounded-md bg-bad-soft p-3 text-bad">
          {setUp.error.message}
        </p>
      )}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" disabled={setUp.isPending}>
          {setUp.isPending ? "Asking Steam…" : "Check and follow"}
        </Button>
        <p className="text-muted" aria-live="polite">
          {setUp.isPending && "This takes a few seconds."}
        </p>
      </div>
    </form>
  );
}

/** Removes the field's name from a message, since it stands right above it here. */
function withoutName({ message }: ApiProblem): string {
  return message.replace(/^[^:]+: expected/, "Expected");
}
