import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOpenMetrics } from '../../test/open-metrics.ts';
import { bucketOf, exposition, families } from './open-metrics.ts';

test('the exposition declares every family, and is OpenMetrics to the letter', () => {
  const found = parseOpenMetrics(
    exposition([
      ['holdfast_http_requests', ['kms', 'Decrypt', '200'], 3],
      ['holdfast_acm_days_to_expiry', ['arn:"\\\n'], 5],
      ['holdfast_store_commit_seconds', ['api', '0.001'], 2],
      ['holdfast_store_commit_seconds', ['api', '+Inf'], 1],
      ['holdfast_store_commit_seconds', ['api', 'sum'], 7.5],
      ['holdfast_store_commit_seconds', ['worker', '5'], 1],
      ['holdfast_store_commit_seconds', ['worker', 'sum'], 0.0000001],
    ]),
  );
  assert.deepEqual([...found.keys()], Object.keys(families));
  const samples = (name: string) => found.get(name)?.samples;
  assert.deepEqual(
    [...(samples('holdfast_http_requests') ?? [])],
    [['holdfast_http_requests_total{service="kms",operation="Decrypt",status="200"}', 3]],
  );
  assert.ok(
    samples('holdfast_acm_days_to_expiry')?.has(
      String.raw`holdfast_acm_days_to_expiry{certificate_arn="arn:\"\\\n"}`,
    ),
  );
  const commits = samples('holdfast_store_commit_seconds');
  assert.equal(commits?.get('holdfast_store_commit_seconds_bucket{process="api",le="5.0"}'), 2);
  assert.equal(commits?.get('holdfast_store_commit_seconds_count{process="api"}'), 3);
  assert.equal(commits?.get('holdfast_store_commit_seconds_sum{process="api"}'), 7.5);
});

test('the parser of the tests refuses what is no OpenMetrics', () => {
  for (const wrong of [
    '# TYPE a gauge\na 1\n',
    'a 1\n# EOF\n',
    '# TYPE a counter\na 1\n# EOF\n',
    '# TYPE a gauge\na 1\na 1\n# EOF\n',
    '# TYPE a gauge\na{x="1",x="2"} 1\n# EOF\n',
    '# TYPE a gauge\na{x="\n"} 1\n# EOF\n',
    '# TYPE a gauge\na 1\n# HELP a late\n# EOF\n',
    '# TYPE a gauge\n# UNIT a seconds\na 1\n# EOF\n',
    '# TYPE a histogram\na_bucket{le="+Inf"} 2\na_count 1\na_sum 1\n# EOF\n',
  ])
    assert.throws(() => parseOpenMetrics(wrong), wrong);
});

test('an observation is counted in the first bucket that has room for it', () => {
  assert.deepEqual([0, 0.001, 0.0011, 5, 5.1].map(bucketOf), [
    '0.001',
    '0.001',
    '0.0025',
    '5',
    '+Inf',
  ]);
});
