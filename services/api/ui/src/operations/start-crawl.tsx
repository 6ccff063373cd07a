import type { CrawlMode } from "@tracker/contracts";
import { type FormEvent, useState } from "react";
import { startJob } from "../data/jobs.ts";
import { Button } from "../kit/button.tsx";
import { Dialog } from "../kit/dialog.tsx";
import { SelectField, textOf, TextField } from "../kit/field.tsx";
import { Tick } from "./tick.tsx";

const MODES = ["full", "list", "bulk", "detail"] as const satisfies readonly CrawlMode[];
const WHAT: Readonly<Record<CrawlMode, { readonly name: string; readonly does: string }>> = {
  full: {
    name: "Everything that is due",
    does: "The list and bulk facts: about two hours the first time. Details go on for days, the owned and the popular first.",
  },
  list: { name: "The list of apps", does: "Which apps there are: a few requests." },
  bulk: {
    name: "Bulk facts",
    does: "Prices, reviews and tags by the hundred, owners by the page.",
  },
  detail: {
    name: "Details",
    does: "Genres, languages and tags, app by app, one a second at most: days the first time.",
  },
};
/** What the job takes at most; see CrawlArguments. */
const BATCH_MAX = 1_000;

/** How much of the Steam catalogue is to be collected. */
export function StartCrawl({ onClose }: { readonly onClose: () => void }) {
  const [mode, setMode] = useState<CrawlMode>("full");
  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const size = textOf(form, "batch_size");
    void startJob("crawl", {
      mode,
      ...(size === "" ? {} : { batch_size: Number(size) }),
      ...(form.has("full_refresh") ? { full_refresh: true } : {}),
    });
    onClose();
  };
  return (
    <Dialog title="Crawl the catalogue" onClose={onClose}>
      <form onSubmit={start} className="grid gap-4">
        <SelectField
          label="What"
          value={mode}
          hint={WHAT[mode].does}
          onChange={({ target }) => {
            const chosen = MODES.find((each) => each === target.value);
            if (chosen !== undefined) setMode(chosen);
          }}
        >
          {MODES.map((each) => (
            <option key={each} value={each}>
              {WHAT[each].name}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Apps at a time"
          name="batch_size"
          type="number"
          min={1}
          max={BATCH_MAX}
          step={1}
          hint="What is saved together, and what a crash costs at most. Empty: as configured (BATCH_SIZE)."
        />
        <Tick name="full_refresh" label="Start over: all of it is due again">
          Without it only what is due is asked for.
        </Tick>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Not now</Button>
          <Button type="submit" look="primary">
            Start the crawl
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
