/** How to restore a backup: not from here, since the tracker must be stopped for it. */
export function Restoring() {
  return (
    <details className="mt-3 border-t border-line pt-3">
      <summary className="text-muted">How to put one back</summary>
      <ol className="mt-2 grid list-decimal gap-2 pl-5">
        <li>Stop the tracker. Nothing is restored while it runs.</li>
        <li>
          Say <Command>./tracker restore data/backups/FILE</Command> with one of these, or the path
          of a downloaded one. It is checked first, and the database that is there now is kept
          beside the backups.
        </li>
        <li>Start the tracker again.</li>
      </ol>
      <p className="mt-2 text-muted">
        With compose: <Command>docker compose stop</Command>, then{" "}
        <Command>docker compose run --rm store restore /data/backups/FILE</Command>, then{" "}
        <Command>docker compose up -d</Command>.
      </p>
    </details>
  );
}

function Command({ children }: { readonly children: string }) {
  return <code className="rounded-sm bg-sunken px-1 py-0.5 text-xs break-all">{children}</code>;
}
