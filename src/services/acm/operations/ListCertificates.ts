import { operation } from '../../../aws/operation.ts';
import { pageToken, readPageToken, type PagedList } from '../../../aws/page-token.ts';
import { authorize } from '../authorization.ts';
import type { Certificate } from '../domain/certificate.ts';
import { summarize } from '../domain/description.ts';
import { algorithmsByDefault, isListed, pageByDefault } from '../domain/listing.ts';
import { InvalidArgsException } from '../errors.ts';
import type { ListCertificatesRequest, ListCertificatesResponse } from '../model.ts';
import type { AcmPorts } from '../ports.ts';
import type { Position } from '../store.ts';

/** Certificates looked at in one call for filters that no index answers; after them comes a short page with a token. */
const scanLimit = 1000;

export const ListCertificates = operation<
  ListCertificatesRequest,
  ListCertificatesResponse,
  AcmPorts
>('ListCertificates', async (input, call, { reader }) => {
  await authorize(call, 'acm:ListCertificates', '*');
  if ((input.SortBy === undefined) !== (input.SortOrder === undefined)) {
    throw new InvalidArgsException('SortBy and SortOrder must be given together.');
  }
  const { keyTypes } = input.Includes ?? {};
  const statuses = input.CertificateStatuses;
  const limit = input.MaxItems ?? pageByDefault;
  const range = {
    algorithms: unique(
      keyTypes === undefined || keyTypes.length === 0 ? algorithmsByDefault : keyTypes,
    ),
    ...(statuses === undefined || statuses.length === 0 ? {} : { statuses: unique(statuses) }),
    ...(input.Includes?.exportOption === undefined
      ? {}
      : { exportOption: input.Includes.exportOption }),
    descending: input.SortOrder === 'DESCENDING',
  };
  // One more than fits says whether there is a next page; where much may be filtered out, more at once.
  const size =
    input.Includes === undefined && input.CertificateKeyPairOrigins === undefined
      ? limit + 1
      : Math.max(limit + 1, 200);
  const list: PagedList = {
    call,
    name: 'ListCertificates',
    parameters: [range, input.Includes, input.CertificateKeyPairOrigins],
  };
  let after = input.NextToken === undefined ? undefined : positionIn(list, input.NextToken);
  const found: Certificate[] = [];
  for (let scanned = 0; scanned < scanLimit;) {
    const batch = await reader.certificates(call, {
      ...range,
      ...(after === undefined ? {} : { after }),
      limit: size,
    });
    for (const certificate of batch) {
      if (found.length === limit) return page(found, after, list);
      if (isListed(certificate, input)) found.push(certificate);
      after = positionOf(certificate);
    }
    if (batch.length < size) return page(found, undefined, list);
    scanned += batch.length;
  }
  return page(found, after, list);
});

function page(
  certificates: readonly Certificate[],
  after: Position | undefined,
  list: PagedList,
): ListCertificatesResponse {
  return {
    CertificateSummaryList: certificates.map(summarize),
    NextToken: after && pageToken([after.createdAt, after.arn], list),
  };
}

function positionOf(certificate: Certificate): Position {
  return { createdAt: certificate.createdAt.epochMilliseconds, arn: certificate.arn };
}

function positionIn(list: PagedList, token: string): Position {
  const [createdAt, arn] = readPageToken(token, list) ?? [];
  if (typeof createdAt === 'number' && typeof arn === 'string') return { createdAt, arn };
  throw new InvalidArgsException(
    'The NextToken is not valid, or was given for a request with other parameters.',
  );
}

function unique<Each>(values: readonly Each[]): Each[] {
  return [...new Set(values)];
}
