import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

/** Each file breaks one rule, which must be reported: a check that has died says nothing at all. */
const offences: Readonly<Record<string, string>> = {
  'services/acm/imports-a-room.ts': 'boundaries(dependencies)',
  'services/acm/imports-the-vault.ts': 'boundaries(dependencies)',
  'services/acm/domain/imports-a-core-module.ts': 'domain is pure',
  'services/acm/domain/imports-the-store.ts': 'domain is pure',
  'services/acm/reveals-a-secret.ts': 'eslint(no-restricted-imports)',
  'services/acm/asks-the-machine-for-time.ts': 'eslint(no-restricted-globals)',
  'services/acm/asks-the-machine-for-chance.ts': 'eslint(no-restricted-properties)',
  'vault/imports-a-package.ts': 'the vault has no npm packages',
  'vault/opens-a-socket.ts': 'the vault opens nothing',
  'processes/loads-the-vault.ts': 'only processes/vault.ts loads the vault',
  'dataplane/gateway/reads-the-store.ts': 'boundaries(dependencies)',
  'cli/imports-a-room.ts': 'boundaries(dependencies)',
  'lib/imports-a-part.ts': 'boundaries(dependencies)',
  'lib/cycle-a.ts': 'import(no-cycle)',
  'aws/exports-a-default.ts': 'import(no-default-export)',
  'aws/forgets-a-promise.ts': 'typescript(no-floating-promises)',
  'aws/writes-to-the-console.ts': 'eslint(no-console)',
  'aws/forgets-a-case.ts': 'typescript(switch-exhaustiveness-check)',
};

const root = join(import.meta.dirname, '../..');

test('every rule of direction and discipline reports its offence', (t) => {
  // The same rules; only the exceptions for tests, under which these files lie, are left out.
  const configuration = JSON.parse(readFileSync(join(root, '.oxlintrc.json'), 'utf8')) as {
    ignorePatterns: unknown;
    overrides: { files: string[] }[];
  };
  const gates = {
    ...configuration,
    ignorePatterns: [],
    overrides: configuration.overrides.filter(({ files }) => !files.includes('test/**')),
  };
  const file = join(root, '.oxlintrc.gates.json');
  writeFileSync(file, JSON.stringify(gates));
  t.after(() => rmSync(file));
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/.bin/oxlint'),
      '--type-aware',
      '-c',
      file,
      '--format=json',
      'test/gates/src',
    ],
    { cwd: root, encoding: 'utf8' },
  );
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { message: string; code: string; filename: string }[];
  };
  for (const [path, expected] of Object.entries(offences)) {
    const found = diagnostics.filter(({ filename }) => filename.endsWith(`gates/src/${path}`));
    assert.ok(
      found.some(({ message, code }) => `${code} ${message}`.includes(expected)),
      `${path} was not reported for: ${expected} (but: ${found.map(({ code, message }) => `${code} ${message}`).join('; ')})`,
    );
  }
});
