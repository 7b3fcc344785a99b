import { totpCode, totpStep } from '../../../src/lib/totp.ts';
import { until } from '../../until.ts';
import type { Answer, Input } from './client.ts';
import type { Home, World } from './world.ts';

export const allowAll = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});
export const tags = [
  { Key: 'cost', Value: '1' },
  { Key: 'team', Value: 'a' },
];
export const password = 'correct Horse 7 battery';

/** The objects of one account that one case is about, each made when it is first asked for. */
export class Scene {
  /** In the names of all its objects. */
  readonly name: string;
  readonly home: Home;
  readonly world: World;
  readonly #made = new Map<string, Promise<string>>();

  constructor(world: World, home: Home, name: string) {
    this.world = world;
    this.home = home;
    this.name = name;
  }

  do(service: string, operation: string, input: Input): Promise<Answer['output']> {
    return this.home.do(service, operation, input);
  }

  iam(operation: string, input: Input): Promise<Answer['output']> {
    return this.do('iam', operation, input);
  }

  /** Of IAM. */
  arn(resource: string): string {
    return `arn:aws:iam::${this.home.account}:${resource}`;
  }

  /** Of a service with Regions. */
  regional(service: string, resource: string): string {
    return `arn:aws:${service}:${this.world.region}:${this.home.account}:${resource}`;
  }

