import { type FormEvent, useState } from "react";
import { ApiProblem, answerOf, api } from "../data/client.ts";
import { setVisitor } from "../data/visitor.ts";
import { Button } from "../kit/button.tsx";
import { textOf, TextField } from "../kit/field.tsx";
import { PlayingNow } from "../now/playing-now.tsx";

/** What a stranger sees: what is public, and the way in. */
export function SignIn() {
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const signIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setBusy(true);
    try {
      await answerOf(
        api.login.post({ password: textOf(new FormData(event.currentTarget), "password") }),
      );
      setVisitor("known");
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-6 px-4 py-8">
      <title>Sign in · Game Tracker</title>
      <h1 className="flex items-center gap-3 text-xl font-semibold">
        <img src="/icon.svg" alt="" width={36} height={36} />
        Game Tracker
      </h1>
      <PlayingNow />
      <form
        onSubmit={(event) => void signIn(event)}
        className="flex flex-col gap-4 rounded-lg border border-line bg-surface p-5"
      >
        <input type="text" name="username" value="admin" autoComplete="username" readOnly hidden />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={1_000}
          required
          hint="It was printed once at the first start, or set as ADMIN_PASSWORD."
          problem={problem}
        />
        <Button type="submit" look="primary" disabled={busy}>
          Sign in
        </Button>
      </form>
    </main>
  );
}
