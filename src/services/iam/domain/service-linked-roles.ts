/** A role that belongs to a service: its policy is the service's, and nobody changes it by a call. */
export interface ServiceLinkedRole {
  readonly path: string;
  readonly description: string;
  readonly trustPolicy: string;
  /** The service principal that KMS and others treat its sessions as. */
  readonly service: string;
  readonly policy: string;
}

/** The role of the gateways that serve load balancers. */
export const gatewayRoleName = 'AWSServiceRoleForHoldfastGateway';

/** These services act as themselves, or on behalf of their callers: the role is there for those who look for it. */
const nothingOfItsOwn = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
});

const everyLoadBalancer = 'arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*';

export const serviceLinkedRoles: Readonly<Record<string, ServiceLinkedRole>> = {
  AWSServiceRoleForElasticLoadBalancing: {
    path: '/aws-service-role/elasticloadbalancing.amazonaws.com/',
    description: 'Allows ELB to call AWS services on your behalf.',
    trustPolicy: trustOf('elasticloadbalancing.amazonaws.com'),
    service: 'elasticloadbalancing.amazonaws.com',
    policy: nothingOfItsOwn,
  },
  AWSServiceRoleForCertificateManager: {
    path: '/aws-service-role/acm.amazonaws.com/',
    description: 'SLR for ACM Service for managing and validating certificates',
    trustPolicy: trustOf('acm.amazonaws.com'),
    service: 'acm.amazonaws.com',
    policy: nothingOfItsOwn,
  },
  [gatewayRoleName]: {
    path: '/aws-service-role/gateway.holdfast/',
    description:
      'Lets the gateways of load balancers decrypt the keys of certificates that these use',
    trustPolicy: trustOf('tlsconnectionmanager.amazonaws.com'),
    service: 'tlsconnectionmanager.amazonaws.com',
    policy: gatewayPolicy([everyLoadBalancer]),
  },
};

/** The role of a service that customers may make by `CreateServiceLinkedRole`, with its name. */
export function serviceLinkedRoleOf(
  service: string,
): readonly [roleName: string, role: ServiceLinkedRole] | undefined {
  return Object.entries(serviceLinkedRoles).find(
    ([name, role]) => role.service === service && name !== gatewayRoleName,
  );
}

/** The service of a role with this name, whether the role is there or not. */
export function serviceOfRole(roleName: string): string | undefined {
  const name = Object.keys(serviceLinkedRoles).find(
    (each) => each.toLowerCase() === roleName.toLowerCase(),
  );
  return name === undefined ? undefined : serviceLinkedRoles[name]?.service;
}

/**
 * What a gateway may do, and with which keys: a ciphertext is decrypted only if it is bound to a certificate and
 * to one of these load balancers, and to nothing else. As a session policy it narrows the role to them.
 * @param loadBalancers ARNs, in which `*` stands for any text
 */
export function gatewayPolicy(loadBalancers: readonly string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: {
          StringLike: {
            'kms:EncryptionContext:aws:elasticloadbalancing:arn': loadBalancers,
            'kms:EncryptionContext:aws:acm:arn': 'arn:aws:acm:*:*:certificate/*',
          },
          'ForAllValues:StringEquals': {
            'kms:EncryptionContextKeys': ['aws:acm:arn', 'aws:elasticloadbalancing:arn'],
          },
        },
      },
      {
        Effect: 'Allow',
        Action: ['holdfast:WatchConfiguration', 'holdfast:ProveGrants', 'holdfast:ReportStatus'],
        Resource: '*',
      },
    ],
  });
}

function trustOf(service: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });
}