  user(name = `${this.name}-user`): Promise<string> {
    return this.#once(name, async () => {
      await this.iam('CreateUser', { UserName: name, Tags: tags });
      return name;
    });
  }

  group(name = `${this.name}-group`): Promise<string> {
    return this.#once(name, async () => {
      await this.iam('CreateGroup', { GroupName: name });
      return name;
    });
  }

  /** Trusts its own account. */
  role(): Promise<string> {
    const RoleName = `${this.name}-role`;
    return this.#once(RoleName, async () => {
      const AssumeRolePolicyDocument = trusting(this.arn('root'));
      await this.iam('CreateRole', { RoleName, AssumeRolePolicyDocument, Tags: tags });
      return RoleName;
    });
  }

  /** Its ARN. */
  policy(): Promise<string> {
    return this.#once('policy', async () => {
      const input = { PolicyName: `${this.name}-policy`, PolicyDocument: allowAll, Tags: tags };
      return (await this.iam('CreatePolicy', input))['Policy'].Arn;
    });
  }

  accessKey(): Promise<string> {
    return this.#once('access key', async () => {
      const made = await this.iam('CreateAccessKey', { UserName: await this.user() });
      return made['AccessKey'].AccessKeyId;
    });
  }

  /** Its serial number. */
  device(name = `${this.name}-device`): Promise<string> {
    return this.#once(name, async () => {
      const input = { VirtualMFADeviceName: name, Tags: tags };
      const { VirtualMFADevice } = await this.iam('CreateVirtualMFADevice', input);
      this.#seeds.set(name, decodeBase32(Buffer.from(VirtualMFADevice.Base32StringSeed)));
      return VirtualMFADevice.SerialNumber;
    });
  }
  readonly #seeds = new Map<string, Uint8Array>();

  /** Two codes of the device that follow upon each other, the first of now plus so many steps. */
  async codes(offset: number, name = `${this.name}-device`): Promise<Input> {
    await this.device(name);
    const seed = this.#seeds.get(name)!;
    const step = totpStep(this.world.clock.now()) + offset;
    return {
      AuthenticationCode1: totpCode(seed, step),
      AuthenticationCode2: totpCode(seed, step + 1),
    };
  }

  async enableDevice(name = `${this.name}-device`): Promise<void> {
    const SerialNumber = await this.device(name);
    const codes = await this.codes(-1, name);
    await this.iam('EnableMFADevice', { UserName: await this.user(), SerialNumber, ...codes });
  }

  /** An OIDC provider's ARN. */
  provider(): Promise<string> {
    return this.#once('provider', async () => {
      const input = {
        Url: `https://${this.name}.example`,
        ClientIDList: ['client'],
        ThumbprintList: ['a'.repeat(40)],
        Tags: tags,
      };
      return (await this.iam('CreateOpenIDConnectProvider', input))['OpenIDConnectProviderArn'];
    });
  }

  /** A KMS key's ARN. */
  key(which = 'key'): Promise<string> {
    return this.#once(
      which,
      async () => (await this.do('kms', 'CreateKey', {}))['KeyMetadata'].Arn,
    );
  }

  alias(): Promise<string> {
    const AliasName = `alias/${this.name}`;
    return this.#once(AliasName, async () => {
      await this.do('kms', 'CreateAlias', { AliasName, TargetKeyId: await this.key() });
      return AliasName;
    });
  }

  async ciphertext(): Promise<Uint8Array> {
    const input = { KeyId: await this.key(), Plaintext: Buffer.from('text') };
    return (await this.do('kms', 'Encrypt', input))['CiphertextBlob'];
  }

  /** A grant's id. */
  grant(which = 'grant'): Promise<string> {
    return this.#once(which, async () => (await this.#newGrant(which))['GrantId']);
  }

  grantToken(): Promise<string> {
    return this.#once('token', async () => (await this.#newGrant('token'))['GrantToken']);
  }

  async #newGrant(which: string): Promise<Answer['output']> {
    return this.do('kms', 'CreateGrant', {
      KeyId: await this.key(),
      GranteePrincipal: this.home.probeArn,
      Operations: ['DescribeKey'],
      Name: which.replace(' ', '-'),
    });
  }

  /** An imported certificate's ARN. */
  certificate(which = 'certificate'): Promise<string> {
    return this.#once(which, async () => {
      const { certificatePem: Certificate, keyPem: PrivateKey } = this.world.planted;
      const input = { Certificate, PrivateKey, Tags: tags };
      return (await this.do('acm', 'ImportCertificate', input))['CertificateArn'];
    });
  }

  /** A certificate that was issued, and may be exported. */
  issued(): Promise<string> {
    return this.#once('issued', async () => {
      const { CertificateArn } = await this.do('acm', 'RequestCertificate', {
        DomainName: `${this.name}.${this.home.suffix}`,
        ValidationMethod: 'DNS',
        Options: { Export: 'ENABLED' },
        KeyAlgorithm: 'EC_prime256v1',
      });
      const detail = async (): Promise<any> =>
        (await this.do('acm', 'DescribeCertificate', { CertificateArn }))['Certificate'];
      const { Name, Type, Value } = (await detail()).DomainValidationOptions[0].ResourceRecord;
      const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
      await this.do('route53', 'ChangeResourceRecordSets', {
        HostedZoneId: await this.zone(),
        ChangeBatch: { Changes: [{ Action: 'CREATE', ResourceRecordSet }] },
      });
      await until(`${this.name} is issued`, 120, async () => {
        await this.world.work();
        return (await detail()).Status === 'ISSUED' ? true : undefined;
      });
      return CertificateArn;
    });
  }

  /** A hosted zone's id. */
  zone(): Promise<string> {
    return this.#once('zone', async () => {
      const Name = `${this.name}.${this.home.suffix}`;
      const made = await this.do('route53', 'CreateHostedZone', { Name, CallerReference: Name });
      return made['HostedZone'].Id.replace('/hostedzone/', '');
    });
  }

  async zoneArn(): Promise<string> {
    return `arn:aws:route53:::hostedzone/${await this.zone()}`;
  }

  /** Of a change of the zone's records. */
  changeArn(): Promise<string> {
    return this.#once('change', async () => {
      const Name = `change.${this.name}.${this.home.suffix}`;
      const made = await this.do('route53', 'CreateHostedZone', { Name, CallerReference: Name });
      return `arn:aws:route53:::${made['ChangeInfo'].Id.slice(1)}`;
    });
  }

  balancer(): Promise<string> {
    return this.#once('balancer', async () => {
      const input = { Name: this.name, Subnets: ['subnet-1', 'subnet-2'], Tags: tags };
      const made = await this.do('elasticloadbalancing', 'CreateLoadBalancer', input);
      return made['LoadBalancers'][0].LoadBalancerArn;
    });
  }

  targetGroup(which = ''): Promise<string> {
    return this.#once(`target group ${which}`, async () => {
      const input = { ...targetGroupSettings, Name: `${this.name}${which}` };
      const made = await this.do('elasticloadbalancing', 'CreateTargetGroup', input);
      return made['TargetGroups'][0].TargetGroupArn;
    });
  }

  /** With a certificate that the scene imported. */
  listener(): Promise<string> {
    return this.#once('listener', async () => {
      const made = await this.do('elasticloadbalancing', 'CreateListener', {
        LoadBalancerArn: await this.balancer(),
        ...(await this.listenerSettings()),
      });
      return made['Listeners'][0].ListenerArn;
    });
  }

  async listenerSettings(): Promise<Input> {
    return {
      Protocol: 'HTTPS',
      Port: 18_443,
      Certificates: [{ CertificateArn: await this.certificate() }],
      DefaultActions: [{ Type: 'forward', TargetGroupArn: await this.targetGroup() }],
    };
  }

  #once(what: string, make: () => Promise<string>): Promise<string> {
    const known = this.#made.get(what);
    if (known !== undefined) return known;
    const made = make();
    this.#made.set(what, made);
    return made;
  }
}

export const targetGroupSettings = {
  Protocol: 'HTTP',
  Port: 80,
  VpcId: 'vpc-1',
  TargetType: 'ip',
};

export function trusting(principal: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    },
  });
}

function decodeBase32(text: Buffer): Uint8Array {
  const bits = text
    .toString()
    .split('')
    .map((each) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(each).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from({ length: bits.length >> 3 }, (_none, n) =>
    parseInt(bits.slice(8 * n, 8 * n + 8), 2),
  );
}
