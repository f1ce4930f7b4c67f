/** Key of a campaign's tally (`tally`) or of one of its hours (`hour#2026-10-10T09`). */
export function aTallyKey(campaign: string, sk: string): { pk: string; sk: string } {
  return { pk: sk.startsWith('hour#') ? `${campaign}#hours` : campaign, sk };
}
