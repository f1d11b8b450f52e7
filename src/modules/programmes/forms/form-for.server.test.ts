import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { fields, type ApplicationForm, type FormCondition, type FormQuestion } from '#modules/programmes'
import { actionOfCall, formFor, loadProgrammes, programmesOfCall } from '#server/programmes'
import { editionsOf } from '#shared/rules/editions.ts'
import { usable } from './form-file.ts'

const programmes = loadProgrammes(join(import.meta.dirname, '../../../../programmes'))

/** Every form that can be asked for: each action in each edition, field and body. */
function* allForms(): Generator<ApplicationForm> {
  for (const [action, files] of programmes.programme.actions) {
    const editions = files.action.editions.flatMap((one) => editionsOf(one.editions))
    for (const edition of new Set(editions)) {
      for (const field of fields.filter((one) => files.action.fields.includes(one))) {
        for (const body of ['national-agency', 'executive-agency'] as const) {
          const form = formFor(programmes, { action, edition, field, body })
          assert.ok(form, `${action} ${edition}`)
          yield form
        }
      }
    }
  }
}

/** How messages call a form. */
function called({ action, edition, field, body }: ApplicationForm): string {
  return `${action} ${edition} ${field} ${body}`
}

function questionAt(form: ApplicationForm, path: string): FormQuestion | undefined {
  const [section, question] = path.split('.')
  return form.sections.find(({ id }) => id === section)?.questions.find(({ id }) => id === question)
}

/** Questions that no form asks: the work packages and the budget of a draft answer them. */
const toldByTheDraft = ['workPackages', 'managementPercent']

suite('Every action of every edition can be applied for', () => {
  test('the form has what everything else relies on', () => {
    for (const form of allForms()) {
      for (const path of ['project.summary', 'project.starts-on', 'project.duration-months']) {
        assert.ok(questionAt(form, path), `${called(form)} ${path}`)
      }
      assert.ok(
        form.sections.some(({ id }) => id === 'profile'),
        called(form)
      )
      const rows = form.sections.filter(({ repeats, of }) => repeats && of === 'application')
      assert.ok(rows.length > 0, `${called(form)} has no work to describe`)
    }
  })

  test('the programme’s own questions are asked under their keys', () => {
    for (const form of allForms()) {
      const data = programmes.edition(form.edition)!.actions.get(form.action)!
      for (const { key, answer, when } of data.questions) {
        if (when?.field || toldByTheDraft.includes(key)) continue
        const asked = questionAt(form, `eligibility.${key}`)
        assert.ok(asked, `${called(form)} ${key}`)
        assert.equal(
          asked.kind,
          { one: 'choice', many: 'choices', number: 'number', 'yes-no': 'yes-no' }[answer]
        )
      }
    }
  })

  test('each award criterion of the edition has its section with its points', () => {
    for (const form of allForms()) {
      const award = programmes.programme.actions
        .get(form.action)!
        .award['award-criteria'].find(({ editions }) => editionsOf(editions).includes(form.edition))
      for (const { id, points } of award?.criteria ?? []) {
        const section = form.sections.find(({ criterion }) => criterion === id)
        assert.equal(section?.points, points, `${called(form)} ${id}`)
        assert.ok(section?.sources?.length, `${called(form)} ${id} cites nothing`)
      }
    }
  })

  test('each content obligation of the rules is asked, with its citation', () => {
    for (const form of allForms()) {
      const { rules } = programmes.edition(form.edition)!.actions.get(form.action)!.spec
      const asked = new Map(
        form.sections.flatMap(({ questions }) =>
          questions.flatMap((one) => (one.rules ?? []).map((rule) => [rule, one] as const))
        )
      )
      for (const rule of rules) {
        if (!('in-the-form' in rule) || rule.when?.field || answeredElsewhere.has(rule.id)) continue
        if (rule.when?.some?.['european-ngo'] !== undefined) continue
        assert.ok(asked.get(rule.id)?.sources?.length, `${called(form)} ${rule.id}`)
      }
    }
  })

  test('ids are unique, lists have options, conditions and rules lead to questions of the form', () => {
    for (const form of allForms()) {
      const sections = form.sections.map(({ id }) => id)
      assert.equal(new Set(sections).size, sections.length, called(form))
      for (const section of form.sections) {
        const ids = section.questions.map(({ id }) => id)
        assert.equal(new Set(ids).size, ids.length, `${called(form)} ${section.id}`)
        for (const question of section.questions) {
          if ('options' in question) {
            const { options } = question
            if (!('from' in options)) assert.ok(options.length >= 2, `${called(form)} ${question.id}`)
            else if (options.from !== 'participants' && options.from !== 'work-packages')
              assert.ok(form.lists[options.from]?.length, `${called(form)} ${options.from}`)
          }
          if (question.required && question.required !== true) followed(form, question.required)
        }
      }
      for (const rule of form.rules) {
        for (const path of pathsOf(rule))
          assert.ok(questionAt(form, path), `${called(form)} ${rule.id} ${path}`)
      }
    }
  })
})

test('a call outside any guide has a form with its own questions and what its rules want described', () => {
  const sources = [{ document: 'call' }]
  const own = programmesOfCall(programmes, {
    title: { en: 'Choirs', lv: 'Kori' },
    edition: 2026,
    actions: [],
    questions: [{ key: 'singers', ask: { en: 'How many sing?', lv: 'Cik dzied?' }, answer: 'number' }],
    own: [
      {
        id: 'open-concert',
        editions: 2026,
        says: { en: 'One concert is open to all.', lv: 'Viens koncerts ir atvērts visiem.' },
        'in-the-form': true,
        sources
      }
    ]
  })
  const form = formFor(own, { action: actionOfCall, edition: 2026, field: 'youth' })!
  assert.equal(questionAt(form, 'eligibility.singers')?.kind, 'number')
  assert.equal(questionAt(form, 'obligations.open-concert')?.ask.lv, 'Viens koncerts ir atvērts visiem.')
  assert.ok(form.sections.some(({ id }) => id === 'activities'))
  assert.ok(questionAt(form, 'budget.requested-grant'))
})

