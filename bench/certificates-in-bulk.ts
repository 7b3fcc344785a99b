import { ImportCertificateCommand } from '@aws-sdk/client-acm';
import { acmAuthoritySets } from '../src/services/acm/index.ts';
import { plantedKey } from '../test/planted-key.ts';
import { clientsOf } from '../test/sdk-clients.ts';
import type { World } from '../test/world.ts';
import { copyRows } from './rows-in-bulk.ts';

/**
 * Makes `count` certificates in the world's account: imports one and copies its rows.
 * @returns their ARNs, the oldest first
 */
export async function seedCertificates(world: World, count: number): Promise<string[]> {
  const model = await importOne(world);
  const arn = (column: string): string =>
    `substr(${column}, 1, length(${column}) - ${digits}) || printf('%0${digits}d', n)`;
  await copyRows(world, acmAuthoritySets, [
    {
      count: count - 1,
      tables: [
        {
          name: 'acm_certificate',
          changed: { arn: arn('arn'), created_at: 'created_at + n' },
          model: { arn: model },
        },
        {
          name: 'acm_material',
          changed: { certificate_arn: arn('certificate_arn') },
          model: { certificate_arn: model },
        },
      ],
    },
  ]);
  return [model, ...Array.from({ length: count - 1 }, (_, n) => copiedArn(model, n + 1))];
}

async function importOne(world: World): Promise<string> {
  using clients = clientsOf(world);
  const { certificatePem, keyPem } = plantedKey('ec');
  const { CertificateArn = '' } = await clients.acm.send(
    new ImportCertificateCommand({ Certificate: certificatePem, PrivateKey: keyPem }),
  );
  return CertificateArn;
}

const digits = 12;

function copiedArn(model: string, n: number): string {
  return model.slice(0, -digits) + String(n).padStart(digits, '0');
}
