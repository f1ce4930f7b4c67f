import { describe, expect, it, test } from 'vitest';
import { isOneSlip, likelyAddress } from '../../web/widget/typo.ts';

describe('an address whose domain looks like a slip of the finger', () => {
  test.each([
    ['amina@gmial.com', 'amina@gmail.com'],
    ['amina@gmai.com', 'amina@gmail.com'],
    ['amina@gmaill.com', 'amina@gmail.com'],
    ['amina@gmail.co', 'amina@gmail.com'],
    ['Amina@GMAIL.CON', 'Amina@gmail.com'],
    ['amina@hotmial.com', 'amina@hotmail.com'],
    ['amina@yaho.com', 'amina@yahoo.com'],
    ['amina@outlok.com', 'amina@outlook.com'],
    ['amina@iclould.com', 'amina@icloud.com'],
    ['amina@example.con', 'amina@example.com'],
    ['amina@qq.cmo', 'amina@qq.com'],
  ])('%s: was %s meant?', (typed, meant) => {
    expect(likelyAddress(typed)).toBe(meant);
  });

  test.each([
    'amina@gmail.com',
    'amina@mail.com',
    'amina@email.com',
    'amina@ymail.com',
    'amina@gmx.net',
    'amina@live.fr',
    'amina@love.com',
    'amina@hotmail.fr',
    'amina@yahoo.co.uk',
    'amina@cloud.com',
    'amina@mail.ru',
    'amina@example.org',
    'amina@163.com',
    'amina@kenya.co.ke',
    'amina@',
    'amina',
    '',
  ])('%s is taken as it is', (typed) => {
    expect(likelyAddress(typed)).toBeUndefined();
  });
});

describe('one slip', () => {
  it('is a letter that is missing, added or wrong, or two that changed places', () => {
    const slips = ['mail', 'ggmail', 'hmail', 'mgail', 'gmial', 'gmal', 'gmails', 'gmaik'];
    expect(slips.filter((typed) => !isOneSlip('gmail', typed))).toEqual([]);
  });

  it('is not two of them', () => {
    expect(
      ['gml', 'gmaails', 'gamli', 'hmaik', 'xgmaily'].filter((typed) => isOneSlip('gmail', typed)),
    ).toEqual([]);
  });
});
