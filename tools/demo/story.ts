import type { Narrator } from './narrator.ts';
import { startTarget } from '../../test/loopback.ts';
import type { Clients } from '../../test/sdk-clients.ts';
import type { World } from '../../test/world.ts';
import { audit, end, renew } from './ending.ts';
import { hiddenKeys, issue, managedKey, request } from './issuing.ts';
import { associate, backendAnswer, grantOf, revoke, serve } from './serving.ts';

/** All nine steps; rejects at the first that does not hold. */
export async function story(server: World, clients: Clients, tell: Narrator): Promise<void> {
  const arn = await request(server, clients, tell);
  const keyId = await managedKey(clients, tell);
  await hiddenKeys(server, clients, tell);
  await issue(server, clients, arn, tell);
  await using backend = await startTarget(backendAnswer);
  const balancer = await associate(server, clients, arn, backend.port, tell);
  await grantOf(clients, keyId, arn, tell);
  await serve(balancer.tls, tell);
  await revoke(clients, keyId, arn, balancer, tell);
  await audit(clients, tell);
  await renew(clients, arn, balancer, tell);
  await end(clients, keyId, arn, balancer, tell);
}
