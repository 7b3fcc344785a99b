import { Resolver } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ImportCertificateCommand,
  RenewCertificateCommand,
  RequestCertificateCommand,
  type CertificateDetail,
} from '@aws-sdk/client-acm';
import {
  AddListenerCertificatesCommand,
  RemoveListenerCertificatesCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DecryptCommand,
  DescribeKeyCommand,
  EncryptCommand,
  ListGrantsCommand,
  RevokeGrantCommand,
} from '@aws-sdk/client-kms';
import { ChangeResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { testCertificate } from '../../src/dataplane/gateway/test-certificates.ts';
import { clientsOf, type Clients } from '../sdk-clients.ts';
import { until } from '../until.ts';
import type { World } from '../world.ts';
import type { Caller } from './calls.ts';
import { zoneName, type Balancer, type Fixtures } from './fixtures.ts';
import type { Model } from './model.ts';
import { requestFirst, requestOfStranger } from './requests.ts';
import { plainSerial, servedSerial } from './served.ts';

/** The steps of which each must survive a kill at each of its moments. */
export const steps = [
  'request',
  'import',
  'associate',
  'renew',
  'revoke',
  're-associate',
  'disassociate',
  'delete',
] as const;
export type Step = (typeof steps)[number];

export interface Surroundings {
  readonly world: World;
  readonly fixtures: Fixtures;
  readonly model: Model;
  readonly caller: Caller;
  /** So long a gateway or a job may need that was killed in between. */
  readonly patienceSeconds: number;
  /** Told what begins. */
  readonly onStep: (step: Step) => void;
}

/**
 * One life: a certificate that is requested and one that is imported are used by two load balancers, renewed, lose a
 * grant, get it back, and end. Whoever is killed meanwhile: every call is sent again until it is answered.
 */
export class Life {
  readonly #name: string;
  readonly #region: string;
  readonly #clients: Clients;
  readonly #around: Surroundings;

  /** @param id of two to ten letters, another one for each life */
  constructor(id: string, around: Surroundings) {
    this.#name = `${id}.${zoneName}`;
    this.#region = `torture-${id}-1`;
    this.#around = around;
    this.#clients = clientsOf(around.world, { maxAttempts: 1 });
  }

  async run(): Promise<void> {
    using clients = this.#clients;
    const { onStep, fixtures } = this.#around;
    const isOver = new AbortController();
    const traffic = this.#useCustomersKey(clients, isOver.signal);
    // Waited for at the end of this life, which may fail as well.
    traffic.catch(() => {});
    try {
      onStep('request');
      const [requested] = await Promise.all([
        this.#request(),
        requestFirst(this.#name, this.#region, this.#around),
        requestOfStranger(this.#name, this.#around),
      ]);
      onStep('import');
      const imported = await this.#import();
      const arns = [requested, imported];
      onStep('associate');
      await this.#eachUse(arns, (arn, balancer) => this.#associate(arn, balancer));
      await this.#areServed(arns);
      onStep('renew');
      await Promise.all([this.#renew(requested), this.#import(imported)]);
      await this.#areServed(arns);
      onStep('revoke');
      await this.#revoke(requested, fixtures.balancers[1]!);
      onStep('re-associate');
      await this.#associate(requested, fixtures.balancers[1]!);
      await this.#areServed(arns);
      onStep('disassociate');
      await this.#eachUse(arns, (arn, balancer) => this.#disassociate(arn, balancer));
      onStep('delete');
      await Promise.all(arns.map((arn) => this.#delete(arn)));
    } finally {
      isOver.abort();
      await traffic;
    }
  }

  async #request(): Promise<string> {
    const { model } = this.#around;
    const DomainName = `requested.${this.#name}`;
    model.requestedNames.add(DomainName);
    const input = {
      DomainName,
      ValidationMethod: 'DNS' as const,
      KeyAlgorithm: 'EC_prime256v1' as const,
      IdempotencyToken: 'requested',
    };
    const ask = () =>
      this.#ask('RequestCertificate', () =>
        this.#clients.acm.send(new RequestCertificateCommand(input)),
      );
    const answers = await Promise.all([ask(), ask(), ask()]);
    const arns = new Set(answers.map((answer) => answer?.CertificateArn ?? ''));
    const [arn = ''] = arns;
    if (arns.size !== 1) throw new Error(`one token made ${[...arns].join(' and ')}`);
    model.certificates.set(arn, { name: DomainName, type: 'AMAZON_ISSUED', uses: new Set() });
    await this.#prove(arn);
    await until(`${DomainName} is issued`, this.#around.patienceSeconds, async () =>
      (await this.#detail(arn)).Status === 'ISSUED' ? true : undefined,
    );
    return arn;
  }

  async #prove(arn: string): Promise<void> {
    const record = (await this.#detail(arn)).DomainValidationOptions?.[0]?.ResourceRecord;
    const ResourceRecordSet = {
      Name: record?.Name,
      Type: 'CNAME' as const,
      TTL: 60,
      ResourceRecords: [{ Value: record?.Value }],
    };
    const command = new ChangeResourceRecordSetsCommand({
      HostedZoneId: this.#around.fixtures.zoneId,
      ChangeBatch: { Changes: [{ Action: 'UPSERT', ResourceRecordSet }] },
    });
    await this.#ask('ChangeResourceRecordSets', () => this.#clients.route53.send(command));
    await this.#isServedByDns(record?.Name ?? '', record?.Value ?? '');
  }

  async #isServedByDns(name: string, value: string): Promise<void> {
    const { world, patienceSeconds } = this.#around;
    await until(`${name} is in our DNS`, patienceSeconds, async () => {
      const resolver = new Resolver({ timeout: 500, tries: 1 });
      resolver.setServers([`127.0.0.1:${world.dnsPort}`]);
      const found = await resolver.resolveCname(name).catch((): string[] => []);
      return found.includes(value.replace(/\.$/, '')) ? true : undefined;
    });
  }

  /** @param again the certificate that gets another key */
  async #import(again?: string): Promise<string> {
    const { model } = this.#around;
    const name = `imported.${this.#name}`;
    const { pem, privateKey } = testCertificate([name]);
    const command = new ImportCertificateCommand({
      Certificate: Buffer.from(pem),
      PrivateKey: Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })),
      CertificateArn: again,
    });
    if (again === undefined) model.importsInDoubt.add(name);
    const answer = await this.#ask('ImportCertificate', () => this.#clients.acm.send(command));
    const arn = answer?.CertificateArn ?? '';
    if (again === undefined)
      model.certificates.set(arn, { name, type: 'IMPORTED', uses: new Set() });
    return arn;
  }

  async #associate(arn: string, { arn: balancerArn, listenerArn }: Balancer): Promise<void> {
    const command = new AddListenerCertificatesCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: arn }],
    });
    await this.#ask('AddListenerCertificates', () => this.#clients.elb.send(command));
    this.#around.model.certificate(arn).uses.add(balancerArn);
  }

  async #renew(arn: string): Promise<void> {
    const { Serial } = await this.#detail(arn);
    const command = new RenewCertificateCommand({ CertificateArn: arn });
    await this.#ask('RenewCertificate', () => this.#clients.acm.send(command), {
      doneAs: ['RequestInProgressException'],
    });
    await until('the certificate is another one', this.#around.patienceSeconds, async () => {
      const { Serial: next, RenewalSummary } = await this.#detail(arn);
      return next !== Serial && RenewalSummary?.RenewalStatus === 'SUCCESS' ? true : undefined;
    });
  }

  async #revoke(arn: string, balancer: Balancer): Promise<void> {
    const { kms } = this.#clients;
    const { name } = this.#around.model.certificate(arn);
    const KeyId = await this.#managedKey();
    const grants = await this.#ask('ListGrants', () => kms.send(new ListGrantsCommand({ KeyId })));
    const grant = grants?.Grants?.find(({ Constraints }) => {
      const { EncryptionContextEquals: context } = Constraints ?? {};
      return (
        context?.['aws:acm:arn'] === arn && context['aws:elasticloadbalancing:arn'] === balancer.arn
      );
    });
    if (grant === undefined) throw new Error('a use that was acknowledged has no grant');
    const revoked = plainSerial((await this.#detail(arn)).Serial ?? '');
    const command = new RevokeGrantCommand({ KeyId, GrantId: grant.GrantId });
    await this.#ask('RevokeGrant', () => kms.send(command), { doneAs: ['NotFoundException'] });
    await until('the revoked certificate is refused', this.#around.patienceSeconds, async () =>
      (await servedSerial(balancer.host, name)) === revoked ? undefined : true,
    );
    const other = this.#around.fixtures.balancers.find((each) => each !== balancer)!;
    await until('the other use is served', this.#around.patienceSeconds, async () =>
      (await servedSerial(other.host, name)) === revoked ? true : undefined,
    );
  }

  async #disassociate(arn: string, { arn: balancerArn, listenerArn }: Balancer): Promise<void> {
    const command = new RemoveListenerCertificatesCommand({
      ListenerArn: listenerArn,
      Certificates: [{ CertificateArn: arn }],
    });
    await this.#ask('RemoveListenerCertificates', () => this.#clients.elb.send(command));
    this.#around.model.certificate(arn).uses.delete(balancerArn);
  }

  async #delete(arn: string): Promise<void> {
    const command = new DeleteCertificateCommand({ CertificateArn: arn });
    await this.#ask('DeleteCertificate', () => this.#clients.acm.send(command), {
      doneAs: ['ResourceNotFoundException'],
    });
    this.#around.model.certificates.delete(arn);
  }

  async #areServed(arns: readonly string[]): Promise<void> {
    await this.#eachUse(arns, async (arn, { host }) => {
      const { name } = this.#around.model.certificate(arn);
      await until(`${name} is served as it is now`, this.#around.patienceSeconds, async () => {
        const { Serial = '' } = await this.#detail(arn);
        const served = await servedSerial(host, name);
        return served !== undefined && served === plainSerial(Serial) ? true : undefined;
      });
    });
  }

  async #eachUse(
    arns: readonly string[],
    work: (arn: string, balancer: Balancer) => Promise<void>,
  ): Promise<void> {
    const { balancers } = this.#around.fixtures;
    await Promise.all(arns.flatMap((arn) => balancers.map((balancer) => work(arn, balancer))));
  }

  /** Uses of a key that have nothing to do with certificates, all the while. */
  async #useCustomersKey({ kms }: Clients, isOver: AbortSignal): Promise<void> {
    const { keyId: KeyId } = this.#around.fixtures;
    while (!isOver.aborted) {
      const Plaintext = Buffer.from('customer');
      const sealed = await this.#ask('Encrypt', () =>
        kms.send(new EncryptCommand({ KeyId, Plaintext })),
      );
      const opened = await this.#ask('Decrypt', () =>
        kms.send(new DecryptCommand({ CiphertextBlob: sealed?.CiphertextBlob })),
      );
      if (Buffer.from(opened?.Plaintext ?? []).toString() !== 'customer')
        throw new Error('a customer got another plaintext');
      await sleep(10);
    }
  }

  async #managedKey(): Promise<string> {
    const command = new DescribeKeyCommand({ KeyId: 'alias/aws/acm' });
    const answer = await this.#ask('DescribeKey', () => this.#clients.kms.send(command));
    return answer?.KeyMetadata?.Arn ?? '';
  }

  async #detail(arn: string): Promise<CertificateDetail> {
    const command = new DescribeCertificateCommand({ CertificateArn: arn });
    const answer = await this.#ask('DescribeCertificate', () => this.#clients.acm.send(command));
    return answer?.Certificate ?? {};
  }

  readonly #ask: Caller['ask'] = (...call) => this.#around.caller.ask(...call);
}
