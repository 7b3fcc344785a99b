import assert from 'node:assert/strict';

interface Family {
  readonly type: string;
  /** By the sample's name and labels. */
  readonly samples: Map<string, number>;
}

const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const label = `[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"`;
const sampleLine = new RegExp(
  `^(${name})(\\{(?:${label})(?:,${label})*\\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)$`,
);
const suffixes: Readonly<Record<string, readonly string[]>> = {
  counter: ['_total'],
  gauge: [''],
  histogram: ['_bucket', '_count', '_sum'],
};

/**
 * Reads an exposition as strictly as OpenMetrics 1.0 is written, as far as we use it: what is out of order, not
 * declared, said twice or not ended is an error.
 */
export function parseOpenMetrics(text: string): ReadonlyMap<string, Family> {
  assert.ok(text.endsWith('\n# EOF\n'), 'the exposition has an end');
  const families = new Map<string, Family>();
  let present: { name: string; family: Family } | undefined;
  const described = new Set<string>();
  for (const line of text.slice(0, -'# EOF\n'.length).split('\n').slice(0, -1)) {
    const [, kind, of = '', rest = ''] = /^# (TYPE|UNIT|HELP) (\S+) (.+)$/.exec(line) ?? [];
    if (kind === 'TYPE') {
      assert.ok(!families.has(of) && rest in suffixes, line);
      present = { name: of, family: { type: rest, samples: new Map() } };
      families.set(of, present.family);
    } else if (kind !== undefined) {
      assert.ok(of === present?.name && present.family.samples.size === 0, line);
      assert.ok(!described.has(`${kind} ${of}`), line);
      described.add(`${kind} ${of}`);
      if (kind === 'UNIT') assert.ok(of.endsWith(`_${rest}`), line);
    } else readSample(line, present);
  }
  for (const [of, family] of families) if (family.type === 'histogram') checkBuckets(of, family);
  return families;
}

function readSample(line: string, present: { name: string; family: Family } | undefined): void {
  const [, sample = '', labels = '', value] = sampleLine.exec(line) ?? [];
  assert.ok(present !== undefined && value !== undefined, line);
  const allowed = suffixes[present.family.type]?.map((suffix) => `${present.name}${suffix}`);
  assert.ok(allowed?.includes(sample), `${line}: a sample of another family`);
  const labelNames = [...labels.matchAll(/[{,]([a-zA-Z0-9_]+)="/g)].map(([, each]) => each);
  assert.equal(new Set(labelNames).size, labelNames.length, line);
  const { samples } = present.family;
  assert.ok(!samples.has(`${sample}${labels}`), `${line}: said twice`);
  if (present.family.type !== 'gauge') assert.ok(Number(value) >= 0, line);
  samples.set(`${sample}${labels}`, Number(value));
}

function checkBuckets(of: string, { samples }: Family): void {
  const series = new Map<string, [le: string, count: number][]>();
  for (const [sample, count] of samples) {
    const [, rest, le] = /^[^{]+_bucket\{(.*?),?le="([^"]+)"\}$/.exec(sample) ?? [];
    if (rest === undefined || le === undefined) continue;
    series.set(rest, [...(series.get(rest) ?? []), [le, count]]);
  }
  for (const [labels, buckets] of series) {
    const bounds = buckets.map(([le]) => (le === '+Inf' ? Infinity : Number(le)));
    const rising = (values: readonly number[]) =>
      values.every((each, index) => index === 0 || each >= (values[index - 1] ?? 0));
    assert.ok(rising(bounds) && bounds.at(-1) === Infinity, `${of}: bounds rise to +Inf`);
    assert.ok(rising(buckets.map(([, count]) => count)), `${of}: buckets are cumulative`);
    assert.equal(buckets.at(-1)?.[1], samples.get(`${of}_count{${labels}}`), of);
    assert.ok(samples.has(`${of}_sum{${labels}}`), of);
  }
}