test('what rules allow of the duration is known to the form: by lot and case, and only where a source says so', () => {
  const limitsOf = (action: string, edition: number, path = 'project.duration-months') =>
    questionAt(formFor(programmes, { action, edition })!, path)?.limits?.map(
      ({ says: _says, rule: _rule, ...limit }) => limit
    )
  assert.deepEqual(limitsOf('cooperation-partnerships', 2026), [{ least: 12, most: 36 }])
  assert.deepEqual(limitsOf('alliances-for-innovation', 2026), [
    { oneOf: [24, 36], when: { answer: 'eligibility.lot', is: 1 } },
    { oneOf: [48], when: { answer: 'eligibility.lot', is: 2 } },
    { oneOf: [24], when: { answer: 'eligibility.lot', is: 3 } }
  ])
  assert.deepEqual(limitsOf('sport-events', 2019, 'eligibility.participantCountries'), [{ least: 10 }])
  // Of 2014 to 2018 no source says how many.
  assert.equal(limitsOf('sport-events', 2014, 'eligibility.participantCountries'), undefined)
  assert.deepEqual(limitsOf('sport-events', 2014, 'budget.requested-grant'), [
    { most: 300_000_00, when: { answer: 'eligibility.europeanWeekOfSport', is: true } },
    { most: 500_000_00, when: { answer: 'eligibility.europeanWeekOfSport', is: false } }
  ])
})

test('what no source confirms is advice, what a guide says blocks', () => {
  const rule = (edition: number) =>
    formFor(programmes, { action: 'cooperation-partnerships', edition, field: 'school' })!.rules.find(
      ({ id }) => id.startsWith('start-')
    )
  assert.equal(rule(2022)?.severity, 'warn')
  assert.equal(rule(2026)?.severity, 'block')
  assert.deepEqual(
    rule(2026)?.sources?.map(({ at }) => at),
    ['p. 238']
  )
})

test('who runs the call decides what is asked: a European NGO at the executive agency may upload its description', () => {
  const asked = (body: 'national-agency' | 'executive-agency') =>
    formFor(programmes, {
      action: 'cooperation-partnerships',
      edition: 2026,
      field: 'youth',
      body
    })!.sections.map(({ id }) => id)
  assert.ok(!asked('national-agency').includes('description'))
  assert.ok(asked('executive-agency').includes('description'))
})

test('each lot of an alliance for innovation has its own limit of pages', () => {
  const form = formFor(programmes, { action: 'alliances-for-innovation', edition: 2026, field: 'vet' })!
  const limits = form.sections
    .find(({ id }) => id === 'description')!
    .questions.flatMap((one) => (one.kind === 'file' ? [[one.pages, JSON.stringify(one.shown)]] : []))
  assert.deepEqual(
    limits.map(([pages, shown]) => [pages, /"eligibility.lot","is":(\d)/.exec(String(shown))?.[1]]),
    [
      [70, '1'],
      [120, '2'],
      [70, '3']
    ]
  )
})

test('an upload that moved was, limit by limit, where each of them was', () => {
  const sharedForm = structuredClone(programmes.programme.sharedForm)
  const description = usable(sharedForm).find(({ id }) => id === 'description')!
  const upload = description.questions.find(({ id }) => id === 'document')!
  Object.assign(upload, { id: 'part-b', was: 'description.document' })
  const moved = { ...programmes, programme: { ...programmes.programme, sharedForm } }
  const uploadsOf = (all: typeof programmes) =>
    formFor(all, { action: 'alliances-for-innovation', edition: 2026, field: 'vet' })!
      .sections.find(({ id }) => id === 'description')!
      .questions.filter(({ kind }) => kind === 'file')
  assert.deepEqual(
    uploadsOf(moved).map(({ was }) => was),
    uploadsOf(programmes).map(({ id }) => `description.${id}`)
  )
})

/** What the consortium and the budget answer by being filled in. */
const answeredElsewhere = new Set(['all-organisations-named', 'shares-add-up'])

function pathsOf(rule: ApplicationForm['rules'][number]): string[] {
  switch (rule.word) {
    case 'order':
      return [rule.of, rule.then]
    case 'sum':
      return [rule.of, rule.equals, rule['at-most']].filter((one) => typeof one === 'string')
    case 'within':
      return [...rule.of, rule.from, rule.months]
    default:
      return [rule.of]
  }
}

function followed(form: ApplicationForm, condition: FormCondition): void {
  if ('answer' in condition)
    assert.ok(questionAt(form, condition.answer), `${called(form)} ${condition.answer}`)
  if ('all-of' in condition) condition['all-of'].forEach((one) => followed(form, one))
  if ('any-of' in condition) condition['any-of'].forEach((one) => followed(form, one))
  if ('not' in condition) followed(form, condition.not)
}

test('what a guide only advises, and what needs company, is not demanded of who applies alone', () => {
  const form = formFor(programmes, { action: 'erasmus-mundus-design-measures', edition: 2026 })!
  const required = (path: string) => questionAt(form, path)?.required
  assert.equal(required('obligations.accreditation'), undefined)
  assert.equal(required('obligations.standards'), true)
  assert.deepEqual(required('partnership.cooperation'), { organisations: 2 })
})
