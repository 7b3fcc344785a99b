import { operation } from '../../../aws/operation.ts';
import { authorize } from '../authorization.ts';
import { certificateArn, notFound } from '../arn.ts';
import type { AddTagsToCertificateRequest } from '../model.ts';
import type { AcmPorts } from '../ports.ts';
import { checkedTags } from '../tagging.ts';

export const AddTagsToCertificate = operation<AddTagsToCertificateRequest, void, AcmPorts>(
  'AddTagsToCertificate',
  async (input, call, { reader, writer }) => {
    const arn = certificateArn(input.CertificateArn);
    const tags = await reader.tags(call, arn);
    await authorize(call, 'acm:AddTagsToCertificate', arn, {
      resourceTags: tags,
      requestTags: input.Tags,
    });
    const certificate = await reader.certificate(call, arn);
    if (certificate === undefined) throw notFound(call, arn);
    checkedTags(tags, input.Tags);
    // The certificate's version guards the number of its tags, and that it is still there.
    writer.update(call.change, certificate, certificate);
    for (const tag of input.Tags) writer.setTag(call.change, call, arn, tag.Key, tag.Value ?? '');
  },
);
