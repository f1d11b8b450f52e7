import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { formSchema } from './api-form-schemas.ts'
import { actionEntrySchema, actionSchema, checkedSchema, problemSchema } from './api-schemas.ts'
import { programmesApi } from './api.ts'
import { loadProgrammes } from './programmes.server.ts'
import { listActions } from './reads.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../programmes'))
const api = programmesApi({ programmes })

const alliance = {
  action: 'knowledge-alliances',
  callYear: 2017,
  durationMonths: 36,
  grantEur: 980_000,
  partners: [
    {
      name: 'Latvijas Universitāte',
      country: 'LV',
      type: 'higher-education-institution',
      role: 'coordinator',
      charter: true
    },
    { name: 'Tartu Ülikool', country: 'EE', type: 'EPLUS-EDU-HEI', role: 'partner', charter: true },
    { name: 'Alfa', country: 'EL', type: 'enterprise', role: 'partner' },
    { name: 'Beta', country: 'UK', type: 'enterprise', role: 'partner' },
    { name: 'Gamma', country: 'LV', type: 'ngo', role: 'partner' },
    { name: 'Delta', country: 'LV', type: 'ngo', role: 'partner' }
  ]
}

const ask = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  api.request('/eligibility-checks', {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body)
  })

suite('a machine asks whether a consortium may apply', () => {
  test('one action answers with every rule, its reason in both languages and its sources', async () => {
    const response = await ask(alliance)
    assert.equal(response.status, 200)
    const answer = checkedSchema.parse(await response.json())
    assert.ok(!Array.isArray(answer))
    assert.equal(answer.answer, 'eligible')
    for (const rule of answer.rules) {
      assert.ok(rule.sources.length > 0, rule.id)
      assert.ok(rule.reason.en && rule.reason.lv, rule.id)
    }
  })

  test('without an action all actions of the edition answer, the nearest first', async () => {
    const { action: _action, ...anywhere } = alliance
    const answers = checkedSchema.parse(await (await ask(anywhere)).json())
    assert.ok(Array.isArray(answers))
    assert.equal(answers[0]!.action, 'knowledge-alliances')
    assert.equal(answers.length, programmes.edition(2017)!.actions.size)
  })

  test('a negative answer offers the fewest changes, each with the rule it answers', async () => {
    const response = await ask({ ...alliance, partners: alliance.partners.slice(0, 5) })
    const answer = checkedSchema.parse(await response.json())
    assert.ok(!Array.isArray(answer))
    assert.equal(answer.answer, 'not-eligible')
    assert.deepEqual(
      answer.repairs.map(({ changes }) => changes.map(({ kind }) => kind)),
      [['add']]
    )
    assert.deepEqual(answer.repairs[0]!.changes[0]!.rules, ['minimum-organisations'])
  })

  test('YAML is as good as JSON', async () => {
    const yaml =
      'action: knowledge-alliances\ncallYear: 2017\npartners:\n  - { country: NO, type: ngo, role: coordinator }\n'
    const answer = checkedSchema.parse(await (await ask(yaml, { 'content-type': 'application/yaml' })).json())
    assert.ok(!Array.isArray(answer))
    assert.equal(answer.rules.find(({ id }) => id === 'coordinator-country')?.answer, 'met')
  })

  test('an unknown field is warned of, not refused', async () => {
    const answer = checkedSchema.parse(await (await ask({ ...alliance, colour: 'green' })).json())
    assert.ok(!Array.isArray(answer))
    assert.match(answer.inputWarnings[0]!.message.en, /colour/)
  })
})

