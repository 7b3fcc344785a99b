import type { Count } from '../lib/counts.ts';

type Kind = 'counter' | 'gauge' | 'histogram';

interface Family {
  readonly kind: Kind;
  readonly help: string;
  readonly unit?: 'seconds';
  /** Names of the labels, in the order of their values. */
  readonly labels: readonly string[];
}

/** Bounds of a histogram's buckets, in seconds; one more has no bound. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

/** All that is measured. Labels take values from closed sets, save the ARNs of certificates, whose number is limited. */
export const families = {
  holdfast_acm_days_to_expiry: {
    kind: 'gauge',
    help: 'Days until a certificate ends, as CloudWatch has it: of the 1000 that end first.',
    labels: ['certificate_arn'],
  },
  holdfast_acm_certificates_expiring: {
    kind: 'gauge',
    help: 'Certificates that end within so many days; 10000 means that many or more.',
    labels: ['within_days'],
  },
  holdfast_acm_events: {
    kind: 'counter',
    help: 'What happened to certificates, by the events that tell of it.',
    labels: ['detail_type', 'action'],
  },
  holdfast_acm_failures: {
    kind: 'counter',
    help: 'Issuances and renewals that came to nothing.',
    labels: ['what'],
  },
  holdfast_jobs_due: {
    kind: 'gauge',
    help: 'Jobs whose time has come; 10000 means that many or more.',
    labels: ['kind'],
  },
  holdfast_jobs_oldest_due_seconds: {
    kind: 'gauge',
    help: 'For how long the job has been due that waits longest.',
    unit: 'seconds',
    labels: ['kind'],
  },
  holdfast_events_waiting: {
    kind: 'gauge',
    help: 'Events that wait to be delivered.',
    labels: ['target'],
  },
  holdfast_events_dropped: {
    kind: 'counter',
    help: 'Events that were thrown away undelivered.',
    labels: ['target'],
  },
  holdfast_http_requests: {
    kind: 'counter',
    help: 'Answers of the API.',
    labels: ['service', 'operation', 'status'],
  },
  holdfast_vault_uses: {
    kind: 'counter',
    help: 'Uses of keys in the vault.',
    labels: ['operation'],
  },
  holdfast_process_ends: {
    kind: 'counter',
    help: 'Processes that ended and were started again.',
    labels: ['process'],
  },
  holdfast_store_commit_seconds: {
    kind: 'histogram',
    help: 'From a commit to its being durable.',
    unit: 'seconds',
    labels: ['process'],
  },
} as const satisfies Readonly<Record<string, Family>>;

export type MetricName = keyof typeof families;

/** A histogram's observation: which bucket counts it; `+Inf` for the last. */
export function bucketOf(seconds: number): string {
  const bound = secondsBuckets.find((each) => seconds <= each);
  return bound === undefined ? '+Inf' : String(bound);
}

/**
 * The exposition of all families.
 * @param counts for a histogram with the bucket, or `sum`, as the last label
 * @see OpenMetrics 1.0, "Text Format"
 */
export function exposition(counts: readonly Count[]): string {
  const lines: string[] = [];
  for (const [name, family] of Object.entries<Family>(families)) {
    const own = counts.filter(([each]) => each === name);
    lines.push(`# TYPE ${name} ${family.kind}`);
    if (family.unit !== undefined) lines.push(`# UNIT ${name} ${family.unit}`);
    lines.push(`# HELP ${name} ${family.help}`);
    if (family.kind === 'histogram') lines.push(...histogram(name, family, own));
    else {
      const sample = family.kind === 'counter' ? `${name}_total` : name;
      for (const [, values, amount] of own)
        lines.push(`${sample}${labelSet(family.labels, values)} ${amount}`);
    }
  }
  return `${lines.join('\n')}\n# EOF\n`;
}

function histogram(name: string, { labels }: Family, counts: readonly Count[]): string[] {
  const series = new Map<string, { values: readonly string[]; parts: Map<string, number> }>();
  for (const [, all, amount] of counts) {
    const values = all.slice(0, -1);
    const key = JSON.stringify(values);
    const known = series.get(key) ?? { values, parts: new Map<string, number>() };
    series.set(key, known);
    known.parts.set(all.at(-1) ?? '', amount);
  }
  return [...series.values()].flatMap(({ values, parts }) => {
    let total = 0;
    const buckets = [...secondsBuckets.map(String), '+Inf'].map((bound) => {
      total += parts.get(bound) ?? 0;
      // A canonical number has a fraction.
      const le = bound === '+Inf' || bound.includes('.') ? bound : `${bound}.0`;
      return `${name}_bucket${labelSet([...labels, 'le'], [...values, le])} ${total}`;
    });
    const own = labelSet(labels, values);
    return [
      ...buckets,
      `${name}_count${own} ${total}`,
      `${name}_sum${own} ${parts.get('sum') ?? 0}`,
    ];
  });
}

function labelSet(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return '';
  return `{${names.map((name, index) => `${name}="${escaped(values[index] ?? '')}"`).join(',')}}`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
