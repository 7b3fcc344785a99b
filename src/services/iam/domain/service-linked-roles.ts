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

const everyLoadBalancer = 'arn:aws:elasticloadbalancing:*:*:loadbalancer/app/*';

export const serviceLinkedRoles: Readonly<Record<string, ServiceLinkedRole>> = {
  [gatewayRoleName]: {
    path: '/aws-service-role/gateway.holdfast/',
    description:
      'Lets the gateways of load balancers decrypt the keys of certificates that these use',
    trustPolicy: trustOf('tlsconnectionmanager.amazonaws.com'),
    service: 'tlsconnectionmanager.amazonaws.com',
    policy: gatewayPolicy([everyLoadBalancer]),
  },
};

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
