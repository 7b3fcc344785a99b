import { gatewaySigningName } from '../../../../src/aws/gateway-feed.ts';
import { anywhere, type Cases, type Permission } from '../case.ts';
import type { Client } from '../client.ts';
import { tags, trusting, type Scene } from '../scene.ts';
import type { Statement } from '../world.ts';
import { acmCases } from './acm.ts';
import { elbv2Cases } from './elbv2.ts';
import { iamCases } from './iam.ts';
import { kmsCases } from './kms.ts';

const zone = (scene: Scene): Promise<string> => scene.zoneArn();

const route53Cases: Cases = {
  members: {
    HostedZoneId: (scene) => scene.zone(),
    Id: (scene) => scene.zone(),
    ResourceId: (scene) => scene.zone(),
    ResourceType: () => 'hostedzone',
  },
  operations: {
    ChangeResourceRecordSets: {
      on: zone,
      input: (scene) => {
        const Name = `www.${scene.name}.${scene.home.suffix}`;
        const ResourceRecordSet = {
          Name,
          Type: 'A',
          TTL: 60,
          ResourceRecords: [{ Value: '10.0.0.9' }],
        };
        return { ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] } };
      },
    },
    ChangeTagsForResource: { on: zone, input: () => ({ AddTags: tags }) },
    CreateHostedZone: {
      on: anywhere,
      input: (scene) => ({
        Name: `${scene.name}.${scene.home.suffix}`,
        CallerReference: `${scene.name}-reference`,
      }),
      toldByAws: ['Name'],
    },
    DeleteHostedZone: { on: zone },
    GetChange: {
      on: (scene) => scene.changeArn(),
      input: async (scene) => ({ Id: (await scene.changeArn()).replace(/.*\//, '') }),
    },
    GetDNSSEC: { on: zone },
    GetHostedZone: { on: zone },
    GetHostedZoneCount: { on: anywhere, given: (scene) => scene.zone() },
    ListHostedZones: { on: anywhere, given: (scene) => scene.zone() },
    ListHostedZonesByName: { on: anywhere, given: (scene) => scene.zone() },
    ListResourceRecordSets: { on: zone },
    ListTagsForResource: { on: zone },
    ListTagsForResources: {
      on: zone,
      input: async (scene) => ({ ResourceIds: [await scene.zone()] }),
    },
    UpdateHostedZoneComment: { on: zone, input: () => ({ Comment: 'of the team' }) },
  },
};

const role = (scene: Scene): string => scene.arn(`role/${scene.name}-role`);
const federatedUser = (scene: Scene): string =>
  `arn:aws:sts::${scene.home.account}:federated-user/${scene.name}`;

/** Whom the provider vouches for, if the role's own policy says this of him. Nobody signs. */
async function byTrust(scene: Scene, statements: readonly Statement[]): Promise<Client> {
  const Federated = await scene.provider();
  const trust = statements.map(({ Effect, Action }) => ({
    Effect,
    Principal: { Federated },
    Action,
  }));
  await scene.iam('UpdateAssumeRolePolicy', {
    RoleName: await scene.role(),
    PolicyDocument:
      trust.length === 0
        ? trusting(scene.arn('root'))
        : JSON.stringify({ Version: '2012-10-17', Statement: trust }),
  });
  return scene.home.admin;
}

const stsCases: Cases = {
  members: {
    AccessKeyId: (scene) => scene.accessKey(),
    RoleArn: async (scene) => scene.arn(`role/${await scene.role()}`),
    RoleSessionName: () => 'session',
  },
  operations: {
    AssumeRole: {
      on: role,
      input: () => ({ Tags: tags, SourceIdentity: 'somebody' }),
      also: (scene): Permission[] => [
        ['sts:TagSession', role(scene)],
        ['sts:SetSourceIdentity', role(scene)],
      ],
    },
    AssumeRoleWithWebIdentity: {
      on: anywhere,
      input: async (scene) => {
        await scene.provider();
        const provider = scene.world.providers.of(`${scene.name}.example`);
        const now = scene.world.clock.now();
        return { WebIdentityToken: provider.token(now, { aud: 'client' }) };
      },
      caller: byTrust,
    },
    DecodeAuthorizationMessage: {
      on: anywhere,
      input: () => ({ EncodedMessage: 'a message of another cloud' }),
      answers: 'InvalidAuthorizationMessageException',
    },
    GetAccessKeyInfo: { on: anywhere, toldByAws: ['AccessKeyId'] },
    GetCallerIdentity: { on: anywhere, isFree: true },
    GetFederationToken: {
      on: federatedUser,
      input: (scene) => ({ Name: scene.name, Tags: tags }),
      also: (scene): Permission[] => [['sts:TagSession', federatedUser(scene)]],
    },
    GetSessionToken: { on: anywhere, isFree: true },
  },
};

const cloudTrailCases: Cases = {
  members: {},
  operations: { LookupEvents: { on: anywhere } },
};

const gatewayFeedCases: Cases = {
  members: {},
  operations: {
    ProveGrants: {
      on: anywhere,
      byGateway: true,
      input: (scene) => ({ HolderDocument: scene.world.holder.document(), Grants: [] }),
    },
    ReportStatus: {
      on: anywhere,
      byGateway: true,
      input: () => ({ Listeners: [], Targets: [] }),
    },
    WatchConfiguration: { on: anywhere, byGateway: true },
  },
};

/** By signing name: every operation of every service. */
export const allCases: Readonly<Record<string, Cases>> = {
  acm: acmCases,
  cloudtrail: cloudTrailCases,
  elasticloadbalancing: elbv2Cases,
  [gatewaySigningName]: gatewayFeedCases,
  iam: iamCases,
  kms: kmsCases,
  route53: route53Cases,
  sts: stsCases,
};
