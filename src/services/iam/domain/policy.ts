import { policyArn } from '../arn.ts';
import type { Policy as DescribedPolicy } from '../model.ts';
import type { ManagedPolicy, ManagedPolicySet, PolicyVersion } from '../sets/policies.ts';
import type { AwsManagedPolicy } from '../aws-managed-policies.ts';

/** How often a policy is attached, and how often it is a boundary. */
export interface PolicyUsage {
  readonly attachments: number;
  readonly boundaries: number;
}

/** A customer managed policy as IAM answers it, without its tags. */
export function describePolicy(policy: ManagedPolicy, usage: PolicyUsage): DescribedPolicy {
  return {
    PolicyName: policy.policyName,
    PolicyId: policy.policyId,
    Arn: policyArn(policy),
    Path: policy.path,
    DefaultVersionId: policy.defaultVersion,
    AttachmentCount: usage.attachments,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  };
}

export function describeAwsPolicy(policy: AwsManagedPolicy, usage: PolicyUsage): DescribedPolicy {
  return {
    PolicyName: policy.name,
    PolicyId: policy.policyId,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: 'v1',
    AttachmentCount: usage.attachments,
    PermissionsBoundaryUsageCount: usage.boundaries,
    IsAttachable: true,
    Description: policy.description,
    CreateDate: policy.createdAt,
    UpdateDate: policy.createdAt,
  };
}

export function describeVersion({ versionId, createdAt }: PolicyVersion, isDefault: boolean) {
  return { VersionId: versionId, IsDefaultVersion: isDefault, CreateDate: createdAt };
}

/** The versions of a policy with their documents as they are kept; one of AWS's has one. */
export function versionsOf(found: ManagedPolicySet | AwsManagedPolicy) {
  if ('text' in found) {
    const only = { versionId: 'v1', document: found.text, createdAt: found.createdAt };
    return [{ ...describeVersion(only, true), Document: found.text }];
  }
  return found.versions.map((each) => ({
    ...describeVersion(each, each.versionId === found.policy.defaultVersion),
    Document: each.document,
  }));
}