suite('what cannot be checked is refused with what to do', () => {
  const refused: [string, unknown, number, RegExp][] = [
    ['JSON that does not parse, with its line', '{ "partners": [ }', 400, /line|1/i],
    ['YAML that does not parse', 'partners: [\n  - {', 400, /./],
    ['nothing at all', '', 400, /./],
    [
      'an unknown country, with the nearest names',
      { ...alliance, partners: [{ ...alliance.partners[0], country: 'Latvja' }] },
      422,
      /Latvia|Latvija/
    ],
    [
      'an unknown type, with the nearest names',
      { ...alliance, partners: [{ ...alliance.partners[0], type: 'universty' }] },
      422,
      /./
    ],
    ['no coordinator', { ...alliance, partners: alliance.partners.slice(1) }, 422, /coordinator/i],
    [
      'two coordinators',
      { ...alliance, partners: [alliance.partners[0], { ...alliance.partners[1], role: 'coordinator' }] },
      422,
      /coordinator/i
    ],
    ['no partners', { ...alliance, partners: [] }, 422, /partner/i],
    [
      'five hundred partners, and the limit is said',
      { ...alliance, partners: Array(500).fill(alliance.partners[0]) },
      422,
      /200/
    ],
    [
      'the same organisation twice',
      { ...alliance, partners: [...alliance.partners, alliance.partners[1]] },
      422,
      /./
    ],
    [
      'an edition in which the action did not exist, and which did',
      { ...alliance, callYear: 2026 },
      422,
      /2014/
    ],
    [
      'more than 1 MB, and the limit is said',
      JSON.stringify({ partners: [], note: 'x'.repeat(1_100_000) }),
      413,
      /1 MB/
    ]
  ]
  for (const [what, body, status, says] of refused) {
    test(what, async () => {
      const response = await ask(body)
      assert.equal(response.status, status)
      assert.match(response.headers.get('content-type')!, /^application\/problem\+json/)
      const problem = problemSchema.parse(await response.json())
      assert.ok(
        problem.problems!.some(({ message }) => says.test(message.en)),
        JSON.stringify(problem.problems)
      )
      for (const { message } of problem.problems!) assert.notEqual(message.en, message.lv)
    })
  }
})

suite('a machine reads the actions', () => {
  test('all actions, or those of an edition', async () => {
    const all = (await (await api.request('/actions')).json()) as { actions: unknown[] }
    assert.equal(
      all.actions.map((one) => actionEntrySchema.parse(one)).length,
      programmes.programme.actions.size
    )
    const some = (await (await api.request('/actions?edition=2014')).json()) as {
      actions: { editions: number[] }[]
    }
    assert.ok(some.actions.every(({ editions }) => editions.includes(2014)))
    assert.equal((await api.request('/actions?edition=1999')).status, 400)
  })

  test('every action in every edition answers by the published schema, each value with a source', async () => {
    for (const { action } of programmes.programme.actions.values()) {
      for (const year of action.editions.flatMap(({ editions }) => editions)) {
        for (const edition of String(year).split('-')) {
          const response = await api.request(`/actions/${action.action}/${edition}`)
          assert.equal(response.status, 200, `${action.action} ${edition}`)
          const view = actionSchema.parse(await response.json())
          for (const rule of view.rules)
            assert.ok(rule.sources.length > 0, `${action.action} ${edition} ${rule.id}`)
        }
      }
    }
  })

  test('who has the answer already is told so', async () => {
    const first = await api.request('/actions/knowledge-alliances/2017')
    const tag = first.headers.get('etag')!
    const again = await api.request('/actions/knowledge-alliances/2017', {
      headers: { 'if-none-match': tag }
    })
    assert.equal(again.status, 304)
    assert.equal(await again.text(), '')
  })

  test('an edition in which the action did not exist is not found, and which did is said', async () => {
    const response = await api.request('/actions/knowledge-alliances/2026')
    assert.equal(response.status, 404)
    assert.match(problemSchema.parse(await response.json()).detail, /2014/)
  })
})

test('the schema of rule files is published', async () => {
  const schema = (await (await api.request('/schemas/eligibility.json')).json()) as { title: string }
  assert.match(schema.title, /eligibility\.yaml/)
  assert.equal((await api.request('/schemas/nothing.json')).status, 404)
})

suite('a machine asks for an application form', () => {
  const form = (path: string) => api.request(`/actions/${path}/form`)

  test('every form of every action answers to the schema', async () => {
    for (const { action, editions } of listActions({ programmes })) {
      for (const edition of editions) {
        const response = await form(`${action}/${edition}`)
        assert.equal(response.status, 200)
        assert.ok(formSchema.parse(await response.json()).sections.length > 5, `${action} ${edition}`)
      }
    }
  })

  test('field and body narrow it; what is neither is refused in both languages', async () => {
    const asked = (query: string) => api.request(`/actions/cooperation-partnerships/2026/form?${query}`)
    const sport = formSchema.parse(await (await asked('field=sport')).json())
    assert.equal(sport.body, 'executive-agency')
    const ngo = formSchema.parse(await (await asked('field=youth&body=executive-agency')).json())
    assert.ok(ngo.sections.some(({ id }) => id === 'description'))
    for (const query of ['field=war', 'body=me']) {
      const refusal = problemSchema.parse(await (await asked(query)).json())
      assert.equal(refusal.status, 400)
    }
  })

  test('there is none of an edition in which the action did not exist', async () => {
    assert.equal((await form('cooperation-partnerships/2014')).status, 404)
    assert.equal((await form('nothing/2026')).status, 404)
  })
})
