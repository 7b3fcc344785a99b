import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ValidationException } from '../../src/services/acm/errors.ts';
import { checkImport } from '../../src/services/acm/import-checks.ts';
import { importPrivateKey } from '../../src/vault/private-key-import.ts';
import { Refusal } from '../../src/vault/refusal.ts';
import { Chance } from '../../tools/fuzz/chance.ts';
import { corpusOf } from '../../tools/fuzz/corpus.ts';
import type { Target } from '../../tools/fuzz/target.ts';
import { certificateTarget } from '../../tools/fuzz/targets/certificate.ts';
import { knownKeys } from '../../tools/fuzz/targets/known-keys.ts';
import { privateKeyTarget } from '../../tools/fuzz/targets/private-key.ts';
import { hasOpenssl, OpensslFolder } from '../suites/openssl.ts';

// The command, which shares no process with us: what it refuses, an import refuses, too.

const skip = { skip: hasOpenssl ? false : 'openssl is not installed' };
const seed = 1;
const now = Temporal.Instant.from('2026-11-24T12:00:00Z');

test('a certificate that is taken at import is one for the openssl command', skip, () => {
  using openssl = new OpensslFolder();
  const taken = seededInputs('certificate', certificateTarget, 1_500).filter(isTakenCertificate);
  assert.ok(taken.length > 20, `${taken.length} were taken`);
  for (const pem of taken)
    openssl.run('x509', '-noout', '-in', openssl.write('certificate.pem', pem));
});

test('a private key that is taken at import is one for the openssl command', skip, async () => {
  using openssl = new OpensslFolder();
  let taken = 0;
  for (const pem of seededInputs('private-key', privateKeyTarget, 10_000)) {
    if (!(await isTakenKey(pem))) continue;
    taken += 1;
    openssl.run('pkey', '-noout', '-in', openssl.write('key.pem', pem));
  }
  // A change of a key leaves few that are right.
  assert.ok(taken > 20, `${taken} were taken`);
});

/** As the fuzzer would make them: the corpus, new ones, and changes of both; each once. */
function seededInputs(name: string, { inputs, mutate }: Target, count: number): Uint8Array[] {
  const chance = new Chance(seed);
  const sound = [...corpusOf(name).values(), ...fc.sample(inputs, { seed, numRuns: count })];
  const changed = sound.map((each) => mutate?.(each, chance) ?? each);
  const byText = [...sound, ...changed].map(
    (each) => [Buffer.from(each).toString('latin1'), each] as const,
  );
  return [...new Map(byText).values()];
}

function isTakenCertificate(certificate: Uint8Array): boolean {
  try {
    checkImport({ certificate, chain: undefined, now });
    return true;
  } catch (error) {
    if (!(error instanceof ValidationException)) throw error;
    return false;
  }
}

async function isTakenKey(pem: Uint8Array): Promise<boolean> {
  for (const { spki } of knownKeys) {
    try {
      await importPrivateKey(Uint8Array.from(pem), spki);
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return false;
}
