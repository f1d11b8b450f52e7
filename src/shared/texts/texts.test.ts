import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { compileTexts } from '../../../tools/compile-texts.js'
import { loadTexts } from './browser.ts'
import {
  formatDate,
  formatDuration,
  formatInstant,
  formatList,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPercent,
  texts
} from './index.ts'
import { sayFrom } from './say.ts'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')

test('a sum of money reads as Latvians and English readers write it', () => {
  assert.equal(plain(formatMoney(1_250_050, 'lv')), '12 500,50 EUR')
  assert.equal(plain(formatMoney(1_250_050, 'en')), 'EUR 12,500.50')
  assert.equal(plain(formatMoney(120_000, 'lv')), '1 200 EUR')
  assert.equal(plain(formatMoney(120_000n, 'en')), 'EUR 1,200')
})

test('numbers, shares, lists and days follow the language', () => {
  assert.equal(plain(formatNumber(1234.5, 'lv')), '1 234,5')
  assert.equal(plain(formatPercent(0.8, 'lv')), '80 %')
  assert.equal(formatPercent(0.8, 'en'), '80%')
  assert.equal(formatList(['Latvija', 'Igaunija', 'Somija'], 'lv'), 'Latvija, Igaunija un Somija')
  assert.equal(formatList(['a school', 'a company'], 'en', 'or'), 'a school or a company')
  assert.equal(formatDate('2026-03-05', 'lv'), '2026. gada 5. marts')
  assert.equal(formatDate('2026-03-05', 'en'), '5 March 2026')
})

test('how long something took is said with the decimal sign of the language, and its unit stays beside it', () => {
  assert.equal(formatDuration(417, 'lv'), '0,417\u00a0s')
  assert.equal(formatDuration(417.4, 'en'), '0.417\u00a0s')
  assert.equal(plain(formatDuration(59_999.7, 'lv')), '1 min 0 s')
  assert.equal(plain(formatDuration(725_000, 'lv')), '12 min 5 s')
  assert.equal(plain(formatDuration(3 * 3_600_000 + 125_000, 'en')), '3 h 2 min')
  const late = texts('lv')('applications-submission.not-now.late', { late: 1 })
  assert.match(plain(late), /0,001 s pēc termiņa/)
})

test('a deadline at noon in Brussels is an hour later in Latvia, in summer and in winter', () => {
  assert.match(
    formatInstant('2026-03-05T12:00:00+01:00', 'lv'),
    /12:00 pēc Briseles laika \(13:00 Latvijā\)$/
  )
  assert.match(
    formatInstant('2026-10-01T12:00:00+02:00', 'lv'),
    /12:00 pēc Briseles laika \(13:00 Latvijā\)$/
  )
  assert.equal(formatInstant('2026-03-05T12:00:00+01:00', 'en'), '5 March 2026, 12:00 Brussels time')
  assert.equal(
    formatInstant('2026-03-05T23:30:00+01:00', 'en', 'Europe/Riga'),
    '5 March 2026, 23:30 Brussels time (6 March 2026 00:30 your time)'
  )
})

test('a moment in a list of work is short, on the clock of Riga or of Brussels', () => {
  assert.equal(plain(formatMoment('2026-11-25T11:03:00Z', 'lv')), '25.11.2026. 13:03')
  assert.equal(plain(formatMoment('2026-11-25T11:03:00Z', 'en')), '25 Nov 2026, 12:03')
})

test('whoever misspells a key or forgets an argument is told by the compiler', () => {
  const t = texts('en')
  assert.equal(t('site.error.status', { status: 404 }), 'Error 404')
  // @ts-expect-error there is no such key
  assert.equal(t('site.nonsense'), 'site.nonsense')
  // @ts-expect-error the status is missing
  assert.equal(t('site.error.status'), 'Error undefined')
  // @ts-expect-error a plural needs a number
  assert.equal(t('site.form.summary', { count: 'two' }), 'NaN things to correct')
})

test('a live page is given the namespaces it asked for, and no others', async () => {
  const t = await loadTexts('lv', ['site'])
  assert.equal(t('site.home.title'), 'Vai drīkstam pieteikties?')
  // @ts-expect-error this namespace was not loaded
  assert.equal(t('components.title'), 'components.title')
})

