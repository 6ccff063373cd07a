import { useQuery } from "@tanstack/react-query";
import { systemStatus } from "../data/status.ts";
import { isSameClock } from "./same-clock.ts";

/** Says in which zone days are cut where that is not the reader's own: whoever set none has the default's days. */
export function ZoneNote() {
  const zone = useQuery(systemStatus).data?.store?.time_zone;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone === undefined || isSameClock(zone, own)) return null;
  return (
    <p className="rounded-md bg-warn-soft p-3 text-warn">
      Days begin and end as in <strong>{zone}</strong>, and this browser is in{" "}
      <strong>{own}</strong>. To change it set <code>TIME_ZONE</code> in <code>.env</code> and start
      again: what was played is cut into days anew.
    </p>
  );
}
