import type { Operation } from '../../../aws/operation.ts';
import type { OperationName } from '../model.ts';
import type { Elbv2Ports } from '../ports.ts';
import { AddListenerCertificates } from './AddListenerCertificates.ts';
import { AddTags } from './AddTags.ts';
import { CreateListener } from './CreateListener.ts';
import { CreateLoadBalancer } from './CreateLoadBalancer.ts';
import { CreateTargetGroup } from './CreateTargetGroup.ts';
import { DeleteListener } from './DeleteListener.ts';
import { DeleteLoadBalancer } from './DeleteLoadBalancer.ts';
import { DeleteTargetGroup } from './DeleteTargetGroup.ts';
import { DeregisterTargets } from './DeregisterTargets.ts';
import { DescribeListenerAttributes } from './DescribeListenerAttributes.ts';
import { DescribeListenerCertificates } from './DescribeListenerCertificates.ts';
import { DescribeListeners } from './DescribeListeners.ts';
import { DescribeLoadBalancerAttributes } from './DescribeLoadBalancerAttributes.ts';
import { DescribeLoadBalancers } from './DescribeLoadBalancers.ts';
import { DescribeSSLPolicies } from './DescribeSSLPolicies.ts';
import { DescribeTags } from './DescribeTags.ts';
import { DescribeTargetGroupAttributes } from './DescribeTargetGroupAttributes.ts';
import { DescribeTargetGroups } from './DescribeTargetGroups.ts';
import { DescribeTargetHealth } from './DescribeTargetHealth.ts';
import { ModifyListener } from './ModifyListener.ts';
import { ModifyListenerAttributes } from './ModifyListenerAttributes.ts';
import { ModifyLoadBalancerAttributes } from './ModifyLoadBalancerAttributes.ts';
import { ModifyTargetGroupAttributes } from './ModifyTargetGroupAttributes.ts';
import { RegisterTargets } from './RegisterTargets.ts';
import { RemoveListenerCertificates } from './RemoveListenerCertificates.ts';
import { RemoveTags } from './RemoveTags.ts';

export const operations = {
  AddListenerCertificates,
  AddTags,
  CreateListener,
  CreateLoadBalancer,
  CreateTargetGroup,
  DeleteListener,
  DeleteLoadBalancer,
  DeleteTargetGroup,
  DeregisterTargets,
  DescribeListenerAttributes,
  DescribeListenerCertificates,
  DescribeListeners,
  DescribeLoadBalancerAttributes,
  DescribeLoadBalancers,
  DescribeSSLPolicies,
  DescribeTags,
  DescribeTargetGroupAttributes,
  DescribeTargetGroups,
  DescribeTargetHealth,
  ModifyListener,
  ModifyListenerAttributes,
  ModifyLoadBalancerAttributes,
  ModifyTargetGroupAttributes,
  RegisterTargets,
  RemoveListenerCertificates,
  RemoveTags,
} satisfies Record<OperationName, Operation<Elbv2Ports>>;
