import { may, type Role, roles, type Verb, verbs } from '../functions/members/member.ts';

type Kind = (typeof verbs)[Verb]['of'];

const kinds: Record<Kind, { title: string; who: string }> = {
  campaign: {
    title: 'A campaign',
    who: 'For members of the organisation that runs it, of one that has accepted to be a partner, and of the one whose campaign\nit is a chapter of.',
  },
  organisation: { title: 'An organisation', who: 'For its own members.' },
  network: { title: 'The whole network', who: 'For members of any organisation.' },
};

/** Columns of a campaign's table: the part that a member's organisation has in it. */
const parts = {
  'of the owner': { owner: 'own', partners: [] },
  'of a partner': { owner: 'other', partners: ['own'] },
  'of the owner of its root': { owner: 'other', partners: [], rootOwner: 'own' },
};

/** The page `docs/permissions.md`: who may do what, as `may` decides it. */
export function toPermissions(): string {
  return `${[head, ...(Object.keys(kinds) as Kind[]).map(toSection)].join('\n\n')}\n`;
}

const head = `# Permissions

<!-- Made from functions/members/member.ts by \`npm run generate\`: change it there. -->

Each role may do what those before it may: ${roles.map((role) => `\`${role}\``).join(', ')}. The secretariat may do
everything in the network, but for what is an organisation's own members' alone. The tables name the least role that may. Who has no part in something is told that it is not
there (404); whose role is too low, that it is (403).`;

function toSection(kind: Kind): string {
  const columns = kind === 'campaign' ? Object.keys(parts) : ['least role'];
  const rows = (Object.keys(verbs) as Verb[])
    .filter((verb) => verbs[verb].of === kind)
    .map((verb) => [`\`${verb}\``, ...leastRoles(verb), verbs[verb].means]);
  const table = [
    ['permission', ...columns, 'what it is'],
    ['---', ...columns.map(() => '---'), '---'],
    ...rows,
  ];
  const { title, who } = kinds[kind];
  return [`## ${title}`, who, table.map((cells) => `| ${cells.join(' | ')} |`).join('\n')].join('\n\n');
}

/** The least role that may, in each column, as the decision itself has it. */
function leastRoles(verb: Verb): string[] {
  const { of } = verbs[verb];
  if (of === 'network') return [least((role) => may([{ organisation: 'own', role }], verb, { of }))];
  if (of === 'organisation')
    return [least((role) => may([{ organisation: 'own', role }], verb, { of, organisation: 'own' }))];
  const found = Object.values(parts).map((part) =>
    least((role) => may([{ organisation: 'own', role }], verb, { of, ...part })),
  );
  // The secretariat may by itself, whatever its part.
  return found.map((role) => (role === 'secretariat' ? '–' : role));
}

function least(permissionOf: (role: Role) => string): string {
  return roles.find((role) => permissionOf(role) === 'granted') ?? 'nobody';
}
