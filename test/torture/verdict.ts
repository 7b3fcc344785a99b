import { DescribeCertificateCommand, paginateListCertificates } from '@aws-sdk/client-acm';
import { paginateLookupEvents } from '@aws-sdk/client-cloudtrail';
import { DescribeListenerCertificatesCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  paginateListAliases,
  paginateListGrants,
  paginateListKeys,
  type GrantListEntry,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { X509Certificate } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import type { World } from '../world.ts';
import { verdictOfTrail } from './books.ts';
import type { Acknowledged } from './calls.ts';
import { Database } from './database.ts';
import type { Fixtures } from './fixtures.ts';
import type { Model } from './model.ts';
import { plainSerial, servedSerial } from './served.ts';
import type { Trail } from './trail.ts';

export interface Situation {
  readonly world: World;
  readonly fixtures: Fixtures;
  readonly model: Model;
  readonly trail: Trail;
  readonly acknowledged: readonly Acknowledged[];
  /** When the first of these calls may have been sent, to the second. */
  readonly since: Date;
  /** What earlier rounds found. */
  readonly said: ReadonlySet<string>;
}

/**
 * What does not hold although everybody is back; empty when all is as it was acknowledged. Who recovers something does so
 * once a second, and the gateway has to hear of it: asked again for `patienceMilliseconds`.
 */
export async function verdict(
  situation: Situation,
  patienceMilliseconds: number,
): Promise<string[]> {
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    const found = [
      ...(await verdictOfState(situation).catch((error: unknown) => [
        `asking failed: ${String(error)}`,
      ])),
      ...verdictOfTrail(situation),
    ];
    const wrong = found.filter((each) => !situation.said.has(each));
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await sleep(250);
  }
}

async function verdictOfState(situation: Situation): Promise<string[]> {
  const { world, fixtures, model } = situation;
  using clients = clientsOf(world, { maxAttempts: 3 });
  const wrong: string[] = [];
  await settleImports(clients, model);
  const listed = await arnsOf(clients);
  const expected = new Set([fixtures.defaultArn, ...model.certificates.keys()]);
  for (const arn of expected) if (!listed.has(arn)) wrong.push(`${arn} is missing`);
  for (const arn of listed) if (!expected.has(arn)) wrong.push(`nobody knows of ${arn}`);
  for (const arn of expected) wrong.push(...(await wrongWith(arn, { fixtures, model }, clients)));
  for (const { listenerArn } of fixtures.balancers) {
    const described = await clients.elb.send(
      new DescribeListenerCertificatesCommand({ ListenerArn: listenerArn }),
    );
    for (const { CertificateArn = '' } of described.Certificates ?? [])
      if (!expected.has(CertificateArn)) wrong.push(`a listener uses ${CertificateArn}`);
  }
  wrong.push(...(await wrongGrants({ fixtures, model }, clients)));
  for (const [region, count] of model.regions)
    wrong.push(...(await wrongFirstRequests(world, region, count)));
  model.regions.clear();
  wrong.push(...leftOver(world, expected), ...(await wrongLookUps(situation, clients)));
  return wrong;
}

/** An import of which nobody heard was kept whole, or not at all: a whole one is believed, as a client would see it. */
async function settleImports(clients: Clients, model: Model): Promise<void> {
  const known = new Set(model.certificates.keys());
  for (const arn of await arnsOf(clients)) {
    if (known.has(arn) || model.importsInDoubt.size === 0) continue;
    const { Certificate } = await clients.acm.send(
      new DescribeCertificateCommand({ CertificateArn: arn }),
    );
    const { DomainName: name = '', Type, Status } = Certificate ?? {};
    if (Type === 'IMPORTED' && Status === 'ISSUED' && model.importsInDoubt.has(name))
      model.certificates.set(arn, { name, type: 'IMPORTED', uses: new Set() });
  }
  model.importsInDoubt.clear();
}

async function arnsOf({ acm }: Clients): Promise<Set<string>> {
  const pages = paginateListCertificates(
    { client: acm },
    { Includes: { keyTypes: ['EC_prime256v1'] } },
  );
  const all = (await Array.fromAsync(pages)).flatMap((page) => page.CertificateSummaryList ?? []);
  return new Set(all.map(({ CertificateArn = '' }) => CertificateArn));
}

type Known = Pick<Situation, 'fixtures' | 'model'>;

function usesOf(arn: string, { fixtures, model }: Known): ReadonlySet<string> {
  return arn === fixtures.defaultArn
    ? new Set(fixtures.balancers.map((each) => each.arn))
    : (model.certificates.get(arn)?.uses ?? new Set());
}

