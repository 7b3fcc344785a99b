import assert from 'node:assert/strict';
import { RequestCertificateCommand } from '@aws-sdk/client-acm';
import { clientsOf } from '../sdk-clients.ts';
import type { Surroundings } from './life.ts';

type Requesting = Pick<Surroundings, 'world' | 'model' | 'caller'>;

/**
 * First requests of a Region at once: they come to one key, one alias and one grant of ACM. Each token makes a certificate
 * of its own, whatever its name.
 */
export async function requestFirst(
  name: string,
  region: string,
  { world, model, caller }: Requesting,
): Promise<void> {
  using clients = clientsOf(world, { maxAttempts: 1, region });
  const DomainName = `first.${name}`;
  const tokens = ['a', 'b', 'c', 'd'];
  model.requestedNames.add(DomainName);
  await Promise.all(
    tokens.map((IdempotencyToken) =>
      caller.ask(
        'RequestCertificate',
        () => clients.acm.send(new RequestCertificateCommand({ DomainName, IdempotencyToken })),
        { region },
      ),
    ),
  );
  model.regions.set(region, tokens.length);
}

/** Is refused, which is recorded, too. */
export async function requestOfStranger(
  DomainName: string,
  { world, caller }: Requesting,
): Promise<void> {
  const credentials = { ...world.credentials, secretAccessKey: 'of somebody else' };
  using clients = clientsOf(world, { maxAttempts: 1, credentials });
  const answer = caller.ask('RequestCertificate', () =>
    clients.acm.send(new RequestCertificateCommand({ DomainName })),
  );
  await assert.rejects(answer, { name: 'InvalidSignatureException' });
}
