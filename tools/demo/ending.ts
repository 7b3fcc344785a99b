import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  RenewCertificateCommand,
} from '@aws-sdk/client-acm';
import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DeleteListenerCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Narrator } from './narrator.ts';
import type { Clients } from '../../test/sdk-clients.ts';
import { until } from '../../test/until.ts';
import { get, type TlsClient } from './tls-client.ts';
import { issuedGrants, type Balancer } from './serving.ts';

interface Recorded {
  readonly errorCode?: string;
  readonly userIdentity: {
    readonly type: string;
    readonly arn?: string;
    readonly invokedBy?: string;
  };
}

export async function audit({ cloudtrail }: Clients, tell: Narrator): Promise<void> {
  tell.title('8  All of it is on record');
  const names = [
    'RequestCertificate',
    'ImportCertificate',
    'CreateListener',
    'CreateGrant',
    'Decrypt',
    'RevokeGrant',
  ];
  for (const name of names) {
    const { Events = [] } = await cloudtrail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
        MaxResults: 50,
      }),
    );
    const records = Events.map(
      ({ CloudTrailEvent = '' }) => JSON.parse(CloudTrailEvent) as Recorded,
    );
    const done = records.filter(({ errorCode }) => errorCode === undefined);
    const refused = records.length - done.length;
    const who = done[0]?.userIdentity;
    tell.check(
      name,
      done.length > 0,
      `${done.length} × by ${who?.invokedBy ?? who?.arn ?? who?.type}${refused === 0 ? '' : `, and ${refused} × refused`}`,
    );
  }
}

export async function renew(
  { acm }: Clients,
  arn: string,
  { tls }: Balancer,
  tell: Narrator,
): Promise<void> {
  tell.title('9  It is renewed without a pause, and ends');
  const before = (await get(tls)).serial;
  const load = startLoad(tls);
  await acm.send(new RenewCertificateCommand({ CertificateArn: arn }));
  const serial = await until('another certificate is served', 120, async () => {
    const now = (await get(tls)).serial;
    return now === before ? undefined : now;
  });
  const { requests, failures } = await load.stop();
  tell.check(
    'RenewCertificate: a new key and serial under the same ARN',
    serial !== before,
    serial.toLowerCase(),
  );
  tell.check(
    'not one request failed meanwhile',
    failures === 0 && requests > 0,
    `${requests} requests`,
  );
}

/** Four clients that ask without pause, on new connections. */
function startLoad(tls: TlsClient): { stop(): Promise<{ requests: number; failures: number }> } {
  let requests = 0;
  let failures = 0;
  let isOver = false;
  const client = async (): Promise<void> => {
    while (!isOver) {
      requests += 1;
      const isAnswered = await get(tls).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (!isAnswered) failures += 1;
    }
  };
  const clients = Promise.all(Array.from({ length: 4 }, client));
  return {
    async stop() {
      isOver = true;
      await clients;
      return { requests, failures };
    },
  };
}

export async function end(
  { acm, elb, kms }: Clients,
  keyId: string,
  arn: string,
  balancer: Balancer,
  tell: Narrator,
): Promise<void> {
  const deletion = () => acm.send(new DeleteCertificateCommand({ CertificateArn: arn }));
  await tell.refused('a certificate in use is not deleted', 'ResourceInUseException', deletion);
  await elb.send(new DeleteListenerCommand({ ListenerArn: balancer.listenerArn }));
  tell.check(
    'the listener goes, and its grant with it',
    (await issuedGrants(kms, keyId)).length === 0,
  );
  const { Certificate } = await acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  tell.check('InUseBy is empty', Certificate?.InUseBy?.length === 0);
  await deletion();
  await tell.refused('deleted, it is gone', 'ResourceNotFoundException', () =>
    acm.send(new DescribeCertificateCommand({ CertificateArn: arn })),
  );
}