test('Latvian counts take three forms: 0 un 11 valstu, 21 valsts, 2 valstis', async () => {
  const { messages } = await compiled({
    lv: '{n, plural, zero {# valstu} one {# valsts} other {# valstis}}',
    en: '{n, plural, =0 {no country} one {# country} other {# countries}}'
  })
  const lv = sayFrom('lv', messages.lv) as (key: string, args: object) => string
  const en = sayFrom('en', messages.en) as (key: string, args: object) => string
  assert.deepEqual(
    [0, 1, 2, 11, 21, 22, 101, 1000].map((n) => plain(lv('a.key', { n }))),
    [
      '0 valstu',
      '1 valsts',
      '2 valstis',
      '11 valstu',
      '21 valsts',
      '22 valstis',
      '101 valsts',
      '1 000 valstu'
    ]
  )
  assert.equal(en('a.key', { n: 0 }), 'no country')
  assert.equal(en('a.key', { n: 2000 }), '2,000 countries')
})

test('a choice inside a plural, a date and a share are said too', async () => {
  const message =
    '{n, plural, one {{kind, select, school {a school} other {an organisation}}} other {# of {name}}}: {d, date, long}, {s, number, percent}'
  const { messages } = await compiled({ lv: message.replace('one', 'zero {-} one'), en: message })
  const en = sayFrom('en', messages.en) as (key: string, args: object) => string
  const args = { name: '<b>', d: '2026-03-05', s: 0.5 }
  assert.equal(en('a.key', { n: 1, kind: 'school', ...args }), 'a school: 5 March 2026, 50%')
  assert.equal(en('a.key', { n: 2, kind: 'x', ...args }), '2 of <b>: 5 March 2026, 50%')
})

for (const [what, texts, complaint] of [
  [
    'a Latvian plural without zero',
    { lv: '{n, plural, one {#} other {#}}', en: '{n, plural, one {#} other {#}}' },
    /lacks: zero/
  ],
  [
    'an English plural with few',
    { lv: 'x', en: '{n, plural, one {#} few {#} other {#}}' },
    /no plural form: few/
  ],
  ['a sentence with a tag', { lv: '<b>x</b>', en: 'x' }, /no markup in texts/],
  ['a sentence with an entity', { lv: 'x', en: 'a&nbsp;b' }, /no markup in texts/],
  ['a key that Latvian lacks', { en: 'x' }, /texts\/lv: “a.key” is missing/],
  ['a key that English lacks', { lv: 'x' }, /texts\/en: “a.key” is missing/],
  ['placeholders that differ', { lv: '{vārds}', en: '{name}' }, /placeholders differ/],
  ['a number that is plain text in one language', { lv: '{n}', en: '{n, number}' }, /placeholders differ/],
  ['a message that does not parse', { lv: '{n', en: 'x' }, /not a message/]
] as const) {
  test(`whoever writes ${what} is told so`, async () => {
    const { problems } = await compiled(texts)
    assert.match(problems.join('\n'), complaint)
  })
}

test('a third language may be incomplete and then speaks English', async () => {
  const { problems, messages } = await compiled({ lv: 'labi', en: 'good' }, { et: {} })
  assert.deepEqual(problems, [])
  assert.equal(messages.et['a.key'], 'good')
})

/** Compiles one message a language in a folder of its own. */
async function compiled(texts: { lv?: string; en?: string }, others: Record<string, object> = {}) {
  const root = mkdtempSync(join(tmpdir(), 'kopa-texts-'))
  try {
    const catalogues = { lv: {}, en: {}, ...others } as Record<string, object>
    for (const [language, text] of Object.entries(texts)) catalogues[language] = { key: text }
    for (const [language, catalogue] of Object.entries(catalogues)) {
      mkdirSync(join(root, 'texts', language), { recursive: true })
      writeFileSync(join(root, 'texts', language, 'a.json'), JSON.stringify(catalogue, null, 1))
    }
    const { problems } = compileTexts({ root })
    if (problems.length > 0) return { problems, messages: {} as Record<string, Record<string, unknown>> }
    // The written modules are plain JavaScript in a folder without package.json: read as a data address.
    const read = async (language: string) => {
      const source = readFileSync(join(root, '.generated/texts', language, 'a.js'), 'utf8')
      return (await import(`data:text/javascript,${encodeURIComponent(source)}`)).default as Record<
        string,
        unknown
      >
    }
    const messages: Record<string, Record<string, unknown>> = {}
    for (const language of Object.keys(catalogues)) messages[language] = await read(language)
    return { problems, messages }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
