import { region as regionOf, type AccountId } from '../aws/arn.ts';
import type { Authority } from '../aws/authority/authority.ts';
import type { Call } from '../aws/call.ts';
import { gatewayEncryptionContext } from '../aws/gateway-feed.ts';
import type { Service } from '../aws/operation.ts';
import { createPipeline, type Pipeline } from '../aws/pipeline.ts';
import { createResolver, createSurveyor, type Surveyor } from '../dns/index.ts';
import {
  Challenges,
  createAcme,
  createPrivateCa,
  eitherIssuer,
  type Acme,
  type AuthorityNews,
  type PrivateCa,
} from '../issuance/index.ts';
import { systemClock, type Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createOutbound, type Outbound } from '../outbound/index.ts';
import { createAcm, x509Port, type Acm } from '../services/acm/index.ts';
import { createCloudTrail, type CloudTrail } from '../services/cloudtrail/index.ts';
import { createElbv2, type Elbv2 } from '../services/elbv2/index.ts';
import { createEvents, type Events } from '../services/events/index.ts';
import { createGatewayFeed } from '../services/gateway-feed/index.ts';
import type { Iam } from '../services/iam/index.ts';
import { createKms, type Kms } from '../services/kms/index.ts';
import {
  createDomainControl,
  createRoute53,
  type DomainControl,
  type Route53,
} from '../services/route53/index.ts';
import { createSts } from '../services/sts/index.ts';
import type { VaultClient } from '../vault-client/client.ts';
import type { ReadyKeys } from '../vault-client/ready-keys.ts';
import { createCaaCheck, ownIssuerDomains, type CaaIdentitiesOf } from './caa-check.ts';
import type { DataStore } from './data-store.ts';
import { canonicalHostedZoneId, loadBalancerNames, route53Options } from './name-service.ts';
import { isOwnListener } from './own-listeners.ts';
import { hostInUrl, type Settings } from './settings.ts';
import type { Metrics } from './metrics.ts';
import type { TamperingAlarm } from './tampering-alarm.ts';
import { VaultEpochs } from './vault-epochs.ts';

/** All rooms of the control plane, plugged into each other: what the api and the worker are made of. */
export interface Rooms extends Disposable {
  readonly pipeline: Pipeline;
  /** All that the pipeline answers for. */
  readonly services: readonly Service[];
  readonly acm: Acm;
  readonly acme: Acme;
  readonly cloudTrail: CloudTrail;
  readonly elbv2: Elbv2;
  readonly events: Events;
  readonly iam: Iam;
  /** In its trail stands what belongs to no other account. */
  readonly firstAccount: AccountId;
  readonly kms: Kms;
  readonly privateCa: PrivateCa;
  readonly route53: Route53;
  /** What the DNS says to whom, and what of it proves control: for the doctor. */
  readonly surveyor: Surveyor;
  readonly domainControl: DomainControl;
  readonly caaIdentitiesOf: CaaIdentitiesOf;
  readonly vaultEpochs: VaultEpochs;
}

export interface RoomsOptions {
  readonly store: DataStore;
  readonly vault: VaultClient;
  /** Of who makes many key pairs. */
  readonly readyKeys?: ReadyKeys;
  readonly settings: Settings;
  readonly installationId: string;
  readonly authority: Authority;
  readonly alarm: TamperingAlarm;
  readonly iam: Iam;
  /** In its trail stands what belongs to no other account. */
  readonly firstAccount: AccountId;
  readonly log: Log;
  /** The machine's when absent. */
  readonly clock?: Clock;
  /** Told what is worth counting. */
  readonly count?: Metrics['count'];
  /** The one that the settings describe when absent. */
  readonly outbound?: Outbound;
}