async function wrongWith(arn: string, known: Known, { acm }: Clients): Promise<string[]> {
  const described = await acm
    .send(new DescribeCertificateCommand({ CertificateArn: arn }))
    .catch(() => undefined);
  if (described === undefined) return [];
  const { Status, InUseBy = [], Serial = '', DomainName = '' } = described.Certificate ?? {};
  const uses = usesOf(arn, known);
  const wrong: string[] = [];
  if (Status !== 'ISSUED') wrong.push(`${arn} is ${Status}`);
  if (new Set(InUseBy).symmetricDifference(uses).size > 0)
    wrong.push(`${arn} is in use by [${InUseBy.join()}], not by [${[...uses].join()}]`);
  for (const { arn: balancer, host } of known.fixtures.balancers) {
    const served = await servedSerial(host, DomainName);
    const isServed = served === plainSerial(Serial);
    if (isServed !== uses.has(balancer))
      wrong.push(`${DomainName} is ${isServed ? '' : 'not '}served by ${balancer}`);
  }
  return wrong;
}

async function grantsOf(kms: KMSClient): Promise<GrantListEntry[]> {
  const aliases = (await Array.fromAsync(paginateListAliases({ client: kms }, {}))).flatMap(
    ({ Aliases }) => Aliases ?? [],
  );
  const key = aliases.find(({ AliasName }) => AliasName === 'alias/aws/acm')?.TargetKeyId;
  const pages = paginateListGrants({ client: kms }, { KeyId: key });
  return (await Array.fromAsync(pages)).flatMap(({ Grants }) => Grants ?? []);
}

/** Each use has one grant, and each grant a use. */
async function wrongGrants(known: Known, { kms }: Clients): Promise<string[]> {
  const granted = (await grantsOf(kms))
    .filter(({ Name }) => Name === 'IssuedThroughACM')
    .map(({ Constraints }) => Constraints?.EncryptionContextEquals ?? {})
    .map((context) => `${context['aws:acm:arn']} ${context['aws:elasticloadbalancing:arn']}`);
  const arns = [known.fixtures.defaultArn, ...known.model.certificates.keys()];
  const uses = arns.flatMap((arn) => [...usesOf(arn, known)].map((each) => `${arn} ${each}`));
  return [
    ...uses.filter((use) => !granted.includes(use)).map((use) => `no grant for ${use}`),
    ...granted
      .filter((use, at) => !uses.includes(use) || granted.indexOf(use) !== at)
      .map((use) => `a grant too many for ${use}`),
  ];
}

async function wrongFirstRequests(world: World, region: string, count: number): Promise<string[]> {
  using clients = clientsOf(world, { maxAttempts: 3, region });
  const { kms, acm } = clients;
  const keys = (await Array.fromAsync(paginateListKeys({ client: kms }, {}))).flatMap(
    ({ Keys }) => Keys ?? [],
  );
  const requested = (await Array.fromAsync(paginateListCertificates({ client: acm }, {}))).flatMap(
    (page) => page.CertificateSummaryList ?? [],
  );
  const found = {
    keys: keys.length,
    grants: keys.length === 1 ? (await grantsOf(kms)).length : 0,
    certificates: requested.length,
  };
  const isRight = found.keys === 1 && found.grants === 1 && found.certificates === count;
  return isRight ? [] : [`first requests in ${region} came to ${JSON.stringify(found)}`];
}

/** Rows that no call shows. */
function leftOver({ dataDirectory }: World, expected: ReadonlySet<string>): string[] {
  using database = new Database(dataDirectory);
  const wrong: string[] = [];
  for (const table of ['acm_material', 'acm_association', 'acm_issuance']) {
    const rows = database.rows<{ certificate_arn: string }>(`SELECT certificate_arn FROM ${table}`);
    const isForIssuing = table === 'acm_issuance';
    for (const { certificate_arn: arn } of rows)
      if (isForIssuing || !expected.has(arn)) wrong.push(`a row of ${arn} is left in ${table}`);
  }
  const held = database.rows<{ certificate_pem: string }>(
    'SELECT certificate_pem FROM acm_material',
  );
  const written = new Set(
    database
      .rows<{ serial: string }>('SELECT serial FROM ca_certificate')
      .map(({ serial }) => plainSerial(serial)),
  );
  for (const { certificate_pem } of held) {
    const { serialNumber, issuer, subject } = new X509Certificate(certificate_pem);
    if (issuer !== subject && !written.has(plainSerial(serialNumber)))
      wrong.push(`the authority has not written down ${subject}`);
  }
  return wrong;
}

const lookedUp = ['RequestCertificate', 'ImportCertificate', 'DeleteCertificate', 'RevokeGrant'];

/** What was answered is found by those who look events up, once each. */
async function wrongLookUps(
  { acknowledged, since }: Situation,
  { cloudtrail }: Clients,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const AttributeValue of lookedUp) {
    const asked = acknowledged.filter(
      ({ eventName, region }) => eventName === AttributeValue && region === undefined,
    );
    const pages = paginateLookupEvents(
      { client: cloudtrail },
      {
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue }],
        StartTime: since,
      },
    );
    const events = (await Array.fromAsync(pages)).flatMap(({ Events }) => Events ?? []);
    const ids = events.map(
      ({ CloudTrailEvent = '{}' }) =>
        (JSON.parse(CloudTrailEvent) as { requestID?: string }).requestID,
    );
    for (const { requestId } of asked)
      if (ids.filter((id) => id === requestId).length !== 1)
        wrong.push(`${AttributeValue} ${requestId} is not found once by LookupEvents`);
  }
  return wrong;
}
