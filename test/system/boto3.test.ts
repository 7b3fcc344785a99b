import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { plantedKey } from '../planted-key.ts';
import { driveBoto3, interpreters } from './boto3.ts';

const options = { skip: interpreters.length === 0, timeout: 900_000 };

test('a Python program with boto3', options, (t) =>
  driveBoto3(t, 'boto3-client.py', (folder) => {
    for (const name of ['first', 'second']) {
      const { certificatePem, keyPem } = plantedKey();
      writeFileSync(join(folder, `${name}.pem`), certificatePem);
      writeFileSync(join(folder, `${name}-key.pem`), keyPem);
    }
  }),
);

test(
  'IAM and STS with boto3: an operator with MFA, every paginator, waiters, sessions that end',
  options,
  (t) => driveBoto3(t, 'boto3-identity.py'),
);