export function plugRooms(options: RoomsOptions): Rooms {
  const { store, vault, authority, iam, settings, log } = options;
  const { db } = store;
  const { clock = systemClock } = options;
  const random = systemRandom;
  const cloudTrail = createCloudTrail(db);
  const vaultEpochs = new VaultEpochs(db);
  const { outbound = createOutbound(settings.outbound) } = options;

  const kms: Kms = createKms(db, {
    authority,
    principals: iam.principals,
    vault,
    readyKeys: options.readyKeys,
    grantEnded(change, { encryptionContextEquals: context = {} }) {
      const resource = context['aws:elasticloadbalancing:arn'];
      if (resource !== undefined) elbv2.moved(change, resource);
    },
  });
  const elbv2: Elbv2 = createElbv2(db, authority, {
    associations: {
      associate: (call, use) => acm.associations.associate(call, use),
      disassociate: (call, use) => acm.associations.disassociate(call, use),
      materialFor: (resourceArn) => acm.associations.materialFor(resourceArn),
    },
    isOwnListener: (address, port) => isOwnListener(settings, address, port),
    ...(settings.gatewayHost === undefined ? {} : { gatewayHost: settings.gatewayHost }),
    dns: { suffix: settings.suffix, canonicalHostedZoneId },
  });
  const dnsOptions = route53Options(settings);
  const route53 = createRoute53(
    db,
    authority,
    dnsOptions,
    { loadBalancers: loadBalancerNames(db, settings), challenges: new Challenges(db) },
    (change, names, now) =>
      acm.recordsAppeared(
        change,
        names.map((name) => `${name}.`),
        now,
      ),
  );
  const acme = createAcme(db, {
    vault,
    authority,
    http: outbound,
    clock,
    log,
    run: (eventName, work) => runForAuthority(pipeline, options, eventName, work),
  });
  const events = createEvents(db, authority, {
    vault,
    http: outbound,
    file: settings.eventsFile,
    clock,
    random,
    log,
  });
  const names = { own: route53.dnsSource, upstream: settings.resolvers, random };
  const surveyor = createSurveyor(names);
  const domainControl = createDomainControl({
    authority: route53.authority,
    domains: route53.domains,
    zones: route53.zones,
    resolver: createResolver(names),
    surveyor,
    log,
  });
  const caaIdentitiesOf: Rooms['caaIdentitiesOf'] = async ({ account, names: all, issuer }) =>
    issuer === undefined
      ? [{ issuerDomains: ownIssuerDomains(settings.suffix) }]
      : acme.caaIdentities(account, all);
  const acm: Acm = createAcm(db, authority, {
    keys: kms.keysForAcm,
    domainControl,
    caa: createCaaCheck(surveyor, caaIdentitiesOf),
    issuer: eitherIssuer(
      {
        prepare: (call, order) => privateCa.issuer.prepare(call, order),
        sign: (call, prepared) => privateCa.issuer.sign(call, prepared),
      },
      acme.issuer,
    ),
    chooseIssuer: async (account, names) => (await acme.issuers.candidatesFor(account, names))[0],
    renewalAdvice: (issuer, certificatePem) => acme.renewalAdvice(issuer, certificatePem),
    revoker: acme.revoker({
      revoke: (call, certificates, reason) => privateCa.revoker.revoke(call, certificates, reason),
    }),
    x509: x509Port,
    events: {
      tell(call, { account, region, arn }, event) {
        events.tell(call, { source: 'aws.acm', account, region, resources: [arn], ...event });
        const labels = [event.detailType, String(event.detail['Action'] ?? '')];
        call.change.afterCommit(() => options.count?.('holdfast_acm_events', labels));
      },
      failed: (change, what) =>
        change.afterCommit(() => options.count?.('holdfast_acm_failures', [what])),
    },
    validation: {
      installationId: options.installationId,
      zone: dnsOptions.zones.validation,
    },
    materialChanged: (change, resourceArn) => elbv2.moved(change, resourceArn),
  });
  const gatewayFeed = createGatewayFeed({
    configuration: elbv2.configuration,
    changed: () => store.changed(),
    grant: (keyArn, grantId) => kms.grants.view(keyArn, grantId),
    mayDecrypt: (call, use) =>
      kms.grants.mayDecrypt(call, {
        keyArn: use.KmsKeyArn,
        grantId: use.GrantId,
        encryptionContext: gatewayEncryptionContext(use.CertificateArn, use.LoadBalancerArn),
      }),
    policiesOf: (call) => iam.directory.policiesOf(call.principal, call.session),
    verifyHolder: (document) => vault.verifyHolder(document),
  });
  const services = [
    acm.service,
    cloudTrail.service,
    elbv2.service,
    gatewayFeed.service,
    iam.service,
    kms.service,
    route53.service,
    createSts({
      identity: iam.identity,
      sessions: iam.sessions,
      outbound,
      clock,
      log,
    }),
  ];
  const pipeline = createPipeline({
    services,
    directory: iam.directory,
    trail: iam.notingUses(vaultEpochs.noting(cloudTrail.trail)),
    defaultAccount: options.firstAccount,
    answered: ({ service, operation, status }) =>
      options.count?.('holdfast_http_requests', [service, operation, String(status)]),
    store,
    vault,
    clock,
    random,
    log,
  });
  options.alarm.recordBy(pipeline, {
    account: options.firstAccount,
    region: regionOf(settings.region),
  });
  const privateCa: PrivateCa = createPrivateCa(db, {
    vault,
    authority,
    clock,
    crlBaseUrl: `http://${hostInUrl(settings.plain.host)}:${settings.plain.port}/crl`,
    announce: (news) => announceAuthority(news, log),
    run: (eventName, work) => runForAuthority(pipeline, options, eventName, work),
  });
  return {
    pipeline,
    services,
    acm,
    acme,
    cloudTrail,
    elbv2,
    events,
    iam,
    firstAccount: options.firstAccount,
    kms,
    privateCa,
    route53,
    surveyor,
    domainControl,
    caaIdentitiesOf,
    vaultEpochs,
    [Symbol.dispose]() {
      events[Symbol.dispose]();
      pipeline[Symbol.dispose]();
    },
  };
}

/** A root of a later generation signs nothing for a year: until then clients have to know it. */
function announceAuthority({ role, ...news }: AuthorityNews, log: Log): void {
  if (role === 'root' && news.generation > 1)
    log.warn('there is a new root: clients have to trust ca.pem as it is now within a year', news);
  else log.info('a certification authority was made', { role, ...news });
}

/** What the authority does for itself stands in the installation's own trail. */
async function runForAuthority<T>(
  pipeline: Pipeline,
  { firstAccount, settings }: RoomsOptions,
  eventName: string,
  work: (call: Call) => Promise<T>,
): Promise<T> {
  const outcome: { value?: T } = {};
  const job = {
    name: eventName,
    service: 'acm-pca.amazonaws.com',
    account: firstAccount,
    region: regionOf(settings.region),
  };
  await pipeline.runJob(job, async (call) => {
    outcome.value = await work(call);
  });
  return outcome.value as T;
}
