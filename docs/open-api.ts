import { createDocument, type ZodOpenApiObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { operations as actions } from '../functions/actions/operations.ts';
import { operations as audit } from '../functions/audit/operations.ts';
import { operations as campaigns } from '../functions/campaigns/operations.ts';
import { operations as letters } from '../functions/letters/operations.ts';
import { type Verb, verbs } from '../functions/members/member.ts';
import { operations as members } from '../functions/members/operations.ts';
import { operations as network } from '../functions/network/operations.ts';
import { operations as site } from '../functions/site/operations.ts';
import { operations as tallies } from '../functions/tallies/operations.ts';
import { operations as targets } from '../functions/targets/operations.ts';
import type { Operation, Operations } from '../shared/http/operation.ts';

const rooms = { campaigns, network, actions, tallies, letters, targets, members, audit, site };

const tags = {
  campaigns: 'What can be acted on',
  moments: 'The days that campaigns belong to',
  organisations: 'The members of the network; for campaigners',
  partners: 'Organisations that take part in campaigns of others; for campaigners',
  actions: 'Signatures and pledges: taken, confirmed, withdrawn, erased',
  tallies: 'Exact counts of confirmed actions',
  letters: 'What governments are sent; for campaigners',
  targets: 'Offices that letters go to; for campaigners',
  members: 'Who belongs to which organisation, and who is invited; for campaigners',
  audit: 'Who changed what; for campaigners',
  site: 'About this API',
};

/** The description of the API (OpenAPI 3.1), from the operations of the rooms and the schemas that validate. */
export function toOpenApi() {
  const document: ZodOpenApiObject = {
    openapi: '3.1.0',
    info: {
      title: 'Groundswell',
      version: '1',
      description:
        'Advocacy actions: petitions, pledges to fund, live tallies and letters to governments. Errors are problem documents (RFC 9457). Amounts are integers in minor units of their currency. Public operations answer any origin.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: toPaths(Object.values(rooms)),
    components: {
      securitySchemes: {
        campaigner: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'OIDC ID token of a campaigner',
        },
      },
    },
  };
  return createDocument(document, { override: ({ jsonSchema }) => withoutNoise(jsonSchema) });
}

/** Leaves out what says nothing to a reader: bounds of safe integers, and the pattern beside a format. */
function withoutNoise(schema: { [key: string]: unknown }): void {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum'];
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum'];
  if (schema['format'] !== undefined) delete schema['pattern'];
}

function toPaths(rooms: Operations[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [route, operation] of rooms.flatMap((operations) => Object.entries(operations))) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = { ...paths[path], [method.toLowerCase()]: withWhoMay(operation) };
  }
  return paths;
}

/** Tells of a campaigners' operation who may, as the table of permissions has it. */
function withWhoMay(operation: Operation): Operation {
  const permission = operation['x-permission'] as Verb | 'signedIn' | undefined;
  if (!permission) return operation;
  return { ...operation, description: [operation.description, whoMay(permission)].filter(Boolean).join(' ') };
}

function whoMay(permission: Verb | 'signedIn'): string {
  if (permission === 'signedIn') return 'Whoever is signed in may.';
  const rule: (typeof verbs)[Verb] & { partner?: string; root?: string } = verbs[permission];
  const roles = {
    [whose[rule.of]]: rule.from,
    'in a partner organisation': rule.partner,
    'in the organisation that its root campaign belongs to': rule.root,
  };
  const said = Object.entries(roles).flatMap(([where, role]) => (role ? [`\`${role}\` ${where}`] : []));
  if (rule.from === 'secretariat')
    return `Needs the permission \`${permission}\`, which the secretariat has.`;
  return `Needs the permission \`${permission}\`: at least ${said.join(', or ')}.`;
}

const whose = {
  campaign: 'in the organisation that the campaign belongs to',
  organisation: 'in the organisation',
  network: 'in any organisation',
};
