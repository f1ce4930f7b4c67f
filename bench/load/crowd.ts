import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { realCountries } from './countries.ts';
import { spoil } from './invalid.ts';
import { pick, type Random, seeded } from './random.ts';
import { aSubmission, type Submission } from './submission.ts';

/** What a crowd is made for; all else of it is random. */
interface CrowdOptions {
  campaign: PublicCampaign;
  /** In each address, so that runs can follow each other on one stack: small letters and digits. */
  run: string;
  /** Submissions a second, and for how many seconds. */
  rate: number;
  seconds: number;
  seed: number;
}

/** Of all submissions. */
const duplicates = 0.05;
const invalid = 0.01;
/** A duplicate comes within so many seconds: people press twice, or come back to the page. */
const impatience = 10;

/** A crowd of supporters, one submission after the other at a steady rate. One seed is one crowd, but for the addresses. */
export function* crowd(options: CrowdOptions): Generator<Submission> {
  const { campaign, run, rate, seconds, seed } = options;
  const random = seeded(seed);
  const country = realCountries();
  const recent: Submission[] = [];
  for (let number = 0; number < rate * seconds; number++) {
    const at = (number * 1_000) / rate;
    const chance = random();
    if (chance < duplicates && recent.length > 0) {
      yield { ...again(pick(random, recent), random), at };
      continue;
    }
    const valid = aSubmission({ campaign, run, mailbox: number, country: country(random) }, random);
    if (chance > 1 - invalid) {
      yield { ...spoil(valid, campaign, random), at };
      continue;
    }
    recent.push(valid);
    if (recent.length > rate * impatience) recent.shift();
    yield { ...valid, at };
  }
}

/** The same mailbox with the same words; every other time in another spelling. */
function again(original: Submission, random: Random): Submission {
  const body = JSON.parse(original.body);
  const [name = '', domain = ''] = body.email.split('@');
  const spellings = [body.email, body.email.toUpperCase(), `${name}+again@${domain}`, `${name}@Example.ORG`];
  const email = random() < 0.5 ? body.email : pick(random, spellings.slice(1));
  return { ...original, sort: 'duplicate', what: 'repeated', body: JSON.stringify({ ...body, email }) };
}
