import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { texts } from '#shared/texts/index.ts'
import { compileEdition } from '../../edition.ts'
import { editionForBrowser } from '../../reads.ts'
import { loadProgrammes } from '../../programmes.server.ts'
import { checkView } from './check-view.ts'
import { draftFromFile, fileFromDraft } from './draft.ts'
import type { EditionForBrowser } from './edition-for-browser.ts'
import { readDraft } from './read-draft.ts'
import { unpacked, packed } from './share-link.ts'
import { withChanges } from './try-change.ts'

const today = '2026-11-22'
const programmes = loadProgrammes(join(import.meta.dirname, '../../../../../programmes'))

/** What a browser holds of an edition: what came over the wire. */
const browsers = new Map<number, ReturnType<typeof browserOf>>()
function browserOf(year: number) {
  const edition = editionForBrowser({ programmes }, year)!
  const sent = JSON.stringify({ edition, knowledge: programmes.knowledge } satisfies EditionForBrowser)
  const got = JSON.parse(sent) as EditionForBrowser
  return { edition: compileEdition(got.edition), knowledge: got.knowledge }
}

const cases = [...programmes.programme.actions].flatMap(([action, { examples }]) =>
  examples.examples.map((example) => ({ ...example, action }))
)

test('for every worked example the page answers as the example says, in server and browser alike', async () => {
  assert.ok(cases.length > 80, `${cases.length}`)
  for (const { action, case: name, edition: year, consortium, answer } of cases) {
    const link = (await packed(consortium))!
    const draft = draftFromFile((await unpacked(link))!.value, 'lv', { edition: String(year), action })
    const said = `${action} ${year}: ${name}`
    const server = readDraft(draft, programmes.knowledge, today)
    assert.deepEqual(server.problems, [], said)
    const browser = browsers.get(year) ?? browserOf(year)
    browsers.set(year, browser)
    const local = readDraft(draft, browser.knowledge, today)
    assert.deepEqual(local.request, server.request, said)

    const t = texts('lv')
    const there = checkView(server.request!.consortium, action, {
      edition: programmes.edition(year)!,
      language: 'lv',
      t,
      rows: server.rows
    })
    const here = checkView(local.request!.consortium, action, {
      ...browser,
      language: 'lv',
      t,
      rows: local.rows
    })
    assert.deepEqual(here, there, said)
    assert.equal(there.opened?.answer, answer, said)
  }
})

test('a change tried on the form does what its card says: no rule is not met after it', () => {
  let tried = 0
  for (const { action, edition: year, consortium, answer } of cases) {
    if (answer !== 'not-eligible') continue
    const edition = programmes.edition(year)!
    const reading = { edition, language: 'en' as const, t: texts('en') }
    const draft = draftFromFile(consortium, 'en', { edition: String(year), action })
    const { request, rows } = readDraft(draft, programmes.knowledge, today)
    const { opened } = checkView(request!.consortium, action, { ...reading, rows })
    for (const { steps } of opened!.changeSets.slice(0, 3)) {
      if (steps.length === 0) continue
      const changed = withChanges(draft, steps, 'en')
      const after = readDraft(changed, programmes.knowledge, today)
      assert.deepEqual(after.problems, [], `${action} ${year} ${JSON.stringify(steps)}`)
      const view = checkView(after.request!.consortium, action, { ...reading, rows: after.rows })
      assert.equal(view.opened!.tally.notMet, 0, `${action} ${year} ${JSON.stringify(steps)}`)
      tried++
    }
  }
  assert.ok(tried > 30, `${tried}`)
})

test('a change that makes no sense for the form is passed over', () => {
  const draft = draftFromFile({ partners: [{ country: 'LV' }] }, 'en', { edition: '2026', action: '' })
  for (const steps of [[['leave-out', 9]], [['role', '0', 'x']], ['add'], [null], [['coordinator', -4]]])
    assert.equal(withChanges(draft, steps, 'en').partners.length, 1)
})

test('blank rows are passed over, and problems and open points name the row of the form', () => {
  const draft = draftFromFile(
    {
      partners: [
        { role: 'partner' },
        { role: 'coordinator', country: 'Latvja' },
        {},
        { name: 'B', role: 'partner' }
      ]
    },
    'en',
    { edition: '2026', action: '' }
  )
  const { problems, rows } = readDraft(draft, programmes.knowledge, today)
  assert.deepEqual(rows, [1, 3])
  assert.deepEqual(
    problems.map(({ field, key }) => [field, key]),
    [['partners.1.country', 'input.unknown-country-nearest']]
  )
})

test('an answer given for another action is kept and is no mistake', () => {
  const draft = draftFromFile(
    { partners: [{ role: 'coordinator', country: 'LV' }], answers: { lot: 2 } },
    'en',
    {
      edition: '2026',
      action: 'cooperation-partnerships'
    }
  )
  const { problems, request } = readDraft(draft, programmes.knowledge, today)
  assert.deepEqual(problems, [])
  assert.deepEqual(request?.consortium.answers, { lot: 2 })
  assert.deepEqual(fileFromDraft(draft).answers, { lot: 2 })
})

test('an action that did not exist in the edition is told at the edition, with those in which it did', () => {
  const draft = draftFromFile({ partners: [{ role: 'coordinator' }] }, 'en', {
    edition: '2026',
    action: 'knowledge-alliances'
  })
  const filled = { ...draft, partners: [{ ...draft.partners[0]!, country: 'LV' }] }
  const { problems } = readDraft(filled, programmes.knowledge, today)
  assert.deepEqual(
    problems.map(({ field, args }) => [field, args.editions]),
    [['edition', '2014–2020']]
  )
})
