import { describe, expect, test } from 'vitest';
import { chooseText } from '../../functions/letters/choose-text.ts';
import { messagesOf } from '../../functions/letters/messages-of.ts';
import { standardMessages } from '../../functions/letters/standard-messages.ts';
import { matchLanguage } from '../../shared/kernel/match-language.ts';
import { aLetterText } from '../support/a-letter-text.ts';

describe('a reader', () => {
  test.each([
    ['pt-BR', ['en', 'pt'], 'pt'],
    ['pt', ['en', 'pt-BR'], 'pt-BR'],
    ['pt-AO', ['pt-PT', 'pt-BR'], 'pt-PT'],
    ['pt', ['pt-PT', 'pt-BR'], 'pt-BR'],
    ['fr-CA', ['fr', 'fr-CA'], 'fr-CA'],
    ['fr-ca', ['fr', 'fr-CA'], 'fr-CA'],
    ['zh-CN', ['zh'], 'zh'],
    ['zh-Hans', ['zh'], 'zh'],
    ['zh', ['zh-Hant', 'zh-Hans'], 'zh-Hans'],
    ['zh-HK', ['zh', 'zh-TW'], 'zh-TW'],
    ['sr-Cyrl', ['sr'], 'sr'],
  ])('of %s, offered %j, is given %s', (wanted, offered, given) => {
    expect(matchLanguage(wanted, offered)).toBe(given);
  });

  test.each([
    ['zh-TW', ['zh']],
    ['zh-Hant', ['zh', 'zh-Hans']],
    ['sr-Latn', ['sr']],
    ['pa-PK', ['pa']],
    ['fr', ['en', 'es']],
    ['en_GB', ['en']],
    ['en', ['en-GB-FR', '']],
  ])('of %s, offered %j, is given none', (wanted, offered) => {
    expect(matchLanguage(wanted, offered)).toBeUndefined();
  });
});

describe('the text for an office', () => {
  const [en, fr, pt, zh] = ['en', 'fr', 'pt', 'zh'].map((language) => aLetterText({ language }));
  const texts = [en, fr, pt, zh] as ReturnType<typeof aLetterText>[];

  test('is in the first of its languages that there is one in', () => {
    expect(chooseText(['sw', 'pt-BR', 'fr'], texts, 'en')).toEqual({ text: pt, fallback: false });
  });

  test("is in the campaign's own language when there is none in any of its, and says so", () => {
    expect(chooseText(['sw', 'zh-TW'], texts, 'fr-FR')).toEqual({ text: fr, fallback: true });
    expect(chooseText([], texts, 'en')).toEqual({ text: en, fallback: true });
  });

  test("is no fallback when the campaign's own language is one of its", () => {
    expect(chooseText(['sw', 'en'], texts, 'en')).toEqual({ text: en, fallback: false });
  });

  test('is none when the campaign has none', () => {
    expect(chooseText(['sw'], texts, 'de')).toBeUndefined();
    expect(chooseText(['en'], [], 'en')).toBeUndefined();
  });
});

describe('the messages of a letter', () => {
  test("are the campaign's own, and the system's where it has none", () => {
    const messages = messagesOf('pt-BR', { messages: { draft: 'RASCUNHO' } });
    expect(messages).toEqual({ ...standardMessages['pt'], draft: 'RASCUNHO' });
  });

  test('are not those of another script', () => {
    expect(() => messagesOf('zh-TW', { messages: { draft: '草稿' } })).toThrow(
      /in zh-TW: the campaign has no words for it: document /,
    );
  });
});
