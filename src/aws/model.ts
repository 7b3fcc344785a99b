/** The data that `tools/generate-model.ts` makes of an AWS service model: names, constraints and errors. */
export interface ServiceModel {
  /** `2015-12-08`. */
  readonly apiVersion: string;
  readonly protocol: 'json' | 'query' | 'rest-xml';
  /** Part of `X-Amz-Target` before the dot (JSON). */
  readonly targetPrefix?: string;
  readonly xmlNamespace?: string;
  readonly operations: Readonly<Record<string, OperationModel>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface OperationModel {
  readonly input?: string;
  readonly output?: string;
  /** Query: the element around the output, for example `CreateUserResult`. */
  readonly resultWrapper?: string;
  /** REST: `POST` and `/2013-04-01/hostedzone/{Id}/rrset/`. */
  readonly method: string;
  readonly uri: string;
  /** REST: status of success, when it is not 200. */
  readonly status?: number;
  /** REST-XML: the input's root element and its namespace, when it has a body. */
  readonly inputElement?: string;
  /** Wire codes of the modelled errors. */
  readonly errors: readonly string[];
}

export type Shape =
  | StructureShape
  | {
      readonly type: 'list';
      readonly member: MemberRef;
      readonly min?: number;
      readonly max?: number;
      readonly flattened?: true;
    }
  | {
      readonly type: 'map';
      readonly key: MemberRef;
      readonly value: MemberRef;
      readonly min?: number;
      readonly max?: number;
      readonly flattened?: true;
    }
  | {
      readonly type: 'string';
      readonly enum?: readonly string[];
      readonly pattern?: string;
      readonly min?: number;
      readonly max?: number;
      readonly sensitive?: true;
    }
  | {
      readonly type: 'blob';
      readonly min?: number;
      readonly max?: number;
      readonly sensitive?: true;
    }
  | {
      readonly type: 'integer' | 'long' | 'float' | 'double';
      readonly min?: number;
      readonly max?: number;
    }
  | { readonly type: 'boolean' }
  | { readonly type: 'timestamp'; readonly format?: string };

export interface StructureShape {
  readonly type: 'structure';
  readonly members: Readonly<Record<string, MemberRef>>;
  readonly required?: readonly string[];
  /** Exactly one member may be set. */
  readonly union?: true;
  readonly sensitive?: true;
  /** REST: the member that is the body. */
  readonly payload?: string;
  /** Set on errors: the wire code when it is not the shape's name, and its HTTP status. */
  readonly error?: { readonly code: string; readonly status: number };
}

export interface MemberRef {
  readonly shape: string;
  /** Name on the wire when it is not the member's. */
  readonly name?: string;
  /** REST: where the member stands. */
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers' | 'statusCode';
  readonly xmlNamespace?: string;
  readonly xmlAttribute?: true;
  readonly flattened?: true;
}
