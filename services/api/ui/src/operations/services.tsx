import { useQuery } from "@tanstack/react-query";
import { systemStatus } from "../data/status.ts";
import { Answer, Skeleton } from "../kit/answer.tsx";
import { Badge, type Tone } from "../kit/badge.tsx";
import { ago, bytes, duration } from "../kit/format.ts";
import { Panel } from "../kit/panel.tsx";
import type { Status } from "../../../src/status.ts";

type Service = Status["services"][number];
const STATES: Readonly<Record<Service["state"], { readonly tone: Tone; readonly word: string }>> = {
  ready: { tone: "good", word: "ready" },
  not_ready: { tone: "warn", word: "not ready" },
  missing: { tone: "bad", word: "missing" },
};

/** Each service: whether it is there, what it takes of the machine, and what it is busy with. */
export function Services() {
  const status = useQuery(systemStatus);
  return (
    <Panel title="Services">
      <Answer of={status} skeleton={<Skeleton className="h-96" />}>
        {({ services }) => (
          <>
            <p className="figures mb-2 text-xs text-muted">{sum(services)}</p>
            <ul>
              {services.map((service) => (
                <Entry key={service.name} service={service} shares={shares(service, services)} />
              ))}
            </ul>
          </>
        )}
      </Answer>
    </Panel>
  );
}

function Entry({ service, shares }: { readonly service: Service; readonly shares: boolean }) {
  const { name, state, version, health, missing_since: since } = service;
  const { tone, word } = STATES[state];
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <p className="flex items-center justify-between gap-2">
        <span className="min-w-0 truncate font-medium">
          {name} <span className="figures font-normal text-muted">{version}</span>
        </span>
        <Badge tone={tone}>{word}</Badge>
      </p>
      <p className="figures text-xs text-muted">
        {health === null
          ? `No answer${since === null ? "" : `, last seen ${ago(since)}`}. What only it does waits until it is back.`
          : facts(health, shares)}
      </p>
      {health !== null && health.jobs.length > 0 && (
        <p className="figures text-xs text-accent">
          Busy with {health.jobs.map(({ id, kind }) => `${kind} #${id}`).join(", ")}
        </p>
      )}
      {health !== null && health.detail !== null && health.jobs.length === 0 && (
        <p className="text-xs break-words text-muted">
          {health.detail.replaceAll(INSTANT, (instant) => ago(instant))}
        </p>
      )}
    </li>
  );
}

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

function facts(health: NonNullable<Service["health"]>, shares: boolean): string {
  const memory = shares ? "in the shared process" : bytes(health.memory_bytes);
  return `up ${duration(health.uptime_seconds / 60)} · ${memory}`;
}

/** Whether its memory is that of a process that others are in as well. */
function shares({ health }: Service, services: readonly Service[]): boolean {
  const others = services.filter((other) => other.health?.process === health?.process);
  return health !== null && others.length > 1;
}

/** What all take together, each process once. */
function sum(services: readonly Service[]): string {
  const processes = new Map(
    services.flatMap(({ health }) =>
      health === null ? [] : [[health.process, health.memory_bytes] as const],
    ),
  );
  const total = [...processes.values()].reduce((all, memory) => all + memory, 0);
  const where = processes.size === 1 ? "one process" : `${processes.size} processes`;
  return `${bytes(total)} of memory in ${where}`;
}
