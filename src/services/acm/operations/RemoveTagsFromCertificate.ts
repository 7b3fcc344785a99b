import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import { certificateArn, notFound } from '../arn.ts';
import { keysToRemove } from '../domain/tags.ts';
import type { RemoveTagsFromCertificateRequest } from '../model.ts';
import type { AcmPorts } from '../ports.ts';
import { checkTagKeys } from '../tagging.ts';

export const RemoveTagsFromCertificate = operation<
  RemoveTagsFromCertificateRequest,
  void,
  AcmPorts
>('RemoveTagsFromCertificate', async (input, call, { reader, writer }) => {
  const arn = certificateArn(input.CertificateArn);
  const tags = await reader.tags(call, arn);
  await authorize(call, 'acm:RemoveTagsFromCertificate', arn, {
    resourceTags: tags,
    requestTags: input.Tags,
  });
  const certificate = await reader.certificate(call, arn);
  if (certificate === undefined) throw notFound(call, arn);
  checkTagKeys(input.Tags);
  const keys = keysToRemove(tags, input.Tags);
  if (keys.length > 0) writer.update(call.change, certificate, certificate);
  for (const key of keys) writer.removeTag(call.change, call, arn, key);
});
