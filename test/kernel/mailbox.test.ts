import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalMailbox } from '../../shared/kernel/mailbox.ts';

describe('the canonical spelling of a mailbox', () => {
  test.each([
    ['capitals', 'AMINA@Example.ORG', 'amina@example.org'],
    ['a tag', 'amina+petition@example.org', 'amina@example.org'],
    ['several tags', 'amina+a+b@example.org', 'amina@example.org'],
    ['dots at Gmail', 'a.mi.na@gmail.com', 'amina@gmail.com'],
    ['Gmail’s other name', 'a.mina+x@GoogleMail.com', 'amina@gmail.com'],
    ['a domain in its own script', 'amina@BÜCHER.example', 'amina@xn--bcher-kva.example'],
    ['the same domain in ASCII', 'amina@xn--bcher-kva.example', 'amina@xn--bcher-kva.example'],
    ['a domain typed in decomposed letters', 'amina@bu\u0308cher.example', 'amina@xn--bcher-kva.example'],
    ['an Arabic domain', 'amina@مثال.إختبار', 'amina@xn--mgbh0fb.xn--kgbechtv'],
  ])('does not depend on %s', (_, typed, canonical) => {
    expect(canonicalMailbox(typed)).toBe(canonical);
  });

  test('keeps dots where they make another mailbox', () => {
    expect(canonicalMailbox('a.mina@example.org')).toBe('a.mina@example.org');
    expect(canonicalMailbox('a.mina@notgmail.com')).toBe('a.mina@notgmail.com');
  });

  test('keeps a mailbox apart that begins with a plus: there is no name before its tag', () => {
    expect(canonicalMailbox('+amina@example.org')).not.toBe(canonicalMailbox('+omar@example.org'));
  });

  test('is one for all the aliases of a mailbox, and its own canonical spelling', () => {
    const aLocal = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);
    const aDomain = fc.constantFrom('gmail.com', 'example.org', 'bücher.example');
    fc.assert(
      fc.property(aLocal, aDomain, fc.stringMatching(/^[\w.-]{0,9}$/), (local, domain, tag) => {
        const canonical = canonicalMailbox(`${local}@${domain}`);
        expect(canonicalMailbox(`${local.toUpperCase()}+${tag}@${domain.toUpperCase()}`)).toBe(canonical);
        expect(canonicalMailbox(canonical)).toBe(canonical);
      }),
    );
  });

  test('is another for another mailbox', () => {
    const aLocal = fc.stringMatching(/^[a-z0-9]{1,9}$/);
    const aDomain = fc.constantFrom('gmail.com', 'example.org', 'example.com', 'mail.example.org');
    fc.assert(
      fc.property(aLocal, aDomain, aLocal, aDomain, (a, at, b, bt) => {
        fc.pre(a !== b || at !== bt);
        expect(canonicalMailbox(`${a}@${at}`)).not.toBe(canonicalMailbox(`${b}@${bt}`));
      }),
    );
  });
});
