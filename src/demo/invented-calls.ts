import type { CallKind, OpenedAction, Translated } from '#modules/calls'
import type { CastKey } from './cast.ts'

/**
 * A call of the demonstration: the rules of its edition are real, the call is not. Days are counted from the day on
 * which the world is set up; the deadline falls at the hour that the edition sets for the body.
 */
export type InventedCall = {
  title: Translated
  text: Translated
  edition: number
  kind: CallKind
  body: string
  /** Who writes it, and who publishes it as the second officer. */
  author: CastKey
  second: CastKey
  actions: OpenedAction[]
  opens: number
  closes: { inDays: number; hour: '12:00' | '17:00' } | 'soonAfterSetUp'
  cents: number
  /** Ids of the programme's priorities. */
  priorities?: string[]
  /** Rules of its own, outside of any guide. */
  rules?: string
  /** How far it has come. */
  reached: 'draft' | 'in-review' | 'published'
}

/** Everybody can read why the deadline is none of the guide's. */
export const departure =
  'Demonstrācija: termiņš pārcelts, lai uzaicinājumu varētu izmēģināt. / Demonstration: deadline moved, so that the call can be tried.'

const million = 100_000_000
const noon = '12:00' as const
const five = '17:00' as const

export const inventedCalls = {
  schools: {
    title: { lv: 'Sadarbības partnerības skolām', en: 'Cooperation partnerships for schools' },
    text: {
      lv: 'Skolas no vairākām valstīm kopā izstrādā, izmēģina un nodod tālāk jaunas darba metodes.\n\nTermiņš vienreiz jau pagarināts; par to pastāstīts visiem, kas uzaicinājumam seko.',
      en: 'Schools of several countries develop, try and pass on new ways of working together.\n\nThe deadline was extended once; everybody who follows the call was told.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'cooperation-partnerships', fields: ['school'] }],
    opens: -20,
    closes: { inDays: 35, hour: noon },
    cents: 2 * million,
    priorities: ['school-basic-skills', 'school-wellbeing', 'inclusion-and-diversity'],
    reached: 'published'
  },
  smallScale: {
    title: {
      lv: 'Maza mēroga partnerības skolām, profesionālajai un pieaugušo izglītībai',
      en: 'Small-scale partnerships for schools, vocational and adult education'
    },
    text: {
      lv: 'Pirmais solis tiem, kas kopā ar partneriem no citas valsts vēl nav strādājuši. Līdz termiņam palikušas divas dienas.',
      en: 'A first step for those who never worked with partners of another country. Two days are left.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'small-scale-partnerships', fields: ['school', 'vet', 'adult'] }],
    opens: -40,
    closes: { inDays: 2, hour: noon },
    cents: million,
    priorities: ['inclusion-and-diversity', 'digital-transformation'],
    reached: 'published'
  },
  adults: {
    title: {
      lv: 'Sadarbības partnerības pieaugušo izglītībai',
      en: 'Cooperation partnerships for adult education'
    },
    text: {
      lv: 'Gaida otra darbinieka pārbaudi: Andris to var publicēt vai nodot Petrai atpakaļ.',
      en: 'Waits for the second officer: Andris can publish it or send it back to Petra.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'cooperation-partnerships', fields: ['adult'] }],
    opens: 7,
    closes: { inDays: 70, hour: noon },
    cents: million,
    priorities: ['adult-upskilling', 'adult-access'],
    reached: 'in-review'
  },
  vocational: {
    title: {
      lv: 'Sadarbības partnerības profesionālajai izglītībai',
      en: 'Cooperation partnerships for vocational education'
    },
    text: { lv: 'Petra to vēl raksta.', en: 'Petra is still writing it.' },
    edition: 2026,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'cooperation-partnerships', fields: ['vet'] }],
    opens: 14,
    closes: { inDays: 90, hour: noon },
    cents: million,
    reached: 'draft'
  },
  youth: {
    title: { lv: 'Maza mēroga partnerības jaunatnes jomā', en: 'Small-scale partnerships for youth' },
    text: {
      lv: 'Aģentūrā šeit ir tikai viena darbiniece, tāpēc otru cilvēku pārbaudei meklē citur.',
      en: 'The agency has one officer here, so the second person has to be found elsewhere.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'lv-jspa',
    author: 'zane',
    second: 'liga',
    actions: [{ action: 'small-scale-partnerships', fields: ['youth'] }],
    opens: 3,
    closes: { inDays: 60, hour: noon },
    cents: million / 2,
    reached: 'in-review'
  },
  exchange2019: {
    title: {
      lv: 'Skolu apmaiņas partnerības (2019. gada noteikumi)',
      en: 'School exchange partnerships (rules of 2019)'
    },
    text: {
      lv: 'Īstais uzaicinājums beidzās 2019. gadā. Šeit tas atkal atvērts, lai varētu salīdzināt toreizējos noteikumus ar šodienas.',
      en: 'The real call ended in 2019. Here it is open again, so that the rules of then can be held against those of today.'
    },
    edition: 2019,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'school-exchange-partnerships', fields: ['school'] }],
    opens: -10,
    closes: { inDays: 24, hour: noon },
    cents: million,
    reached: 'published'
  },
  strategic2014: {
    title: {
      lv: 'Stratēģiskās partnerības skolām (2014. gada noteikumi)',
      en: 'Strategic partnerships for schools (rules of 2014)'
    },
    text: {
      lv: 'Īstais uzaicinājums beidzās 2014. gadā. Šeit tas atkal atvērts, lai varētu izmēģināt toreizējo budžetu: sanāksmes, intelektuālos rezultātus, mobilitātes.',
      en: 'The real call ended in 2014. Here it is open again, so that the budget of then can be tried: meetings, intellectual outputs, mobilities.'
    },
    edition: 2014,
    kind: 'proposals',
    body: 'lv-viaa',
    author: 'petra',
    second: 'andris',
    actions: [{ action: 'strategic-partnerships', fields: ['school'] }],
    opens: -12,
    closes: { inDays: 40, hour: noon },
    cents: 2 * million,
    reached: 'published'
  },
  knowledge2014: {
    title: { lv: 'Zināšanu apvienības (2014. gada noteikumi)', en: 'Knowledge alliances (rules of 2014)' },
    text: {
      lv: 'Īstais uzaicinājums beidzās 2014. gadā. Šeit tas atkal atvērts, lai varētu izmēģināt programmas pirmā gada noteikumus.',
      en: 'The real call ended in 2014. Here it is open again, so that the rules of the first year of the programme can be tried.'
    },
    edition: 2014,
    kind: 'proposals',
    body: 'eacea',
    author: 'claire',
    second: 'tomas',
    actions: [{ action: 'knowledge-alliances', fields: ['higher-education'] }],
    opens: -5,
    closes: { inDays: 50, hour: noon },
    cents: 8 * million,
    reached: 'published'
  },
  alliances: {
    title: { lv: 'Apvienības inovācijai', en: 'Alliances for innovation' },
    text: {
      lv: 'Pieteikties varēs pēc piecām dienām. Kas seko uzaicinājumam, saņems atgādinājumu.',
      en: 'Opens in five days. Whoever follows the call is reminded.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'eacea',
    author: 'claire',
    second: 'tomas',
    actions: [{ action: 'alliances-for-innovation', fields: ['higher-education', 'vet'] }],
    opens: 5,
    closes: { inDays: 120, hour: five },
    cents: 30 * million,
    reached: 'published'
  },
  centres: {
    title: { lv: 'Profesionālās izcilības centri', en: 'Centres of vocational excellence' },
    text: {
      lv: 'Termiņš pagāja tūlīt pēc tam, kad šī demonstrācija tika sagatavota.',
      en: 'Its deadline passed just after this demonstration was set up.'
    },
    edition: 2026,
    kind: 'proposals',
    body: 'eacea',
    author: 'claire',
    second: 'tomas',
    actions: [{ action: 'centres-of-vocational-excellence', fields: ['vet'] }],
    opens: -60,
    closes: 'soonAfterSetUp',
    cents: 12 * million,
    reached: 'published'
  },
  baltic: {
    title: { lv: 'Baltijas skolu tīkls', en: 'Network of Baltic schools' },
    text: {
      lv: 'Īpašs uzaicinājums ārpus vadlīnijām: noteikumi ir tajā pašā, un pārbaude tos pazīst.',
      en: 'A special call outside of the guide: it brings its own rules, and the check knows them.'
    },
    edition: 2026,
    kind: 'special',
    body: 'lv-viaa',
    author: 'andris',
    second: 'petra',
    actions: [],
    opens: -3,
    closes: { inDays: 45, hour: noon },
    cents: million / 4,
    rules: `questions:
  - key: lessons
    ask:
      lv: Cik mācību stundu novadīsiet kopā?
      en: How many lessons will you teach together?
    answer: number
rules:
  - id: for-schools
    says: { lv: Uzaicinājums ir skolām., en: The call is for schools. }
    fields: [school]
  - id: baltic-schools
    says:
      lv: Vismaz 3 organizācijas ir no Baltijas valstīm.
      en: At least 3 organisations come from the Baltic states.
    organisations: { at-least: 3, who: { in: [LV, EE, LT] } }
  - id: enough-lessons
    says: { lv: Kopā novada vismaz 12 stundu., en: At least 12 lessons are taught together. }
    value: { of: answers.lessons, at-least: 12 }
  - id: grants
    says: { lv: Dotācija ir 10 000 vai 25 000 eiro., en: The grant is EUR 10 000 or EUR 25 000. }
    value: { of: grantEur, one-of: [10000, 25000] }
  - id: open-lesson
    says: { lv: Viena stunda ir atvērta visiem., en: One lesson is open to everybody. }
    in-the-form: true
`,
    reached: 'published'
  }
} as const satisfies Record<string, InventedCall>

export type CallKey = keyof typeof inventedCalls

/** Who follows which call. */
export const following: readonly [CastKey, CallKey][] = [
  ['maria', 'schools'],
  ['jonas', 'schools'],
  ['oskars', 'schools'],
  ['elina', 'knowledge2014'],
  ['ilze', 'smallScale']
]

/** A deadline that was extended, after people had begun to follow the call. */
export const extension = {
  call: 'schools',
  byDays: 7,
  reason: {
    lv: 'Pieteikumu sistēma divas dienas nebija pieejama (demonstrācija).',
    en: 'The application system was down for two days (demonstration).'
  }
} as const
