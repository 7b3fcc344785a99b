import {
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  ListTagsForCertificateCommand,
  RequestCertificateCommand,
  type CertificateDetail,
} from '@aws-sdk/client-acm';
import {
  ChangeResourceRecordSetsCommand,
  ChangeTagsForResourceCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetDNSSECCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  ListTagsForResourceCommand,
  UpdateHostedZoneCommentCommand,
  type Change,
  type ChangeInfo,
  type ListResourceRecordSetsCommandOutput,
  type ResourceRecordSet,
  type RRType,
} from '@aws-sdk/client-route-53';
import type { Clients } from '../../sdk-clients.ts';
import { until } from '../../until.ts';

type Tags = Readonly<Record<string, string>>;

/**
 * The calls that Terraform's AWS provider makes for its resources, in its order, and what it keeps of the answers as
 * state: `read` is what a plan after an apply does. Undefined stands for a resource that is gone.
 * @see hashicorp/terraform-provider-aws, internal/service/route53 and internal/service/acm
 */
export class TerraformProvider {
  readonly #route53: Clients['route53'];
  readonly #acm: Clients['acm'];

  constructor({ route53, acm }: Pick<Clients, 'route53' | 'acm'>) {
    this.#route53 = route53;
    this.#acm = acm;
  }

  /** aws_route53_zone. Resolves with its id. */
  async createZone(name: string, tags: Tags): Promise<string> {
    const { HostedZone, ChangeInfo } = await this.#route53.send(
      new CreateHostedZoneCommand({
        CallerReference: `terraform-${name}`,
        Name: name,
        HostedZoneConfig: { Comment: 'Managed by Terraform' },
      }),
    );
    const id = (HostedZone?.Id ?? '').replace('/hostedzone/', '');
    await this.#insync(ChangeInfo);
    if (Object.keys(tags).length > 0) await this.tagZone(id, tags);
    return id;
  }

  async readZone(Id: string) {
    const found = await gone(
      'NoSuchHostedZone',
      this.#route53.send(new GetHostedZoneCommand({ Id })),
    );
    if (found === undefined) return undefined;
    const { ResourceTagSet } = await this.#route53.send(
      new ListTagsForResourceCommand({ ResourceType: 'hostedzone', ResourceId: Id }),
    );
    const nameServers = found.DelegationSet?.NameServers ?? [];
    return {
      name: found.HostedZone?.Name?.replace(/\.$/, ''),
      comment: found.HostedZone?.Config?.Comment,
      isPrivate: found.HostedZone?.Config?.PrivateZone,
      delegationSetId: found.DelegationSet?.Id,
      primaryNameServer: nameServers[0],
      nameServers: nameServers.toSorted(),
      tags: Object.fromEntries((ResourceTagSet?.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    };
  }

  async tagZone(ResourceId: string, add: Tags, remove: readonly string[] = []): Promise<void> {
    await this.#route53.send(
      new ChangeTagsForResourceCommand({
        ResourceType: 'hostedzone',
        ResourceId,
        AddTags: Object.entries(add).map(([Key, Value]) => ({ Key, Value })),
        ...(remove.length === 0 ? {} : { RemoveTagKeys: [...remove] }),
      }),
    );
  }

  async commentZone(Id: string, Comment: string): Promise<void> {
    await this.#route53.send(new UpdateHostedZoneCommentCommand({ Id, Comment }));
  }

  /** With force_destroy: first all records that the zone can be without. */
  async destroyZone(id: string, name: string): Promise<void> {
    let page: ListResourceRecordSetsCommandOutput | undefined;
    do {
      page = await this.#route53.send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: id,
          StartRecordName: page?.NextRecordName,
          StartRecordType: page?.NextRecordType,
        }),
      );
      const Changes = (page.ResourceRecordSets ?? [])
        .filter((set) => set.Name !== `${name}.` || (set.Type !== 'NS' && set.Type !== 'SOA'))
        .map((ResourceRecordSet) => ({ Action: 'DELETE' as const, ResourceRecordSet }));
      if (Changes.length > 0) await this.#changeRecords(id, Changes);
    } while (page.IsTruncated);
    const { Status } = await this.#route53.send(new GetDNSSECCommand({ HostedZoneId: id }));
    if (Status?.ServeSignature !== 'NOT_SIGNING') throw new Error('the zone is signed');
    await this.#route53.send(new DeleteHostedZoneCommand({ Id: id }));
  }

  /** aws_route53_record. @param action UPSERT for an update, or with allow_overwrite */
  async applyRecord(
    zoneId: string,
    set: ResourceRecordSet,
    action: 'CREATE' | 'UPSERT' = 'CREATE',
  ): Promise<void> {
    await this.#route53.send(new GetHostedZoneCommand({ Id: zoneId }));
    await this.#changeRecords(zoneId, [{ Action: action, ResourceRecordSet: set }]);
  }

  /** What an update does when the type is another one. */
  async replaceRecord(zoneId: string, before: ResourceRecordSet, after: ResourceRecordSet) {
    await this.#route53.send(new GetHostedZoneCommand({ Id: zoneId }));
    await this.#changeRecords(zoneId, [
      { Action: 'DELETE', ResourceRecordSet: before },
      { Action: 'CREATE', ResourceRecordSet: after },
    ]);
  }

  async readRecord(zoneId: string, name: string, type: RRType) {
    const record = await this.#findRecord(zoneId, name, type);
    return (
      record && {
        // As in the API, but for the asterisk that the user wrote.
        fqdn: record.Name?.replace(/^\\052\./, '*.').replace(/\.$/, ''),
        ttl: record.TTL,
        records: record.ResourceRecords?.map(({ Value }) => Value).toSorted(),
        alias: record.AliasTarget && {
          name: record.AliasTarget.DNSName?.replace(/^dualstack\./i, '').replace(/\.$/, ''),
          zoneId: record.AliasTarget.HostedZoneId,
          evaluatesTargetHealth: record.AliasTarget.EvaluateTargetHealth,
        },
      }
    );
  }

  async destroyRecord(zoneId: string, name: string, type: RRType): Promise<void> {
    const record = await this.#findRecord(zoneId, name, type);
    if (record === undefined) return;
    await this.#changeRecords(zoneId, [{ Action: 'DELETE', ResourceRecordSet: record }]);
  }

  /** aws_acm_certificate. Resolves with its ARN once its validation records are known. */
  async createCertificate(names: readonly string[], tags: Tags): Promise<string> {
    const [DomainName, ...more] = names;
    const { CertificateArn = '' } = await this.#acm.send(
      new RequestCertificateCommand({
        DomainName,
        IdempotencyToken: 'tf20260401120000000000000001',
        SubjectAlternativeNames: more,
        ValidationMethod: 'DNS',
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    await until('the validation records', 120, async () => {
      const options = (await this.#certificate(CertificateArn))?.DomainValidationOptions ?? [];
      return options.some(({ ResourceRecord }) => ResourceRecord !== undefined) || undefined;
    });
    return CertificateArn;
  }

  async readCertificate(CertificateArn: string) {
    const found = await this.#certificate(CertificateArn);
    if (found === undefined) return undefined;
    const { Tags = [] } = await this.#acm.send(
      new ListTagsForCertificateCommand({ CertificateArn }),
    );
    return {
      arn: found.CertificateArn,
      domainName: found.DomainName,
      names: found.SubjectAlternativeNames?.toSorted(),
      validationRecords: (found.DomainValidationOptions ?? []).map(
        ({ DomainName, ResourceRecord, ValidationMethod }) => ({
          DomainName,
          ValidationMethod,
          ...ResourceRecord,
        }),
      ),
      keyAlgorithm: found.KeyAlgorithm?.replaceAll('-', '_'),
      options: found.Options,
      type: found.Type,
      tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])),
    };
  }

  /** aws_acm_certificate_validation. Resolves once the certificate is issued. @throws where a record is missing */
  async validateCertificate(arn: string, recordNames: readonly string[]): Promise<void> {
    const plain = new Set(recordNames.map((name) => name.replace(/\.$/, '')));
    const missing = ((await this.#certificate(arn))?.DomainValidationOptions ?? []).filter(
      ({ ResourceRecord }) => !plain.has(ResourceRecord?.Name?.replace(/\.$/, '') ?? ''),
    );
    if (missing.length > 0) throw new Error(`missing validation record: ${missing[0]?.DomainName}`);
    await until('the certificate', 120, async () => {
      const status = (await this.#certificate(arn))?.Status;
      if (status === 'ISSUED') return true;
      if (status !== 'PENDING_VALIDATION') throw new Error(`the certificate is ${status}`);
      return undefined;
    });
  }

  async destroyCertificate(CertificateArn: string): Promise<void> {
    await this.#acm.send(new DeleteCertificateCommand({ CertificateArn }));
  }

  async #certificate(CertificateArn: string): Promise<CertificateDetail | undefined> {
    const command = new DescribeCertificateCommand({ CertificateArn });
    return (await gone('ResourceNotFoundException', this.#acm.send(command)))?.Certificate;
  }

  /** Where the record would stand in the list, if that is the record. */
  async #findRecord(
    zoneId: string,
    name: string,
    type: RRType,
  ): Promise<ResourceRecordSet | undefined> {
    await this.#route53.send(new GetHostedZoneCommand({ Id: zoneId }));
    const wanted = `${name.toLowerCase().replace(/^\*\./, '\\052.')}.`;
    const { ResourceRecordSets = [] } = await this.#route53.send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: zoneId,
        StartRecordName: wanted,
        StartRecordType: type,
        MaxItems: 1,
      }),
    );
    return ResourceRecordSets.find(
      (set) => set.Name?.toLowerCase() === wanted && set.Type === type,
    );
  }

  async #changeRecords(HostedZoneId: string, Changes: Change[]): Promise<void> {
    const { ChangeInfo } = await this.#route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId,
        ChangeBatch: { Comment: 'Managed by Terraform', Changes },
      }),
    );
    await this.#insync(ChangeInfo);
  }

  async #insync(made: ChangeInfo | undefined): Promise<void> {
    const Id = made?.Id?.replace('/change/', '');
    await until('the change', 120, async () => {
      const { ChangeInfo } = await this.#route53.send(new GetChangeCommand({ Id }));
      return ChangeInfo?.Status === 'INSYNC' || undefined;
    });
  }
}

/** The answer, or undefined for the error that says that there is no such thing. */
async function gone<T>(code: string, answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === code) return undefined;
    throw error;
  }
}
