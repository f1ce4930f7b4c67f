import type { LetterTrial } from '../letters/read.ts';
import type { Organisation } from '../network/read.ts';
import type { Target } from '../targets/read.ts';
import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem, warns } from './campaign-problem.ts';
import { listLetterProblems } from './list-problems-letters.ts';
import { listPledgeProblems } from './list-problems-pledges.ts';
import { listTextProblems } from './list-problems-texts.ts';
import { listRootTimeProblems, listTimeProblems } from './list-problems-times.ts';
import { asked } from './publish-campaign.ts';
import { isReservedHost } from './reserved-host.ts';

/** A campaign with all that it needs on the day of its launch. */
export interface Launch {
  campaign: Campaign;
  /** Its owner and partners that the network knows. */
  organisations: Organisation[];
  /** Undefined when it is no chapter, or there is no such root. */
  root: Campaign | undefined;
  /** Whether the moment that it names is there; true when it names none. */
  hasMoment: boolean;
  /** The offices that it selects. */
  targets: Target[];
  /** Undefined when it writes none. */
  letters: LetterTrial | undefined;
}

/** Everything that would embarrass, what keeps a draft from being published first. */
export function listProblems(launch: Launch, now: number): CampaignProblem[] {
  const { campaign, root } = launch;
  const all = [
    ...listOwnProblems(campaign, now),
    ...listRootTimeProblems(campaign, root, now),
    ...ofCompany(launch),
    ...ofRoot(campaign, root),
    ...listLetterProblems(launch),
  ];
  return [...all.filter(isBlocking), ...all.filter((problem) => !isBlocking(problem))];
}

/** What is wrong with a campaign by itself, whatever it stands beside and whom it is addressed to. */
export function listOwnProblems(campaign: Campaign, now: number): CampaignProblem[] {
  return [
    ...listTextProblems(campaign),
    ...ofConsents(campaign),
    ...listPledgeProblems(campaign),
    ...ofGoals(campaign),
    ...listTimeProblems(campaign, now),
    ...ofSignatory(campaign),
    ...ofStories(campaign),
  ];
}

export function isBlocking({ severity }: CampaignProblem): boolean {
  return severity === 'blocks';
}

function ofConsents(campaign: Campaign): CampaignProblem[] {
  const consents = asked(campaign);
  const problems: CampaignProblem[] = [];
  if (!consents.some(({ required, partner }) => required && partner === undefined)) {
    const message =
      'No consent is required: ask supporters to agree that their details are used for the campaign.';
    problems.push(blocks('no-required-consent', message, { pointer: '/consents' }));
  }
  for (const [at, { partner }] of consents.entries())
    if (partner !== undefined && !campaign.partners.includes(partner)) {
      const message = `The consent is for ${partner}, which is no partner: nobody is asked for it. Invite them, or remove it.`;
      problems.push(warns('consent-of-no-partner', message, { pointer: `/consents/${at}/partner` }));
    }
  return problems;
}

function ofGoals({ milestones, topics, letters }: Campaign): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  if (milestones.world.length === 0) {
    const lost = letters ? 'the page shows no goal, and no letters go out' : 'the page shows no goal';
    const message = `There is no milestone: ${lost}. Add one.`;
    problems.push(warns('no-goal', message, { pointer: '/milestones/world' }));
  }
  // Settings do not take such; seeds, and what is older, may have them.
  for (const scope of ['world', 'country'] as const)
    if (milestones[scope].some((goal, at, goals) => at > 0 && goal <= (goals[at - 1] ?? 0))) {
      const message = 'These milestones do not increase: give each once, in order.';
      problems.push(warns('goals-not-increasing', message, { pointer: `/milestones/${scope}` }));
    }
  if (topics.length === 0) {
    const message = 'It has no topic: people who look for one in the directory do not find it. Choose some.';
    problems.push(warns('no-topic', message, { pointer: '/topics' }));
  }
  return problems;
}

/** Whom it is with, and the moment it is for. */
function ofCompany({ campaign, organisations, hasMoment }: Launch): CampaignProblem[] {
  const known = new Set(organisations.map(({ slug }) => slug));
  const named = [
    { slug: campaign.owner, pointer: '/owner' },
    ...campaign.partners.map((slug, at) => ({ slug, pointer: `/partners/${at}` })),
  ];
  const strangers = named
    .filter(({ slug }) => !known.has(slug))
    .map(({ slug, pointer }) => {
      const message = `The network has no organisation ${slug}: pages show this in the place of a name. Have the secretariat add it.`;
      return warns('unknown-organisation', message, { pointer });
    });
  if (hasMoment) return strangers;
  const message = `There is no moment ${campaign.moment}: choose one of those that there are.`;
  return [blocks('no-such-moment', message, { pointer: '/moment' }), ...strangers];
}

function ofRoot({ partOf }: Campaign, root: Campaign | undefined): CampaignProblem[] {
  const place = { pointer: '/partOf' };
  if (partOf === undefined) return [];
  if (!root) return [blocks('no-such-root', `There is no campaign ${partOf} to be a chapter of.`, place)];
  if (root.partOf !== undefined) {
    const message = `${partOf} is a chapter itself: be one of ${root.partOf} instead.`;
    return [blocks('root-is-chapter', message, place)];
  }
  if (root.status !== 'draft' && root.status !== 'paused') return [];
  const message = `The campaign that it is a chapter of is ${root.status === 'draft' ? 'not published' : 'paused'}: agree with its organisers on the day.`;
  return [warns('root-not-live', message, place)];
}

function ofSignatory({ letters }: Campaign): CampaignProblem[] {
  if (!letters) return [];
  const { name, email } = letters.signatory;
  const problems: CampaignProblem[] = [];
  if (name.trim() === '') {
    const message = 'Nobody is named who signs the letters: name the person who answers for them.';
    problems.push(blocks('no-signatory', message, { pointer: '/letters/signatory/name' }));
  }
  if (isReservedHost(email.split('@').at(-1) ?? '')) {
    const message =
      'This address is one for examples: answers of governments would reach nobody. Give one that is read.';
    problems.push(warns('reserved-address', message, { pointer: '/letters/signatory/email' }));
  }
  return problems;
}

function ofStories({ storiesUrl }: Campaign): CampaignProblem[] {
  if (storiesUrl === undefined || !isReservedHost(new URL(storiesUrl).hostname)) return [];
  const message = 'This address is one for examples: give the one where people tell their story.';
  return [warns('reserved-address', message, { pointer: '/storiesUrl' })];
}
