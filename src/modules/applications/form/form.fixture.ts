import type { ApplicationForm, FormQuestion, FormSection, ParticipantRole } from '#modules/programmes'
import type { Words } from '#shared/rules/vocabulary.ts'
import { charactersIn } from '#shared/forms/tidy-text.ts'
import type { Filled, GivenAnswer } from './filled.ts'

/** Maria coordinates, Jonas is her partner; a museum is associated. */
export const maria = '11111111-1111-4111-8111-111111111111'
export const jonas = '22222222-2222-4222-8222-222222222222'
export const museum = '33333333-3333-4333-8333-333333333333'

export const participants: Filled['participants'] = [
  { id: maria, role: 'coordinator', name: 'Upes skola' },
  { id: jonas, role: 'partner', name: 'Kauno mokykla' },
  { id: museum, role: 'associated', name: 'Muzejs' }
]

export const words = (en: string): Words => ({ en, lv: `${en} (lv)` })

export function section(id: string, questions: FormQuestion[], more: Partial<FormSection> = {}): FormSection {
  return {
    id,
    of: 'application',
    for: ['coordinator', 'partner'] satisfies ParticipantRole[],
    title: words(id),
    questions,
    ...more
  }
}

/** A form with every kind of question, rows and parts of participants. */
export const form: ApplicationForm = {
  action: 'cooperation-partnerships',
  edition: 2026,
  field: 'school',
  body: 'national-agency',
  version: 1,
  origin: 'own',
  lists: {
    topics: [
      { value: 'art', names: words('Art') },
      { value: 'sea', names: words('The sea') }
    ]
  },
  sections: [
    section('project', [
      { kind: 'line', limit: 10, id: 'acronym', ask: words('Short name'), required: true },
      { kind: 'text', limit: 20, id: 'summary', ask: words('Summary'), required: true },
      { kind: 'date', id: 'starts-on', ask: words('First day'), from: '2026-01-01', until: '2027-12-31' },
      {
        kind: 'number',
        least: 12,
        most: 36,
        unit: words('months'),
        id: 'duration-months',
        ask: words('Months')
      },
      { kind: 'choices', options: { from: 'topics' }, most: 1, id: 'topics', ask: words('Topics') },
      { kind: 'yes-no', id: 'trains', ask: words('Does it train people?'), required: true },
      {
        kind: 'text',
        limit: 50,
        id: 'training',
        ask: words('How?'),
        shown: { answer: 'project.trains', is: true },
        required: true
      },
      {
        kind: 'choice',
        options: [
          { value: 1, names: words('One') },
          { value: 2, names: words('Two') }
        ],
        id: 'lot',
        ask: words('Lot')
      }
    ]),
    section(
      'profile',
      [
        { kind: 'text', limit: 30, id: 'background', ask: words('Background'), required: true },
        {
          kind: 'table',
          id: 'staff',
          ask: words('Staff'),
          row: words('a person'),
          most: 2,
          required: { role: ['coordinator', 'partner'] },
          columns: [
            { kind: 'line', limit: 8, id: 'name', ask: words('Name'), required: true },
            { kind: 'number', least: 0, id: 'days', ask: words('Days') }
          ]
        }
      ],
      { of: 'participant', for: ['coordinator', 'partner', 'associated'] }
    ),
    section(
      'work-packages',
      [
        { kind: 'line', limit: 30, id: 'title', ask: words('Title'), required: true },
        { kind: 'choice', options: { from: 'participants' }, id: 'lead', ask: words('Lead'), required: true },
        { kind: 'number', least: 1, id: 'starts-month', ask: words('From') },
        { kind: 'number', least: 1, id: 'ends-month', ask: words('Until') },
        { kind: 'money', least: 1, id: 'share', ask: words('Share') }
      ],
      { repeats: { least: 1, most: 2, one: words('work package'), title: 'title' } }
    ),
    section('budget', [
      {
        kind: 'money',
        amounts: [6_000_000, 12_000_000],
        id: 'lump-sum',
        ask: words('Lump sum'),
        required: true
      }
    ]),
    section('annexes', [
      { kind: 'file', types: ['pdf'], pages: 5, id: 'other', ask: words('Other document') },
      { kind: 'choice', options: { from: 'work-packages' }, id: 'of', ask: words('Belongs to') }
    ])
  ],
  rules: [
    {
      id: 'months',
      says: words('Ends after it begins'),
      severity: 'block',
      word: 'order',
      of: 'work-packages.starts-month',
      then: 'work-packages.ends-month'
    },
    {
      id: 'within',
      says: words('Ends within the project'),
      severity: 'block',
      word: 'order',
      of: 'work-packages.ends-month',
      then: 'project.duration-months'
    },
    {
      id: 'sum',
      says: words('Shares are the lump sum'),
      severity: 'block',
      word: 'sum',
      of: 'work-packages.share',
      equals: 'budget.lump-sum'
    },
    {
      id: 'titles',
      says: words('Titles differ'),
      severity: 'warn',
      word: 'different',
      of: 'work-packages.title'
    },
    {
      id: 'window',
      says: words('Starts in autumn'),
      severity: 'block',
      word: 'window',
      of: 'project.starts-on',
      from: '2026-09-01',
      until: '2026-12-31'
    }
  ]
}

/** Answers as they are kept: text of text questions apart from values. Text is known by being a string of a text question. */
export function filledWith(given: Record<string, unknown>, of: ApplicationForm = form): Filled {
  const texts = new Set(
    of.sections.flatMap(({ id, questions }) =>
      questions.filter(({ kind }) => kind === 'text' || kind === 'line').map((one) => `${id}.${one.id}`)
    )
  )
  const answers = Object.entries(given).map(([path, value]): [string, GivenAnswer] => {
    const key = path.replace(/@[^.]+/, '').replace(/\.[a-z0-9]{8}\./, '.')
    return texts.has(key)
      ? [path, { text: String(value), length: charactersIn(String(value)) }]
      : [path, { value, length: 0 }]
  })
  return { form: of, answers: new Map(answers), language: 'lv', participants }
}
