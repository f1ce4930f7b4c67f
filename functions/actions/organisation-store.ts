import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { keptFor } from '../../shared/kernel/kept-for.ts';
import { lookUp } from './look-up.ts';
import { isOf, type OrganisationKind, Place, placesOf } from './organisation-place.ts';
import type { ShownOrganisation } from './organisation-request.ts';
import { idOf, OrganisationAction, organisationPaths, toShownOrganisation } from './shown-organisation.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');
/** As many as can be looked up at once. */
const perQuery = 100;

interface Start {
  /** At most 100. */
  limit: number;
  /** Sort key of the place after which it goes on. */
  after?: string | undefined;
}

export interface OrganisationPage {
  organisations: ShownOrganisation[];
  total: number;
  /** Sort key of the place after which there may be more; undefined at the end. */
  after: string | undefined;
}

/**
 * Organisations that pledge or endorse, those verified last first, by what is stored of each at this moment. Where they are more than
 * one page, `total` is at most a minute old.
 */
export async function findOrganisations(
  campaign: string,
  kind: OrganisationKind,
  start: Start,
  now: number,
): Promise<OrganisationPage> {
  const pk = placesOf(campaign, kind);
  const page = await listOrganisations(pk, start);
  const isWhole = start.after === undefined && page.after === undefined;
  const total = isWhole ? page.organisations.length : await countOrganisations(pk, now);
  return { ...page, total };
}

/** They are looked at one by one, since none is told when it no longer stands: campaigners verify hundreds, not millions. */
const countOrganisations = /* @__PURE__ */ keptFor(60_000, async (pk) => {
  let total = 0;
  let after: string | undefined;
  do {
    const page = await listOrganisations(pk, { limit: perQuery, after });
    total += page.organisations.length;
    after = page.after;
  } while (after);
  return total;
});

async function listOrganisations(
  pk: string,
  { limit, after }: Start,
): Promise<Omit<OrganisationPage, 'total'>> {
  const organisations: ShownOrganisation[] = [];
  let last = after;
  do {
    const page = await queryPlaces(pk, last);
    for (const { place, organisation } of await lookAt(page.places)) {
      // One more than fits says that it goes on.
      if (organisation && organisations.length === limit) return { organisations, after: last };
      last = place.sk;
      if (organisation) organisations.push(organisation);
    }
    if (page.isLast) return { organisations, after: undefined };
  } while (last);
  return { organisations, after: undefined };
}

async function queryPlaces(pk: string, after: string | undefined) {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      ScanIndexForward: false,
      Limit: perQuery,
      ...(after && { ExclusiveStartKey: toItem({ pk, sk: after }) }),
    }),
  );
  return {
    places: Items.map((item) => Place.parse(unmarshall(item))),
    isLast: LastEvaluatedKey === undefined,
  };
}

/** Which organisation stands at each place, in their order: at most at one, however often it was verified. */
async function lookAt(places: Place[]) {
  const ids = [...new Set(places.map(({ action }) => action))];
  const actions = (await lookUp(ids, organisationPaths)).map((item) => OrganisationAction.parse(item));
  const found = new Map(actions.map((action) => [idOf(action), toShownOrganisation(action)]));
  return places.map((place) => {
    const organisation = found.get(place.action);
    return {
      place,
      organisation: organisation && isOf(place, organisation.verifiedAt) ? organisation : undefined,
    };
  });
}
