import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { type ListedCall, countFacets, find } from './catalogue.ts'
import { cardOf } from './card.ts'
import { emptyTerms } from './call.ts'
import { type CallFilter, anyCall, filterFrom, queryOf } from './filter.ts'

const at = (text: string) => Temporal.Instant.from(text)
const asking = { now: at('2027-01-10T12:00:00Z'), couldTakePart: () => true }

function call(
  code: string,
  more: Partial<ListedCall>,
  title: string,
  fields: ListedCall['card']['fields']
): ListedCall {
  const terms = {
    ...emptyTerms(),
    title: { lv: title, en: '' },
    actions: [{ action: 'cooperation-partnerships', fields }]
  }
  return {
    id: code,
    code,
    body: 'lv-viaa',
    edition: 2027,
    kind: 'proposals',
    state: 'open',
    opensAt: at('2026-11-01T09:00:00Z'),
    closesAt: at('2027-03-04T11:00:00Z'),
    country: 'LV',
    bodyWords: 'viaa valsts izglitibas attistibas agentura',
    publishedAt: at('2026-11-01T09:00:00Z'),
    changedAt: at('2026-11-01T09:00:00Z'),
    corrigenda: 0,
    card: cardOf(terms, [{ lv: 'Sadarbības partnerības', en: 'Cooperation partnerships' }]),
    ...more
  }
}

const school = call('2027-lv-viaa-1', {}, 'Skolu izglītība', ['school'])
const vet = call('2027-lv-viaa-2', { closesAt: at('2027-02-01T11:00:00Z') }, 'Profesionālā izglītība', [
  'vet'
])
const later = call('2027-lv-viaa-3', { state: 'published' }, 'Otrā kārta', ['school', 'vet'])
const sport = call('2027-eacea-1', { body: 'eacea', country: undefined, bodyWords: 'eacea' }, 'Sports', [
  'sport'
])
const over = call('2026-lv-viaa-1', { state: 'closed', edition: 2026 }, 'Pērnais', ['school'])
const all = [over, later, sport, vet, school]
const codes = (filter: Partial<CallFilter>) =>
  find(all, { ...anyCall, ...filter }, asking).map(({ code }) => code)

suite('Maria looks for a call', () => {
  test('open ones come first, the next deadline at the top, then what opens later', () => {
    assert.deepEqual(codes({}), ['2027-lv-viaa-2', '2027-eacea-1', '2027-lv-viaa-1', '2027-lv-viaa-3'])
  })

  test('she finds it without diacritics, in another case of the noun, and by the body', () => {
    assert.deepEqual(codes({ text: 'skolas izglitiba' }), ['2027-lv-viaa-1'])
    assert.deepEqual(codes({ text: 'SADARBĪBU' }).length, 4)
    assert.deepEqual(codes({ text: 'eacea' }), ['2027-eacea-1'])
    assert.deepEqual(codes({ text: 'nothing of the kind' }), [])
  })

  test('she narrows by field, body, country, edition, state and deadline', () => {
    assert.deepEqual(codes({ fields: ['school'] }), ['2027-lv-viaa-1', '2027-lv-viaa-3'])
    assert.deepEqual(codes({ fields: ['sport', 'vet'] }).length, 3)
    assert.deepEqual(codes({ bodies: ['eacea'] }), ['2027-eacea-1'])
    assert.deepEqual(codes({ countries: ['LV'] }).length, 3)
    assert.deepEqual(codes({ states: ['closed'] }), ['2026-lv-viaa-1'])
    assert.deepEqual(codes({ editions: [2026] }), [])
    assert.deepEqual(codes({ within: 30 }), ['2027-lv-viaa-2'])
  })

  test('a count says what there would be: a facet does not narrow itself', () => {
    const counts = countFacets(all, { ...anyCall, fields: ['sport'] }, asking)
    assert.deepEqual(Object.fromEntries(counts.fields), { school: 2, vet: 2, sport: 1 })
    assert.deepEqual(Object.fromEntries(counts.bodies), { eacea: 1 })
    const states = countFacets(all, anyCall, asking).states
    assert.deepEqual(Object.fromEntries(states), { closed: 1, published: 1, open: 3 })
  })

  test('the rules are asked whether an organisation like hers could take part', () => {
    const asked: unknown[] = []
    const couldTakePart = (one: ListedCall, who: object) => asked.push(who) > 0 && one.body === 'eacea'
    const found = find(all, { ...anyCall, from: 'LV', type: 'school' }, { ...asking, couldTakePart })
    assert.deepEqual(
      found.map(({ code }) => code),
      ['2027-eacea-1']
    )
    assert.deepEqual(asked[0], { from: 'LV', type: 'school' })
  })
})

test('a filter is read from an address and written back, always in one order; nonsense is passed over', () => {
  const query = new URLSearchParams(
    'field=vet&field=school&status=open&q= skola &from=LV&within=30&body=lv-viaa'
  )
  const filter = filterFrom(query)
  assert.equal(
    queryOf(filter).toString(),
    'q=skola&status=open&field=school&field=vet&body=lv-viaa&from=LV&within=30'
  )
  assert.deepEqual(filterFrom(queryOf(filter)), { ...filter, fields: ['school', 'vet'] })
  const odd = new URLSearchParams(
    `field=<b>&status=draft&edition=1e9&from=lv&type='--&within=-5&q=${'x'.repeat(9000)}`
  )
  const read = filterFrom(odd)
  assert.equal(read.text.length, 200)
  assert.deepEqual({ ...read, text: '' }, anyCall)
})
