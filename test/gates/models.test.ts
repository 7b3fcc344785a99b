import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../..');
/** A folder of AWS service models, as tools/generate-model.ts reads it. */
const models = process.env['HOLDFAST_AWS_MODELS'] ?? '';

void test(
  "the rooms' wire types are those of the AWS models",
  { skip: !existsSync(models) },
  () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['tools/generate-model.ts', models, '--check'],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
  },
);
